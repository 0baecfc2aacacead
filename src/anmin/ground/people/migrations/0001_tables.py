import anmin.ground.constraints
import django.db.models.deletion
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("people", "0001_initial"), ("people", "0002_supporter_incapacity")]

    initial = True

    dependencies = [
        ("areas", "0001_tables"),
        ("imports", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("name_key", models.CharField(db_index=True, max_length=60)),
                ("initials", models.CharField(db_index=True, max_length=30)),
                ("identity_cipher", models.BinaryField(null=True)),
                ("identity_index", models.CharField(max_length=64, null=True, unique=True)),
                ("identity_mask", models.CharField(max_length=18)),
                ("birth_on", models.DateField()),
                ("sex", models.CharField(choices=[("male", "男"), ("female", "女")], max_length=6)),
                ("hukou_kind", models.CharField(blank=True, choices=[("urban", "城镇"), ("rural", "农村")], max_length=5)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("address", models.CharField(blank=True, max_length=200)),
                ("phone", models.CharField(blank=True, db_index=True, max_length=20)),
                ("bank_name", models.CharField(blank=True, max_length=60)),
                ("bank_account_cipher", models.BinaryField(null=True)),
                ("bank_account_mask", models.CharField(blank=True, max_length=24)),
                ("died_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("died_on__isnull", True), ("died_on__gte", models.F("birth_on")), _connector="OR"),
                        name="person_dies_after_birth",
                    )
                ],
            },
        ),
        NewTable(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=30, unique=True)),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="headed_households", to="people.person"
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("address", models.CharField(blank=True, max_length=200)),
                ("hukou_kind", models.CharField(choices=[("urban", "城镇"), ("rural", "农村")], max_length=5)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        NewTable(
            name="HouseholdMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "household",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="members", to="people.household"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to="people.person"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("head", "本人"),
                            ("spouse", "配偶"),
                            ("child", "子女"),
                            ("child_in_law", "儿媳或女婿"),
                            ("grandchild", "孙子女"),
                            ("parent", "父母"),
                            ("grandparent", "祖父母"),
                            ("sibling", "兄弟姐妹"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                    ),
                ),
                ("same_hukou", models.BooleanField(default=True)),
                ("counted", models.BooleanField()),
                (
                    "absence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("conscript", "义务兵"),
                            ("prison", "服刑或强制隔离戒毒"),
                            ("religious", "宗教教职人员脱离家庭满三年"),
                            ("declared_missing", "人民法院宣告失踪"),
                            ("missing_two_years", "失踪满两年并有证明"),
                            ("independent", "已成年并独立生活"),
                            ("county_decision", "县级民政部门认定"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    anmin.ground.constraints.NoOverlap(
                        columns=["person_id"],
                        condition="{row}superseded_at IS NULL AND {row}counted",
                        name="person_counted_in_one_household",
                    ),
                    anmin.ground.constraints.NoOverlap(
                        columns=["household_id", "person_id"],
                        condition="{row}superseded_at IS NULL",
                        name="household_member_no_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="household_member_ends_after_start",
                    ),
                ],
            },
        ),
        NewTable(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="facts", to="people.person"),
                ),
                ("kind", models.CharField(max_length=30)),
                ("amount", models.BigIntegerField(null=True)),
                ("code", models.CharField(max_length=20, null=True)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
                ("source", models.CharField(max_length=60)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="imports.importbatch"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["person", "kind", "valid_from"], name="fact_of_person")],
                "constraints": [
                    anmin.ground.constraints.NoOverlap(
                        columns=["person_id", "kind"], condition="{row}superseded_at IS NULL", name="fact_no_overlap"
                    ),
                    anmin.ground.constraints.Unchanging(but=["superseded_at"], name="fact_never_changes", while_=""),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("code__isnull", True), _connector="XOR"),
                        name="fact_has_one_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                        name="fact_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="fact_ends_after_start",
                    ),
                ],
            },
        ),
        NewTable(
            name="Supporter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dependant",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="supporters", to="people.person"),
                ),
                (
                    "obligor",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="dependants", to="people.person"),
                ),
                (
                    "duty",
                    models.CharField(
                        choices=[("maintain_parent", "赡养"), ("raise_child", "抚养"), ("support_spouse", "扶养")], max_length=16
                    ),
                ),
                ("household_income", models.BigIntegerField(null=True)),
                ("household_size", models.PositiveSmallIntegerField(null=True)),
                ("dependants", models.PositiveSmallIntegerField(default=1)),
                ("court_amount", models.BigIntegerField(null=True)),
                ("actual_amount", models.BigIntegerField(null=True)),
                ("exempt", models.BooleanField(default=False)),
                (
                    "incapacity",
                    models.CharField(
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
                        max_length=16,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    anmin.ground.constraints.NoOverlap(
                        columns=["dependant_id", "obligor_id"],
                        condition="{row}superseded_at IS NULL",
                        name="supporter_no_overlap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dependant", models.F("obligor")), _negated=True), name="supporter_is_another_person"
                    ),
                    models.CheckConstraint(condition=models.Q(("dependants__gte", 1)), name="supporter_has_a_dependant"),
                ],
            },
        ),
    ]
