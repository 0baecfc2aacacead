"""What stands above declares to verification: whose rolls are checked, what opens a review, what a fact would change.

Verification knows no benefits; the assembly registers here what the rooms and the ground above them bring.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.verification.vocabulary import Capacity, Occasion


@dataclass(frozen=True)
class Listed:
    """Somebody whom a full check covers: as member of which household, or as one who owes its members support."""

    person_id: int
    household_id: int
    capacity: Capacity


@dataclass(frozen=True)
class Roll:
    """Those who hold a benefit, with the people their benefit depends on.

    `people` tells everybody on a day within the area of a path, in a fixed number of queries. `open_reviews` opens a review for
    the households given, each with the sentence that says why, and tells for how many; it opens none twice. `in_full`: whether a
    full check covers it where no rolls are named; the watch covers every roll.
    """

    name: str
    label: str
    people: Callable[[date, str], Iterable[Listed]]
    open_reviews: Callable[[Mapping[int, str], Actor, date], int]
    in_full: bool = True


ROLLS: dict[str, Roll] = {}
"""Every roll that is checked, by the address of its benefit; filled by the assembly."""


def register(rolls: Iterable[Roll]) -> None:
    """The rolls are known; registering the same one again changes nothing."""
    for roll in rolls:
        if ROLLS.setdefault(roll.name, roll) is not roll:
            raise ValueError(f"two rolls are called {roll.name}")


def rolls_of(occasion: Occasion) -> list[Roll]:
    """The rolls a check covers where none are named."""
    return [each for each in ROLLS.values() if each.in_full or occasion is Occasion.WATCH]


def roll(name: str) -> Roll:
    """The roll of this benefit. Refuses one that is not checked."""
    if name not in ROLLS:
        raise BadValue(f"没有名为“{name}”的核对名册；可用的有：{'、'.join(each.label for each in ROLLS.values())}。")
    return ROLLS[name]


@dataclass(frozen=True)
class Supposed:
    """A household with one fact of one of its people replaced: a kind of fact and a whole number or a code."""

    household_id: int
    person_id: int
    kind: str
    value: int | str


Amounts = tuple[int | None, int | None]
"""Fen a month as the rules say on what is declared, and on what is supposed; None where they cannot say."""

WhatIf = Callable[[Sequence[Supposed], date, str], Sequence[Amounts]]
"""Reckons all of them together; the last argument is the programme that households are asked about that hold nothing yet."""


def _nothing(supposed: Sequence[Supposed], on: date, programme: str) -> Sequence[Amounts]:
    return [(None, None)] * len(supposed)


_what_if: list[WhatIf] = [_nothing]


def install(what_if: WhatIf) -> None:
    """From now on amounts are reckoned by this; without it nothing is said of amounts."""
    _what_if[:] = [what_if]


def amounts(supposed: Sequence[Supposed], on: date, programme: str) -> Sequence[Amounts]:
    """What each supposition would change, in the order given."""
    return _what_if[0](supposed, on, programme) if supposed else []
