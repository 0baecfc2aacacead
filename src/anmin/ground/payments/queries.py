"""Rolls, their lines and totals, payments and what came of them; everything scoped to what the asker may see.

Paid means: the bank said so. The money paid in a period is the sum of `net` of payments in state 发放成功 whose `paid_on` lies
in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from anmin.base.money import Fen
from anmin.base.periods import Month, Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.payments import bank_files, ledger
from anmin.ground.payments.bank_files import account_problem
from anmin.ground.payments.models import (
    BankFile,
    BankReturn,
    Payment,
    Recovery,
    Repayment,
    Roll,
    RollLine,
    RollNotice,
)
from anmin.ground.payments.vocabulary import LineKind, PaymentState, RollState
from anmin.ground.people.secrecy import decrypt


def rolls(actor: Actor, benefit: str | None = None) -> QuerySet[Roll]:
    """The rolls, the latest first, each with `seen_total` and `seen_lines` of what the actor may see; none without a role."""
    if not actor.roles:
        return Roll.objects.none()
    seen = within(actor, "lines__area")
    found = Roll.objects.select_related("generated_by", "checked_by", "approved_by").annotate(
        seen_total=Sum("lines__amount", filter=seen, default=0), seen_lines=Count("lines", filter=seen)
    )
    return (found if benefit is None else found.filter(benefit=benefit)).order_by("-month", "benefit")


def roll(actor: Actor, benefit: str, month: Month | str) -> Roll | None:
    """The roll of a benefit and month; none where there is none, or for an actor without a role."""
    if not actor.roles:
        return None
    found = Roll.objects.select_related("generated_by", "checked_by", "approved_by")
    return found.filter(benefit=benefit, month=str(month)).first()


def roll_by_id(actor: Actor, roll_id: int) -> Roll | None:
    """The roll with this id; none where there is none, or for an actor without a role."""
    if not actor.roles:
        return None
    found = Roll.objects.select_related("generated_by", "checked_by", "approved_by")
    return found.filter(pk=roll_id).first()


def lines(actor: Actor, roll: Roll, *, town: str = "", kind: LineKind | str = "", search: str = "") -> QuerySet[RollLine]:
    """The lines of a roll with entitlement, household and payee, in the order of entitlement and month.

    `town` is the path of an area; `search` is part of a name or of a number.
    """
    found = RollLine.objects.filter(within(actor), roll=roll).select_related(
        "area", "entitlement__household", "entitlement__holder", "entitlement__payee"
    )
    if town:
        found = found.filter(area__path__startswith=town)
    if kind:
        found = found.filter(kind=kind)
    if search:
        found = found.filter(
            Q(entitlement__holder__name__contains=search)
            | Q(entitlement__number__contains=search)
            | Q(entitlement__household__number__contains=search)
        )
    return found.order_by("entitlement_id", "for_month")


def notices(actor: Actor, roll: Roll, kind: str = "") -> QuerySet[RollNotice]:
    """Whom the roll passes over or wants looked at, with the reasons."""
    found = RollNotice.objects.filter(within(actor), roll=roll).select_related(
        "area", "entitlement__household", "entitlement__holder"
    )
    return found.filter(kind=kind) if kind else found


@dataclass(frozen=True)
class Totals:
    """Counts and amounts of a roll: its own month, and what it puts right for earlier ones."""

    lines: int
    households: int
    persons: int
    due: Fen
    regular: Fen
    back_pay: Fen
    recovery: Fen
    amount: Fen


@dataclass(frozen=True)
class Change:
    """One entitlement whose amount for the roll's month differs from last month's: `entered`, `left`, `raised` or `lowered`."""

    entitlement_id: int
    number: str
    holder: str
    area: str
    before: Fen
    after: Fen
    kind: str


@dataclass(frozen=True)
class ControlTotals:
    """A roll beside last month's: last month's due + entered − left + raised − lowered = this month's due, to the fen."""

    now: Totals
    before: Totals | None
    entered: Fen
    left: Fen
    raised: Fen
    lowered: Fen
    entered_count: int
    left_count: int
    raised_count: int
    lowered_count: int
    undetermined: int
    balanced: bool


