import anmin.ground.constraints
import django.db.models.deletion
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("areas", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        NewTable(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("level", models.PositiveSmallIntegerField(choices=[(3, "县（市）"), (4, "镇（街道）"), (5, "村（社区）")])),
                (
                    "kind",
                    models.CharField(blank=True, choices=[("village", "村"), ("community", "社区"), ("", "—")], max_length=20),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="areas.area"
                    ),
                ),
                ("path", models.CharField(max_length=60, unique=True)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                (
                    "merged_into",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"),
                ),
                ("note", models.CharField(blank=True, max_length=200)),
                ("outline", models.JSONField(null=True)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="area_ends_after_it_begins",
                    )
                ],
            },
        ),
        NewTable(
            name="AreaCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="areas.area")),
                ("source", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=12)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["source", "code", "valid_from"],
                "constraints": [
                    anmin.ground.constraints.NoOverlap(columns=["source", "code"], condition="", name="area_code_no_overlap"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="area_code_ends_after_it_begins",
                    ),
                ],
            },
        ),
        NewTable(
            name="AreaSpell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="spells", to="areas.area")),
                ("name", models.CharField(max_length=60)),
                (
                    "parent",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("basis", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["valid_from"],
                "constraints": [
                    anmin.ground.constraints.NoOverlap(columns=["area_id"], condition="", name="area_spell_no_overlap"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="area_spell_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
