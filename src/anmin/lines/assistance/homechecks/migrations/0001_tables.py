import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("homechecks", "0001_rounds_drawn_and_visits")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("cases", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="HomeCheckPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=60)),
                ("document", models.CharField(blank=True, max_length=120)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("benefits", models.JSONField()),
                ("rostered_on", models.DateField()),
                ("villages", models.PositiveSmallIntegerField()),
                ("households", models.PositiveSmallIntegerField(null=True)),
                ("starts_on", models.DateField()),
                ("due_on", models.DateField()),
                ("roll", models.TextField()),
                ("roll_sha256", models.CharField(max_length=64)),
                ("roll_villages", models.PositiveIntegerField()),
                ("roll_households", models.PositiveIntegerField()),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("seed", models.CharField(blank=True, max_length=60)),
                ("seed_source", models.CharField(blank=True, max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("rostered", "名册已冻结，待抽取"),
                            ("drawn", "已抽取，待确认"),
                            ("underway", "核查中"),
                            ("discarded", "已作废"),
                        ],
                        default="rostered",
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
                    "drawn_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("drawn_on", models.DateField(null=True)),
                (
                    "fixed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("fixed_on", models.DateField(null=True)),
                ("discarded_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-rostered_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("starts_on"))), name="home_checks_end_after_start"
                    ),
                    anmin.ground.constraints.Unchanging(
                        but=[
                            "seed",
                            "seed_source",
                            "drawn_by_id",
                            "drawn_on",
                            "state",
                            "fixed_by_id",
                            "fixed_on",
                            "discarded_because",
                        ],
                        name="frozen_plan_never_changes",
                        while_="",
                    ),
                    anmin.ground.constraints.Unchanging(
                        but=["state", "fixed_by_id", "fixed_on", "discarded_because"],
                        name="drawn_plan_never_changes",
                        while_="{row}seed <> ''",
                    ),
                ],
            },
        ),
        NewTable(
            name="HomeCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="checks", to="homechecks.homecheckplan"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="home_checks", to="people.household"
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("place", models.PositiveIntegerField()),
                ("benefits", models.JSONField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("as_declared", "与申报一致"),
                            ("changed", "情况有变化"),
                            ("moved", "已搬离"),
                            ("absent", "家中无人"),
                        ],
                        max_length=12,
                    ),
                ),
                ("checked_on", models.DateField(null=True)),
                ("again_due_on", models.DateField(null=True)),
                (
                    "review",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
            ],
            options={
                "ordering": ["plan_id", "place"],
                "indexes": [models.Index(fields=["checked_on"], name="home_check_day")],
                "constraints": [models.UniqueConstraint(fields=("plan", "household"), name="household_drawn_once")],
            },
        ),
        NewTable(
            name="HomeVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "check_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="homechecks.homecheck"
                    ),
                ),
                ("visited_on", models.DateField()),
                (
                    "visitor",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "second_visitor",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("other_visitor", models.CharField(blank=True, max_length=60)),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("as_declared", "与申报一致"),
                            ("changed", "情况有变化"),
                            ("moved", "已搬离"),
                            ("absent", "家中无人"),
                        ],
                        max_length=12,
                    ),
                ),
                ("changes", models.JSONField(default=list)),
                ("conditions", models.JSONField(default=list)),
                ("findings", models.CharField(blank=True, max_length=1000)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="homechecks.homevisit",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("recorded_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["visited_on"], name="home_visit_day")],
                "constraints": [
                    anmin.ground.constraints.Unchanging(but=[], name="home_visit_never_changes", while_=""),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_visitor__isnull", False), models.Q(("other_visitor", ""), _negated=True), _connector="OR"
                        ),
                        name="home_visit_is_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("corrects__isnull", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="home_visit_correction_says_why",
                    ),
                ],
            },
        ),
    ]
