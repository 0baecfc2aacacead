"""The figures of the nursing subsidy: those every benefit has; who was admitted in the period, who of them with arrears.

Who is admitted is counted by the day of the decision: a group that was entitled years ago and admitted at once came in the
period in which it was decided, however far back it is paid.
"""

from django.db.models import Exists, OuterRef, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.indicators import CAME, Words, share_columns
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, SumOf
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.payments.indicators import ARREARS, Money, benefit_indicators
from anmin.ground.payments.models import RollLine
from anmin.lines.disability.nursing.vocabulary import BASIS, BENEFIT, FULL, LABEL

_EVERY = benefit_indicators(BENEFIT, LABEL, words=Words(LABEL, full=FULL, basis=BASIS))
_MONEY = Money(BENEFIT)
_ADMITTED = (*share_columns({}), Column("决定日期", "entitlement__decided_on", CellKind.DATE), *CAME)


def _decided(window: Window) -> QuerySet[EntitlementMember]:
    days = (window.first_day, window.last_day)
    return EntitlementMember.objects.filter(benefit=BENEFIT, entitlement__migrated=False, entitlement__decided_on__range=days)


def _admitted(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    return _decided(window).filter(within(actor, "entitlement__area"))


def _arrears(actor: Actor, window: Window) -> QuerySet[RollLine]:
    """What the rolls of the period paid for earlier months to those admitted in it."""
    return _MONEY.back_pay(actor, window).filter(
        Exists(_decided(window).filter(entitlement=OuterRef("entitlement"))), amount__gt=0
    )


def _with_arrears(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    return _admitted(actor, window).filter(Exists(_arrears(actor, window).filter(entitlement=OuterRef("entitlement"))))


ADMITTED = (
    Indicator(
        id="disability.nursing.admitted.persons",
        label="重残护理补贴新增对象",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition="期间内作出给予决定的重度残疾人护理补贴对象人数，以决定日期为准，含成批纳入、自以前月份起补发的。",
        basis=BASIS,
        rows=_admitted,
        measure=CountDistinct(("person_id",)),
        evidence=_MONEY.rolls_of,
        columns=_ADMITTED,
        area="entitlement__area",
    ),
    Indicator(
        id="disability.nursing.admitted.with_arrears.persons",
        label="重残护理补贴新增对象中补发人数",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition="期间新增对象中，期间内各月已审批名册为其补发了以前月份待遇的人数。",
        basis=BASIS,
        rows=_with_arrears,
        measure=CountDistinct(("person_id",)),
        evidence=_MONEY.rolls_of,
        columns=_ADMITTED,
        area="entitlement__area",
        part_of="disability.nursing.admitted.persons",
    ),
    Indicator(
        id="disability.nursing.admitted.arrears.funds",
        label="重残护理补贴新增对象补发金额",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间内各月已审批名册中，为期间新增对象补发以前月份的金额合计。",
        basis=BASIS,
        rows=_arrears,
        measure=SumOf("amount"),
        evidence=_MONEY.rolls_of,
        columns=ARREARS,
    ),
)

INDICATORS = (*_EVERY.indicators, *ADMITTED)
BALANCES = _EVERY.balances
