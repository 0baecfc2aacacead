import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [
        ("entitlements", "0001_initial"),
        ("entitlements", "0002_more_end_reasons"),
        ("entitlements", "0003_group_decisions"),
        ("entitlements", "0004_one_layer"),
        ("entitlements", "0005_given_once"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("cases", "0001_tables"),
        ("imports", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="Entitlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True)),
                ("benefit", models.CharField(max_length=60)),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entitlements", to="people.household"
                    ),
                ),
                ("holder", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("payee", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("route", models.CharField(max_length=20)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="granted", to="cases.case"
                    ),
                ),
                ("migrated", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "在享"), ("suspended", "暂停"), ("ended", "已停发")],
                        default="in_force",
                        max_length=10,
                    ),
                ),
                (
                    "start_reason",
                    models.CharField(
                        choices=[
                            ("new", "新审核确认"),
                            ("transferred", "由其他类别转入"),
                            ("joined", "家庭成员增加"),
                            ("group", "批量审定"),
                            ("migrated", "系统启用前已在享"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("died", "死亡"),
                            ("income", "收入超过标准"),
                            ("assets", "财产超过规定"),
                            ("moved", "户籍迁出"),
                            ("to_tekun", "转特困供养"),
                            ("to_other", "转其他救助"),
                            ("prison", "服刑"),
                            ("withdrawn", "自愿退出"),
                            ("uncooperative", "拒不配合复核"),
                            ("false_declaration", "虚假申报"),
                            ("left_household", "不再共同生活"),
                            ("card_expired", "残疾证失效或等级变化"),
                            ("grown_up", "年满或毕业"),
                            ("able_again", "恢复劳动能力"),
                            ("supported", "义务人具备履行能力"),
                            ("missing", "下落不明"),
                            ("chosen_other", "选择其他待遇"),
                            ("expired", "认定期满"),
                            ("given_once", "一次性给付"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                    ),
                ),
                ("review_class", models.CharField(max_length=1)),
                ("review_due_on", models.DateField(null=True)),
                ("decided_on", models.DateField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("accounted_from", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["benefit", "valid_from", "valid_until"], name="entitlement_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="entitlement_ends_after_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), models.Q(("end_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="entitlement_end_has_a_reason",
                    ),
                ],
            },
        ),
        NewTable(
            name="EntitlementMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="entitlements.entitlement"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="covered_by", to="people.person"),
                ),
                ("benefit", models.CharField(max_length=60)),
                ("exclusive", models.CharField(blank=True, max_length=20)),
                (
                    "start_reason",
                    models.CharField(
                        choices=[
                            ("new", "新审核确认"),
                            ("transferred", "由其他类别转入"),
                            ("joined", "家庭成员增加"),
                            ("group", "批量审定"),
                            ("migrated", "系统启用前已在享"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("died", "死亡"),
                            ("income", "收入超过标准"),
                            ("assets", "财产超过规定"),
                            ("moved", "户籍迁出"),
                            ("to_tekun", "转特困供养"),
                            ("to_other", "转其他救助"),
                            ("prison", "服刑"),
                            ("withdrawn", "自愿退出"),
                            ("uncooperative", "拒不配合复核"),
                            ("false_declaration", "虚假申报"),
                            ("left_household", "不再共同生活"),
                            ("card_expired", "残疾证失效或等级变化"),
                            ("grown_up", "年满或毕业"),
                            ("able_again", "恢复劳动能力"),
                            ("supported", "义务人具备履行能力"),
                            ("missing", "下落不明"),
                            ("chosen_other", "选择其他待遇"),
                            ("expired", "认定期满"),
                            ("given_once", "一次性给付"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    anmin.ground.constraints.NoOverlap(
                        columns=["person_id", "benefit"], condition="", name="person_covered_once"
                    ),
                    anmin.ground.constraints.NoOverlap(
                        columns=["person_id", "exclusive"], condition="{row}exclusive <> ''", name="person_in_one_layer"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="entitlement_member_ends_after_start",
                    ),
                ],
            },
        ),
        NewTable(
            name="GracePeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grace_periods", to="entitlements.entitlement"
                    ),
                ),
                ("kind", models.CharField(choices=[("delayed", "缓退"), ("gradual", "渐退")], max_length=10)),
                ("previous_amount", models.BigIntegerField()),
                ("extension_months", models.PositiveSmallIntegerField(default=0)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    anmin.ground.constraints.NoOverlap(
                        columns=["entitlement_id"], condition="", name="one_grace_period_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="grace_period_ends_after_start",
                    ),
                    models.CheckConstraint(condition=models.Q(("previous_amount__gte", 0)), name="grace_amount_is_not_negative"),
                ],
            },
        ),
        NewTable(
            name="GroupDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True)),
                ("benefit", models.CharField(max_length=60)),
                ("kind", models.CharField(choices=[("grant", "批量给予"), ("stop", "批量停发")], max_length=6)),
                ("title", models.CharField(max_length=100)),
                ("basis", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "待审定"), ("decided", "已审定"), ("withdrawn", "已撤回")],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                (
                    "batch",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="imports.importbatch"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("proposed_on", models.DateField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("decided_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["-proposed_on", "-id"],
                "constraints": [
                    anmin.ground.constraints.Unchanging(
                        but=[], name="decided_group_never_changes", while_="{row}state <> 'proposed'"
                    )
                ],
            },
        ),
        NewTable(
            name="GroupLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="entitlements.groupdecision"
                    ),
                ),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                (
                    "household",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"),
                ),
                ("payee", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("edge", models.DateField()),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("died", "死亡"),
                            ("income", "收入超过标准"),
                            ("assets", "财产超过规定"),
                            ("moved", "户籍迁出"),
                            ("to_tekun", "转特困供养"),
                            ("to_other", "转其他救助"),
                            ("prison", "服刑"),
                            ("withdrawn", "自愿退出"),
                            ("uncooperative", "拒不配合复核"),
                            ("false_declaration", "虚假申报"),
                            ("left_household", "不再共同生活"),
                            ("card_expired", "残疾证失效或等级变化"),
                            ("grown_up", "年满或毕业"),
                            ("able_again", "恢复劳动能力"),
                            ("supported", "义务人具备履行能力"),
                            ("missing", "下落不明"),
                            ("chosen_other", "选择其他待遇"),
                            ("expired", "认定期满"),
                            ("given_once", "一次性给付"),
                            ("other", "其他"),
                        ],
                        max_length=20,
                    ),
                ),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("amount", models.BigIntegerField(null=True)),
                ("missing", models.CharField(blank=True, max_length=300)),
                ("left_out", models.CharField(blank=True, max_length=100)),
                (
                    "entitlement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_in",
                        to="entitlements.entitlement",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("group", "person"), name="person_once_in_a_group")],
            },
        ),
        NewTable(
            name="Suspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="suspensions", to="entitlements.entitlement"
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("released", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    anmin.ground.constraints.NoOverlap(
                        columns=["entitlement_id"], condition="", name="entitlement_suspended_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="suspension_ends_after_start",
                    ),
                ],
            },
        ),
    ]
