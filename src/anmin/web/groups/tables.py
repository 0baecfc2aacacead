"""The lists of group decisions and of the persons in one."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.vocabulary import EndReason, GroupKind, GroupState
from anmin.ground.policy.vocabulary import OUTCOMES
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table

STATE_TONES = {GroupState.PROPOSED: "warning", GroupState.DECIDED: "success", GroupState.WITHDRAWN: "neutral"}
OUTCOME_TONES = {
    "eligible": "success",
    "not_eligible": "danger",
    "undetermined": "warning",
    "left_out": "neutral",
    "stop": "info",
}
OUTCOME_WORDS = {**OUTCOMES, "left_out": "不列入", "stop": "拟停发"}


def group_url(record: Any) -> str:
    return reverse("group", args=[record.number])


def line_url(record: Any) -> str:
    return reverse("group-line", args=[record.group.number, record.pk])


class GroupTable(Table):
    """The lists, the latest first."""

    title = LinkColumn(verbose_name="名称", href=group_url)
    number = Column(verbose_name="编号")
    benefit = Column(verbose_name="待遇")
    kind = BadgeColumn(
        verbose_name="类别",
        labels=dict(GroupKind.choices),
        tones={"grant": "accent", "stop": "neutral", "批量给予": "accent", "批量停发": "neutral"},
    )
    persons = NumberColumn(verbose_name="人数")
    state = BadgeColumn(
        verbose_name="状态",
        labels=dict(GroupState.choices),
        tones={key: tone for state, tone in STATE_TONES.items() for key in (state.value, str(state.label))},
    )
    proposed_on = DayColumn(verbose_name="提出日期")
    proposed_by = Column(accessor="proposed_by__name", verbose_name="提出人", default="系统")
    decided_on = DayColumn(verbose_name="审定日期")

    class Meta:
        attrs: ClassVar = {"label": "批量名单"}
        row_attrs: ClassVar = {"data-href": group_url}
        empty_text = "没有符合条件的批量名单。"

    def render_benefit(self, value: str) -> str:
        return BENEFITS[value].label

    value_benefit = render_benefit


class LineTable(Table):
    """The persons of a list with what the rules say of each."""

    person = LinkColumn(accessor="person__name", verbose_name="姓名", href=line_url)
    mask = Column(accessor="person__identity_mask", verbose_name="身份证号")
    village = Column(accessor="area__name", verbose_name="村（社区）")
    edge = DayColumn(verbose_name="起止日期")
    said = BadgeColumn(verbose_name="规则测算", labels=OUTCOME_WORDS, tones=OUTCOME_TONES)
    amount = MoneyColumn(verbose_name="首月金额（元）")
    note = Column(empty_values=(), verbose_name="说明", orderable=False)
    entitlement = Column(accessor="entitlement__number", verbose_name="待遇编号", default="—")

    class Meta:
        attrs: ClassVar = {"label": "名单人员"}
        row_attrs: ClassVar = {"data-href": line_url}
        empty_text = "没有符合条件的人员。"

    def render_village(self, record: Any, value: str) -> str:
        town = record.area.parent
        return f"{town.name}{value}" if town else value

    value_village = render_village

    def render_note(self, record: Any) -> str:
        if record.left_out:
            return str(record.left_out)
        return str(EndReason(record.end_reason).label) if record.end_reason else str(record.missing)

    value_note = render_note
