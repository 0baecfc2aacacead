"""The figures of a benefit's money: what reached people, what was due by head, what was paid in arrears, what is to come back.

`benefit_indicators` declares all figures a benefit has in common with every other; a room adds its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.indicators import (
    Figures,
    Register,
    Words,
    area_columns,
    holder_indicators,
    person_columns,
)
from anmin.ground.entitlements.vocabulary import STOPPING, EndReason, StartReason
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import CountRows, Quotient, SumOf
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.payments.models import Payment, Recovery, Roll, RollLine
from anmin.ground.payments.vocabulary import LineKind, PaymentState, RollState

PAID = (
    Column("发放日期", "paid_on", CellKind.DATE),
    Column("名册月份", "roll__month", opens="roll", key="roll_id"),
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *person_columns("payee__", "领款人"),
    *area_columns(),
    Column("实发金额（元）", "net", CellKind.MONEY),
)
ROLLS = (
    Column("名册月份", "month", opens="roll", key="id"),
    Column("户数", "household_count", CellKind.NUMBER),
    Column("人数", "person_count", CellKind.NUMBER),
    Column("应发合计（元）", "total", CellKind.MONEY),
    Column("审批日期", "approved_on", CellKind.DATE),
)
LINES = (
    Column("所属月份", "for_month", opens="roll", key="roll_id"),
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *area_columns(),
    Column("计发人数", "persons", CellKind.NUMBER),
    Column("应发金额（元）", "due", CellKind.MONEY),
)
ARREARS = (
    Column("名册月份", "roll__month", opens="roll", key="roll_id"),
    Column("所属月份", "for_month"),
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *area_columns(),
    Column("补发金额（元）", "amount", CellKind.MONEY),
)
TO_RECOVER = (
    Column("发现日期", "opened_on", CellKind.DATE),
    Column("所属月份", "line__for_month"),
    Column("保障证号", "entitlement__number", opens="entitlement", key="entitlement_id"),
    *area_columns(),
    Column("应追回（元）", "amount", CellKind.MONEY),
    Column("已追回（元）", "recovered", CellKind.MONEY),
)


@dataclass(frozen=True)
class Money:
    """The rows of one benefit's money: payments by the day they came through, lines by the month they are for."""

    benefit: str

    def paid_in(self, window: Window) -> QuerySet[Payment]:
        """Every payment that came through in the period."""
        return Payment.objects.filter(
            roll__benefit=self.benefit, state=PaymentState.PAID, paid_on__range=(window.first_day, window.last_day)
        )

    def payments(self, actor: Actor, window: Window) -> QuerySet[Payment]:
        """The payments that came through, as far as the actor may see."""
        return self.paid_in(window).filter(within(actor))

    def paid_rolls(self, actor: Actor, window: Window) -> QuerySet[Roll]:
        """The rolls of which something came through in the period."""
        return Roll.objects.filter(Exists(self.payments(actor, window).filter(roll=OuterRef("pk"))), benefit=self.benefit)

    def lines_due(self, window: Window) -> QuerySet[RollLine]:
        """The lines of approved rolls for the months of the period themselves, without back-pay and recovery."""
        months = (f"{window.first_day:%Y-%m}", f"{window.last_day:%Y-%m}")
        return RollLine.objects.filter(
            roll__benefit=self.benefit, roll__state=RollState.APPROVED, kind=LineKind.REGULAR, for_month__range=months
        )

    def regular_lines(self, actor: Actor, window: Window) -> QuerySet[RollLine]:
        """Those lines, as far as the actor may see."""
        return self.lines_due(window).filter(within(actor))

    def rolls_of(self, window: Window) -> QuerySet[Roll]:
        """The approved rolls of the months of the period."""
        months = (f"{window.first_day:%Y-%m}", f"{window.last_day:%Y-%m}")
        return Roll.objects.filter(benefit=self.benefit, state=RollState.APPROVED, month__range=months)

    def back_pay(self, actor: Actor, window: Window) -> QuerySet[RollLine]:
        """What the approved rolls of the period paid for earlier months."""
        return RollLine.objects.filter(within(actor), roll__in=self.rolls_of(window), kind=LineKind.BACK_PAY)

    def to_recover(self, actor: Actor, window: Window) -> QuerySet[Recovery]:
        """What was found overpaid in the period."""
        found = Recovery.objects.filter(within(actor), entitlement__benefit=self.benefit)
        return found.filter(opened_on__range=(window.first_day, window.last_day))


