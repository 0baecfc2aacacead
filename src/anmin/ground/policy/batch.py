"""Every household of a month at once, in numpy: persons sorted by household, supporters by person, joined by offsets.

The households are taken in blocks small enough that the intermediate columns stay in the processor's cache; a column is dropped
after its last use. That makes the run faster and keeps memory flat however many households there are.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from anmin.ground.policy.columns import INNER, Batch, Column, around
from anmin.ground.policy.facts import MISSING, Fact, Undetermined
from anmin.ground.policy.operators import PLAIN, Bools, Ints
from anmin.ground.policy.rules import Rule
from anmin.ground.policy.ruleset import LEVELS, Plan
from anmin.ground.policy.widths import MOST, VOCABULARIES, Range, Width, kind_for, widths_of

BLOCK = 65_536
"""Households in a block."""

SELDOM = 8
"""What holds for fewer than one in so many is quicker looked up than summed."""

Cell = Any
"""A column, or one plain number that is the same for all rows."""


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
    return run_prepared(prepare(batch, plan, wanted), batch, BLOCK)


@dataclass(frozen=True)
class Prepared:
    """What a run knows before its first block; it holds for any part of the households it was prepared on.

    ``keys`` says of each name by what it is worked out, so that equal keys are equal values, in whatever programme.
    """

    plan: Plan
    wanted: tuple[str, ...]
    widths: "_Widths"
    last_use: Mapping[int, list[str]]
    facts: tuple[str, ...]
    keys: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Shared:
    """What several programmes read of the same block: each worked out once. ``again`` are the keys that are asked for again."""

    again: Collection[int] = ()
    values: dict[object, Cell] = field(default_factory=dict)
    around: dict[str, Ints] = field(default_factory=dict)
    starts: dict[str, Ints] = field(default_factory=dict)


def prepare(
    batch: Batch,
    plan: Plan,
    wanted: Collection[str],
    seen: "Seen | None" = None,
    keys: Callable[[Plan], Mapping[str, int]] | None = None,
) -> Prepared:
    """A run of the wanted values, before its first block. Refuses: a rule that could pass 64 bits."""
    plan = plan.reduced_to(wanted)
    widths = _Widths(batch, plan, wanted, {} if seen is None else seen)
    facts = dict.fromkeys(name for made in plan.order for name in plan.inputs(made) if name in plan.rules.facts)
    return Prepared(plan, tuple(wanted), widths, _last_uses(plan, wanted), tuple(facts), {} if keys is None else keys(plan))


def run_prepared(prepared: Prepared, batch: Batch, rows: int, shared: Shared | None = None) -> Result:
    """The wanted values of the households of a batch, so many at a time; of one block only, where something is ``shared``."""
    wanted, plan = prepared.wanted, prepared.plan
    result = Result({}, np.zeros(batch.households, dtype=np.bool_), {})
    lacking: dict[str, list[Ints]] = {}
    for lower in range(0, batch.households, rows):
        block = _Block(batch, prepared, lower, min(lower + rows, batch.households), shared or Shared())
        for place, made in enumerate(plan.order):
            block.values[made.name] = block.computed(made)
            for name in prepared.last_use.get(place, ()):
                block.forget(name)
        for name in wanted:
            _keep(result, batch, block, name)
        block.read_all(prepared.facts)
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


Seen = dict[int, tuple[int, int]]
"""The least and the most in a column, by its identity; several programmes read the same."""


class _Widths:
    """What was seen in each column of facts, and how wide facts and rules are because of it."""

    def __init__(self, batch: Batch, plan: Plan, wanted: Collection[str], known: Seen) -> None:
        self.seen: dict[str, tuple[int, int]] = {}
        self.kinds: dict[str, Any] = {}
        ranges: dict[str, Range] = {}
        for name in {*wanted, *(each for made in plan.order for each in plan.inputs(made))}:
            fact = plan.rules.facts.get(name)
            if fact is None:
                continue
            column = batch.columns.get(fact.entity, {}).get(name)
            least = most = fact.placeholder
            if column is not None and len(column):
                self.seen[name] = known.get(id(column)) or known.setdefault(id(column), (int(column.min()), int(column.max())))
                least = min(least, max(self.seen[name][0], fact.least))
                most = max(most, min(self.seen[name][1], fact.most))
            ranges[name] = Range(least, most)
            self.kinds[name] = kind_for(ranges[name].largest)
        self.rules: dict[str, Width] = widths_of(plan, ranges, batch.largest_groups())


class _Block:
    """The values of some consecutive households while they are computed."""

    def __init__(self, batch: Batch, prepared: Prepared, lower: int, upper: int, shared: Shared) -> None:
        self.batch = batch
        self.plan = prepared.plan
        self.widths = prepared.widths
        self.keys = prepared.keys
        self.shared = shared
        self.bounds = batch.bounds(lower, upper)
        self.values: dict[str, Cell] = dict(self.plan.constants)
        self.spread: dict[tuple[str, str], Cell] = {}
        self.absent: dict[str, Bools] = {}
        self.impossible: dict[str, Bools] = {}
        self.read: set[str] = set()
        self._around = shared.around
        self._starts = shared.starts

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
        """The value of a rule for every row of its level in this block; taken ready where another has worked it out."""
        key = self.keys.get(made.name)
        if key is None or key not in self.shared.again:
            return self._worked(made)
        if key not in self.shared.values:
            self.shared.values[key] = self._worked(made)
        return self.shared.values[key]

    def _worked(self, made: Rule) -> Cell:
        width = self.widths.rules[made.name]
        if made.aggregate is not None:
            return self._aggregated(made, width)
        version = made.version_for(self.plan.month)
        assert version is not None  # the plan holds only what is in force
        cells = [self.value(name, made.entity) for name in version.inputs]
        # Parameters alone give a plain number, the same for every row.
        if not any(isinstance(cell, np.ndarray) for cell in cells):
            return version.body(PLAIN, *cells)
        for place, reckoned in enumerate(width.reckoned):
            if reckoned and isinstance(cells[place], np.ndarray):
                cells[place] = cells[place].astype(width.kind, copy=False)
        found = version.body(VOCABULARIES[width.kind], *cells)
        if width.result is not None and isinstance(found, np.ndarray):
            found = found.astype(width.result, copy=False)
        return found

    def value(self, name: str, entity: str) -> Cell:
        """The value of a name, repeated inwards to the level that asks."""
        if name not in self.values:
            self._read(name)
        cell = self.values[name]
        if not isinstance(cell, np.ndarray) or self.entity_of(name) == entity:
            return cell
        if (name, entity) not in self.spread:
            key = self.keys.get(name), entity
            spread = self.shared.values.get(key)
            if spread is None:
                spread = self.value(name, LEVELS[LEVELS.index(entity) - 1]).take(self._index(entity))
                if key[0] in self.shared.again:
                    self.shared.values[key] = spread
            self.spread[name, entity] = spread
        return self.spread[name, entity]

    def _index(self, entity: str) -> Ints:
        """For each row of a level, its row in the level around it."""
        if entity not in self._around:
            self._around[entity] = around(self._offsets(entity)[1:-1], self.rows(entity))
        return self._around[entity]

    def _offsets(self, entity: str) -> Ints:
        if entity not in self._starts:
            lower, upper = self.bounds[LEVELS[LEVELS.index(entity) - 1]]
            self._starts[entity] = self.batch.offsets[entity][lower : upper + 1] - self.bounds[entity][0]
        return self._starts[entity]

    # ── the gate ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def read_all(self, facts: Collection[str]) -> None:
        """The gate knows of every fact, also of those whose values came ready from another programme."""
        for name in facts:
            if name not in self.read:
                self._read(name)

    def _read(self, name: str) -> None:
        """The column of a fact, without missing or impossible values; what was wrong is remembered for the gate."""
        self.read.add(name)
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
        key = self.keys.get(name)
        if key in self.shared.values:
            self.values[name], absent, impossible = self.shared.values[key]
            if absent is not None:
                self.absent[name] = absent
            if impossible is not None:
                self.impossible[name] = impossible
            return
        cells = column[slice(*self.bounds[fact.entity])]
        least, most = self.widths.seen.get(name, (fact.least, fact.most))
        if least < fact.least or most > fact.most:
            cells = self._gated(fact, cells, least, most)
        self.values[name] = cells.astype(self.widths.kinds[name], copy=False)
        if key in self.shared.again:
            self.shared.values[key] = self.values[name], self.absent.get(name), self.impossible.get(name)

    def _gated(self, fact: Fact, cells: Column, least: int, most: int) -> Column:
        """The cells with placeholders for what is missing or impossible."""
        only_missing = least == MISSING and fact.least == 0 and most <= fact.most
        wrong = cells < fact.least
        if not only_missing:
            wrong |= cells > fact.most
        if isinstance(fact.missing, Undetermined) or not only_missing:
            absent = wrong if only_missing else cells == MISSING
            if isinstance(fact.missing, Undetermined) and absent.any():
                self.absent[fact.name] = absent
            if not only_missing and (wrong & ~absent).any():
                self.impossible[fact.name] = wrong & ~absent
        if only_missing and cells.dtype == np.int8 and fact.placeholder < MOST[np.int8]:
            # From -1 to the placeholder by an addition: in 8 bits many times as fast as anything that chooses.
            return cells + np.multiply(wrong.view(np.int8), fact.placeholder - MISSING, dtype=np.int8)
        if only_missing and fact.placeholder == 0:
            return np.maximum(cells, 0)
        cells = cells.copy()
        cells[wrong] = fact.placeholder
        return cells

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

    def _aggregated(self, made: Rule, width: Width) -> Cell:
        aggregate = made.aggregate
        assert aggregate is not None  # or it would have a body
        entity = self.entity_of(aggregate.of)
        cells = self.value(aggregate.of, entity)
        where = None if aggregate.where is None else self.value(aggregate.where, entity)
        if not isinstance(cells, np.ndarray):
            cells = np.full(self.rows(entity), cells)
        if aggregate.how == "any":
            cells = cells if where is None else cells & where
            if np.count_nonzero(cells) * SELDOM > len(cells):
                return _totals(cells, self._offsets(entity), np.int32) > 0
            holds = np.zeros(self.rows(made.entity), dtype=np.bool_)
            holds[self._index(entity)[cells]] = True
            return holds
        if where is not None:
            cells = np.multiply(cells, where, dtype=width.kind)
        offsets = self._offsets(entity)
        return _maxima(cells, offsets) if aggregate.how == "maximum" else _totals(cells, offsets, width.kind)


def _totals(cells: Column, offsets: Ints, kind: Any) -> Ints:
    """The sum of each group as the difference of two running sums: much faster than ``reduceat``, and right for empty groups."""
    running = np.zeros(len(cells) + 1, dtype=kind)
    np.cumsum(cells, dtype=kind, out=running[1:])
    at = running.take(offsets)
    return at[1:] - at[:-1]


def _maxima(cells: Column, offsets: Ints) -> Ints:
    starts, filled = offsets[:-1], np.diff(offsets) > 0
    made = np.zeros(len(starts), dtype=np.int64)
    if len(cells):  # reduceat gives an empty group the value of its neighbour, so those are left out
        made[filled] = np.maximum.reduceat(cells, starts[filled])
    return made


__all__ = [
    "BLOCK", "INNER", "Batch", "Column", "Prepared", "Result", "Seen", "Shared", "prepare", "run", "run_prepared",
]  # fmt: skip
