"""The figures of home checks: villages, households, visits, and the households where something had changed."""

from typing import Any

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan, HomeVisit
from anmin.lines.assistance.homechecks.vocabulary import CHECKED, PlanState, VisitResult

CHECKS = (
    Column("核查名称", "plan__title"),
    Column("户编号", "household__number", opens="household", key="household_id"),
    Column("户主", "household__head__name"),
    Column("镇（街道）", "area__parent__name"),
    Column("村（社区）", "area__name"),
    Column("核查日期", "checked_on", CellKind.DATE),
    Column("核查结果", "result", labels=VisitResult),
)
VISITS = (
    Column("核查名称", "check_of__plan__title"),
    Column("户编号", "check_of__household__number", opens="household", key="check_of__household_id"),
    Column("镇（街道）", "check_of__area__parent__name"),
    Column("村（社区）", "check_of__area__name"),
    Column("入户日期", "visited_on", CellKind.DATE),
    Column("走访人员", "visitor__name"),
    Column("结果", "result", labels=VisitResult),
)


def _days(window: Window) -> tuple[Any, Any]:
    return window.first_day, window.last_day


def _checked(actor: Actor, window: Window) -> QuerySet[HomeCheck]:
    return HomeCheck.objects.filter(within(actor), result__in=CHECKED, checked_on__range=_days(window))


def _changed(actor: Actor, window: Window) -> QuerySet[HomeCheck]:
    return _checked(actor, window).filter(result=VisitResult.CHANGED)


def _visits(actor: Actor, window: Window) -> QuerySet[HomeVisit]:
    standing = HomeVisit.objects.filter(within(actor, "check_of__area"), corrected_by__isnull=True)
    return standing.filter(visited_on__range=_days(window))


def _kept(window: Window) -> QuerySet[HomeCheckPlan]:
    """Rounds under way by the last day: before the first one nothing is known of home checks."""
    return HomeCheckPlan.objects.filter(state=PlanState.UNDERWAY, fixed_on__lte=window.last_day)


_COUNTED = "期间内完成入户核查（与申报一致、情况有变化、已搬离）的家庭，以入户日期为准，家中无人的不计"

INDICATORS = (
    Indicator(
        id="assistance.home_visits.villages",
        label="入户核查村居",
        unit=Unit.PLACES,
        kind=Kind.FLOW,
        definition=f"{_COUNTED}；这些家庭所在的村（社区）个数，同一村（社区）只计一次。",
        rows=_checked,
        measure=CountDistinct(("area",)),
        evidence=_kept,
        columns=CHECKS,
    ),
    Indicator(
        id="assistance.home_visits.households",
        label="入户核查户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition=f"{_COUNTED}；同一家庭在期间内多次核查只计一次。",
        rows=_checked,
        measure=CountDistinct(("household",)),
        evidence=_kept,
        columns=CHECKS,
    ),
    Indicator(
        id="assistance.home_visits.changed",
        label="入户核查发现变化户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition="期间内完成入户核查、情况与申报有变化的户数，同一家庭只计一次。",
        rows=_changed,
        measure=CountDistinct(("household",)),
        evidence=_kept,
        columns=CHECKS,
        part_of="assistance.home_visits.households",
    ),
    Indicator(
        id="assistance.home_visits.visits",
        label="入户核查走访次数",
        unit=Unit.OCCASIONS,
        kind=Kind.FLOW,
        definition="期间内两人入户走访的次数，家中无人的也计；更正过的记录只计更正后的。",
        rows=_visits,
        measure=CountRows(),
        evidence=_kept,
        columns=VISITS,
        area="check_of__area",
    ),
)
