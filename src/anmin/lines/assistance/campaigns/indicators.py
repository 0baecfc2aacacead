"""The figures of campaigns: what was paid, to how many, out of whose budget; and the gifts handed over."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Column, Indicator, Stated, Window
from anmin.ground.indicators.measures import CountRows, SumOf
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.payments.models import Payment
from anmin.ground.payments.vocabulary import PaymentState
from anmin.ground.policy.book import policy
from anmin.lines.assistance.campaigns.models import Campaign, RosterRow, RosterShare
from anmin.lines.assistance.campaigns.vocabulary import Budget, CampaignKind, CampaignState

Of = Callable[[Actor, Window], QuerySet[Any]]

_PERSON = (
    Column("发放事由", "campaign__occasion"),
    Column("姓名", "person__name", opens="person", key="person_id"),
    Column("身份证号", "person__identity_mask"),
    Column("镇（街道）", "area__parent__name"),
    Column("村（社区）", "area__name"),
    Column("领款人", "payee__name", opens="person", key="payee_id"),
)
PERSONS = (*_PERSON, Column("金额（元）", "amount", CellKind.MONEY))
GIFTS = (
    *_PERSON[:5],
    Column("慰问品（份）", "gifts", CellKind.NUMBER),
    Column("发放日期", "gifts_given_on", CellKind.DATE),
    Column("领取人", "gifts_taken_by"),
)
SHARES = (
    *(replace(each, field=f"row__{each.field}", key=f"row__{each.key}" if each.key else "") for each in _PERSON),
    Column("资金来源", "budget", labels=Budget),
    Column("金额（元）", "amount", CellKind.MONEY),
)


def _paid(kind: CampaignKind, window: Window) -> QuerySet[Payment]:
    return Payment.objects.filter(roll__benefit=kind, state=PaymentState.PAID, paid_on__range=(window.first_day, window.last_day))


def _persons(kind: CampaignKind) -> Of:
    def rows(actor: Actor, window: Window) -> QuerySet[RosterRow]:
        # A list made once: asked for each row, SQLite goes through all payments of the period every time.
        paid = _paid(kind, window).values("entitlement")
        return RosterRow.objects.filter(within(actor), entitlement__in=paid, campaign__kind=kind)

    return rows


def _shares(kind: CampaignKind, budget: Budget) -> Of:
    def rows(actor: Actor, window: Window) -> QuerySet[RosterShare]:
        paid = _paid(kind, window).values("entitlement")
        of_budget = RosterShare.objects.filter(row__campaign__kind=kind, budget=budget, amount__gt=0)
        return of_budget.filter(within(actor, "row__area"), row__entitlement__in=paid)

    return rows


def _kept(kind: CampaignKind) -> Callable[[Window], QuerySet[Campaign]]:
    """Approved campaigns of the kind up to the last day: before the first one nothing is known of it."""
    return lambda window: Campaign.objects.filter(kind=kind, state=CampaignState.APPROVED, approved_on__lte=window.last_day)


def _stated(address: str, row: str = "") -> Callable[[Window], Stated | None]:
    def stated(window: Window) -> Stated | None:
        try:
            entry = policy().entry(address, on=window.last_day)
        except BadValue:
            return None
        values = dict(entry.value) if not isinstance(entry.value, int | str) else {"": entry.value}
        value = sum(int(each) for key, each in values.items() if row in ("", key))
        return Stated(
            value=value,
            headers=("标准", "数值", "执行日期", "依据"),
            line=(entry.label, entry.shown(row or None), entry.valid_from.isoformat(), str(entry.document)),
        )

    return stated


def _paid_figures(kind: CampaignKind, *, unit: Unit = Unit.PERSONS, funds: str = "funds") -> tuple[Indicator, ...]:
    label, persons = str(kind.label), "人次" if unit is Unit.TIMES else "人数"
    return (
        Indicator(
            id=f"{kind.value}.persons",
            label=f"{label}发放{persons}",
            unit=unit,
            kind=Kind.FLOW,
            definition=f"期间内银行发放成功的{label}所列{persons}，同一事由每人一次，按发放成功日期归期。",
            rows=_persons(kind),
            measure=CountRows(),
            evidence=_kept(kind),
            columns=PERSONS,
        ),
        Indicator(
            id=f"{kind.value}.{funds}",
            label=f"{label}资金",
            unit=Unit.WAN_YUAN,
            kind=Kind.FLOW,
            definition=f"期间内银行发放成功的{label}合计，各级资金相加，按发放成功日期归期。",
            rows=_persons(kind),
            measure=SumOf("amount"),
            evidence=_kept(kind),
            columns=PERSONS,
        ),
        *(_of_budget(kind, budget, funds) for budget in Budget),
    )


def _of_budget(kind: CampaignKind, budget: Budget, funds: str) -> Indicator:
    return Indicator(
        id=f"{kind.value}.{funds}.{budget.value}",
        label=f"{kind.label}资金（{budget.label}）",
        unit=Unit.WAN_YUAN,
        kind=Kind.FLOW,
        definition=f"{kind.label}资金中由{budget.label}资金承担的部分。",
        rows=_shares(kind, budget),
        measure=SumOf("amount"),
        evidence=_kept(kind),
        columns=SHARES,
        area="row__area",
        part_of=f"{kind.value}.{funds}",
        listed=budget in (Budget.PROVINCIAL, Budget.COUNTY) and kind is CampaignKind.FESTIVAL,
    )


def _gifts(actor: Actor, window: Window) -> QuerySet[RosterRow]:
    return RosterRow.objects.filter(
        within(actor),
        campaign__kind=CampaignKind.DIALYSIS_VISIT,
        gifts_given_on__range=(window.first_day, window.last_day),
    )


def _standard(part: str, label: str, row: str) -> Indicator:
    return Indicator(
        id=f"assistance.festival.standard.{part}",
        label=label,
        unit=Unit.YUAN,
        kind=Kind.STANDARD,
        definition=f"期末执行的{label}，每人一次。",
        basis="标准文件见政策目录",
        stated=_stated("assistance.festival.shares", row),
        area="",
    )


INDICATORS = (
    *_paid_figures(CampaignKind.FESTIVAL),
    _standard("total", "节日补助标准", ""),
    _standard("provincial", "节日补助标准（省级）", "provincial"),
    _standard("county", "节日补助标准（海安市级）", "county"),
    *_paid_figures(CampaignKind.VILLAGE_VISIT),
    *_paid_figures(CampaignKind.DIALYSIS_VISIT, funds="cash"),
    Indicator(
        id="assistance.dialysis_visit.gifts",
        label="血透患者慰问品份数",
        unit=Unit.CASES,
        kind=Kind.FLOW,
        definition="期间内登记发放的血透患者慰问品份数，以发放日期为准；与慰问金分别统计。",
        rows=_gifts,
        measure=SumOf("gifts"),
        evidence=_kept(CampaignKind.DIALYSIS_VISIT),
        columns=GIFTS,
    ),
    *_paid_figures(CampaignKind.PRICE_SUBSIDY, unit=Unit.TIMES),
    *_paid_figures(CampaignKind.LIVING_SUBSIDY),
)
