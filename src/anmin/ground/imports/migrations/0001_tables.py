import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("imports", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        NewTable(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("form", models.CharField(max_length=80)),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("state", models.CharField(choices=[("loaded", "已导入"), ("refused", "已退回")], max_length=10)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=list)),
                ("problem_count", models.PositiveIntegerField(default=0)),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("brought_on", models.DateField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "loaded")), fields=("form", "sha256"), name="import_same_file_once"
                    )
                ],
            },
        ),
    ]
