import django.db.models.deletion
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("schedules", "0001_initial")]

    initial = True

    dependencies = [
        ("areas", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="Laying",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schedule", models.CharField(max_length=80)),
                ("on", models.DateField()),
                ("laid", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField()),
                ("dropped", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        NewTable(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("schedule", models.CharField(max_length=80)),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("label", models.CharField(max_length=200)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("laid_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待办"), ("done", "已办"), ("dropped", "已取消")], default="open", max_length=8
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [models.Index(fields=["state", "due_on"], name="task_open_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("schedule", "subject_id", "due_on"), name="task_laid_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("closed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_closed_with_a_day",
                    ),
                ],
            },
        ),
    ]
