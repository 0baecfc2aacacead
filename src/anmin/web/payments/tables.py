"""The lists of rolls, lines, payments and recoveries."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.payments.vocabulary import ChangeKind, ChangeState, LineKind, NoticeKind, PaymentState, RollState
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table
from anmin.web.records import record_url

ROLL_TONES = {RollState.GENERATED: "warning", RollState.CHECKED: "info", RollState.APPROVED: "success"}
LINE_TONES = {LineKind.REGULAR: "neutral", LineKind.BACK_PAY: "info", LineKind.RECOVERY: "danger"}
PAYMENT_TONES = {
    PaymentState.DUE: "warning",
    PaymentState.SENT: "info",
    PaymentState.PAID: "success",
    PaymentState.FAILED: "danger",
}
CHANGE_TONES = {"新增": "success", "退出": "danger", "调增": "info", "调减": "warning"}
PAYOUT_TONES = {
    ChangeState.WAITING: "warning",
    ChangeState.CONFIRMED: "success",
    ChangeState.REFUSED: "danger",
    ChangeState.REPLACED: "neutral",
}


class _Words(BadgeColumn):
    """A badge of a stored word, by the vocabulary it belongs to."""

    def __init__(self, *args: Any, words: Any, tones: Mapping[Any, str], **options: Any) -> None:
        # A model's field with choices arrives as its label, a word of our own as its value.
        both = {key: tone for each in words if (tone := tones.get(each)) for key in (each.value, each.label)}
        super().__init__(*args, labels={str(each.value): each.label for each in words}, tones=both, **options)


class MonthColumn(Column):
    """A month in words; stored as 2024-06."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, attrs={"td": {"class": "is-date"}}, **options)

    def render(self, value: str) -> str:
        """Return the month in words."""
        return Month.parse(value).label

    def value(self, value: str) -> str:
        """Return the month in words."""
        return Month.parse(value).label


def roll_url(record: Any) -> str:
    return reverse("roll", args=[record.pk])


def line_url(record: Any) -> str:
    return reverse("roll-line", args=[record.pk])


def payment_url(record: Any) -> str:
    return reverse("payment", args=[record.pk])


def recovery_url(record: Any) -> str:
    return reverse("recovery", args=[record.pk])


class RollTable(Table):
    """The rolls with what the reader may see of them."""

    month = LinkColumn(verbose_name="月份", href=roll_url)
    benefit = Column(verbose_name="待遇")
    state = _Words(verbose_name="状态", words=RollState, tones=ROLL_TONES)
    seen_lines = NumberColumn(verbose_name="行数")
    seen_total = MoneyColumn(verbose_name="合计（元）")
    pay_on = DayColumn(verbose_name="发放日期")
    generated_by = Column(accessor="generated_by__name", verbose_name="生成人")
    checked_by = Column(accessor="checked_by__name", verbose_name="复核人")
    approved_by = Column(accessor="approved_by__name", verbose_name="审批人")

    class Meta:
        attrs: ClassVar = {"label": "发放名册"}
        row_attrs: ClassVar = {"data-href": roll_url}

    def render_month(self, value: str, record: Any) -> SafeString:
        """Return the month in words, leading to the roll."""
        return format_html('<a href="{}">{}</a>', roll_url(record), Month.parse(value).label)

    def value_month(self, value: str) -> str:
        """Return the month in words."""
        return Month.parse(value).label

    def render_benefit(self, value: str) -> str:
        """Return what the benefit is called."""
        return BENEFITS[value].label

    def value_benefit(self, value: str) -> str:
        """Return what the benefit is called."""
        return BENEFITS[value].label


class LineTable(Table):
    """The lines of a roll."""

    number = LinkColumn(accessor="entitlement__number", verbose_name="保障证号", href=line_url)
    holder = Column(accessor="entitlement__holder__name", verbose_name="持证人")
    household = Column(accessor="entitlement__household__number", verbose_name="家庭编号")
    area = Column(accessor="area__name", verbose_name="村（社区）")
    for_month = MonthColumn(verbose_name="所属月份")
    kind = _Words(verbose_name="类别", words=LineKind, tones=LINE_TONES)
    persons = NumberColumn(verbose_name="人数")
    due = MoneyColumn(verbose_name="应发（元）")
    already = MoneyColumn(verbose_name="已列（元）")
    amount = MoneyColumn(verbose_name="本次（元）", signed=True)

    class Meta:
        attrs: ClassVar = {"label": "逐户明细"}
        row_attrs: ClassVar = {"data-href": line_url}


class ChangeTable(Table):
    """Whose amount moved against last month."""

    number = LinkColumn(verbose_name="保障证号", href=lambda record: record_url("entitlement", record["entitlement_id"]))
    holder = Column(verbose_name="持证人")
    area = Column(verbose_name="村（社区）")
    kind = BadgeColumn(verbose_name="变动", tones=CHANGE_TONES)
    before = MoneyColumn(verbose_name="上月（元）")
    after = MoneyColumn(verbose_name="本月（元）")
    difference = MoneyColumn(verbose_name="差额（元）", signed=True)

    class Meta:
        attrs: ClassVar = {"label": "与上月相比的变动"}


