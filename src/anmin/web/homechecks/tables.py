"""The lists of rounds and of the households of one."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.lines.assistance.homechecks.vocabulary import REGISTERS, PlanState, VisitResult
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, NumberColumn, Table

PLAN_TONES = {
    PlanState.ROSTERED: "neutral",
    PlanState.DRAWN: "warning",
    PlanState.UNDERWAY: "info",
    PlanState.DISCARDED: "neutral",
}
RESULT_TONES = {
    "": "neutral",
    VisitResult.AS_DECLARED.value: "success",
    VisitResult.CHANGED.value: "warning",
    VisitResult.MOVED.value: "danger",
    VisitResult.ABSENT.value: "info",
}
RESULTS = {"": "未走访", **dict(VisitResult.choices)}


def plan_url(record: Any) -> str:
    return reverse("home-check-plan", args=[record.pk])


def check_url(record: Any) -> str:
    return reverse("home-check", args=[record.pk])


class PlanTable(Table):
    """The rounds, with what the reader may see of them."""

    title = LinkColumn(verbose_name="核查名称", href=plan_url)
    state = BadgeColumn(
        verbose_name="状态",
        labels=dict(PlanState.choices),
        tones={key: tone for state, tone in PLAN_TONES.items() for key in (state.value, str(state.label))},
    )
    area = Column(accessor="area__name", verbose_name="范围")
    rostered_on = DayColumn(verbose_name="名册日期")
    villages = NumberColumn(verbose_name="村（社区）")
    seen = NumberColumn(verbose_name="应核查（户）")
    checked = NumberColumn(verbose_name="已核查（户）")
    changed = NumberColumn(verbose_name="有变化（户）")
    due_on = DayColumn(verbose_name="完成期限")
    made_by = Column(accessor="made_by__name", verbose_name="拟定人")

    class Meta:
        attrs: ClassVar = {"label": "入户核查"}
        row_attrs: ClassVar = {"data-href": plan_url}
        empty_text = "还没有入户核查计划。"


class CheckTable(Table):
    """The households of a round in the order of the draw."""

    head = LinkColumn(accessor="household__head__name", verbose_name="户主", href=check_url)
    place = NumberColumn(verbose_name="序号")
    number = Column(accessor="household__number", verbose_name="户编号")
    town = Column(accessor="area__parent__name", verbose_name="镇（街道）")
    village = Column(accessor="area__name", verbose_name="村（社区）")
    benefits = Column(verbose_name="在享", orderable=False)
    result = BadgeColumn(verbose_name="结果", labels=RESULTS, tones=lambda record: RESULT_TONES[record.result], empty_values=())
    checked_on = DayColumn(verbose_name="走访日期")
    again_due_on = DayColumn(verbose_name="再次入户期限")
    review = LinkColumn(
        accessor="review__number",
        verbose_name="复核",
        href=lambda record: reverse("case", args=[record.review.number]) if record.review else "",
    )

    class Meta:
        attrs: ClassVar = {"label": "核查名单"}
        row_attrs: ClassVar = {"data-href": check_url}
        empty_text = "名单中没有符合条件的家庭。"

    def render_benefits(self, value: list[str]) -> str:
        return "、".join(REGISTERS.get(each, each) for each in value)

    value_benefits = render_benefits
