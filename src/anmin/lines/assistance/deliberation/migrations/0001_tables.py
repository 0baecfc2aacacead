import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("deliberation", "0001_votes_and_resolutions")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("cases", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="Resolution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="resolution", to="cases.case"),
                ),
                (
                    "about",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="resolutions", to="cases.case"),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("aid_over_limit", "临时救助超上限、超次数"),
                            ("by_exception", "低保、特困等特殊情形纳入"),
                            ("grace_extension", "渐退缓退期延长"),
                            ("document_gap", "材料缺失、无法取得"),
                        ],
                        max_length=20,
                    ),
                ),
                ("agreed", models.BooleanField()),
                ("amount", models.BigIntegerField(null=True)),
                ("members", models.PositiveSmallIntegerField()),
                ("attended", models.PositiveSmallIntegerField()),
                ("in_favour", models.PositiveSmallIntegerField()),
                ("decided_on", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("review_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["-decided_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed", False),
                            models.Q(("review_on__isnull", False), ("valid_until__gte", models.F("decided_on"))),
                            _connector="OR",
                        ),
                        name="exception_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_favour__lte", models.F("attended")), ("attended__lte", models.F("members"))),
                        name="votes_within_the_panel",
                    ),
                    anmin.ground.constraints.Unchanging(but=[], name="resolution_never_changes", while_=""),
                ],
            },
        ),
        NewTable(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="cases.case")),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "choice",
                    models.CharField(choices=[("agree", "同意"), ("against", "不同意"), ("abstain", "弃权")], max_length=8),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField()),
            ],
            options={
                "ordering": ["case_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "member"), name="one_vote_of_a_member"),
                    anmin.ground.constraints.Unchanging(but=[], name="vote_never_changes", while_=""),
                ],
            },
        ),
    ]
