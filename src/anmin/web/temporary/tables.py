"""The lists of aid, of money handed down, of decisions of panels, of papers that are late."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.lines.assistance.deliberation.vocabulary import ResolutionKind
from anmin.lines.assistance.temporary.vocabulary import Cause, Level, Way
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table


def case_url(record: Any) -> str:
    return reverse("case", args=[record.case.number])


class AidTable(Table):
    """The aid given to people."""

    payee = LinkColumn(accessor="payee__name", verbose_name="领款人", href=case_url)
    case = Column(accessor="case__number", verbose_name="办件编号")
    town = Column(accessor="town__name", verbose_name="镇（街道）")
    cause = Column(verbose_name="困难原因")
    level = Column(verbose_name="由谁决定")
    way = Column(verbose_name="发放方式")
    persons = NumberColumn(verbose_name="受助人数")
    amount = MoneyColumn(verbose_name="金额（元）")
    given_on = DayColumn(verbose_name="救助日期")

    class Meta:
        attrs: ClassVar = {"label": "临时救助"}
        row_attrs: ClassVar = {"data-href": case_url}
        empty_text = "没有符合条件的临时救助。"

    def value_cause(self, value: str) -> str:
        return str(dict(Cause.choices).get(value, value))

    def value_level(self, value: str) -> str:
        return str(dict(Level.choices).get(value, value))

    def value_way(self, value: str) -> str:
        return str(dict(Way.choices).get(value, value))


class AllocationTable(Table):
    """The money handed down to towns."""

    town = Column(accessor="town__name", verbose_name="镇（街道）")
    allocated_on = DayColumn(verbose_name="下拨日期")
    amount = MoneyColumn(verbose_name="金额（元）")
    document = Column(verbose_name="依据")
    recorded_by = Column(accessor="recorded_by__name", verbose_name="登记人", default="系统")
    note = Column(verbose_name="备注")

    class Meta:
        attrs: ClassVar = {"label": "下拨资金"}
        empty_text = "还没有下拨资金。"


class ResolutionTable(Table):
    """What panels decided."""

    applicant = LinkColumn(accessor="case__applicant__name", verbose_name="申请人", href=case_url)
    case = Column(accessor="case__number", verbose_name="编号")
    about = LinkColumn(
        accessor="about__number", verbose_name="针对的办件", href=lambda record: reverse("case", args=[record.about.number])
    )
    town = Column(accessor="area__parent__name", verbose_name="镇（街道）")
    kind = Column(verbose_name="决定事项")
    agreed = BadgeColumn(verbose_name="结论", labels={True: "同意", False: "不同意"}, tones={True: "success", False: "neutral"})
    votes = Column(empty_values=(), verbose_name="同意／到会", orderable=False)
    amount = MoneyColumn(verbose_name="金额（元）")
    decided_on = DayColumn(verbose_name="决定日期")
    valid_until = DayColumn(verbose_name="有效期至")
    review_on = DayColumn(verbose_name="复核日期")

    class Meta:
        attrs: ClassVar = {"label": "一事一议"}
        row_attrs: ClassVar = {"data-href": case_url}
        empty_text = "没有符合条件的一事一议。"

    def value_kind(self, value: str) -> str:
        return str(dict(ResolutionKind.choices).get(value, value))

    def render_votes(self, record: Any) -> str:
        return f"{record.in_favour}／{record.attended}"

    value_votes = render_votes
