import anmin.ground.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("payments", "0001_initial"), ("payments", "0002_payout_changes")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("entitlements", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="Roll",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("benefit", models.CharField(max_length=60)),
                ("month", models.CharField(max_length=7)),
                (
                    "state",
                    models.CharField(
                        choices=[("generated", "已生成"), ("checked", "已复核"), ("approved", "已审批")],
                        default="generated",
                        max_length=10,
                    ),
                ),
                (
                    "generated_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("generated_on", models.DateField()),
                ("known_at", models.DateTimeField()),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("checked_on", models.DateField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("approved_on", models.DateField(null=True)),
                ("pay_on", models.DateField()),
                ("rules_version", models.CharField(max_length=64)),
                ("line_count", models.PositiveIntegerField(default=0)),
                ("household_count", models.PositiveIntegerField(default=0)),
                ("person_count", models.PositiveIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("seal", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "ordering": ["benefit", "month"],
                "constraints": [
                    models.UniqueConstraint(fields=("benefit", "month"), name="one_roll_per_benefit_and_month"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved"), _negated=True),
                        fields=("benefit",),
                        name="one_open_roll_per_benefit",
                    ),
                    anmin.ground.constraints.Unchanging(
                        but=[], name="approved_roll_never_changes", while_="{row}state = 'approved'"
                    ),
                ],
            },
        ),
        NewTable(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True)),
                (
                    "roll",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="bank_files", to="payments.roll"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("made_on", models.DateField()),
                ("count", models.PositiveIntegerField()),
                ("total", models.BigIntegerField()),
                ("held_back", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        NewTable(
            name="BankReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="returns", to="payments.bankfile"
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("succeeded", models.PositiveIntegerField()),
                ("failed", models.PositiveIntegerField()),
                (
                    "brought_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("brought_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        NewTable(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "roll",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="payments.roll"),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="entitlements.entitlement"
                    ),
                ),
                ("payee", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("gross", models.BigIntegerField()),
                ("offset", models.BigIntegerField(default=0)),
                ("net", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "待送银行"), ("sent", "已送银行"), ("paid", "发放成功"), ("failed", "发放失败")],
                        default="due",
                        max_length=8,
                    ),
                ),
                ("paid_on", models.DateField(null=True)),
                ("failure", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["state", "paid_on"], name="payment_state_paid")],
                "constraints": [
                    models.UniqueConstraint(fields=("roll", "entitlement"), name="one_payment_per_roll"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("net", django.db.models.expressions.CombinedExpression(models.F("gross"), "-", models.F("offset"))),
                            ("net__gte", 0),
                        ),
                        name="payment_net_is_gross_less_offset",
                    ),
                ],
            },
        ),
        NewTable(
            name="RollLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "roll",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="payments.roll"),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roll_lines", to="entitlements.entitlement"
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("for_month", models.CharField(max_length=7)),
                (
                    "kind",
                    models.CharField(
                        choices=[("regular", "当月应发"), ("back_pay", "补发"), ("recovery", "扣回")], max_length=10
                    ),
                ),
                ("persons", models.PositiveSmallIntegerField()),
                ("due", models.BigIntegerField()),
                ("already", models.BigIntegerField()),
                ("amount", models.BigIntegerField()),
                ("snapshot", models.JSONField()),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["roll_id", "entitlement_id", "for_month"],
                "constraints": [
                    models.UniqueConstraint(fields=("roll", "entitlement", "for_month"), name="one_line_per_month"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount", django.db.models.expressions.CombinedExpression(models.F("due"), "-", models.F("already")))
                        ),
                        name="line_is_a_difference",
                    ),
                    anmin.ground.constraints.Unchanging(
                        but=[],
                        name="frozen_line_never_changes",
                        while_="EXISTS (SELECT 1 FROM payments_roll WHERE id = {row}roll_id AND state = 'approved')",
                    ),
                ],
            },
        ),
        NewTable(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recovery", to="payments.rollline"
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recoveries", to="entitlements.entitlement"
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("amount", models.BigIntegerField()),
                ("recovered", models.BigIntegerField(default=0)),
                ("consent_on", models.DateField(null=True)),
                ("opened_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("recovered__gte", 0), ("recovered__lte", models.F("amount"))),
                        name="recovery_within_amount",
                    )
                ],
            },
        ),
        NewTable(
            name="RollNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "roll",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="payments.roll"),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entitlements.entitlement"
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("undetermined", "资料不全，暂不能认定"),
                            ("nothing_due", "在享但本月无应发金额"),
                            ("coverage", "认定人数与保障对象人数不一致"),
                            ("suspended", "暂停发放"),
                        ],
                        max_length=12,
                    ),
                ),
                ("months", models.JSONField(default=list)),
                ("reasons", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["roll_id", "kind", "entitlement_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("roll", "entitlement", "kind"), name="one_notice_of_a_kind"),
                    anmin.ground.constraints.Unchanging(
                        but=[],
                        name="frozen_notice_never_changes",
                        while_="EXISTS (SELECT 1 FROM payments_roll WHERE id = {row}roll_id AND state = 'approved')",
                    ),
                ],
            },
        ),
        NewTable(
            name="BankFileLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payments.bankfile"),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bank_lines", to="payments.payment"
                    ),
                ),
                ("reference", models.CharField(max_length=40, unique=True)),
                ("amount", models.BigIntegerField()),
                ("succeeded", models.BooleanField(null=True)),
                ("failure", models.CharField(blank=True, max_length=120)),
                ("answered_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("succeeded__isnull", True), ("succeeded", True), _connector="OR"),
                        fields=("payment",),
                        name="payment_sent_once",
                    )
                ],
            },
        ),
        NewTable(
            name="PayoutChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("account", "更换银行账号"), ("payee", "更换领款人")], max_length=8)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person")),
                (
                    "entitlement",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="entitlements.entitlement"
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                (
                    "person_before",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                ("cipher_before", models.BinaryField(null=True)),
                ("mask_before", models.CharField(blank=True, max_length=24)),
                ("mask", models.CharField(blank=True, max_length=24)),
                ("reason", models.CharField(blank=True, max_length=200)),
                (
                    "changed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                ("changed_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待确认"),
                            ("confirmed", "已确认"),
                            ("refused", "不予确认"),
                            ("replaced", "又有变更"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("settled_on", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "account"), ("state", "waiting")),
                        fields=("person",),
                        name="one_account_waits_per_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "payee"), ("state", "waiting")),
                        fields=("entitlement",),
                        name="one_payee_waits_per_entitlement",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by__isnull", True),
                            models.Q(("settled_by", models.F("changed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="change_settled_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("entitlement__isnull", True), ("kind", "account")),
                            models.Q(("entitlement__isnull", False), ("kind", "payee")),
                            _connector="OR",
                        ),
                        name="change_of_payee_names_the_benefit",
                    ),
                ],
            },
        ),
        NewTable(
            name="Repayment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recovery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="repayments", to="payments.recovery"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="offsets", to="payments.payment"
                    ),
                ),
                ("amount", models.BigIntegerField()),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="repayment_is_positive"),
                    anmin.ground.constraints.Unchanging(but=[], name="repayment_never_changes", while_=""),
                ],
            },
        ),
    ]
