"""Payments and what came of them, bank files and answers, recoveries, histories; scoped to what the asker may see.

Paid means: the bank said so. The money paid in a period is the sum of `net` of payments in state 发放成功 whose `paid_on` lies
in it.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.models import Count, F, Q, QuerySet, Sum

from anmin.base.money import Fen
from anmin.base.periods import Month, Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.payments import bank_files
from anmin.ground.payments.bank_files import account_problem
from anmin.ground.payments.models import (
    BankFile,
    BankFileLine,
    BankReturn,
    Payment,
    PayoutChange,
    Recovery,
    Repayment,
    Roll,
)
from anmin.ground.payments.unconfirmed import unconfirmed
from anmin.ground.payments.vocabulary import ChangeKind, ChangeState, PaymentState
from anmin.ground.people.models import Person
from anmin.ground.people.secrecy import decrypt


def payments(
    actor: Actor,
    *,
    roll: Roll | None = None,
    benefit: str = "",
    state: PaymentState | str = "",
    paid_in: Period | None = None,
    town: str = "",
    month: str = "",
    search: str = "",
) -> QuerySet[Payment]:
    """Payments with payee and entitlement: of a roll, a benefit, a state, paid in a period, in a town (by path).

    `month` is that of the roll (2024-06); `search` is part of the payee's name or of the entitlement's number.
    """
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
    if month:
        found = found.filter(roll__month=month)
    if search:
        found = found.filter(Q(payee__name__contains=search) | Q(entitlement__number__contains=search))
    return found.order_by("id")


def payment(actor: Actor, payment_id: int) -> Payment | None:
    """One payment with its roll, payee and entitlement; none out of sight."""
    return payments(actor).filter(pk=payment_id).first()


def sendings(actor: Actor, payment_id: int) -> QuerySet[BankFileLine]:
    """Each time a payment went to the bank, and what the bank said, the latest first."""
    found = BankFileLine.objects.filter(within(actor, "payment__area"), payment_id=payment_id)
    return found.select_related("file").order_by("-id")


def payments_total(
    actor: Actor, *, benefit: str = "", state: PaymentState | str = "", town: str = "", month: str = "", search: str = ""
) -> Fen:
    """What the payments of such a list come to."""
    found = payments(actor, benefit=benefit, state=state, town=town, month=month, search=search)
    return int(found.order_by().aggregate(total=Sum("net", default=0))["total"])


def paid_total(actor: Actor, benefit: str, first: date, last: date) -> Fen:
    """What reached the families: the sum of `net` of payments the bank confirmed with `paid_on` from first to last."""
    return int(
        Payment.objects.filter(
            within(actor), entitlement__benefit=benefit, state=PaymentState.PAID, paid_on__range=(first, last)
        ).aggregate(total=Sum("net", default=0))["total"]
    )


def paid_by_month(actor: Actor, benefit: str, first: date, last: date) -> dict[Month, Fen]:
    """What reached the families in each month from first to last, by the day of payment; a month without any is 0."""
    paid = Payment.objects.filter(
        within(actor), entitlement__benefit=benefit, state=PaymentState.PAID, paid_on__range=(first, last)
    )
    sums = dict.fromkeys(Month.range(Month.from_date(first), Month.from_date(last)), 0)
    # By day: there are few days of payment, and SQLite asks Python for the month of every row.
    for day, net in paid.order_by().values_list("paid_on").annotate(Sum("net")):
        sums[Month.from_date(day)] += int(net)
    return sums


def payout_changes(actor: Actor, *, state: str = ChangeState.WAITING, search: str = "") -> QuerySet[PayoutChange]:
    """Accounts and payees that were changed, the oldest first; those that wait, in another state, or all (an empty state)."""
    found = PayoutChange.objects.filter(within(actor)).select_related(
        "person", "person_before", "entitlement", "area__parent", "changed_by", "settled_by"
    )
    found = found.defer("cipher_before", "person__identity_cipher", "person__bank_account_cipher")
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(Q(person__name__contains=search) | Q(entitlement__number__contains=search))
    return found.order_by("id")


def payout_change(actor: Actor, change_id: int) -> PayoutChange | None:
    """One such change; none out of sight."""
    return payout_changes(actor, state="").filter(pk=change_id).first()


def account_waits(actor: Actor, person: Person) -> PayoutChange | None:
    """The change of a person's account that nobody has confirmed yet."""
    return payout_changes(actor).filter(kind=ChangeKind.ACCOUNT, person=person).first()


@dataclass(frozen=True)
class HeldBack:
    """A payment that cannot go to the bank, and why; `waits` for a second person to confirm a change."""

    payment: Payment
    reason: str
    waits: bool = False


def held_back(actor: Actor, roll: Roll) -> list[HeldBack]:
    """The waiting payments of a roll that no bank file can take, each with its reason; two queries."""
    made, changes = [], unconfirmed()
    for payment in payments(actor, roll=roll, state=PaymentState.DUE).filter(net__gt=0).select_related("entitlement__payee"):
        # The bank file asks the entitlement who is paid now.
        payee = payment.entitlement.payee
        cipher = payee.bank_account_cipher
        reason = "领款人已去世" if payee.died_on else account_problem(decrypt(bytes(cipher)) if cipher else "")
        waits = changes.reason(payee.pk, payment.entitlement_id)
        if reason or waits:
            made.append(HeldBack(payment, reason or waits, waits=not reason))
    return made


def payment_counts(actor: Actor, roll: Roll) -> dict[PaymentState, tuple[int, Fen]]:
    """How many payments of a roll stand where, and their amount."""
    rows = Payment.objects.filter(within(actor), roll=roll).order_by().values_list("state").annotate(Count("id"), Sum("net"))
    found = {PaymentState(state): (count, int(net)) for state, count, net in rows}
    return {state: found.get(state, (0, 0)) for state in PaymentState}


def bank_files_of(actor: Actor, roll: Roll) -> QuerySet[BankFile]:
    """The bank files of a roll with how many lines were answered; for those who deal with the whole county."""
    if not actor.sees_the_county:
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
    if not actor.sees_the_county:
        return BankReturn.objects.none()
    return BankReturn.objects.filter(file__roll=roll).select_related("file", "brought_by").order_by("id")


def bank_file_content(actor: Actor, number: str, ending: str = "csv") -> bytes | None:
    """The bytes of a bank file (`csv` or `xlsx`); none for whoever does not deal with the whole county.

    For the platform itself: people are handed it by `actions.fetch_bank_file`, which is in the log.
    """
    if ending not in bank_files.ENDINGS or not actor.sees_the_county or not BankFile.objects.filter(number=number).exists():
        return None
    return bank_files.content(number, ending)


def bank_file_paths(actor: Actor, number: str) -> list[Path]:
    """Where a bank file lies; nowhere for whoever does not deal with the whole county."""
    if not actor.sees_the_county or not BankFile.objects.filter(number=number).exists():
        return []
    return [bank_files.folder() / f"{number}.{ending}" for ending in bank_files.ENDINGS]


def recoveries(actor: Actor, *, open_only: bool = True) -> QuerySet[Recovery]:
    """What is to be got back, the oldest first."""
    found = Recovery.objects.filter(within(actor)).select_related("entitlement__holder", "entitlement__household", "line", "area")
    return (found.filter(recovered__lt=F("amount")) if open_only else found).order_by("opened_on", "id")


def recovery(actor: Actor, recovery_id: int) -> Recovery | None:
    """One recovery; none out of sight."""
    return recoveries(actor, open_only=False).filter(pk=recovery_id).first()


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
