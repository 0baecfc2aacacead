import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("campaigns", "0001_rosters_frozen_and_paid_once")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("entitlements", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assistance.festival", "节日补助"),
                            ("assistance.village_visit", "“一村一户”慰问"),
                            ("assistance.dialysis_visit", "血透患者慰问"),
                            ("assistance.price_subsidy", "价格临时补贴"),
                            ("assistance.living_subsidy", "一次性生活补贴"),
                        ],
                        max_length=60,
                    ),
                ),
                ("occasion", models.CharField(max_length=40)),
                ("document", models.CharField(blank=True, max_length=120)),
                ("cutoff_on", models.DateField()),
                ("for_month", models.CharField(max_length=7)),
                ("pay_month", models.CharField(max_length=7)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "拟定名册"), ("frozen", "名册已冻结"), ("checked", "已复核"), ("approved", "已审批")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("made_on", models.DateField()),
                (
                    "frozen_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("frozen_on", models.DateField(null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("checked_on", models.DateField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("approved_on", models.DateField(null=True)),
                ("persons", models.PositiveIntegerField(default=0)),
                ("gifts", models.PositiveIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
            ],
            options={
                "ordering": ["-cutoff_on", "-id"],
                "constraints": [
                    anmin.ground.constraints.Unchanging(
                        but=[], name="approved_campaign_never_changes", while_="{row}state = 'approved'"
                    )
                ],
            },
        ),
        NewTable(
            name="RosterRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "campaign",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="campaigns.campaign"),
                ),
                ("occasion", models.CharField(max_length=110)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                (
                    "household",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"),
                ),
                ("payee", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("groups", models.JSONField(default=list)),
                ("also_cash", models.BooleanField(default=False)),
                ("left_out", models.CharField(blank=True, max_length=100)),
                ("amount", models.BigIntegerField(default=0)),
                ("gifts", models.PositiveSmallIntegerField(default=0)),
                (
                    "entitlement",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_row",
                        to="entitlements.entitlement",
                    ),
                ),
                ("gifts_given_on", models.DateField(null=True)),
                ("gifts_taken_by", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "ordering": ["campaign_id", "area__code", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("occasion", "person"), name="once_for_each_occasion"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="roster_amount_is_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("left_out", ""), models.Q(("amount", 0), ("gifts", 0)), _connector="OR"),
                        name="left_out_gets_nothing",
                    ),
                    anmin.ground.constraints.Unchanging(
                        but=["gifts_given_on", "gifts_taken_by"],
                        name="approved_row_never_changes",
                        while_="EXISTS (SELECT 1 FROM campaigns_campaign WHERE id = {row}campaign_id AND state = 'approved')",
                    ),
                ],
            },
        ),
        NewTable(
            name="RosterShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="campaigns.rosterrow"
                    ),
                ),
                (
                    "budget",
                    models.CharField(
                        choices=[("central", "中央"), ("provincial", "省级"), ("municipal", "南通市级"), ("county", "海安市级")],
                        max_length=10,
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("withheld", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "ordering": ["row_id", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("row", "budget"), name="one_share_of_a_budget"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), models.Q(("withheld", ""), ("amount", 0), _connector="OR")),
                        name="withheld_share_is_nothing",
                    ),
                    anmin.ground.constraints.Unchanging(
                        but=[],
                        name="approved_share_never_changes",
                        while_="EXISTS (SELECT 1 FROM campaigns_rosterrow JOIN campaigns_campaign ON campaigns_campaign.id = campaigns_rosterrow.campaign_id WHERE campaigns_rosterrow.id = {row}row_id AND campaigns_campaign.state = 'approved')",
                    ),
                ],
            },
        ),
    ]
