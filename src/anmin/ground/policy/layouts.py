"""How columns of facts look: kinds and ranges, with some room, so that what was made ready for some families serves others."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from anmin.base.periods import Month
from anmin.ground.policy.columns import Batch, Column
from anmin.ground.policy.facts import Fact

FINEST = 3
"""Binary digits that are kept where a range is rounded outwards."""

SMALLEST_GROUP = 7


@dataclass(frozen=True)
class Seen:
    """A column of facts: its level, its numbers, the least and the most of them."""

    entity: str
    dtype: str
    least: int
    most: int


@dataclass(frozen=True)
class Layout:
    """The columns of some families, by fact, and how many members a group of each level has at most."""

    facts: Mapping[str, Seen]
    groups: Mapping[str, int]

    def with_room(self) -> "Layout":
        """The same for somewhat larger groups."""
        return replace(self, groups={entity: rounded_out(max(many, SMALLEST_GROUP)) for entity, many in self.groups.items()})

    def fits(self, other: "Layout") -> bool:
        """Whether what was made ready for this serves families that look like the other."""
        mine, its = self.facts, other.facts
        return (
            mine.keys() == its.keys()
            and all(other.groups[entity] <= many for entity, many in self.groups.items())
            and all(
                mine[name].dtype == seen.dtype and mine[name].least <= seen.least and seen.most <= mine[name].most
                for name, seen in its.items()
            )
        )


def layouts_of(batches: Mapping[Month, Batch], facts: Mapping[str, Fact]) -> dict[Month, Layout]:
    """How the families look in each month; ranges are those of all months together."""
    known: dict[int, tuple[int, int]] = {}
    ranges: dict[str, tuple[int, int]] = {}
    for batch in batches.values():
        for entity, named in batch.columns.items():
            for name, column in named.items():
                if name in facts and facts[name].entity == entity:
                    least, most = known.get(id(column)) or known.setdefault(id(column), _ends(column))
                    before = ranges.get(name, (least, most))
                    ranges[name] = min(before[0], least), max(before[1], most)
    rounded = {name: _rounded(*found, facts[name]) for name, found in ranges.items()}
    made = {}
    for month, batch in batches.items():
        seen = {
            name: Seen(entity, column.dtype.name, *rounded[name])
            for entity, named in batch.columns.items()
            for name, column in named.items()
            if name in rounded and facts[name].entity == entity
        }
        made[month] = Layout(seen, batch.largest_groups())
    return made


def _ends(column: Column) -> tuple[int, int]:
    return (int(column.min()), int(column.max())) if len(column) else (0, 0)


def _rounded(least: int, most: int, fact: Fact) -> tuple[int, int]:
    """The range with some room, but not beyond what the fact can be, unless something is."""
    least, out = rounded_out(least), rounded_out(most)
    return least, out if most > fact.most else min(out, fact.most)


def rounded_out(number: int) -> int:
    """A number at least as large as this one, and the same for others not far from it; the sign stays."""
    size = abs(number).bit_length()
    filled = abs(number) | ((1 << max(size - FINEST, 0)) - 1)
    return filled if number >= 0 else -filled
