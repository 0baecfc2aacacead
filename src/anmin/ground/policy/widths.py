"""How wide the numbers of a run are: every rule run once on ranges, before any household is.

A column of small numbers is several times quicker in few bytes, and wrong in too few. So each body is run on the least and the
most that its inputs can be, and whatever it reckons on the way is noted: the columns of that rule get as many bits as its largest
number needs, and a rule that could pass 64 bits is refused instead of wrapping round.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np

from anmin.ground.policy.operators import PER_MILLE, Arrays, Operators
from anmin.ground.policy.ruleset import Plan
from anmin.ground.policy.symbols import UnfitRuleError

KINDS: tuple[Any, ...] = (np.int8, np.int16, np.int32, np.int64)
MOST = {kind: int(np.iinfo(kind).max) for kind in KINDS}
VOCABULARIES = {kind: cast(Operators, Arrays(kind)) for kind in KINDS}
"""The vocabulary over columns, for each width."""


def kind_for(largest: int) -> Any:
    """The narrowest kind of whole number that holds a number and its negative.

    Refuses: what 64 bits do not hold.
    """
    for kind in KINDS:
        if largest <= MOST[kind]:
            return kind
    raise UnfitRuleError(f"a number of this rule can reach {largest}, more than 64 bits hold")


@dataclass(frozen=True)
class Width:
    """How a rule is computed: in which vocabulary, which of its inputs it reckons with, and how wide its result is."""

    kind: Any
    reckoned: tuple[bool, ...]
    result: Any | None


class Range:
    """The least and the most a number can be; with a note of the largest number that was reckoned on the way."""

    __hash__ = None  # type: ignore[assignment]  # equality makes a yes or no, so a set of them would be nonsense

    def __init__(self, least: int, most: int, note: "Note | None" = None) -> None:
        self.least = least
        self.most = most
        self.note = note or Note()
        self.reckoned = False

    @property
    def largest(self) -> int:
        """The largest it can be, whatever its sign."""
        return max(abs(self.least), abs(self.most))

    def __add__(self, other: object) -> "Range":
        with_ = self._taken(other)
        return self._made(self.least + with_.least, self.most + with_.most)

    def __radd__(self, other: object) -> "Range":
        return self._taken(other) + self

    def __sub__(self, other: object) -> "Range":
        with_ = self._taken(other)
        return self._made(self.least - with_.most, self.most - with_.least)

    def __rsub__(self, other: object) -> "Range":
        return self._taken(other) - self

    def __mul__(self, other: object) -> "Range":
        with_ = self._taken(other)
        corners = [one * two for one in (self.least, self.most) for two in (with_.least, with_.most)]
        return self._made(min(corners), max(corners))

    def __rmul__(self, other: object) -> "Range":
        return self._taken(other) * self

    def __floordiv__(self, other: object) -> "Range":
        with_ = self._taken(other)
        among = max(with_.least, 1)  # an empty group is shared among one, as the rules say before they divide
        corners = [one // two for one in (self.least, self.most) for two in (among, max(with_.most, 1))]
        return self._made(min(corners), max(corners))

    def __lt__(self, other: object) -> "Either":
        return EITHER

    __le__ = __gt__ = __ge__ = __lt__

    def __eq__(self, other: object) -> "Either":  # type: ignore[override]  # as columns do
        return EITHER

    def __ne__(self, other: object) -> "Either":  # type: ignore[override]  # as columns do
        return EITHER

    def _made(self, least: int, most: int) -> "Range":
        made = Range(least, most, self.note)
        self.note.largest = max(self.note.largest, made.largest)
        return made

    def _taken(self, other: object) -> "Range":
        """Both become wide enough for what is reckoned with them."""
        taken = other if isinstance(other, Range) else Range(int(cast(int, other)), int(cast(int, other)), self.note)
        for each in (self, taken):
            each.reckoned = True
            self.note.largest = max(self.note.largest, each.largest)
        return taken


@dataclass
class Note:
    """The largest number one body reckons with."""

    largest: int = 0


class Either:
    """A yes or no."""

    def __and__(self, other: object) -> "Either":
        return self

    __or__ = __and__


EITHER = Either()


class Ranges:
    """The vocabulary over ranges; each word reckons as the one over columns does."""

    def __init__(self, note: Note) -> None:
        self.note = note

    def either(self, condition: object, then: object, otherwise: object) -> Range:
        _ = self._range(then) - self._range(otherwise)  # as the columns do
        return self._spanning(min, max, then, otherwise)

    def least(self, first: object, *others: object) -> Range:
        return self._spanning(min, min, first, *others)

    def greatest(self, first: object, *others: object) -> Range:
        return self._spanning(max, max, first, *others)

    def half_up(self, amount: object, rate: object, among: object = 1) -> Range:
        first = self._range(amount)
        if isinstance(among, int) and among == 1:
            return (first * rate + PER_MILLE // 2) // PER_MILLE
        shared = self._range(among)
        return (2 * first * rate + PER_MILLE * shared) // (2 * PER_MILLE * shared)

    def shared(self, amount: object, among: object) -> Range:
        return (2 * self._range(amount) + self._range(among)) // (2 * self._range(among))

    def round_up(self, amount: object, step: object) -> Range:
        return (self._range(amount) + (self._range(step) - 1)) // step * step

    def years(self, since: object, until: object) -> Range:
        return (self._range(until) - since) // 10_000

    def is_not(self, condition: object) -> Either:
        return EITHER

    def whichever(self, condition: object, then: object, otherwise: object) -> Either:
        return EITHER

    def differ(self, first: object, second: object) -> Either:
        return EITHER

    def one_of(self, code: object, *codes: object) -> Either:
        return EITHER

    def _range(self, value: object) -> Range:
        if not isinstance(value, Range):
            value = Range(int(cast(int, value)), int(cast(int, value)), self.note)
        return value

    def _spanning(self, lowest: Callable[..., int], highest: Callable[..., int], *values: object) -> Range:
        ranges = [self._range(each) for each in values]
        for each in ranges:
            each.reckoned = True
            self.note.largest = max(self.note.largest, each.largest)
        return Range(lowest(each.least for each in ranges), highest(each.most for each in ranges), self.note)


def width_of(body: Callable[..., Any], inputs: list[Range | Either]) -> tuple[Width, Range | Either]:
    """How wide a rule is whose inputs lie in these ranges, and the range of what it gives.

    Refuses: a rule that could pass 64 bits.
    """
    return _width_between(body, tuple((each.least, each.most) if isinstance(each, Range) else None for each in inputs))


@lru_cache(maxsize=8192)  # month after month most rules have the same to reckon with
def _width_between(body: Callable[..., Any], ends: tuple[tuple[int, int] | None, ...]) -> tuple[Width, Range | Either]:
    note = Note()
    own = [EITHER if each is None else Range(*each, note) for each in ends]
    made = body(Ranges(note), *own)
    reckoned = tuple(isinstance(each, Range) and each.reckoned for each in own)
    if isinstance(made, Either):
        return Width(kind_for(note.largest), reckoned, None), EITHER
    made = Range(made.least, made.most) if isinstance(made, Range) else Range(int(made), int(made))
    return Width(kind_for(note.largest), reckoned, kind_for(made.largest)), made


def widths_of(plan: Plan, facts: Mapping[str, Range], largest_groups: Mapping[str, int]) -> dict[str, Width]:
    """How wide every rule of a plan is, given what the facts can be and how many members a group has at most.

    Refuses: a rule that could pass 64 bits, by name.
    """
    known: dict[str, Range | Either] = {name: Range(value, value) for name, value in plan.constants.items()}
    known |= facts
    made: dict[str, Width] = {}
    for each in plan.order:
        inputs = [known.get(name, EITHER) for name in plan.inputs(each)]
        try:
            if each.aggregate is not None:
                many = largest_groups[plan.rules.entity_of(each.aggregate.of)]
                made[each.name], known[each.name] = _of_group(each.aggregate.how, inputs[0], many)
            else:
                version = each.version_for(plan.month)
                assert version is not None  # the plan holds only what is in force
                made[each.name], known[each.name] = width_of(version.body, inputs)
        except UnfitRuleError as error:
            raise UnfitRuleError(f"{plan.rules.address}: rule {each.name}: {error}") from error
    return made


def _of_group(how: str, of: Range | Either, many: int) -> tuple[Width, Range | Either]:
    if how == "any":
        return Width(np.int8, (), None), EITHER
    one = of if isinstance(of, Range) else Range(0, 1)
    times = 1 if how == "maximum" else max(many, 1)
    made = Range(min(one.least * times, 0), max(one.most * times, 0))
    # Running sums are quickest in 32 bits, and may wrap round: the difference of two is right if the group's own total fits.
    kind = kind_for(max(made.largest, MOST[np.int16] + 1))
    return Width(kind, (), kind), made
