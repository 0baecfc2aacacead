import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("supplementary", "0001_policies_insured_claims")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("imports", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="InsurancePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("number", models.CharField(max_length=60)),
                ("insurer", models.CharField(max_length=60)),
                ("premium", models.BigIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("rostered_on", models.DateField()),
                ("frozen_on", models.DateField(null=True)),
                ("insured", models.PositiveIntegerField(default=0)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="insurance_ends_after_start"
                    ),
                    models.CheckConstraint(condition=models.Q(("premium__gt", 0)), name="premium_is_positive"),
                ],
            },
        ),
        NewTable(
            name="InsuredPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="supplementary.insurancepolicy"
                    ),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                (
                    "layer",
                    models.CharField(
                        choices=[
                            ("assistance.tekun", "特困"),
                            ("assistance.dibao", "低保"),
                            ("assistance.margin", "低保边缘"),
                            ("assistance.hardship", "刚性支出困难"),
                        ],
                        max_length=40,
                    ),
                ),
            ],
            options={
                "ordering": ["policy_id", "area__code", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "person"), name="insured_once_by_a_policy"),
                    anmin.ground.constraints.Unchanging(but=[], name="insured_person_never_changes", while_=""),
                ],
            },
        ),
        NewTable(
            name="InsuranceClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "insured",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="supplementary.insuredperson"
                    ),
                ),
                ("number", models.CharField(max_length=60, unique=True)),
                ("paid_on", models.DateField()),
                ("amount", models.BigIntegerField()),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="imports.importbatch"
                    ),
                ),
            ],
            options={
                "ordering": ["-paid_on", "-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="claim_is_positive"),
                    anmin.ground.constraints.Unchanging(but=[], name="claim_never_changes", while_=""),
                ],
            },
        ),
    ]
