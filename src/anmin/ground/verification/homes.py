"""Who is asked about when a family is: its members on a day, and those who owe them support (赡养、抚养、扶养义务人)."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from anmin.ground.people.models import HouseholdMember, Supporter
from anmin.ground.verification.declarations import Listed
from anmin.ground.verification.vocabulary import Capacity


def members_on(on: date) -> QuerySet[HouseholdMember]:
    """The memberships of the living on a day, as they are known now."""
    return HouseholdMember.objects.filter(_in_force(on), Q(person__died_on__isnull=True) | Q(person__died_on__gt=on))


def people_of(members: QuerySet[HouseholdMember], on: date) -> list[Listed]:
    """The members, the head as applicant, then their supporters with the household of each they support; two queries.

    Somebody who is a member stands as a member only: what they owe within the family is no matter of others.
    """
    listed: dict[tuple[int, int], Listed] = {}
    homes: dict[int, list[int]] = {}
    for household, person, head in members.order_by("household_id", "id").values_list(
        "household_id", "person_id", "household__head_id"
    ):
        capacity = Capacity.APPLICANT if person == head else Capacity.MEMBER
        listed.setdefault((person, household), Listed(person, household, capacity))
        homes.setdefault(person, []).append(household)
    duties = Supporter.objects.filter(
        _in_force(on),
        Q(obligor__died_on__isnull=True) | Q(obligor__died_on__gt=on),
        dependant_id__in=members.order_by().values("person_id"),
    )
    for dependant, obligor in duties.order_by("id").values_list("dependant_id", "obligor_id"):
        for household in homes.get(dependant, ()):
            listed.setdefault((obligor, household), Listed(obligor, household, Capacity.SUPPORTER))
    return list(listed.values())


def _in_force(on: date) -> Any:
    ends: Q = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return ends & Q(superseded_at__isnull=True, valid_from__lte=on)
