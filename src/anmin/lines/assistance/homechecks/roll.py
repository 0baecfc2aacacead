"""Who can be drawn: the households that held one of the registers on a day, by village."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.people.models import Household
from anmin.lines.assistance.homechecks.drawing import Line

_AT_ONCE = 500


class Held(NamedTuple):
    """A household with what it held on the day."""

    household_id: int
    area_id: int
    benefits: tuple[str, ...]


def holders(*, area: Area, benefits: Collection[str], on: date) -> tuple[dict[Line, Held], int]:
    """By line of the roll the households that held one of the benefits, and how many have no village; one question.

    A household that holds two of them is there once; whom death alone left on a register is still on it.
    """
    held = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    rows = (
        Entitlement.objects.filter(held, benefit__in=list(benefits), area__path__startswith=area.path)
        .order_by("id")
        .values_list("household_id", "household__number", "benefit", "area_id", "area__code", "area__level")
    )
    found: dict[Line, Held] = {}
    homes: dict[int, Line] = {}
    elsewhere: set[int] = set()
    for household_id, number, benefit, area_id, code, level in rows.iterator(chunk_size=5_000):
        if level != Level.VILLAGE:
            elsewhere.add(household_id)
            continue
        line = homes.setdefault(household_id, Line(code, number))
        known = found.get(line)
        if known is None:
            found[line] = Held(household_id, area_id, (benefit,))
        elif benefit not in known.benefits:
            found[line] = known._replace(benefits=(*known.benefits, benefit))
    return found, len(elsewhere - homes.keys())


def places_of(lines: Sequence[Line]) -> tuple[dict[str, int], dict[str, int]]:
    """The ids of the households of these lines by number, and of their villages by code."""
    homes: dict[str, int] = {}
    numbers = [line.household for line in lines]
    for start in range(0, len(numbers), _AT_ONCE):
        homes |= dict(Household.objects.filter(number__in=numbers[start : start + _AT_ONCE]).values_list("number", "id"))
    codes = sorted({line.village for line in lines})
    return homes, dict(Area.objects.filter(code__in=codes).values_list("code", "id"))
