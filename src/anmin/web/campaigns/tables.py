"""The lists of campaigns, of the people of one, and of the insured."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.lines.assistance.campaigns.vocabulary import CampaignKind, CampaignState, Group
from anmin.lines.assistance.supplementary.vocabulary import Layer
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table
from anmin.web.payments.tables import MonthColumn

STATE_TONES = {
    CampaignState.DRAFT: "neutral",
    CampaignState.FROZEN: "warning",
    CampaignState.CHECKED: "info",
    CampaignState.APPROVED: "success",
}
_TONES = {key: tone for state, tone in STATE_TONES.items() for key in (state.value, str(state.label))}


def campaign_url(record: Any) -> str:
    return reverse("campaign", args=[record.pk])


def row_url(record: Any) -> str:
    return reverse("campaign-row", args=[record.pk])


def policy_url(record: Any) -> str:
    return reverse("supplementary-policy", args=[record.pk])


class CampaignTable(Table):
    """The campaigns, with what the reader may see of them."""

    occasion = LinkColumn(verbose_name="事由", href=campaign_url)
    kind = Column(verbose_name="项目")
    state = BadgeColumn(verbose_name="状态", labels=dict(CampaignState.choices), tones=_TONES)
    cutoff_on = DayColumn(verbose_name="名册截止日")
    pay_month = MonthColumn(verbose_name="发放月份")
    seen_persons = NumberColumn(verbose_name="人数")
    seen_total = MoneyColumn(verbose_name="金额（元）")
    gifts = NumberColumn(verbose_name="慰问品（份）")
    made_by = Column(accessor="made_by__name", verbose_name="拟定人")
    approved_by = Column(accessor="approved_by__name", verbose_name="审批人")

    class Meta:
        attrs: ClassVar = {"label": "一次性发放"}
        row_attrs: ClassVar = {"data-href": campaign_url}
        empty_text = "没有符合条件的一次性发放。"

    def value_kind(self, value: str) -> str:
        return str(dict(CampaignKind.choices).get(value, value))


class RosterTable(Table):
    """The people of a roster, each budget's money apart."""

    person = LinkColumn(accessor="person__name", verbose_name="姓名", href=row_url)
    mask = Column(accessor="person__identity_mask", verbose_name="身份证号")
    town = Column(accessor="area__parent__name", verbose_name="镇（街道）")
    village = Column(accessor="area__name", verbose_name="村（社区）")
    groups = Column(verbose_name="类别", orderable=False)
    from_central = MoneyColumn(verbose_name="中央（元）")
    from_provincial = MoneyColumn(verbose_name="省级（元）")
    from_municipal = MoneyColumn(verbose_name="南通市级（元）")
    from_county = MoneyColumn(verbose_name="海安市级（元）")
    amount = MoneyColumn(verbose_name="合计（元）")
    gifts = NumberColumn(verbose_name="慰问品（份）")
    gifts_given_on = DayColumn(verbose_name="领取日期")
    payee = Column(accessor="payee__name", verbose_name="领款人")
    left_out = Column(verbose_name="不予发放的理由")

    class Meta:
        attrs: ClassVar = {"label": "发放名册"}
        row_attrs: ClassVar = {"data-href": row_url}
        empty_text = "名册中没有符合条件的人员。"

    def render_groups(self, value: list[str]) -> str:
        return "、".join(str(Group(each).label) for each in value) or "—"

    value_groups = render_groups


class PolicyTable(Table):
    """The insurance by year."""

    year = LinkColumn(verbose_name="年度", href=policy_url)
    insurer = Column(verbose_name="承保公司")
    number = Column(verbose_name="保险单号")
    starts_on = DayColumn(verbose_name="起期")
    ends_on = DayColumn(verbose_name="止期")
    premium = MoneyColumn(verbose_name="每人保费（元）")
    insured = NumberColumn(verbose_name="全市参保人数")
    frozen_on = DayColumn(verbose_name="名册冻结日期")

    class Meta:
        attrs: ClassVar = {"label": "低补保"}
        row_attrs: ClassVar = {"data-href": policy_url}
        empty_text = "还没有登记低补保保单。"


class InsuredTable(Table):
    """The people insured with what was paid to each."""

    person = LinkColumn(
        accessor="person__name", verbose_name="姓名", href=lambda record: reverse("person", args=[record.person_id])
    )
    mask = Column(accessor="person__identity_mask", verbose_name="身份证号")
    layer = Column(verbose_name="类别")
    town = Column(accessor="area__parent__name", verbose_name="镇（街道）")
    village = Column(accessor="area__name", verbose_name="村（社区）")
    claims_count = NumberColumn(verbose_name="赔付件数")
    claims_total = MoneyColumn(verbose_name="赔付金额（元）")

    class Meta:
        attrs: ClassVar = {"label": "参保人员"}
        empty_text = "没有符合条件的参保人员。"

    def value_layer(self, value: str) -> str:
        return str(dict(Layer.choices).get(value, value))
