"""The figures of temporary assistance: handed down to towns, and given to people; two flows that are never added."""

from collections.abc import Callable

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, SumOf
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.lines.assistance.temporary.models import Aid, Allocation
from anmin.lines.assistance.temporary.vocabulary import BASIS, Cause, Level

ALLOCATIONS = (
    Column("镇（街道）", "town__name"),
    Column("下拨日期", "allocated_on", CellKind.DATE),
    Column("依据", "document"),
    Column("金额（元）", "amount", CellKind.MONEY),
)
AIDS = (
    Column("办件编号", "case__number", opens="case", key="case__number"),
    Column("领款人", "payee__name", opens="person", key="payee_id"),
    Column("镇（街道）", "town__name"),
    Column("困难原因", "cause", labels=Cause),
    Column("救助日期", "given_on", CellKind.DATE),
    Column("由谁决定", "level", labels=Level),
    Column("受助人数", "persons", CellKind.NUMBER),
    Column("金额（元）", "amount", CellKind.MONEY),
)


def _allocated(actor: Actor, window: Window) -> QuerySet[Allocation]:
    return Allocation.objects.filter(within(actor, "town"), allocated_on__range=(window.first_day, window.last_day))


def _ever_allocated(window: Window) -> QuerySet[Allocation]:
    return Allocation.objects.filter(allocated_on__lte=window.last_day)


def _given(actor: Actor, window: Window) -> QuerySet[Aid]:
    return Aid.objects.filter(within(actor), given_on__range=(window.first_day, window.last_day))


def _ever_given(window: Window) -> QuerySet[Aid]:
    return Aid.objects.filter(given_on__lte=window.last_day)


def _of_level(level: Level) -> Callable[[Actor, Window], QuerySet[Aid]]:
    return lambda actor, window: _given(actor, window).filter(level=level)


INDICATORS = (
    Indicator(
        id="assistance.temporary.funds",
        label="下拨临时救助资金",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间内下拨到镇（街道）的临时救助资金合计，以下拨日期为准；与支付给困难群众的金额分别统计，不相加。",
        basis=BASIS,
        rows=_allocated,
        measure=SumOf("amount"),
        evidence=_ever_allocated,
        columns=ALLOCATIONS,
        area="town",
    ),
    Indicator(
        id="assistance.temporary.given.funds",
        label="给予临时救助金额",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间内给予困难群众的临时救助金额，镇（街道）支付的以支付日期为准，县级确认的以确认日期为准。",
        basis=BASIS,
        rows=_given,
        measure=SumOf("amount"),
        evidence=_ever_given,
        columns=AIDS,
    ),
    Indicator(
        id="assistance.temporary.given.town.funds",
        label="镇（街道）小额救助金额",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="给予临时救助金额中，由镇（街道）从下拨资金中直接支付的部分。",
        basis=BASIS,
        rows=_of_level(Level.TOWN),
        measure=SumOf("amount"),
        evidence=_ever_given,
        columns=AIDS,
        part_of="assistance.temporary.given.funds",
        listed=False,
    ),
    Indicator(
        id="assistance.temporary.given.cases",
        label="临时救助件数",
        unit=Unit.CASES,
        kind=Kind.FLOW,
        definition="期间内给予临时救助的件数；同一件先由镇（街道）救助、再由县级追加的只计一件。",
        basis=BASIS,
        rows=_given,
        measure=CountDistinct(("case_id",)),
        evidence=_ever_given,
        columns=AIDS,
    ),
)
