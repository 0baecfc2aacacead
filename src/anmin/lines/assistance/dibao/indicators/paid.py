"""What was paid and what it comes to by person and month: the bank's answers and the approved rolls."""

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows, Quotient, SumOf
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.payments.models import Payment, Roll, RollLine
from anmin.ground.payments.vocabulary import LineKind, PaymentState, RollState
from anmin.lines.assistance.dibao.indicators.columns import EXTRAS, LINES, PAID, ROLLS
from anmin.lines.assistance.dibao.indicators.register import MEASURES_2021
from anmin.lines.assistance.dibao.rules.codes import ROUTE
from anmin.lines.assistance.dibao.vocabulary import BENEFIT

EXTRAS_RULE = "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）"


def _paid_in(window: Window) -> QuerySet[Payment]:
    return Payment.objects.filter(
        roll__benefit=BENEFIT, state=PaymentState.PAID, paid_on__range=(window.first_day, window.last_day)
    )


def _payments(actor: Actor, window: Window) -> QuerySet[Payment]:
    return _paid_in(window).filter(within(actor))


def _paid_rolls(actor: Actor, window: Window) -> QuerySet[Roll]:
    return Roll.objects.filter(Exists(_payments(actor, window).filter(roll=OuterRef("pk"))), benefit=BENEFIT)


def _lines_due(window: Window) -> QuerySet[RollLine]:
    first, last = f"{window.first_day:%Y-%m}", f"{window.last_day:%Y-%m}"
    return RollLine.objects.filter(
        roll__benefit=BENEFIT, roll__state=RollState.APPROVED, kind=LineKind.REGULAR, for_month__range=(first, last)
    )


def _regular_lines(actor: Actor, window: Window) -> QuerySet[RollLine]:
    return _lines_due(window).filter(within(actor))


def _with_extras(lines: QuerySet[RollLine]) -> QuerySet[RollLine]:
    """Lines whose frozen copy shows an extra; in a grace period the amount before it goes on, and no extra is reckoned."""
    amount = Cast(KT("snapshot__parts__extras"), BigIntegerField())
    reckoned = [ROUTE[name] for name in ("household", "single_a", "single_b")]
    return lines.filter(due__gt=0, snapshot__parts__route__in=reckoned, snapshot__parts__extras__gt=0).annotate(extras=amount)


def _lines_with_extras(actor: Actor, window: Window) -> QuerySet[RollLine]:
    return _with_extras(_regular_lines(actor, window))


def _last_lines_with_extras(actor: Actor, window: Window) -> QuerySet[RollLine]:
    # The month stands before the look into the copies: SQLite takes conditions in their order, and opens every copy it meets.
    return _with_extras(_last_lines_due(window).filter(within(actor)))


def _last_lines_due(window: Window) -> QuerySet[RollLine]:
    return _lines_due(window).filter(for_month=f"{window.last_day:%Y-%m}")


FUNDS = (
    Indicator(
        id="assistance.dibao.funds",
        label="低保救助资金",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间内银行发放成功的低保金实发合计，按发放成功日期归期；含补发，扣回部分已冲减，退票重发以成功之日为准。",
        basis=MEASURES_2021 + "；社会化发放",
        rows=_payments,
        measure=SumOf("net"),
        evidence=_paid_in,
        columns=PAID,
    ),
    Indicator(
        id="assistance.dibao.paid_months",
        label="低保金发放月数",
        unit=Unit.MONTHS,
        kind=Kind.FLOW,
        definition="期间内有低保金发放成功的名册月份数；与日历月数不一定相同。",
        rows=_paid_rolls,
        measure=CountRows(),
        evidence=_paid_in,
        columns=ROLLS,
        area="",
    ),
    Indicator(
        id="assistance.dibao.average_topup",
        label="低保人均补差水平",
        unit=Unit.YUAN_PER_PERSON_MONTH,
        kind=Kind.RATIO,
        definition="期间各月已审批名册中当月应发金额合计除以计发人数合计（人·月），含分类增发，不含补发和扣回。",
        rows=_regular_lines,
        measure=Quotient("due", "persons"),
        evidence=_lines_due,
        columns=LINES,
    ),
    Indicator(
        id="assistance.dibao.extras.households",
        label="分类增发户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.STOCK,
        definition="期末当月已审批名册中，当月应发金额含分类增发（老年人、未成年人、重残、重病等）的家庭户数。",
        basis=EXTRAS_RULE,
        rows=_last_lines_with_extras,
        measure=CountDistinct(("entitlement__household_id",)),
        evidence=_last_lines_due,
        columns=EXTRAS,
        part_of="assistance.dibao.households",
    ),
    Indicator(
        id="assistance.dibao.extras.funds",
        label="分类增发资金",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition="期间各月已审批名册中，当月应发金额所含分类增发的合计，不含补发和扣回。",
        basis=EXTRAS_RULE,
        rows=_lines_with_extras,
        measure=SumOf("extras"),
        evidence=_lines_due,
        columns=EXTRAS,
        listed=False,
    ),
)
