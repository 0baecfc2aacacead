import django.db.models.deletion
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("cases", "0001_initial")]

    initial = True

    dependencies = [
        ("areas", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="CaseAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveSmallIntegerField()),
                ("step", models.CharField(max_length=40)),
                ("from_state", models.CharField(blank=True, max_length=24)),
                ("to_state", models.CharField(max_length=24)),
                ("actor_name", models.CharField(max_length=60)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("data", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["case_id", "sequence"],
            },
        ),
        NewTable(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True)),
                ("kind", models.CharField(max_length=60)),
                (
                    "applicant",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("state", models.CharField(max_length=24)),
                ("special", models.BooleanField(default=False)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("clock", models.CharField(blank=True, max_length=40)),
                ("clock_stopped", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["due_on", "id"],
            },
        ),
    ]