def control_totals(actor: Actor, roll: Roll) -> ControlTotals:
    """What the checker looks at before anything is paid; five queries, within what the actor may see."""
    before = _last_month(roll)
    now_totals = _totals(actor, roll)
    before_totals = _totals(actor, before) if before else None
    moved = _moved(actor, roll, before)
    entered = [after for was, after in moved.values() if was == 0]
    left = [was for was, after in moved.values() if after == 0]
    raised = [after - was for was, after in moved.values() if 0 < was < after]
    lowered = [was - after for was, after in moved.values() if 0 < after < was]
    expected = (before_totals.due if before_totals else 0) + sum(entered) - sum(left) + sum(raised) - sum(lowered)
    return ControlTotals(
        now=now_totals,
        before=before_totals,
        entered=sum(entered),
        left=sum(left),
        raised=sum(raised),
        lowered=sum(lowered),
        entered_count=len(entered),
        left_count=len(left),
        raised_count=len(raised),
        lowered_count=len(lowered),
        undetermined=notices(actor, roll, "undetermined").count(),
        balanced=expected == now_totals.due,
    )


def changes(actor: Actor, roll: Roll) -> list[Change]:
    """Every entitlement whose amount moved against last month, the largest movement first."""
    moved = _moved(actor, roll, _last_month(roll))
    found = RollLine.objects.filter(
        within(actor), entitlement_id__in=RollLine.objects.filter(roll__in=_pair(roll)).values("entitlement_id")
    )
    who = {
        row[0]: row[1:]
        for row in found.order_by()
        .values_list("entitlement_id", "entitlement__number", "entitlement__holder__name", "entitlement__area__name")
        .distinct()
    }
    made = [
        Change(entitlement_id, *who[entitlement_id], before=was, after=after, kind=_kind(was, after))
        for entitlement_id, (was, after) in moved.items()
    ]
    return sorted(made, key=lambda change: (-abs(change.after - change.before), change.entitlement_id))


def problems(actor: Actor, roll: Roll) -> list[str]:
    """What no longer agrees with the roll's seals, in Chinese; empty when nothing was touched. Reads every line."""
    return list(ledger.problems(roll)) if actor.roles else []


def totals_by_town(actor: Actor, roll: Roll) -> list[tuple[str, int, int, Fen]]:
    """Town, households, persons and amount of the roll, in the order of the towns; one query."""
    made: dict[str, list[int]] = {}
    rows = (
        RollLine.objects.filter(within(actor), roll=roll)
        .order_by()
        # A village's parent is its town; a line of the town itself stands under the town.
        .values_list("area__level", "area__name", "area__parent__name", "area__parent__code", "area__code")
        .annotate(
            households=Count("id", filter=Q(for_month=roll.month, due__gt=0)),
            heads=Sum("persons", filter=Q(for_month=roll.month, due__gt=0), default=0),
            total=Sum("amount"),
        )
    )
    order: dict[str, str] = {}
    for level, name, parent, parent_code, code, households, persons, amount in rows:
        town, key = (parent, parent_code) if level == Level.VILLAGE else (name, code)
        order[town] = key
        sums = made.setdefault(town, [0, 0, 0])
        for place, value in enumerate((households, persons, amount)):
            sums[place] += value
    return [(town, *made[town]) for town in sorted(made, key=lambda each: order[each])]  # type: ignore[misc]  # three sums


