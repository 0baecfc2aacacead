"""The figures of deliberation: how many cases were decided by a panel, and how many of them were agreed to."""

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountRows
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.lines.assistance.deliberation.models import Resolution
from anmin.lines.assistance.deliberation.vocabulary import BASIS, ResolutionKind

COLUMNS = (
    Column("编号", "case__number", opens="case", key="case__number"),
    Column("针对的办件", "about__number", opens="case", key="about__number"),
    Column("申请人", "case__applicant__name", opens="person", key="case__applicant_id"),
    Column("镇（街道）", "area__parent__name"),
    Column("决定事项", "kind", labels=ResolutionKind),
    Column("到会人数", "attended", CellKind.NUMBER),
    Column("同意人数", "in_favour", CellKind.NUMBER),
    Column("决定日期", "decided_on", CellKind.DATE),
    Column("有效期至", "valid_until", CellKind.DATE),
)


def _decided(actor: Actor, window: Window) -> QuerySet[Resolution]:
    return Resolution.objects.filter(within(actor), decided_on__range=(window.first_day, window.last_day))


def _agreed(actor: Actor, window: Window) -> QuerySet[Resolution]:
    return _decided(actor, window).filter(agreed=True)


def _kept(window: Window) -> QuerySet[Resolution]:
    return Resolution.objects.filter(decided_on__lte=window.last_day)


INDICATORS = (
    Indicator(
        id="assistance.deliberation.cases",
        label="“一事一议”办理件数",
        unit=Unit.CASES,
        kind=Kind.FLOW,
        definition="期间内经“一事一议”会议作出决定的件数，含同意和不同意；与按一般规定办理的件数分别统计。",
        basis=BASIS,
        rows=_decided,
        measure=CountRows(),
        evidence=_kept,
        columns=COLUMNS,
    ),
    Indicator(
        id="assistance.deliberation.agreed.cases",
        label="“一事一议”同意件数",
        unit=Unit.CASES,
        kind=Kind.FLOW,
        definition="期间内经“一事一议”会议决定同意的件数。",
        basis=BASIS,
        rows=_agreed,
        measure=CountRows(),
        evidence=_kept,
        columns=COLUMNS,
        part_of="assistance.deliberation.cases",
    ),
)
