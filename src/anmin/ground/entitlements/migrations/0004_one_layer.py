"""Of a group of benefits a person is covered by one at a time: the column that says so, filled for what stands, and its lock."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import anmin.ground.constraints

LAYERS = ("assistance.tekun", "assistance.dibao", "assistance.margin", "assistance.hardship")
"""As they were declared when the column came; later ones are declared by their rooms."""

ONCE = anmin.ground.constraints.NoOverlap(name="person_covered_once", columns=["person_id", "benefit"])


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Shares in a layer say so."""
    apps.get_model("entitlements", "EntitlementMember").objects.filter(benefit__in=LAYERS).update(exclusive="low_income")


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0003_group_decisions")]

    operations = [
        migrations.RemoveConstraint(model_name="entitlementmember", name="person_covered_once"),
        migrations.AddField(
            model_name="entitlementmember",
            name="exclusive",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(model_name="entitlementmember", constraint=ONCE),
        migrations.AddConstraint(
            model_name="entitlementmember",
            constraint=anmin.ground.constraints.NoOverlap(
                name="person_in_one_layer", columns=["person_id", "exclusive"], condition="{row}exclusive <> ''"
            ),
        ),
    ]
