"""Who holds a benefit, with what they were last paid; and of all benefits at once, how many hold them and what was paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from anmin.base.money import Fen
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, Suspension
from anmin.ground.payments.models import Payment, RollLine
from anmin.ground.payments.vocabulary import PaymentState, RollState

HELD, PAID, SUSPENDED, ENDED = "", "paid", "suspended", "ended"
STATUSES = {HELD: "在享", PAID: "正常发放", SUSPENDED: "暂停", ENDED: "已停发"}
GIVEN = "已给付"
"""What is said of a benefit that is given once: nobody holds it any longer than its month."""


def register(
    actor: Actor,
    benefit: str,
    on: date,
    *,
    town: str = "",
    route: str = "",
    status: str = HELD,
    review_class: str = "",
    search: str = "",
) -> QuerySet[Entitlement]:
    """Who holds a benefit on a day, with `last_amount`, `last_persons` and `last_route` of the latest approved roll up to then.

    `town` is the path of an area; `search` is part of a name, a household's or an entitlement's number. `status` narrows to those
    who are paid or suspended on the day; `ended` lists those who no longer hold it instead, the latest first. Of what is given
    once, everybody to whom it was given by then, the latest first, whatever the status.
    """
    found = _of_status(actor, benefit, on, status).select_related("household", "holder", "area__parent")
    if town:
        found = found.filter(area__path__startswith=town)
    if route:
        found = found.filter(route=route)
    if review_class:
        found = found.filter(review_class=review_class)
    if search:
        found = found.filter(
            Q(holder__name__contains=search)
            | Q(holder__initials__startswith=search.lower())
            | Q(number__contains=search)
            | Q(household__number__contains=search)
        )
    latest = RollLine.objects.filter(
        entitlement=OuterRef("pk"), roll__state=RollState.APPROVED, due__gt=0, for_month__lte=str(Month.from_date(on))
    ).order_by("-for_month", "-roll__month")
    found = found.annotate(
        last_amount=Subquery(latest.values("due")[:1]),
        last_persons=Subquery(latest.values("persons")[:1]),
        last_route=Subquery(latest.annotate(tier=Cast(KT("snapshot__parts__route"), BigIntegerField())).values("tier")[:1]),
    )
    latest_first = status == ENDED or BENEFITS[benefit].once
    return found.order_by("-valid_until", "id") if latest_first else found.order_by("area__code", "id")


def _of_status(actor: Actor, benefit: str, on: date, status: str) -> QuerySet[Entitlement]:
    if BENEFITS[benefit].once:
        return Entitlement.objects.filter(within(actor), benefit=benefit, valid_from__lte=on)
    if status == ENDED:
        return Entitlement.objects.filter(within(actor), benefit=benefit, valid_until__lt=on)
    held = entitlements.in_force(actor, benefit, on)
    if status not in (PAID, SUSPENDED):
        return held
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    suspended = Exists(Suspension.objects.filter(running, entitlement=OuterRef("pk"), valid_from__lte=on))
    return held.filter(suspended if status == SUSPENDED else ~suspended)


@dataclass(frozen=True)
class Held:
    """How many hold a benefit on a day, how many of them are suspended, and what reached them in a month."""

    benefit: str
    households: int
    persons: int
    suspended: int
    paid: Fen
    paid_before: Fen


def held_benefits(actor: Actor, on: date, month: Month, benefits: Iterable[str]) -> list[Held]:
    """Of each of the benefits: households and persons on a day, money that came through in a month and in the one before.

    Four queries, however many benefits; within what the actor may see.
    """
    standing = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    homes = dict(
        Entitlement.objects.filter(within(actor), standing)
        .order_by()
        .values_list("benefit")
        .annotate(Count("household", distinct=True))
    )
    people = dict(
        EntitlementMember.objects.filter(within(actor, "entitlement__area"), standing)
        .order_by()
        .values_list("benefit")
        .annotate(Count("id"))
    )
    stopped = dict(
        Suspension.objects.filter(within(actor, "entitlement__area"), standing)
        .order_by()
        .values_list("entitlement__benefit")
        .annotate(Count("id"))
    )
    paid = paid_by_benefit(actor, (month - 1).first_day, month.last_day)
    return [
        Held(
            each,
            homes.get(each, 0),
            people.get(each, 0),
            stopped.get(each, 0),
            paid.get(each, {}).get(month, 0),
            paid.get(each, {}).get(month - 1, 0),
        )
        for each in benefits
    ]


def paid_by_benefit(actor: Actor, first: date, last: date) -> dict[str, dict[Month, Fen]]:
    """What reached people of each benefit in each month with any, by the day of payment; one query for all benefits."""
    paid = Payment.objects.filter(within(actor), state=PaymentState.PAID, paid_on__range=(first, last))
    sums: dict[str, dict[Month, Fen]] = {}
    # By day: there are few days of payment, and SQLite asks Python for the month of every row.
    for benefit, day, net in paid.order_by().values_list("roll__benefit", "paid_on").annotate(Sum("net")):
        months = sums.setdefault(benefit, {})
        month = Month.from_date(day)
        months[month] = months.get(month, 0) + int(net)
    return sums


def lines_of_entitlement(actor: Actor, entitlement_id: int) -> QuerySet[RollLine]:
    """Every line of approved rolls for an entitlement, the latest first."""
    return (
        RollLine.objects.filter(within(actor), entitlement_id=entitlement_id, roll__state=RollState.APPROVED)
        .select_related("roll", "entitlement")
        .order_by("-roll__month", "-for_month", "-id")
    )