def benefit_indicators(
    benefit: str,
    label: str,
    *,
    persons: bool = True,
    households: bool = False,
    routes: Mapping[str, str] | None = None,
    by_route: bool = True,
    cash: bool = True,
    average: str = "average",
    months_listed: bool = False,
    words: Words | None = None,
    entry_reasons: Sequence[StartReason] = (StartReason.NEW, StartReason.TRANSFERRED),
    exit_reasons: Sequence[EndReason] = STOPPING,
) -> Figures:
    """The figures of a benefit: who holds it, came and left (see `holder_indicators`), and unless it pays nothing, its money.

    Ids of the money: `<benefit>.funds`, `.paid_months`, `.<average>`, `.back_pay`, `.recoveries`. `routes` are those of the
    benefit; `words` says what things are called where the label alone does not. Register `.indicators` with `.balances`.
    """
    said = words or Words(label)
    holders = holder_indicators(
        benefit,
        said,
        persons=persons,
        households=households,
        routes=routes,
        by_route=by_route,
        entry_reasons=entry_reasons,
        exit_reasons=exit_reasons,
    )
    stock = tuple(each for each in holders.indicators if each.kind is Kind.STOCK)
    flows = tuple(each for each in holders.indicators if each.kind is not Kind.STOCK)
    money = money_indicators(benefit, said, average=average, months_listed=months_listed) if cash else ()
    return Figures((*stock, *money, *flows), holders.balances)


def money_indicators(
    benefit: str, words: Words, *, average: str = "average", months_listed: bool = False
) -> tuple[Indicator, ...]:
    """Paid in the period, in how many months, by head and month, in arrears, found overpaid."""
    source, register, money = Money(benefit), Register(benefit), words.paid
    return (
        Indicator(
            id=f"{benefit}.funds",
            label=words.funds or f"{words.label}资金",
            unit=Unit.WAN_YUAN,
            kind=Kind.FLOW,
            definition=(
                f"期间内银行发放成功的{money}实发合计，按发放成功日期归期；含补发，扣回部分已冲减，退票重发以成功之日为准。"
            ),
            basis=f"{words.basis}；社会化发放" if words.basis else "社会化发放",
            rows=source.payments,
            measure=SumOf("net"),
            evidence=source.paid_in,
            columns=PAID,
        ),
        Indicator(
            id=f"{benefit}.paid_months",
            label=f"{money}发放月数",
            unit=Unit.MONTHS,
            kind=Kind.FLOW,
            definition=f"期间内有{money}发放成功的名册月份数；与日历月数不一定相同。",
            rows=source.paid_rolls,
            measure=CountRows(),
            evidence=source.paid_in,
            columns=ROLLS,
            area="",
            listed=months_listed,
        ),
        Indicator(
            id=f"{benefit}.{average}",
            label=words.average or f"{words.label}人均月发放水平",
            unit=Unit.YUAN_PER_PERSON_MONTH,
            kind=Kind.RATIO,
            definition=(f"期间各月已审批名册中当月应发金额合计除以计发人数合计（人·月），{words.due or '不含补发和扣回'}。"),
            rows=source.regular_lines,
            measure=Quotient("due", "persons"),
            evidence=source.lines_due,
            columns=LINES,
        ),
        Indicator(
            id=f"{benefit}.back_pay",
            label=f"{money}补发金额",
            unit=Unit.WAN_YUAN,
            kind=Kind.FLOW,
            definition="期间各月已审批名册中，为以前月份补发的金额合计。",
            rows=source.back_pay,
            measure=SumOf("amount"),
            evidence=source.rolls_of,
            columns=ARREARS,
            listed=False,
        ),
        Indicator(
            id=f"{benefit}.recoveries",
            label=f"{money}应追回金额",
            unit=Unit.WAN_YUAN,
            kind=Kind.FLOW,
            definition="期间内经名册审批确认的多发金额合计，以确认之日归期；已追回的不减去。",
            rows=source.to_recover,
            measure=SumOf("amount"),
            evidence=register.kept_throughout,
            columns=TO_RECOVER,
            listed=False,
        ),
    )
