import anmin.ground.constraints
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("indicators", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        NewTable(
            name="PublishedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.CharField(max_length=10)),
                ("figure", models.CharField(max_length=80)),
                ("value", models.BigIntegerField()),
                ("document", models.CharField(max_length=200)),
                ("published_on", models.DateField()),
                ("recorded_on", models.DateField()),
            ],
            options={
                "ordering": ["period", "figure"],
                "constraints": [
                    models.UniqueConstraint(fields=("period", "figure"), name="published_figure_once"),
                    anmin.ground.constraints.Unchanging(but=[], name="published_figure_never_changes", while_=""),
                ],
            },
        ),
    ]
