"""Who holds what on a day, and who came and went in a period: opening + entries − exits = closing, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GracePeriod, Suspension
from anmin.ground.entitlements.vocabulary import EndReason, StartReason


def in_force(actor: Actor, benefit: str, on: date) -> QuerySet[Entitlement]:
    """The entitlements held on a day, as far as the actor may see; suspended ones are held."""
    return Entitlement.objects.filter(within(actor), _held(on), benefit=benefit)


def persons_in_force(actor: Actor, benefit: str, on: date) -> QuerySet[EntitlementMember]:
    """The shares of the persons covered on a day; nobody twice, since nobody can be covered twice."""
    return EntitlementMember.objects.filter(within(actor, "entitlement__area"), _held(on), benefit=benefit)


def persons_with_any(actor: Actor, on: date) -> int:
    """How many persons are covered by at least one benefit on a day, each counted once."""
    found = EntitlementMember.objects.filter(within(actor, "entitlement__area"), _held(on))
    return int(found.aggregate(count=Count("person", distinct=True))["count"])


def benefits_of_persons(actor: Actor, on: date, person_ids: Any = None) -> QuerySet[EntitlementMember]:
    """The shares of persons in any benefit on a day; of these persons, where ids (or a query of them) are given."""
    found = EntitlementMember.objects.filter(within(actor, "entitlement__area"), _held(on))
    return found if person_ids is None else found.filter(person_id__in=person_ids)


def benefits_of_households(actor: Actor, on: date, household_ids: Any = None) -> QuerySet[Entitlement]:
    """What households, or persons in them, hold on a day; of these households, where ids (or a query of them) are given."""
    found = Entitlement.objects.filter(within(actor), _held(on))
    return found if household_ids is None else found.filter(household_id__in=household_ids)


def started(actor: Actor, benefit: str, first: date, last: date) -> QuerySet[Entitlement]:
    """The entitlements that began in the days from first to last."""
    return Entitlement.objects.filter(within(actor), benefit=benefit, valid_from__range=(first, last))


def ended(actor: Actor, benefit: str, first: date, last: date) -> QuerySet[Entitlement]:
    """The entitlements that were no longer held for the first time on one of the days: the day after `valid_until`."""
    return Entitlement.objects.filter(within(actor), benefit=benefit, valid_until__range=_day_before(first, last))


def persons_started(actor: Actor, benefit: str, first: date, last: date) -> QuerySet[EntitlementMember]:
    """The persons whose cover began in the days from first to last."""
    return EntitlementMember.objects.filter(within(actor, "entitlement__area"), benefit=benefit, valid_from__range=(first, last))


def persons_ended(actor: Actor, benefit: str, first: date, last: date) -> QuerySet[EntitlementMember]:
    """The persons who were no longer covered for the first time on one of the days."""
    return EntitlementMember.objects.filter(
        within(actor, "entitlement__area"), benefit=benefit, valid_until__range=_day_before(first, last)
    )


@dataclass(frozen=True)
class Flow:
    """Opening stock, entries and exits by reason, closing stock; the sum holds by definition of the periods."""

    opening: int
    entries: Mapping[StartReason, int]
    exits: Mapping[EndReason, int]
    closing: int

    @property
    def entered(self) -> int:
        return sum(self.entries.values())

    @property
    def left(self) -> int:
        return sum(self.exits.values())


@dataclass(frozen=True)
class Movements:
    """What happened to a benefit's holders in a period: households, and persons."""

    first: date
    last: date
    households: Flow
    persons: Flow


def movements(actor: Actor, benefit: str, first: date, last: date) -> Movements:
    """Stock before the first day, entries and exits from first to last by reason, stock on the last day; eight queries."""
    before = first - timedelta(days=1)
    households = Flow(
        opening=in_force(actor, benefit, before).count(),
        entries=_entries(started(actor, benefit, first, last)),
        exits=_exits(ended(actor, benefit, first, last)),
        closing=in_force(actor, benefit, last).count(),
    )
    persons = Flow(
        opening=persons_in_force(actor, benefit, before).count(),
        entries=_entries(persons_started(actor, benefit, first, last)),
        exits=_exits(persons_ended(actor, benefit, first, last)),
        closing=persons_in_force(actor, benefit, last).count(),
    )
    return Movements(first, last, households, persons)


def entitlement(actor: Actor, number: str) -> Entitlement | None:
    """The entitlement of a number with household, holder and payee; none where there is none or the actor may not see it."""
    return (
        Entitlement.objects.filter(within(actor), number=number)
        .select_related("household", "holder", "payee", "area", "case")
        .first()
    )


def by_id(actor: Actor, entitlement_id: int) -> Entitlement | None:
    """The entitlement with household, holder, payee and case; none where there is none or the actor may not see it."""
    return (
        Entitlement.objects.filter(within(actor), pk=entitlement_id)
        .select_related("household", "holder", "payee", "area__parent", "case")
        .first()
    )


def of_household(actor: Actor, household_id: int) -> QuerySet[Entitlement]:
    """Everything a household holds or held, the latest first."""
    return (
        Entitlement.objects.filter(within(actor), household_id=household_id)
        .select_related("holder", "payee", "area")
        .order_by("-valid_from", "-id")
    )


def of_person(actor: Actor, person_id: int) -> QuerySet[EntitlementMember]:
    """Everything a person is or was covered by, the latest first."""
    return (
        EntitlementMember.objects.filter(within(actor, "entitlement__area"), person_id=person_id)
        .select_related("entitlement__household", "entitlement__payee")
        .order_by("-valid_from", "-id")
    )


def members(actor: Actor, entitlement_id: int, on: date | None = None) -> QuerySet[EntitlementMember]:
    """Who is covered by an entitlement: on a day, or ever."""
    found = EntitlementMember.objects.filter(within(actor, "entitlement__area"), entitlement_id=entitlement_id)
    return (found if on is None else found.filter(_held(on))).select_related("person")


def suspensions(actor: Actor, entitlement_id: int) -> QuerySet[Suspension]:
    """When an entitlement was not paid, and why."""
    return Suspension.objects.filter(within(actor, "entitlement__area"), entitlement_id=entitlement_id)


def grace_periods(actor: Actor, entitlement_id: int) -> QuerySet[GracePeriod]:
    """The grace periods of an entitlement (渐退、缓退)."""
    return GracePeriod.objects.filter(within(actor, "entitlement__area"), entitlement_id=entitlement_id)


def review_due(actor: Actor, benefit: str, until: date) -> QuerySet[Entitlement]:
    """The running entitlements whose review is due by a day, the most urgent first."""
    return (
        Entitlement.objects.filter(within(actor), benefit=benefit, valid_until__isnull=True, review_due_on__lte=until)
        .select_related("household", "holder", "area")
        .order_by("review_due_on", "id")
    )


def _held(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def _day_before(first: date, last: date) -> tuple[date, date]:
    return first - timedelta(days=1), last - timedelta(days=1)


def _entries(rows: QuerySet[Entitlement] | QuerySet[EntitlementMember]) -> dict[StartReason, int]:
    counted = rows.order_by().values_list("start_reason").annotate(Count("id"))
    return {StartReason(reason): count for reason, count in sorted(counted)}


def _exits(rows: QuerySet[Entitlement] | QuerySet[EntitlementMember]) -> dict[EndReason, int]:
    counted = rows.order_by().values_list("end_reason").annotate(Count("id"))
    return {EndReason(reason): count for reason, count in sorted(counted)}
