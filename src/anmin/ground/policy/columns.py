"""Facts in columns: many families, persons sorted by household, supporters by person, joined by offsets."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anmin.ground.policy.operators import Ints
from anmin.ground.policy.ruleset import LEVELS

INNER = LEVELS[2:]
Column = NDArray[Any]


@dataclass(frozen=True)
class Batch:
    """Facts in columns, by level and name: one row for each household, person and supporter.

    ``offsets["person"]`` has one more entry than there are households: the persons of household ``h`` are the rows from
    ``offsets["person"][h]`` to before ``offsets["person"][h + 1]``; ``offsets["supporter"]`` does the same for each person.
    A fact without a column is known of nobody; ``-1`` in a column is not known.
    """

    households: int
    offsets: Mapping[str, Ints]
    columns: Mapping[str, Mapping[str, Column]]

    def __post_init__(self) -> None:
        rows = self.households
        for entity in LEVELS[1:]:
            if entity in INNER:
                bounds = self.offsets[entity]
                if len(bounds) != rows + 1 or bounds[0] != 0 or (np.diff(bounds) < 0).any():
                    raise ValueError(f"the offsets of {entity} do not fit the {rows} rows around it")
                rows = int(bounds[-1])
            for name, column in self.columns.get(entity, {}).items():
                if len(column) != rows or column.dtype.kind not in "iub":
                    raise ValueError(f"{name} is not a column of {rows} whole numbers")

    def with_columns(self, columns: Mapping[str, Mapping[str, Column]]) -> "Batch":
        """The same families with other columns of the same length, which nobody looks through again."""
        made = _unchecked(self.households, self.offsets, columns)
        if "household_of_person" in self.__dict__:  # known already; of many families it is large
            made.__dict__["household_of_person"] = self.household_of_person
        return made

    @cached_property
    def household_of_person(self) -> Ints:
        """For each person, the row of the household."""
        return around(self.offsets["person"][1:-1], int(self.offsets["person"][-1]))

    def largest_groups(self) -> dict[str, int]:
        """How many members a group of each inner level has at most."""
        return {entity: int(np.diff(self.offsets[entity]).max(initial=0)) for entity in INNER}

    def bounds(self, lower: int, upper: int) -> dict[str, tuple[int, int]]:
        """The rows of each level that belong to the households from ``lower`` to before ``upper``."""
        made = {"household": (lower, upper)}
        for entity in INNER:
            lower, upper = int(self.offsets[entity][lower]), int(self.offsets[entity][upper])
            made[entity] = (lower, upper)
        return made

    def one(self, household: int) -> "Batch":
        """The same facts of a single household."""
        return self.part(household, household + 1)

    def part(self, lower: int, upper: int) -> "Batch":
        """The same facts of the households from ``lower`` to before ``upper``."""
        bounds = self.bounds(lower, upper)
        offsets = {}
        for around, entity in zip(LEVELS[1:], INNER, strict=False):
            first, last = bounds[around]
            offsets[entity] = self.offsets[entity][first : last + 1] - bounds[entity][0]
        columns = {
            entity: {name: column[slice(*bounds[entity])] for name, column in named.items()}
            for entity, named in self.columns.items()
        }
        return _unchecked(upper - lower, offsets, columns)


def _unchecked(households: int, offsets: Mapping[str, Ints], columns: Mapping[str, Mapping[str, Column]]) -> Batch:
    """A batch of columns that were looked through as part of another."""
    made = object.__new__(Batch)
    made.__dict__.update(households=households, offsets=offsets, columns=columns)
    return made


def around(ends: Ints, rows: int) -> Ints:
    """How many groups end before each row, which is the group it is in; quicker than repeating each group by its size."""
    return np.cumsum(np.bincount(ends, minlength=rows)[:rows])
