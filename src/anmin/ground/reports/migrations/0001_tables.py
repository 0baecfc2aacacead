import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("reports", "0001_initial"), ("reports", "0002_rules_set_aside")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        NewTable(
            name="IssuedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                ("period", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("paper", models.JSONField()),
                ("figures", models.JSONField()),
                ("scope", models.JSONField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("issued_on", models.DateField()),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [anmin.ground.constraints.Unchanging(but=[], name="issued_report_never_changes", while_="")],
            },
        ),
        NewTable(
            name="RuleSetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=60)),
                ("reason", models.CharField(max_length=200)),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("set_on", models.DateField()),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [anmin.ground.constraints.Unchanging(but=[], name="rule_set_aside_never_changes", while_="")],
            },
        ),
    ]
