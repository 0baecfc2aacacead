"""What happens to what was recorded when something new is: pure, for facts, memberships and duties of support alike.

A row that is no longer what we know is superseded, never changed; the pieces of its period that stay true are written anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    """A value during a period whose last day is included; `id` is that of the row it was read from.

    `origin` goes along with a new spell, such as the row of the file it came from; it does not tell two spells apart.
    """

    valid_from: date
    valid_until: date | None
    value: Any
    id: int | None = None
    origin: Any = field(default=None, compare=False)

    @property
    def last(self) -> date:
        return self.valid_until or date.max

    def overlaps(self, other: "Spell") -> bool:
        return self.valid_from <= other.last and other.valid_from <= self.last

    def without(self, other: "Spell") -> list["Spell"]:
        """The parts of this period outside the other's."""
        parts = []
        if self.valid_from < other.valid_from:
            parts.append(replace(self, valid_until=other.valid_from - _DAY))
        if other.last < self.last:
            parts.append(replace(self, valid_from=other.last + _DAY))
        return parts


@dataclass(frozen=True, slots=True)
class Change:
    """The rows to supersede and the spells to write; a spell that keeps an `id` is a piece of that row."""

    supersede: tuple[Spell, ...] = ()
    write: tuple[Spell, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not self.supersede and not self.write


class Overlap(Exception):  # noqa: N818  an answer, not an accident
    """What is new contradicts what is recorded for the same days; `kept` is the recorded spell."""

    def __init__(self, kept: Spell) -> None:
        super().__init__(kept)
        self.kept = kept


def record(current: Iterable[Spell], new: Spell) -> Change:
    """The change that makes `new` known, where it continues what is recorded.

    - Nothing recorded for these days: it is written.
    - The same value for days that touch it: one spell over both. The same beginning, and an end for what had none: it ends there.
    - Another value from a later day on than something "until further notice": that one ends the day before, and goes on after
      `new` where `new` has an end.

    Raises Overlap where it contradicts what is recorded; that takes a correction.
    """
    touched = [spell for spell in current if spell.overlaps(new)]
    if not touched:
        return Change(write=(new,))
    old = touched[0]
    if len(touched) > 1:
        raise Overlap(old)
    if old.value == new.value:
        if old.valid_from == new.valid_from and old.valid_until is None and new.valid_until is not None:
            return Change((old,), (new,))
        if old.valid_from <= new.valid_from and new.last <= old.last:
            return Change()
        last = max(old.last, new.last)
        union = replace(new, valid_from=min(old.valid_from, new.valid_from), valid_until=None if last == date.max else last)
        return Change((old,), (union,))
    if old.valid_until is None and old.valid_from < new.valid_from:
        return Change((old,), (*old.without(new), new))
    raise Overlap(old)


def correct(current: Iterable[Spell], new: Spell) -> Change:
    """The change after which `new` holds for its days, whatever was recorded for them; what lies outside stays true."""
    touched = tuple(spell for spell in current if spell.overlaps(new))
    if len(touched) == 1 and touched[0].value == new.value and not touched[0].without(new) and not new.without(touched[0]):
        return Change()
    return Change(touched, (*(part for old in touched for part in old.without(new)), new))


def supplant(current: Iterable[Spell], new: Spell) -> Change:
    """As `correct`, and what was recorded beyond the end of `new` has ended with it; what begins later of its own stays."""
    change = correct(current, new)
    return Change(change.supersede, tuple(each for each in change.write if each.valid_from <= new.last))


def end(old: Spell, last_day: date) -> Change:
    """The change after which the spell has ended on that day; nothing when it ended by then, gone when it had not begun."""
    if old.last <= last_day:
        return Change()
    if last_day < old.valid_from:
        return Change((old,), ())
    return Change((old,), (replace(old, valid_until=last_day),))


def difference(before: Iterable[Spell], after: Iterable[Spell]) -> Change:
    """The one change that leads from what was recorded to what is known after several changes."""
    recorded, known = list(before), list(after)
    gone = tuple(spell for spell in recorded if spell not in known)
    return Change(gone, tuple(spell for spell in known if spell not in recorded))


def shown(spell: Spell) -> str:
    """The period in Chinese: `2024-01-01 至 2024-06-30`, `2024-01-01 起`."""
    return f"{spell.valid_from} 至 {spell.valid_until}" if spell.valid_until else f"{spell.valid_from} 起"
