"""The two subsidies together: a person who gets both is one person; the money of both is one sum."""

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.indicators import covers, share_columns
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, SumOf
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.payments.indicators import PAID
from anmin.ground.payments.models import Payment
from anmin.ground.payments.vocabulary import PaymentState
from anmin.lines.disability.living.vocabulary import BENEFIT as LIVING
from anmin.lines.disability.nursing.vocabulary import BASIS
from anmin.lines.disability.nursing.vocabulary import BENEFIT as NURSING

BOTH = (LIVING, NURSING)
WHICH = Column("补贴", "benefit", labels={LIVING: "生活补贴", NURSING: "护理补贴"})
PAID_WHICH = Column("补贴", "roll__benefit", labels={LIVING: "生活补贴", NURSING: "护理补贴"})


def _persons(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    day = window.last_day
    return EntitlementMember.objects.filter(
        within(actor, "entitlement__area"), covers(day), benefit__in=BOTH, valid_from__lte=day
    )


def _persons_of_both(actor: Actor, window: Window) -> QuerySet[EntitlementMember]:
    held = _persons(actor, window)
    return held.filter(benefit=LIVING, person__in=held.filter(benefit=NURSING).values("person"))


def _kept(window: Window) -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(benefit__in=BOTH, accounted_from__lte=window.last_day)


def _paid_in(window: Window) -> QuerySet[Payment]:
    days = (window.first_day, window.last_day)
    return Payment.objects.filter(roll__benefit__in=BOTH, state=PaymentState.PAID, paid_on__range=days)


def _paid(actor: Actor, window: Window) -> QuerySet[Payment]:
    return _paid_in(window).filter(within(actor))


INDICATORS = (
    Indicator(
        id="disability.two_subsidies.persons",
        label="享受残疾人两项补贴人数",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition="期末当日享受困难残疾人生活补贴或重度残疾人护理补贴的人数，两项都享受的只计一人，暂停发放的计入。",
        basis=BASIS,
        rows=_persons,
        measure=CountDistinct(("person_id",)),
        evidence=_kept,
        columns=(WHICH, *share_columns({})),
        area="entitlement__area",
    ),
    Indicator(
        id="disability.two_subsidies.both.persons",
        label="同时享受两项补贴人数",
        unit=Unit.PERSONS,
        kind=Kind.STOCK,
        definition="期末当日同时享受困难残疾人生活补贴和重度残疾人护理补贴的人数。",
        basis=BASIS,
        rows=_persons_of_both,
        measure=CountDistinct(("person_id",)),
        evidence=_kept,
        columns=share_columns({}),
        area="entitlement__area",
        part_of="disability.two_subsidies.persons",
    ),
    Indicator(
        id="disability.two_subsidies.funds",
        label="残疾人两项补贴资金",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间内银行发放成功的两项补贴实发合计，按发放成功日期归期；含补发，扣回部分已冲减。",
        basis=BASIS,
        rows=_paid,
        measure=SumOf("net"),
        evidence=_paid_in,
        columns=(PAID_WHICH, *PAID),
    ),
)
