import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [
        ("verification", "0001_initial"),
        ("verification", "0002_consents_extracts_findings"),
        ("verification", "0003_occasion_of_a_request"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("documents", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="ColumnMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40)),
                ("department", models.CharField(max_length=60)),
                ("head", models.CharField(max_length=64)),
                ("columns", models.JSONField()),
                ("remembered_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("source", "department", "head"), name="mapping_of_a_head")],
            },
        ),
        NewTable(
            name="Extract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40)),
                ("department", models.CharField(max_length=60)),
                ("file_name", models.CharField(max_length=200)),
                ("file_sha256", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("as_of", models.DateField()),
                ("basis", models.CharField(max_length=200)),
                ("received_on", models.DateField()),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("keep_until", models.DateField()),
                ("kept_as", models.CharField(blank=True, max_length=64)),
                ("deleted_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["source", "as_of"], name="extract_of_source")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "file_sha256"), name="extract_delivered_once"),
                    anmin.ground.constraints.Unchanging(but=["kept_as", "deleted_on"], name="extract_never_changes", while_=""),
                    models.CheckConstraint(
                        condition=models.Q(("as_of__lte", models.F("received_on"))), name="extract_is_not_of_the_future"
                    ),
                ],
            },
        ),
        NewTable(
            name="Inquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                (
                    "occasion",
                    models.CharField(
                        choices=[("entry", "申请核对"), ("review", "复核核对"), ("full", "全量核对"), ("watch", "动态监测")],
                        max_length=10,
                    ),
                ),
                ("subject_kind", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("ground", models.CharField(max_length=200)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("asked_on", models.DateField()),
                ("done_on", models.DateField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["subject_kind", "subject_id"], name="inquiry_subject")],
            },
        ),
        NewTable(
            name="Hit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hits", to="verification.inquiry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="hits", to="people.person"),
                ),
                ("source", models.CharField(max_length=40)),
                (
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hits", to="verification.extract"
                    ),
                ),
                ("row", models.PositiveIntegerField()),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("A", "证件号码和姓名一致"),
                            ("B", "多项信息综合一致"),
                            ("queue", "疑似，待人工辨认"),
                            ("no", "经辨认不是本人"),
                        ],
                        max_length=6,
                    ),
                ),
                ("points", models.IntegerField()),
                ("levels", models.JSONField()),
                ("delivered_cipher", models.BinaryField()),
                (
                    "identified_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("identified_on", models.DateField(null=True)),
                ("identified_because", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["person", "source"], name="hit_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "person", "extract", "row"), name="hit_once_in_an_inquiry"),
                    anmin.ground.constraints.Unchanging(
                        but=["tier", "identified_by_id", "identified_on", "identified_because"],
                        name="hit_never_changes",
                        while_="",
                    ),
                ],
            },
        ),
        NewTable(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="verification.inquiry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="people.person"),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="people.household"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("undeclared_vehicle", "名下有未申报车辆"),
                            ("undeclared_home", "名下有未申报住房"),
                            ("wage", "工资收入与申报不符"),
                            ("pension", "养老待遇与申报不符"),
                            ("company", "有企业登记或股份"),
                            ("deposit", "金融资产与申报不符"),
                            ("dead", "已死亡仍在册"),
                            ("married", "婚姻登记与申报不符"),
                            ("paid_elsewhere", "在其他渠道领取待遇"),
                            ("in_prison", "正在服刑或强制隔离戒毒"),
                            ("in_institution", "已入住供养机构"),
                            ("schooling", "学籍与申报不符"),
                            ("disability", "残疾证信息与登记不符"),
                            ("fiscal_payroll", "财政供养人员"),
                            ("other_hukou", "户籍信息与登记不符"),
                            ("farm_machinery", "名下有大型农机具"),
                            ("contradiction", "数据源之间不一致"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "hit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="verification.hit"
                    ),
                ),
                (
                    "against",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="verification.hit"
                    ),
                ),
                ("declared", models.CharField(max_length=200)),
                ("found", models.CharField(max_length=200)),
                ("fact_kind", models.CharField(blank=True, max_length=30)),
                ("fact_value", models.BigIntegerField(null=True)),
                ("fact_from", models.DateField(null=True)),
                ("amount_before", models.BigIntegerField(null=True)),
                ("amount_after", models.BigIntegerField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待处理"),
                            ("asked", "已请家庭说明"),
                            ("answered", "家庭已说明"),
                            ("proposed", "已提出处理意见，待复核"),
                            ("accepted", "属实"),
                            ("rejected", "不属实"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("reply_due_on", models.DateField(null=True)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["state", "kind"], name="finding_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "hit", "kind", "household"), name="finding_once"),
                    anmin.ground.constraints.Unchanging(but=["state", "reply_due_on"], name="finding_never_changes", while_=""),
                ],
            },
        ),
        NewTable(
            name="FindingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="verification.finding"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("asked", "请家庭说明"),
                            ("objected", "家庭提出异议"),
                            ("proposed", "提出处理意见"),
                            ("returned", "退回重新核实"),
                            ("accepted", "认定属实"),
                            ("rejected", "认定不属实"),
                            ("reopened", "异议后重新核查"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "proposal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("open", "待处理"),
                            ("asked", "已请家庭说明"),
                            ("answered", "家庭已说明"),
                            ("proposed", "已提出处理意见，待复核"),
                            ("accepted", "属实"),
                            ("rejected", "不属实"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("taken_on", models.DateField()),
            ],
            options={
                "ordering": ["id"],
                "constraints": [anmin.ground.constraints.Unchanging(but=[], name="finding_step_never_changes", while_="")],
            },
        ),
        NewTable(
            name="InquiryPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="persons", to="verification.inquiry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="inquiries", to="people.person"),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[("applicant", "申请人"), ("member", "家庭成员"), ("supporter", "法定赡（抚、扶）养义务人")],
                        max_length=10,
                    ),
                ),
                ("withheld", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("inquiry", "person", "household"), name="inquiry_names_a_person_once")
                ],
            },
        ),
        NewTable(
            name="InquirySource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="verification.inquiry"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                (
                    "extract",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="verification.extract"
                    ),
                ),
                (
                    "answered",
                    models.CharField(
                        choices=[
                            ("searched", "已比对"),
                            ("stale", "数据已过时效"),
                            ("not_delivered", "部门未提供数据"),
                            ("unavailable", "数据源暂不可用"),
                        ],
                        max_length=16,
                    ),
                ),
                ("persons", models.PositiveIntegerField(default=0)),
                ("hits", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("inquiry", "source"), name="inquiry_asks_a_source_once")],
            },
        ),
        NewTable(
            name="VerificationReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="verification.inquiry"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verification_reports", to="people.household"
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("nothing_over", "未发现超标情形"),
                            ("doubtful", "疑似超标，需入户核实"),
                            ("incomplete", "数据不全"),
                        ],
                        max_length=16,
                    ),
                ),
                ("content", models.JSONField()),
                ("seal", models.CharField(max_length=64)),
                ("issued_on", models.DateField()),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("valid_until", models.DateField()),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    anmin.ground.constraints.Unchanging(but=[], name="verification_report_never_changes", while_=""),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("issued_on"))),
                        name="verification_report_holds_for_a_time",
                    ),
                ],
            },
        ),
        NewTable(
            name="VerificationRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verifications", to="people.household"
                    ),
                ),
                ("purpose", models.CharField(max_length=80)),
                (
                    "occasion",
                    models.CharField(
                        choices=[("entry", "申请核对"), ("review", "复核核对"), ("full", "全量核对"), ("watch", "动态监测")],
                        default="entry",
                        max_length=10,
                    ),
                ),
                ("subject_kind", models.CharField(max_length=60)),
                ("subject_id", models.BigIntegerField()),
                ("source", models.CharField(choices=[("by_hand", "人工查询"), ("extracts", "部门数据核对")], max_length=60)),
                ("persons", models.PositiveSmallIntegerField()),
                ("consented_by", models.JSONField(default=list)),
                ("consent_on", models.DateField()),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                (
                    "state",
                    models.CharField(
                        choices=[("requested", "已提请"), ("answered", "已出具")], default="requested", max_length=10
                    ),
                ),
                ("requested_on", models.DateField()),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="verification.inquiry"
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("report_number", models.CharField(blank=True, max_length=60)),
                ("valid_until", models.DateField(null=True)),
                ("findings", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["subject_kind", "subject_id"], name="verification_subject"),
                    models.Index(fields=["purpose", "requested_on"], name="verification_purpose"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_on__isnull", True),
                            models.Q(
                                ("answered_on__gte", models.F("requested_on")), ("valid_until__gte", models.F("answered_on"))
                            ),
                            _connector="OR",
                        ),
                        name="verification_answered_after_request",
                    )
                ],
            },
        ),
        NewTable(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="people.person"),
                ),
                (
                    "signed_as",
                    models.CharField(choices=[("self", "本人"), ("guardian", "监护人")], default="self", max_length=10),
                ),
                (
                    "signed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"),
                ),
                ("sources", models.JSONField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("recorded_on", models.DateField()),
                ("withdrawn_on", models.DateField(null=True)),
                ("withdrawal_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["person", "valid_from"], name="consent_of_person")],
                "constraints": [
                    anmin.ground.constraints.Unchanging(
                        but=["withdrawn_on", "withdrawal_reason", "document_id"], name="consent_never_changes", while_=""
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))), name="consent_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_as", "self"), _negated=True), ("signed_by", models.F("person")), _connector="OR"
                        ),
                        name="consent_of_self_is_signed_by_self",
                    ),
                ],
            },
        ),
    ]
