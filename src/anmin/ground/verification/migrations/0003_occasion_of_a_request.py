from django.db import migrations, models


def reviews_were_asked_at_reviews(apps, schema_editor):
    """What was asked before is told apart by the kind of its case."""
    requests = apps.get_model("verification", "VerificationRequest").objects
    requests.filter(purpose__endswith=".review").update(occasion="review")


class Migration(migrations.Migration):
    dependencies = [("verification", "0002_consents_extracts_findings")]

    operations = [
        migrations.AddField(
            model_name="verificationrequest",
            name="occasion",
            field=models.CharField(
                choices=[("entry", "申请核对"), ("review", "复核核对"), ("full", "全量核对"), ("watch", "动态监测")],
                default="entry",
                max_length=10,
            ),
        ),
        migrations.RunPython(reviews_were_asked_at_reviews, migrations.RunPython.noop),
    ]
