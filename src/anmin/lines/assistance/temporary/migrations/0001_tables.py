import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("temporary", "0001_towns_funds_and_aid")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("cases", "0001_tables"),
        ("deliberation", "0001_tables"),
        ("entitlements", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="Aid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="aids", to="cases.case")),
                (
                    "household",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"),
                ),
                ("payee", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("town", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("level", models.CharField(choices=[("town", "镇（街道）小额救助"), ("county", "县级审核确认")], max_length=8)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("fire", "火灾"),
                            ("accident", "交通事故等意外"),
                            ("sudden_illness", "突发重大疾病"),
                            ("other_emergency", "其他突发困难"),
                            ("medical", "医疗支出过大"),
                            ("education", "教育支出过大"),
                            ("other_expense", "其他生活必需支出过大"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("persons", models.PositiveSmallIntegerField()),
                ("amount", models.BigIntegerField()),
                (
                    "way",
                    models.CharField(
                        choices=[("card", "转入本人或家属账户"), ("cash", "现金（签字领取）"), ("goods", "实物折价")],
                        max_length=8,
                    ),
                ),
                ("given_on", models.DateField()),
                (
                    "entitlement",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="aid", to="entitlements.entitlement"
                    ),
                ),
                (
                    "resolution",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="deliberation.resolution"
                    ),
                ),
            ],
            options={
                "ordering": ["-given_on", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="aid_is_positive"),
                    models.UniqueConstraint(fields=("case", "level"), name="one_aid_of_a_level_in_a_case"),
                    models.UniqueConstraint(
                        condition=models.Q(("resolution__isnull", True)),
                        fields=("household", "cause", "happened_on", "level"),
                        name="one_event_one_aid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entitlement__isnull", True), ("level", "town")),
                            models.Q(("entitlement__isnull", False), ("level", "county")),
                            _connector="OR",
                        ),
                        name="county_aid_goes_through_a_roll",
                    ),
                    anmin.ground.constraints.Unchanging(but=[], name="aid_never_changes", while_=""),
                ],
            },
        ),
        NewTable(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("town", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("amount", models.BigIntegerField()),
                ("document", models.CharField(max_length=120)),
                ("allocated_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-allocated_on", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="allocation_is_positive"),
                    anmin.ground.constraints.Unchanging(but=[], name="allocation_never_changes", while_=""),
                ],
            },
        ),
        NewTable(
            name="TownFund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "town",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="temporary_fund", to="areas.area"
                    ),
                ),
                ("allocated", models.BigIntegerField(default=0)),
                ("spent", models.BigIntegerField(default=0)),
            ],
            options={
                "ordering": ["town__code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("spent__gte", 0), ("spent__lte", models.F("allocated"))),
                        name="town_fund_never_below_zero",
                    )
                ],
            },
        ),
    ]