def payments(
    actor: Actor,
    *,
    roll: Roll | None = None,
    benefit: str = "",
    state: PaymentState | str = "",
    paid_in: Period | None = None,
    town: str = "",
) -> QuerySet[Payment]:
    """Payments with payee and entitlement: of a roll, a benefit, a state, paid in a period, in a town (by path)."""
    found = Payment.objects.filter(within(actor)).select_related("payee", "entitlement__household", "area", "roll")
    if roll is not None:
        found = found.filter(roll=roll)
    if benefit:
        found = found.filter(entitlement__benefit=benefit)
    if state:
        found = found.filter(state=state)
    if paid_in is not None:
        found = found.filter(state=PaymentState.PAID, paid_on__range=(paid_in.first_day, paid_in.last_day))
    if town:
        found = found.filter(area__path__startswith=town)
    return found.order_by("id")


def paid_total(actor: Actor, benefit: str, first: date, last: date) -> Fen:
    """What reached the families: the sum of `net` of payments the bank confirmed with `paid_on` from first to last."""
    return int(
        Payment.objects.filter(
            within(actor), entitlement__benefit=benefit, state=PaymentState.PAID, paid_on__range=(first, last)
        ).aggregate(total=Sum("net", default=0))["total"]
    )


def paid_by_month(actor: Actor, benefit: str, first: date, last: date) -> dict[Month, Fen]:
    """What reached the families in each month from first to last, by the day of payment; a month without any is 0."""
    sums = dict(
        Payment.objects.filter(within(actor), entitlement__benefit=benefit, state=PaymentState.PAID, paid_on__range=(first, last))
        .order_by()
        .values_list(TruncMonth("paid_on"))
        .annotate(Sum("net"))
    )
    months = Month.range(Month.from_date(first), Month.from_date(last))
    return {month: int(sums.get(month.first_day, 0)) for month in months}


@dataclass(frozen=True)
class HeldBack:
    """A payment that cannot go to the bank, and why."""

    payment: Payment
    reason: str


def held_back(actor: Actor, roll: Roll) -> list[HeldBack]:
    """The waiting payments of a roll that no bank file can take, each with its reason; one query."""
    made = []
    for payment in payments(actor, roll=roll, state=PaymentState.DUE).filter(net__gt=0):
        cipher = payment.payee.bank_account_cipher
        reason = "领款人已去世" if payment.payee.died_on else account_problem(decrypt(bytes(cipher)) if cipher else "")
        if reason:
            made.append(HeldBack(payment, reason))
    return made


def payment_counts(actor: Actor, roll: Roll) -> dict[PaymentState, tuple[int, Fen]]:
    """How many payments of a roll stand where, and their amount."""
    rows = Payment.objects.filter(within(actor), roll=roll).order_by().values_list("state").annotate(Count("id"), Sum("net"))
    found = {PaymentState(state): (count, int(net)) for state, count, net in rows}
    return {state: found.get(state, (0, 0)) for state in PaymentState}


def bank_files_of(actor: Actor, roll: Roll) -> QuerySet[BankFile]:
    """The bank files of a roll with how many lines were answered; for those who deal with the whole county."""
    if not _sees_the_county(actor):
        return BankFile.objects.none()
    return (
        BankFile.objects.filter(roll=roll)
        .select_related("made_by")
        .annotate(
            succeeded_count=Count("lines", filter=Q(lines__succeeded=True)),
            failed_count=Count("lines", filter=Q(lines__succeeded=False)),
        )
        .order_by("id")
    )


def returns_of(actor: Actor, roll: Roll) -> QuerySet[BankReturn]:
    """The return files of a roll."""
    if not _sees_the_county(actor):
        return BankReturn.objects.none()
    return BankReturn.objects.filter(file__roll=roll).select_related("file", "brought_by").order_by("id")


def bank_file_content(actor: Actor, number: str, ending: str = "csv") -> bytes | None:
    """The bytes of a bank file (`csv` or `xlsx`); none for whoever does not deal with the whole county."""
    if ending not in {"csv", "xlsx"} or not _sees_the_county(actor) or not BankFile.objects.filter(number=number).exists():
        return None
    return bank_files.content(number, ending)


