from django.db import migrations, models

import anmin.ground.constraints

_NO_OVERLAP = anmin.ground.constraints.NoOverlap(
    columns=["dependant_id", "obligor_id"],
    condition="{row}superseded_at IS NULL",
    name="supporter_no_overlap",
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        # SQLite makes the table anew, and its triggers would be lost.
        migrations.RemoveConstraint("supporter", "supporter_no_overlap"),
        migrations.AddField(
            model_name="supporter",
            name="incapacity",
            field=models.CharField(
                blank=True,
                choices=[
                    ("tekun", "特困人员"),
                    ("dibao_60", "六十周岁以上的低保对象"),
                    ("age_70", "七十周岁以上、收入和财产符合规定"),
                    ("severe_disabled", "重度残疾或三级智力、精神残疾，收入和财产符合规定"),
                    ("no_capacity", "无民事行为能力"),
                    ("missing", "被宣告失踪"),
                    ("prison", "在监狱服刑"),
                    ("other", "省级人民政府规定的其他情形"),
                ],
                default="",
                max_length=16,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint("supporter", _NO_OVERLAP),
    ]
