"""What an approved roll turns into: one payment for each entitlement, one recovery for each negative line."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.payments.models import Payment, Recovery, Repayment, Roll, RollLine
from anmin.ground.payments.vocabulary import PaymentState
from anmin.ground.policy.book import policy
from anmin.ground.rows import insert


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

    Three things reduce a payment. Back-pay for a month whose recovery is still open cancels that recovery: the family has the
    money already. A payment of an earlier roll that never left (no account, refused by the bank) is cut by what is taken back
    of its months: nobody is asked for what never came. And a recovery the family agreed to is held back, up to the share of
    the payment that policy allows.
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
    never_left = _cut_what_never_left(roll, on) if new else 0
    to_recover = sum(amount for *_, amount in new) - never_left
    return Settled(len(gross), sum(gross.values()), sum(offsets.values()), len(new), to_recover)


def _cut_what_never_left(roll: Roll, on: date) -> int:
    """What this roll takes back of payments that wait or were refused is taken off them; so much is not asked of anybody."""
    opened = Recovery.objects.filter(line__roll=roll).select_related("line").order_by("id")
    waiting = {
        (payment.roll_id, payment.entitlement_id): payment
        for payment in Payment.objects.select_for_update(of=("self",))
        .filter(entitlement__in=opened.values("entitlement_id"), state__in=(PaymentState.DUE, PaymentState.FAILED), net__gt=0)
        .exclude(roll=roll)
        .order_by("id")
    }
    if not waiting:
        return 0
    holding: dict[tuple[int, str], list[Payment]] = defaultdict(list)
    rolls, entitlements = {key[0] for key in waiting}, {key[1] for key in waiting}
    lines = RollLine.objects.filter(roll__in=rolls, entitlement__in=entitlements, amount__gt=0)
    for roll_id, entitlement_id, month in lines.order_by("roll_id").values_list("roll_id", "entitlement_id", "for_month"):
        if (roll_id, entitlement_id) in waiting:
            holding[entitlement_id, month].append(waiting[roll_id, entitlement_id])
    taken = 0
    for recovery in opened:
        for payment in holding[recovery.entitlement_id, recovery.line.for_month]:
            if amount := min(payment.net, recovery.amount - recovery.recovered):
                _take_off(payment, recovery, amount, on)
                taken += amount
    return taken


def _take_off(payment: Payment, recovery: Recovery, amount: int, on: date) -> None:
    payment.offset, payment.net = payment.offset + amount, payment.net - amount
    if not payment.net:
        payment.state, payment.paid_on = PaymentState.PAID, on
    payment.save(update_fields=["offset", "net", "state", "paid_on"])
    note = f"{recovery.line.for_month} 的款项尚未发出，直接冲减"
    Repayment.objects.create(recovery=recovery, payment=payment, amount=amount, on=on, note=note)
    recovery.recovered += amount
    recovery.save(update_fields=["recovered"])


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