def bank_file_paths(actor: Actor, number: str) -> list[Path]:
    """Where a bank file lies; nowhere for whoever does not deal with the whole county."""
    if not _sees_the_county(actor) or not BankFile.objects.filter(number=number).exists():
        return []
    return [bank_files.folder() / f"{number}.{ending}" for ending in ("csv", "xlsx")]


def recoveries(actor: Actor, *, open_only: bool = True) -> QuerySet[Recovery]:
    """What is to be got back, the oldest first."""
    found = Recovery.objects.filter(within(actor)).select_related("entitlement__holder", "entitlement__household", "line", "area")
    return (found.filter(recovered__lt=F("amount")) if open_only else found).order_by("opened_on", "id")


def repayments(actor: Actor, recovery_id: int) -> QuerySet[Repayment]:
    """What came back of a recovery."""
    return Repayment.objects.filter(within(actor, "recovery__area"), recovery_id=recovery_id).select_related("payment__roll")


def household_history(actor: Actor, household_id: int) -> QuerySet[Payment]:
    """Every payment of a household, the latest first; its lines are `lines_of_household`."""
    return payments(actor).filter(entitlement__household_id=household_id).order_by("-roll__month", "-id")


def person_history(actor: Actor, person_id: int) -> QuerySet[Payment]:
    """Every payment of an entitlement that the person holds, is paid for, or is covered by, the latest first."""
    concerns = Q(entitlement__holder_id=person_id) | Q(payee_id=person_id) | Q(entitlement__members__person_id=person_id)
    found = Payment.objects.filter(concerns).order_by().values("id").distinct()
    return payments(actor).filter(pk__in=found).order_by("-roll__month", "-id")


def lines_of_household(actor: Actor, household_id: int) -> QuerySet[RollLine]:
    """Every line of approved rolls for a household, the latest first."""
    return (
        RollLine.objects.filter(within(actor), entitlement__household_id=household_id, roll__state=RollState.APPROVED)
        .select_related("roll", "entitlement")
        .order_by("-roll__month", "-for_month", "-id")
    )


def _sees_the_county(actor: Actor) -> bool:
    return any(path.count("/") <= 1 for _, path in actor.roles)


def _last_month(roll: Roll) -> Roll | None:
    month = str(Month.parse(roll.month) - 1)
    return Roll.objects.filter(benefit=roll.benefit, month=month, state=RollState.APPROVED).first()


def _pair(roll: Roll) -> Iterable[Roll]:
    before = _last_month(roll)
    return [roll] if before is None else [roll, before]


def _totals(actor: Actor, roll: Roll) -> Totals:
    own = Q(for_month=roll.month, due__gt=0)
    sums = RollLine.objects.filter(within(actor), roll=roll).aggregate(
        lines=Count("id"),
        households=Count("id", filter=own),
        persons=Sum("persons", filter=own, default=0),
        due=Sum("due", filter=own, default=0),
        regular=Sum("amount", filter=Q(kind=LineKind.REGULAR), default=0),
        back_pay=Sum("amount", filter=Q(kind=LineKind.BACK_PAY), default=0),
        recovery=Sum("amount", filter=Q(kind=LineKind.RECOVERY), default=0),
        amount=Sum("amount", default=0),
    )
    return Totals(**{name: int(value) for name, value in sums.items()})


def _moved(actor: Actor, roll: Roll, before: Roll | None) -> dict[int, tuple[Fen, Fen]]:
    def due(of: Roll) -> dict[int, Fen]:
        own = RollLine.objects.filter(within(actor), roll=of, for_month=of.month, due__gt=0).order_by()
        return dict(own.values_list("entitlement_id", "due"))

    now, was = due(roll), due(before) if before else {}
    pairs = {key: (was.get(key, 0), now.get(key, 0)) for key in {**was, **now}}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _kind(before: Fen, after: Fen) -> str:
    if before == 0:
        return "entered"
    if after == 0:
        return "left"
    return "raised" if after > before else "lowered"
