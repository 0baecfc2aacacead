"""Families as a counter looks for them: in which one somebody lives, and who lives together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.people.models import Household, HouseholdMember


@dataclass(frozen=True)
class Family:
    """A household with the names of those who live in it on a day, the head first."""

    household: Household
    names: tuple[str, ...]


def homes_of(actor: Actor, person_ids: Sequence[int], *, on: date) -> dict[int, int]:
    """The household each person lives in on a day, by the person; the one they count in before any other. One query."""
    rows = HouseholdMember.objects.filter(
        _present(on), within(actor, "household__area"), person_id__in=person_ids, superseded_at__isnull=True
    )
    return dict(rows.order_by("counted", "id").values_list("person_id", "household_id"))


def families(actor: Actor, household_ids: Sequence[int], *, on: date) -> list[Family]:
    """These households with their members, in the order asked for; those open on the day. Two queries."""
    homes = (
        Household.objects.filter(within(actor), pk__in=household_ids)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on))
        .select_related("area__parent", "head")
        .defer("head__identity_cipher", "head__bank_account_cipher")
        .in_bulk()
    )
    rows = HouseholdMember.objects.filter(_present(on), household_id__in=homes, superseded_at__isnull=True)
    names: dict[int, list[tuple[bool, int, str]]] = {}
    for household_id, key, name in rows.values_list("household_id", "person_id", "person__name"):
        names.setdefault(household_id, []).append((key != homes[household_id].head_id, key, name))
    return [Family(homes[key], tuple(name for _, _, name in sorted(names.get(key, [])))) for key in household_ids if key in homes]


def _present(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
