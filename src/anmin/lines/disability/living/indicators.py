"""The figures of the living allowance: those every benefit has, and how many got it by which way."""

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.indicators import Words
from anmin.ground.indicators.declarations import Indicator, Window
from anmin.ground.indicators.measures import CountDistinct
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.payments.indicators import LINES, Money, benefit_indicators
from anmin.ground.payments.models import RollLine
from anmin.lines.disability.living.rules import ROUTE
from anmin.lines.disability.living.vocabulary import BASIS, BENEFIT, FULL, LABEL

_EVERY = benefit_indicators(BENEFIT, LABEL, words=Words(LABEL, full=FULL, basis=BASIS))
_MONEY = Money(BENEFIT)


def _last_month(window: Window) -> QuerySet[RollLine]:
    return _MONEY.lines_due(window).filter(for_month=f"{window.last_day:%Y-%m}", due__gt=0)


def _by_way(name: str) -> Indicator:
    """How many were paid by one way in the last month, by the frozen copies of the roll."""
    code = ROUTE[name]

    def rows(actor: Actor, window: Window) -> QuerySet[RollLine]:
        # The month stands before the look into the copies: SQLite takes conditions in their order, and opens every copy it meets.
        way = Cast(KT("snapshot__parts__route"), BigIntegerField())
        return _last_month(window).filter(within(actor)).annotate(way=way).filter(way=int(code))

    return Indicator(
        id=f"{BENEFIT}.{name}.persons",
        label=f"{LABEL}人数（{code.label}）",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition=f"期末当月已审批名册中，按“{code.label}”发给{FULL}的人数。",
        basis=BASIS,
        rows=rows,
        measure=CountDistinct(("entitlement_id",)),
        evidence=_last_month,
        columns=LINES,
        part_of=f"{BENEFIT}.persons",
        listed=False,
    )


INDICATORS = (*_EVERY.indicators, *(_by_way(name) for name in ROUTE if name != "none"))
BALANCES = _EVERY.balances
