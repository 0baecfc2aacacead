import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("audit", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="AuditHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("length", models.BigIntegerField(default=0)),
                ("seal", models.CharField(default="", max_length=64)),
            ],
        ),
        NewTable(
            name="AuditLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.BigIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("actor_name", models.CharField(max_length=60)),
                ("verb", models.CharField(max_length=80)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=60)),
                (
                    "area",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"),
                ),
                ("summary", models.CharField(max_length=400)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("details", models.JSONField(default=dict)),
                ("previous_seal", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id"], name="audit_line_subject"),
                    models.Index(fields=["verb", "on"], name="audit_line_verb"),
                ],
                "constraints": [anmin.ground.constraints.Unchanging(but=[], name="audit_line_never_changes", while_="")],
            },
        ),
    ]
