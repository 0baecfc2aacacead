"""What an approved roll turns into: one payment for each entitlement, one recovery for each negative line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.payments.models import Payment, Recovery, Repayment, Roll, RollLine
from anmin.ground.payments.rows import insert
from anmin.ground.payments.vocabulary import PaymentState
from anmin.ground.policy.book import policy


@dataclass(frozen=True)
class Settled:
    """How much an approval makes payable, holds back, and leaves to be got back."""

    payments: int
    gross: int
    offset: int
    recoveries: int
    to_recover: int


def settle(roll: Roll, on: date) -> Settled:
    """Payments and recoveries of a roll being approved are there; set-wise, whatever its size.

    Two things reduce a payment. Back-pay for a month whose recovery is still open cancels that recovery: the family has the
    money already. And a recovery the family agreed to is held back, up to the share of the payment that policy allows.
    """
    lines = list(
        RollLine.objects.filter(roll=roll)
        .order_by("entitlement_id", "for_month")
        .values_list("id", "entitlement_id", "area_id", "entitlement__payee_id", "for_month", "amount")
    )
    open_before = _open_recoveries(roll)
    new = [(pk, entitlement, area, -amount) for pk, entitlement, area, _, _, amount in lines if amount < 0]
    insert(
        Recovery,
        ("line_id", "entitlement_id", "area_id", "amount", "recovered", "opened_on"),
        ((pk, entitlement, area, amount, 0, on.isoformat()) for pk, entitlement, area, amount in new),
    )
    gross: dict[int, int] = defaultdict(int)
    back_pay: dict[tuple[int, str], int] = {}
    owner: dict[int, tuple[int, int]] = {}
    for _, entitlement, area, payee, for_month, amount in lines:
        if amount > 0:
            gross[entitlement] += amount
            owner[entitlement] = (payee, area)
            back_pay[entitlement, for_month] = amount
    share = policy().number(BENEFITS[roll.benefit].recovery_share, on=Month.parse(roll.month).first_day)
    held = _held_back(open_before, gross, back_pay, share)
    offsets: dict[int, int] = defaultdict(int)
    for entitlement, _, amount, _ in held:
        offsets[entitlement] += amount
    insert(
        Payment,
        ("roll_id", "entitlement_id", "payee_id", "area_id", "gross", "offset", "net", "state", "paid_on", "failure"),
        (
            (
                roll.pk,
                entitlement,
                *owner[entitlement],
                amount,
                offsets[entitlement],
                amount - offsets[entitlement],
                *_state(amount - offsets[entitlement], on),
                "",
            )
            for entitlement, amount in gross.items()
        ),
    )
    _book(roll, held, on)
    return Settled(len(gross), sum(gross.values()), sum(offsets.values()), len(new), sum(amount for *_, amount in new))


def _state(net: int, on: date) -> tuple[str, str | None]:
    # Wholly held back: there is nothing left for the bank to do.
    return (PaymentState.DUE.value, None) if net else (PaymentState.PAID.value, on.isoformat())


def _open_recoveries(roll: Roll) -> list[Recovery]:
    return list(
        # Held: a repayment written down at the same moment would be overwritten by what is booked here.
        Recovery.objects.select_for_update(of=("self",))
        .filter(entitlement__benefit=roll.benefit, recovered__lt=F("amount"))
        .select_related("line")
        .order_by("id")
    )


def _held_back(
    recoveries: Iterable[Recovery], gross: dict[int, int], back_pay: dict[tuple[int, str], int], share: int
) -> list[tuple[int, Recovery, int, str]]:
    """What is held back from whom, for which recovery, how much, and why."""
    made: list[tuple[int, Recovery, int, str]] = []
    left = dict(back_pay)
    cancelled: dict[int, int] = defaultdict(int)
    outstanding = {}
    kept = list(recoveries)
    for recovery in kept:
        key = (recovery.entitlement_id, recovery.line.for_month)
        amount = min(recovery.amount - recovery.recovered, left.get(key, 0))
        outstanding[recovery.pk] = recovery.amount - recovery.recovered - amount
        if amount:
            left[key] -= amount
            cancelled[recovery.entitlement_id] += amount
            made.append((recovery.entitlement_id, recovery, amount, f"{recovery.line.for_month} 重新认定后冲销"))
    room = {entitlement: (amount - cancelled[entitlement]) * share // 1000 for entitlement, amount in gross.items()}
    for recovery in kept:
        if recovery.consent_on is None:
            continue
        amount = min(outstanding[recovery.pk], room.get(recovery.entitlement_id, 0))
        if amount:
            room[recovery.entitlement_id] -= amount
            made.append((recovery.entitlement_id, recovery, amount, "经本人同意从待遇中抵扣"))
    return made


def _book(roll: Roll, held: list[tuple[int, Recovery, int, str]], on: date) -> None:
    if not held:
        return
    payments = dict(
        Payment.objects.filter(roll=roll, entitlement_id__in={each[0] for each in held}).values_list("entitlement_id", "id")
    )
    Repayment.objects.bulk_create(
        Repayment(recovery=recovery, payment_id=payments[entitlement], amount=amount, on=on, note=note)
        for entitlement, recovery, amount, note in held
    )
    touched: dict[int, Recovery] = {}
    for _, recovery, amount, _ in held:
        touched.setdefault(recovery.pk, recovery).recovered += amount
    Recovery.objects.bulk_update(touched.values(), ["recovered"], batch_size=500)