class NoticeTable(Table):
    """Whom the roll passes over or wants looked at."""

    number = LinkColumn(
        accessor="entitlement__number",
        verbose_name="保障证号",
        href=lambda record: record_url("entitlement", record.entitlement_id),
    )
    holder = Column(accessor="entitlement__holder__name", verbose_name="持证人")
    area = Column(accessor="area__name", verbose_name="村（社区）")
    kind = _Words(
        verbose_name="事项",
        words=NoticeKind,
        tones={NoticeKind.UNDETERMINED: "danger", NoticeKind.NOTHING_DUE: "warning", NoticeKind.COVERAGE: "warning"},
    )
    months = Column(verbose_name="所属月份", orderable=False)
    reasons = Column(verbose_name="原因", orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "需要关注"}

    def render_months(self, value: list[str]) -> str:
        """Return the months in words."""
        return "、".join(Month.parse(each).label for each in value)

    def value_months(self, value: list[str]) -> str:
        """Return the months in words."""
        return self.render_months(value)

    def render_reasons(self, value: list[str]) -> str:
        """Return the reasons as one text."""
        return "；".join(value)

    def value_reasons(self, value: list[str]) -> str:
        """Return the reasons as one text."""
        return self.render_reasons(value)


class PaymentTable(Table):
    """Payments and what came of them."""

    payee = LinkColumn(accessor="payee__name", verbose_name="领款人", href=payment_url)
    number = Column(accessor="entitlement__number", verbose_name="保障证号")
    area = Column(accessor="area__name", verbose_name="村（社区）")
    month = MonthColumn(accessor="roll__month", verbose_name="名册月份")
    benefit = Column(accessor="roll__benefit", verbose_name="待遇")
    gross = MoneyColumn(verbose_name="应付（元）")
    offset = MoneyColumn(verbose_name="抵扣（元）")
    net = MoneyColumn(verbose_name="实付（元）")
    state = _Words(verbose_name="状态", words=PaymentState, tones=PAYMENT_TONES)
    paid_on = DayColumn(verbose_name="到账日期")
    failure = Column(verbose_name="失败原因")

    class Meta:
        attrs: ClassVar = {"label": "款项"}
        row_attrs: ClassVar = {"data-href": payment_url}

    def render_benefit(self, value: str) -> str:
        """Return what the benefit is called."""
        return BENEFITS[value].label if value in BENEFITS else value

    def value_benefit(self, value: str) -> str:
        """Return what the benefit is called."""
        return self.render_benefit(value)


class RecoveryTable(Table):
    """What is to be got back."""

    holder = LinkColumn(accessor="entitlement__holder__name", verbose_name="持证人", href=recovery_url)
    number = Column(accessor="entitlement__number", verbose_name="保障证号")
    area = Column(accessor="area__name", verbose_name="村（社区）")
    benefit = Column(accessor="entitlement__benefit", verbose_name="待遇")
    month = MonthColumn(accessor="line__for_month", verbose_name="所属月份")
    amount = MoneyColumn(verbose_name="应追回（元）")
    recovered = MoneyColumn(verbose_name="已追回（元）")
    opened_on = DayColumn(verbose_name="发现日期")
    consent_on = DayColumn(verbose_name="同意抵扣日期")

    class Meta:
        attrs: ClassVar = {"label": "追回事项"}
        row_attrs: ClassVar = {"data-href": recovery_url}

    def render_benefit(self, value: str) -> str:
        """Return what the benefit is called."""
        return BENEFITS[value].label if value in BENEFITS else value

    def value_benefit(self, value: str) -> str:
        """Return what the benefit is called."""
        return self.render_benefit(value)


def payout_url(record: Any) -> str:
    return reverse("payout-change", args=[record.pk])


class PayoutTable(Table):
    """Accounts and payees that were changed."""

    person = LinkColumn(accessor="person__name", verbose_name="付给", href=payout_url)
    kind = _Words(verbose_name="变更", words=ChangeKind, tones={ChangeKind.ACCOUNT: "info", ChangeKind.PAYEE: "accent"})
    entitlement = Column(accessor="entitlement__number", verbose_name="待遇编号", default="—")
    before = Column(accessor="person_before__name", verbose_name="原领款人", default="—")
    mask_before = Column(verbose_name="原账号", default="—")
    mask = Column(verbose_name="新账号", default="—")
    area = Column(accessor="area__name", verbose_name="村（社区）")
    changed_by = Column(accessor="changed_by__name", verbose_name="变更人")
    changed_on = DayColumn(verbose_name="变更日期")
    state = _Words(verbose_name="状态", words=ChangeState, tones=PAYOUT_TONES)
    settled_by = Column(accessor="settled_by__name", verbose_name="确认人", default="—")

    class Meta:
        attrs: ClassVar = {"label": "账号和领款人变更"}
        row_attrs: ClassVar = {"data-href": payout_url}
        empty_text = "没有符合条件的变更。"
