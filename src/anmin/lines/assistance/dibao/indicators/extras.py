"""Which families' amounts hold an extra (分类增发), and how much of the money that is; from the copies on the approved rolls."""

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Indicator, Window
from anmin.ground.indicators.measures import CountDistinct, SumOf
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.payments.models import RollLine
from anmin.lines.assistance.dibao.indicators import words
from anmin.lines.assistance.dibao.indicators.words import EXTRAS_RULE, MONEY
from anmin.lines.assistance.dibao.rules.codes import ROUTE


def _with_extras(lines: QuerySet[RollLine]) -> QuerySet[RollLine]:
    """Lines whose frozen copy shows an extra; in a grace period the amount before it goes on, and no extra is reckoned."""
    amount = Cast(KT("snapshot__parts__extras"), BigIntegerField())
    reckoned = [ROUTE[name] for name in ("household", "single_a", "single_b")]
    return lines.filter(due__gt=0, snapshot__parts__route__in=reckoned, snapshot__parts__extras__gt=0).annotate(extras=amount)


def _lines_with_extras(actor: Actor, window: Window) -> QuerySet[RollLine]:
    return _with_extras(MONEY.regular_lines(actor, window))


def _last_lines_with_extras(actor: Actor, window: Window) -> QuerySet[RollLine]:
    # The month stands before the look into the copies: SQLite takes conditions in their order, and opens every copy it meets.
    return _with_extras(_last_lines_due(window).filter(within(actor)))


def _last_lines_due(window: Window) -> QuerySet[RollLine]:
    return MONEY.lines_due(window).filter(for_month=f"{window.last_day:%Y-%m}")


EXTRAS = (
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
        columns=words.EXTRAS,
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
        evidence=MONEY.lines_due,
        columns=words.EXTRAS,
        listed=False,
    ),
)
