import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("documents", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="NumberSeries",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        NewTable(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                ("kind", models.CharField(max_length=80)),
                ("title", models.CharField(max_length=200)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.CharField(max_length=60)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("content", models.JSONField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("made_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["subject_kind", "subject_id"], name="document_subject")],
                "constraints": [anmin.ground.constraints.Unchanging(but=[], name="document_never_changes", while_="")],
            },
        ),
        NewTable(
            name="DocumentFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "document",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="documents.document"),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [anmin.ground.constraints.Unchanging(but=[], name="document_file_never_changes", while_="")],
            },
        ),
    ]
