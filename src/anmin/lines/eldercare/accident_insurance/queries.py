"""The lists of insured elders on a day, scoped."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from anmin.base.clock import SHANGHAI
from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.claims import Statuses, codes_of, filled, held_by
from anmin.ground.people import columns as people
from anmin.ground.people.models import Person
from anmin.ground.policy.assessing import assess
from anmin.ground.policy.batch import Batch
from anmin.ground.policy.book import policy
from anmin.lines.eldercare.accident_insurance.rules import PROGRAMME, ROUTE

_AT_ONCE = 10_000


@dataclass(frozen=True)
class Insured:
    """One line of a list."""

    person_id: int
    name: str
    identity_mask: str
    birth_on: date
    age: int
    town: str
    village: str
    which: str
    premium: int


@dataclass(frozen=True)
class Roster:
    """Who is insured on a day, and how many could not be judged because their date of birth is unknown."""

    on: date
    lines: tuple[Insured, ...]
    undetermined: int

    @property
    def premium(self) -> int:
        """What a year costs, in fen."""
        return sum(line.premium for line in self.lines)


def roster(actor: Actor, on: date, *, which: str = "", known_at: datetime | None = None) -> Roster:
    """The insured on the first day of a month: all, or those of one list (`ankang`, `charity`), by town and village.

    Refuses: a day within a month, a list that does not exist.
    """
    if on.day != 1:
        raise BadValue(f"名单基准日应为某月 1 日，现在是 {on}。")
    if which and which not in ROUTE:
        raise BadValue(f"没有名为“{which}”的名单，可选：{'、'.join(code.label for code in ROUTE.values() if int(code))}。")
    month = Month.from_date(on)
    read = people.load(on=on, known_at=known_at, codes=codes_of(PROGRAMME))
    held = Statuses(held_by(PROGRAMME), on, on).on(on)
    columns, _ = filled(PROGRAMME.inputs, read, held)
    offsets = {"person": read.person_offsets, "supporter": read.supporter_offsets}
    batch = Batch(len(read.household_ids), offsets, columns)
    found = assess(PROGRAMME, batch, month, policy(), known_at.astimezone(SHANGHAI).date() if known_at else None)
    rows = np.flatnonzero(found.eligible if not which else found.eligible & (found.route == int(ROUTE[which])))
    labels = {int(code): code.label for code in ROUTE.values()}
    # Somebody away may stand in two families, and is insured once.
    which_of, premium_of = found.route[rows].tolist(), found.columns["premium"][rows].tolist()
    said = {
        person: (labels[route], premium)
        for person, route, premium in zip(read.person_ids[rows].tolist(), which_of, premium_of, strict=True)
    }
    lines = []
    for person, name, mask, birth_on, town, village in _named(actor, list(said)):
        label, premium = said[person]
        lines.append(Insured(person, name, mask, birth_on, _age(birth_on, on), town or "", village, label, premium))
    lines.sort(key=lambda line: (line.which, line.town, line.village, line.person_id))
    return Roster(on, tuple(lines), int(found.undetermined.sum()))


def _named(actor: Actor, persons: list[int]) -> Iterator[tuple[Any, ...]]:
    """What a list says of those the actor may see, town and village last; as plain rows, for there are many."""
    for start in range(0, len(persons), _AT_ONCE):
        found = Person.objects.filter(within(actor), pk__in=persons[start : start + _AT_ONCE]).order_by("id")
        yield from found.values_list("id", "name", "identity_mask", "birth_on", "area__parent__name", "area__name")


def _age(birth_on: date, on: date) -> int:
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))
