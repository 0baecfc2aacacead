"""Families as tables: what the rules ask of households, persons and those who owe support, without any database.

`FactTables` holds them in columns, with what changes over time as spells and what is held as holdings; `on` gives the facts
of a month as the engine reads them. Files are read by `table_files`; the platform writes its own tables in the same form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from anmin.base.periods import Month
from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.facts import MISSING, Fact
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.ruleset import LEVELS

HELD = "held."
"""A fact of this kind says whether the person is covered by a benefit."""

Names = NDArray[Any]


@dataclass(frozen=True)
class Spells:
    """Values over time: which row, which value, from which to which day (as 20240701, the last included)."""

    rows: Ints
    values: Ints
    first: Ints
    last: Ints

    def on(self, day_number: int) -> Bools:
        """Which of them are in force on a day."""
        return (self.first <= day_number) & (day_number <= self.last)


@dataclass(frozen=True)
class Snapshot:
    """Many families on the first day of a month: their facts, who and where they are, and what they hold.

    `held` says of each person whether a benefit covers them; None where nothing is known of holdings. A family stands in a
    second row where two of its members each hold something of their own; such rows are `again`.
    """

    month: Month
    batch: Batch
    household_ids: Names
    areas: Names
    person_ids: Names
    person_names: Names
    held: Mapping[str, Bools] | None
    again: Bools

    @property
    def household_of_person(self) -> Ints:
        """The row of the household of each person."""
        return np.repeat(np.arange(self.batch.households, dtype=np.int64), np.diff(self.batch.offsets["person"]))


class Families(Protocol):
    """Where families come from: a folder of tables, or the register."""

    def snapshot(self, month: Month, facts: Iterable[Fact]) -> Snapshot:
        """The families on the first day of a month, with the facts that are asked for."""


@dataclass(frozen=True)
class FactTables:
    """Many families in columns; persons sorted by household, supporters by person, as in a `Batch`.

    `columns` are the facts that hold throughout, by level and name; `spells` those with a period, which win on the days they
    cover. `holdings` are the persons covered by a benefit over time; None when no table of holdings was given.
    """

    household_ids: Names
    areas: Names
    person_ids: Names
    person_names: Names
    supporter_names: Names
    offsets: Mapping[str, Ints]
    columns: Mapping[str, Mapping[str, Column]]
    spells: Mapping[str, Mapping[str, Spells]] = field(default_factory=dict)
    holdings: Mapping[str, Spells] | None = None

    @property
    def households(self) -> int:
        return len(self.household_ids)

    @property
    def persons(self) -> int:
        return len(self.person_ids)

    @property
    def household_of_person(self) -> Ints:
        """The row of the household of each person."""
        return np.repeat(np.arange(self.households, dtype=np.int64), np.diff(self.offsets["person"]))

    def rows(self, entity: str) -> int:
        return self.households if entity == "household" else int(self.offsets[entity][-1])

    def snapshot(self, month: Month, facts: Iterable[Fact]) -> Snapshot:
        """The families on the first day of a month, with the facts that are asked for."""
        held = None
        if self.holdings is not None:
            held = {benefit: np.zeros(self.persons, dtype=np.bool_) for benefit in self.holdings}
            for benefit, share in self.holdings.items():
                held[benefit][share.rows[share.on(_number(month.first_day))]] = True
        return Snapshot(
            month,
            self.on(month, facts),
            self.household_ids,
            self.areas,
            self.person_ids,
            self.person_names,
            held,
            np.zeros(self.households, dtype=np.bool_),
        )

    def on(self, month: Month, facts: Iterable[Fact]) -> Batch:
        """The facts as they are on the first day of a month, those only that are asked for."""
        first = _number(month.first_day)
        columns: dict[str, dict[str, Column]] = {entity: {} for entity in LEVELS[1:]}
        for fact in facts:
            column = self._column(fact, first)
            if column is not None:
                columns[fact.entity][fact.name] = column
        return Batch(self.households, self.offsets, columns)

    def _column(self, fact: Fact, first: int) -> Column | None:
        column = self.columns.get(fact.entity, {}).get(fact.name)
        spells = self.spells.get(fact.entity, {}).get(fact.name)
        if spells is None and column is None and fact.kind.startswith(HELD) and self.holdings is not None:
            held = np.zeros(self.rows(fact.entity), dtype=np.int64)
            share = self.holdings.get(fact.kind.removeprefix(HELD))
            if share is not None:
                held[share.rows[share.on(first)]] = 1
            return held
        if spells is None:
            return column
        made = np.full(self.rows(fact.entity), MISSING, dtype=np.int64) if column is None else column.astype(np.int64)
        now = spells.on(first)
        made[spells.rows[now]] = spells.values[now]
        return made


def _number(on: date) -> int:
    return on.year * 10_000 + on.month * 100 + on.day
