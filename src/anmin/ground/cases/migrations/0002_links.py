import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("cases", "0002_initial")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cases", "0001_tables"),
        ("entitlements", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="entitlement",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="entitlements.entitlement"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="household",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="people.household"),
        ),
        migrations.AddField(
            model_name="caseaction",
            name="actor",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="caseaction",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="cases.case"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["kind", "state"], name="case_kind_state"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["closed_on", "due_on"], name="case_open_due"),
        ),
        migrations.AddConstraint(
            model_name="caseaction",
            constraint=models.UniqueConstraint(fields=("case", "sequence"), name="case_action_in_sequence"),
        ),
        migrations.AddConstraint(
            model_name="caseaction",
            constraint=anmin.ground.constraints.Unchanging(but=[], name="case_action_never_changes", while_=""),
        ),
    ]
