"""Every household of a month at once, in numpy: persons sorted by household, supporters by person, joined by offsets.

The households are taken in blocks small enough that the intermediate columns stay in the processor's cache; a column is dropped
after its last use. That makes the run faster and keeps memory flat however many households there are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anmin.ground.policy.facts import MISSING, Fact, Undetermined
from anmin.ground.policy.operators import ARRAYS, PLAIN, Bools, Ints
from anmin.ground.policy.rules import Aggregate, Rule
from anmin.ground.policy.ruleset import LEVELS, Plan

BLOCK = 32_768
"""Households in a block."""

INNER = LEVELS[2:]
Column = NDArray[Any]
Cell = Any
"""A column, or one plain number that is the same for all rows."""


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

    def bounds(self, lower: int, upper: int) -> dict[str, tuple[int, int]]:
        """The rows of each level that belong to the households from ``lower`` to before ``upper``."""
        made = {"household": (lower, upper)}
        for entity in INNER:
            lower, upper = int(self.offsets[entity][lower]), int(self.offsets[entity][upper])
            made[entity] = (lower, upper)
        return made

    def one(self, household: int) -> "Batch":
        """The same facts of a single household."""
        bounds = self.bounds(household, household + 1)
        offsets = {}
        for around, entity in zip(LEVELS[1:], INNER, strict=False):
            lower, upper = bounds[around]
            offsets[entity] = self.offsets[entity][lower : upper + 1] - bounds[entity][0]
        columns = {
            entity: {name: column[slice(*bounds[entity])] for name, column in named.items()}
            for entity, named in self.columns.items()
        }
        return Batch(1, offsets, columns)


@dataclass
class Result:
    """What a run gives: the wanted columns, who is undetermined, and which rows lack which fact (or have an impossible one)."""

    columns: dict[str, Column]
    undetermined: Bools
    lacking: dict[str, Ints]


def run(batch: Batch, plan: Plan, wanted: Collection[str]) -> Result:
    """The wanted values of every household, and who cannot be determined.

    Values of undetermined households rest on placeholders and mean nothing: whoever publishes them masks them first.
    """
    plan = plan.reduced_to(wanted)
    result = Result({}, np.zeros(batch.households, dtype=np.bool_), {})
    lacking: dict[str, list[Ints]] = {}
    last_use = _last_uses(plan, wanted)
    for lower in range(0, batch.households, BLOCK):
        block = _Block(batch, plan, lower, min(lower + BLOCK, batch.households))
        for place, made in enumerate(plan.order):
            block.values[made.name] = block.computed(made)
            for name in last_use.get(place, ()):
                block.forget(name)
        for name in wanted:
            _keep(result, batch, block, name)
        block.close_gate(result.undetermined, lacking)
    if batch.households == 0:
        for name in wanted:
            result.columns[name] = np.zeros(0, dtype=np.int64)
    result.lacking = {name: np.concatenate(rows) for name, rows in lacking.items()}
    return result


def _last_uses(plan: Plan, wanted: Collection[str]) -> dict[int, list[str]]:
    facts = plan.rules.facts.values()
    kept = set(wanted) | {f.missing.when for f in facts if isinstance(f.missing, Undetermined) and f.missing.when}
    last: dict[str, int] = {}
    for place, made in enumerate(plan.order):
        for name in (made.name, *plan.inputs(made)):
            last[name] = place
    by_place: dict[int, list[str]] = {}
    for name, place in last.items():
        if name not in kept:
            by_place.setdefault(place, []).append(name)
    return by_place


def _keep(result: Result, batch: Batch, block: "_Block", name: str) -> None:
    entity = block.entity_of(name)
    cell = block.value(name, entity)
    if entity == "month":
        result.columns[name] = np.array([cell])
        return
    if name not in result.columns:
        rows = batch.households if entity == "household" else int(batch.offsets[entity][-1])
        dtype = np.bool_ if isinstance(cell, bool) or getattr(cell, "dtype", None) == np.bool_ else np.int64
        result.columns[name] = np.empty(rows, dtype=dtype)
    result.columns[name][slice(*block.bounds[entity])] = cell


class _Block:
    """The values of some consecutive households while they are computed."""

    def __init__(self, batch: Batch, plan: Plan, lower: int, upper: int) -> None:
        self.batch = batch
        self.plan = plan
        self.bounds = batch.bounds(lower, upper)
        self.values: dict[str, Cell] = dict(plan.constants)
        self.spread: dict[tuple[str, str], Cell] = {}
        self.absent: dict[str, Bools] = {}
        self.impossible: dict[str, Bools] = {}
        self._around: dict[str, Ints] = {}

    def entity_of(self, name: str) -> str:
        return self.plan.rules.entity_of(name)

    def rows(self, entity: str) -> int:
        lower, upper = self.bounds[entity]
        return upper - lower

    def forget(self, name: str) -> None:
        self.values.pop(name, None)
        for entity in INNER:
            self.spread.pop((name, entity), None)

    def computed(self, made: Rule) -> Cell:
        """The value of a rule for every row of its level in this block."""
        if made.aggregate is not None:
            return self._aggregated(made.aggregate)
        version = made.version_for(self.plan.month)
        assert version is not None  # the plan holds only what is in force
        cells = [self.value(name, made.entity) for name in version.inputs]
        # Parameters alone give a plain number, the same for every row.
        plain = not any(isinstance(cell, np.ndarray) for cell in cells)
        return version.body(PLAIN if plain else ARRAYS, *cells)

    def value(self, name: str, entity: str) -> Cell:
        """The value of a name, repeated inwards to the level that asks."""
        if name not in self.values:
            self._read(name)
        cell = self.values[name]
        own = self.entity_of(name)
        if own == entity or not isinstance(cell, np.ndarray):
            return cell
        if (name, entity) not in self.spread:
            outer = self.value(name, LEVELS[LEVELS.index(entity) - 1])
            self.spread[name, entity] = outer[self._index(entity)]
        return self.spread[name, entity]

    def _index(self, entity: str) -> Ints:
        """For each row of a level, its row in the level around it."""
        if entity not in self._around:
            counts = np.diff(self._offsets(entity))
            self._around[entity] = np.repeat(np.arange(len(counts)), counts)
        return self._around[entity]

    def _offsets(self, entity: str) -> Ints:
        lower, upper = self.bounds[LEVELS[LEVELS.index(entity) - 1]]
        return self.batch.offsets[entity][lower : upper + 1] - self.bounds[entity][0]

    # ── the gate ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, name: str) -> None:
        """The column of a fact, without missing or impossible values; what was wrong is remembered for the gate."""
        fact = self.plan.rules.facts.get(name)
        if fact is None:
            fact = self.plan.rules.facts[name.removesuffix("_known")]
            column = self._column(fact)
            self.values[name] = False if column is None else column[slice(*self.bounds[fact.entity])] != MISSING
            return
        column = self._column(fact)
        if column is None:
            self.values[name] = fact.placeholder
            if isinstance(fact.missing, Undetermined):
                self.absent[name] = np.ones(self.rows(fact.entity), dtype=np.bool_)
            return
        cells = column[slice(*self.bounds[fact.entity])].astype(np.int64)
        if len(cells) and (cells.min() < fact.least or cells.max() > fact.most):
            wrong = (cells < fact.least) | (cells > fact.most)
            absent = cells == MISSING
            cells[wrong] = fact.placeholder
            if isinstance(fact.missing, Undetermined) and absent.any():
                self.absent[name] = absent
            wrong &= ~absent
            if wrong.any():
                self.impossible[name] = wrong
        self.values[name] = cells

    def _column(self, fact: Fact) -> Column | None:
        return self.batch.columns.get(fact.entity, {}).get(fact.name)

    def close_gate(self, undetermined: Bools, lacking: dict[str, list[Ints]]) -> None:
        """Whoever lacks a fact that matters, or has an impossible one, is undetermined."""
        for name in {**self.absent, **self.impossible}:
            fact = self.plan.rules.facts[name]
            wrong = self.impossible.get(name, False)
            if name in self.absent:
                assert isinstance(fact.missing, Undetermined)
                when = fact.missing.when
                matters = True if when is None else self.value(when, fact.entity)
                wrong = wrong | (self.absent[name] & matters)
            assert isinstance(wrong, np.ndarray)
            if not wrong.any():
                continue
            rows = np.flatnonzero(wrong)
            lacking.setdefault(name, []).append(rows + self.bounds[fact.entity][0])
            for entity in reversed(INNER[: INNER.index(fact.entity) + 1] if fact.entity in INNER else ()):
                rows = self._index(entity)[rows]
            undetermined[rows + self.bounds["household"][0]] = True

    # ── from the members of a group to the group ─────────────────────────────────────────────────────────────────────

    def _aggregated(self, aggregate: Aggregate) -> Cell:
        entity = self.entity_of(aggregate.of)
        cells = self.value(aggregate.of, entity)
        rows = self.rows(entity)
        if not isinstance(cells, np.ndarray):
            cells = np.full(rows, cells)
        if aggregate.where is not None:
            where = self.value(aggregate.where, entity)
            cells = cells & where if aggregate.how == "any" else cells * where
        offsets = self._offsets(entity)
        if aggregate.how == "maximum":
            return _maxima(cells, offsets)
        totals = _totals(cells, offsets)
        return totals > 0 if aggregate.how == "any" else totals


def _totals(cells: Column, offsets: Ints) -> Ints:
    """The sum of each group as the difference of two running sums: thrice as fast as ``reduceat``, and right for empty groups."""
    running = np.zeros(len(cells) + 1, dtype=np.int64)
    np.cumsum(cells, out=running[1:])
    return np.diff(running[offsets])


def _maxima(cells: Column, offsets: Ints) -> Ints:
    starts, filled = offsets[:-1], np.diff(offsets) > 0
    made = np.zeros(len(starts), dtype=np.int64)
    if len(cells):  # reduceat gives an empty group the value of its neighbour, so those are left out
        made[filled] = np.maximum.reduceat(cells, starts[filled])
    return made
