"""What children who hold the stipend get besides, by our own rolls: it is deducted, so it must be known for each month."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from anmin.base.periods import Month
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.payments.models import RollLine
from anmin.ground.payments.vocabulary import RollState
from anmin.ground.people.models import Fact
from anmin.lines.children.stipend.actions import OTHER_BENEFITS
from anmin.lines.children.stipend.vocabulary import BENEFIT

DEDUCTED = ("assistance.dibao", "disability.living")
"""Benefits whose amounts are deducted; a nursing subsidy is for care, and stays."""


@dataclass(frozen=True)
class Stale:
    """A child of whom another amount is on record than our rolls show."""

    person_id: int
    name: str
    area_id: int
    amount: int


def stale(month: Month) -> Iterator[Stale]:
    """The children who hold the stipend and something that is deducted, and whose record is not what the latest rolls show.

    A child's share of dibao is the family's amount by head. Of a benefit that no roll has paid yet nothing is known, and nothing
    is said. Four questions, however many children.
    """
    children = {
        person_id: (name, area_id)
        for person_id, name, area_id in _held(month, (BENEFIT,)).values_list("person_id", "person__name", "entitlement__area_id")
    }
    shares: dict[int, list[int]] = {}
    of_children = _held(month, DEDUCTED).filter(person__in=_held(month, (BENEFIT,)).values("person"))
    for person_id, entitlement_id in of_children.values_list("person_id", "entitlement_id"):
        shares.setdefault(person_id, []).append(entitlement_id)
    by_head = _by_head(month, {each for held in shares.values() for each in held})
    known = dict(
        Fact.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=month.first_day),
            kind=OTHER_BENEFITS,
            superseded_at__isnull=True,
            valid_from__lte=month.first_day,
            person__in=_held(month, (BENEFIT,)).values("person"),
        ).values_list("person_id", "amount")
    )
    for person_id, held in sorted(shares.items()):
        if all(each in by_head for each in held):
            amount = sum(by_head[each] for each in held)
            if known.get(person_id) != amount:
                yield Stale(person_id, *children[person_id], amount)


def _held(month: Month, benefits: tuple[str, ...]) -> QuerySet[EntitlementMember]:
    day = month.first_day
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return EntitlementMember.objects.filter(running, benefit__in=benefits, valid_from__lte=day)


def _by_head(month: Month, entitlement_ids: set[int]) -> dict[int, int]:
    """What each entitlement gives by head in the latest month on approved rolls up to this one, rounded half up."""
    lines = RollLine.objects.filter(
        entitlement_id__in=entitlement_ids, roll__state=RollState.APPROVED, for_month__lte=str(month), persons__gt=0
    ).order_by("for_month", "roll__month")
    return {
        entitlement_id: (2 * due + persons) // (2 * persons)
        for entitlement_id, due, persons in lines.values_list("entitlement_id", "due", "persons")
    }
