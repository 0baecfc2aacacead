"""Benefits of which a person holds at most one, as layers: who stands in which on a day, and who moved where between two days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.models import Entitlement, EntitlementMember

NONE = ""
"""The place of whoever is in no layer."""


@dataclass(frozen=True)
class Layer:
    """How many stood in a layer before the first day and on the last, and who came and went: before + came − left = now.

    Somebody who left and came back in between is in neither; `joined` are those of `came` who were in no layer before, `gone`
    those of `left` who are in none now.
    """

    benefit: str
    households_before: int
    households: int
    persons_before: int
    persons: int
    came: int
    joined: int
    left: int
    gone: int


@dataclass(frozen=True)
class Layers:
    """The layers between two days; `moves` counts persons by the layer they were in and the one they are in (blank: none).

    A household whose members stand in two layers is counted in both, and once in the whole.
    """

    since: date
    on: date
    layers: tuple[Layer, ...]
    moves: Mapping[tuple[str, str], int]
    persons_before: int
    persons: int
    households_before: int
    households: int

    def moved(self, source: str, target: str) -> int:
        """How many persons went from one place to the other, or stayed."""
        return self.moves.get((source, target), 0)


def layers(actor: Actor, benefits: Sequence[str], since: date, on: date) -> Layers:
    """Stock and flow of the layers, in the order given, from one day to another; six queries, within what the actor may see.

    Somebody who stands in two layers on one day, which must not be, is counted in the first of them.
    """
    before, now = _persons(actor, benefits, since), _persons(actor, benefits, on)
    moves: dict[tuple[str, str], int] = {}
    for person in before.keys() | now.keys():
        key = (before.get(person, NONE), now.get(person, NONE))
        moves[key] = moves.get(key, 0) + 1
    homes_before, homes = _households(actor, benefits, since), _households(actor, benefits, on)
    made = []
    for benefit in benefits:
        came = {source: count for (source, target), count in moves.items() if target == benefit and source != benefit}
        left = {target: count for (source, target), count in moves.items() if source == benefit and target != benefit}
        made.append(
            Layer(
                benefit=benefit,
                households_before=homes_before.get(benefit, 0),
                households=homes.get(benefit, 0),
                persons_before=sum(count for (source, _), count in moves.items() if source == benefit),
                persons=sum(count for (_, target), count in moves.items() if target == benefit),
                came=sum(came.values()),
                joined=came.get(NONE, 0),
                left=sum(left.values()),
                gone=left.get(NONE, 0),
            )
        )
    whole = [_held_by(actor, benefits, day).aggregate(count=Count("household", distinct=True))["count"] for day in (since, on)]
    return Layers(since, on, tuple(made), moves, len(before), len(now), *whole)


def persons_by_town(actor: Actor, benefits: Sequence[str], on: date, towns: Sequence[Area]) -> dict[str, dict[str, int]]:
    """How many persons stand in each layer in each of the towns, by path of the town and benefit; one query."""
    found: dict[str, dict[str, int]] = {town.path: dict.fromkeys(benefits, 0) for town in towns}
    rows = EntitlementMember.objects.filter(_held(on), within(actor, "entitlement__area"), benefit__in=benefits)
    for path, benefit, count in rows.order_by().values_list("entitlement__area__path", "benefit").annotate(Count("id")):
        town = next((each for each in found if path.startswith(each)), None)
        if town is not None:
            found[town][benefit] += count
    return found


def persons_over(actor: Actor, benefits: Sequence[str], days: Sequence[date]) -> dict[str, list[int]]:
    """How many persons stood in each layer on each of the days; one query, since cover changes at the edges of months only."""
    spells = EntitlementMember.objects.filter(
        within(actor, "entitlement__area"),
        Q(valid_until__isnull=True) | Q(valid_until__gte=min(days)),
        benefit__in=benefits,
        valid_from__lte=max(days),
    )
    made = {benefit: [0] * len(days) for benefit in benefits}
    grouped = spells.order_by().values_list("benefit", "valid_from", "valid_until").annotate(Count("id"))
    for benefit, valid_from, valid_until, count in grouped:
        for place, day in enumerate(days):
            if valid_from <= day <= (valid_until or day):
                made[benefit][place] += count
    return made


def _persons(actor: Actor, benefits: Sequence[str], on: date) -> dict[int, str]:
    rank = {benefit: place for place, benefit in enumerate(benefits)}
    rows = EntitlementMember.objects.filter(_held(on), within(actor, "entitlement__area"), benefit__in=benefits)
    found: dict[int, str] = {}
    for person, benefit in rows.order_by().values_list("person_id", "benefit"):
        if person not in found or rank[benefit] < rank[found[person]]:
            found[person] = benefit
    return found


def _households(actor: Actor, benefits: Sequence[str], on: date) -> dict[str, int]:
    rows = _held_by(actor, benefits, on)
    return dict(rows.order_by().values_list("benefit").annotate(Count("household", distinct=True)))


def _held_by(actor: Actor, benefits: Sequence[str], on: date) -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(_held(on), within(actor), benefit__in=benefits)


def _held(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
