"""Many months in one go: from month to month only those families are worked again whom a change reaches.

A change is a fact that differs, or a rule on the days of the month (an age) that gives something else; families depend on nothing
outside themselves. Where a parameter or the wording of a rule changes, everybody is worked again. Families come part by part, so
nobody need hold more of them than one part; a `Compiler` makes it many times as fast and changes no result.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed, Programme
from anmin.ground.policy.batch import Batch, Column, Prepared, Seen, prepare, run_prepared
from anmin.ground.policy.chain import own_batch, published_by
from anmin.ground.policy.compiled.engine import Compiler
from anmin.ground.policy.compiled.months import CompiledMonths
from anmin.ground.policy.jointly import Jointly, Turn
from anmin.ground.policy.layouts import Layout, layouts_of
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.ruleset import DAYS
from anmin.ground.policy.thresholds import turns_of

ROWS = 131_072
"""Families in a part: enough that the few of them whom a month's change reaches are still worth a run."""

MOSTLY = 0.5
"""Where more than this share is reached, all are worked again."""


@dataclass(frozen=True)
class MonthOfPart:
    """What all programmes say of some of the families in a month: outcome, amount and route, without further columns.

    ``lower`` is the first of the families; ``reached`` are the rows of each level that were worked, counted from the first of the
    part, None where all were. What is said is of those alone: of the others it is what was said the month before.
    """

    lower: int
    month: Month
    assessed: Mapping[str, Assessed]
    reached: Mapping[str, Ints] | None


class Months(Protocol):
    """Some months made ready for families that look so."""

    layouts: Mapping[Month, Layout]

    def decided(self, month: Month, part: Batch) -> dict[str, Assessed]:
        """What each programme says of some families."""

    def touched(self, month: Month, part: Batch) -> Bools | None:
        """To whom the days of a month make a difference against the month before; None where the law itself has changed."""


def decide_months(
    chain: Mapping[str, Programme],
    batches: Mapping[Month, Batch],
    parameters: Parameters,
    known_on: date | None = None,
    *,
    rows: int = ROWS,
    compiler: Compiler | None = None,
) -> Iterator[MonthOfPart]:
    """Part after part of the same families, and for each its months in order: the same as `decide` says of each month.

    Refuses batches of other families, and a month before the first value of a parameter.
    """
    return decide_parts(chain, in_parts(batches, rows), parameters, known_on, compiler=compiler)


def in_parts(batches: Mapping[Month, Batch], rows: int) -> Iterator[dict[Month, Batch]]:
    """The same families so many at a time; what is one column in several months stays one.

    Refuses batches of other families.
    """
    first = next(iter(batches.values()))
    if any(each.households != first.households or each.offsets is not first.offsets for each in batches.values()):
        raise ValueError("the months are not of the same families: one mapping of offsets for all of them")
    for lower in range(0, max(first.households, 1), rows):
        part = first.part(lower, min(lower + rows, first.households))
        bounds = first.bounds(lower, min(lower + rows, first.households))
        cut: dict[int, Column] = {}
        made = {}
        for month, batch in batches.items():
            columns: dict[str, dict[str, Column]] = {}
            for entity, named in batch.columns.items():
                columns[entity] = {}
                for name, column in named.items():
                    if id(column) not in cut:
                        cut[id(column)] = column[slice(*bounds[entity])]
                    columns[entity][name] = cut[id(column)]
            made[month] = part.with_columns(columns)
        yield made


def decide_parts(
    chain: Mapping[str, Programme],
    parts: Iterable[Mapping[Month, Batch]],
    parameters: Parameters,
    known_on: date | None = None,
    *,
    compiler: Compiler | None = None,
) -> Iterator[MonthOfPart]:
    """The same for families that come part by part, each part for all months.

    A column that stays the same from month to month is one column: what differs is looked for in the others only.
    """
    lower = 0
    ready: Months | None = None
    facts = {name: fact for programme in chain.values() for name, fact in programme.inputs.items()}
    for batches in parts:
        layouts = layouts_of(batches, facts)
        if ready is None or not _fit(ready.layouts, layouts):
            ready = _made_ready(chain, batches, layouts, parameters, known_on, compiler)
        last: Batch | None = None
        for month in sorted(batches):
            part = batches[month]
            some = None if last is None else _reached(ready.touched(month, part), last, part)
            reached = None if some is None else rows_within(part, some)
            made = ready.decided(month, part if reached is None else some_of(part, reached))
            yield MonthOfPart(lower, month, made, reached)
            last = part
        lower += 0 if last is None else last.households


def _made_ready(
    chain: Mapping[str, Programme],
    batches: Mapping[Month, Batch],
    layouts: Mapping[Month, Layout],
    parameters: Parameters,
    known_on: date | None,
    compiler: Compiler | None,
) -> Months:
    if compiler is None:
        return _NumpyMonths(chain, batches, layouts, parameters, known_on)
    return CompiledMonths(compiler, chain, layouts, parameters, known_on)


def _fit(ready: Mapping[Month, Layout], layouts: Mapping[Month, Layout]) -> bool:
    return ready.keys() == layouts.keys() and all(ready[month].fits(each) for month, each in layouts.items())


def _reached(touched: Bools | None, last: Batch, part: Batch) -> Ints | None:
    """The families of a part whom a change reaches; None where that is most of them."""
    if touched is None:
        return None
    for entity, named in part.columns.items():
        for name, column in named.items():
            before = last.columns.get(entity, {}).get(name)
            if before is None:
                return None
            if before is not column:
                mark(touched, part, entity, before != column)
    return np.flatnonzero(touched) if np.count_nonzero(touched) <= MOSTLY * part.households else None


class _NumpyMonths:
    """Months made ready for columns of numpy."""

    def __init__(
        self,
        chain: Mapping[str, Programme],
        batches: Mapping[Month, Batch],
        layouts: Mapping[Month, Layout],
        parameters: Parameters,
        known_on: date | None,
    ) -> None:
        self.layouts = layouts
        seen: Seen = {}
        self._steps: dict[Month, _Step] = {}
        last: _Step | None = None
        for month in sorted(batches):
            batch = batches[month]
            for entity, named in batch.columns.items():
                for name, column in named.items():
                    if (found := layouts[month].facts.get(name)) is not None and found.entity == entity:
                        seen[id(column)] = found.least, found.most
            ready = Jointly(chain, batch, month, parameters, known_on, own=own_batch, granted=published_by, seen=seen)
            last = self._steps[month] = _Step(ready, batch, last, seen)

    def decided(self, month: Month, part: Batch) -> dict[str, Assessed]:
        """What each programme says of some families."""
        return self._steps[month].ready.decided(part)

    def touched(self, month: Month, part: Batch) -> Bools | None:
        """To whom the days of a month make a difference against the month before; None where the law itself has changed."""
        return self._steps[month].touched(part)


class _Step:
    """A month after another."""

    def __init__(self, ready: Jointly, batch: Batch, last: "_Step | None", seen: Seen) -> None:
        self.ready = ready
        self.by_day: dict[tuple[str, str], Prepared] = {}
        fit = _add_rules_by_day(self.by_day, ready, batch, seen)
        self.same_law = last is not None and fit and _law(ready) == _law(last.ready)
        self.last_by_day = last.by_day if last else {}
        self.turns = {key: _turns(ready, *key) for key in self.by_day} if self.same_law else {}

    def touched(self, part: Batch) -> Bools | None:
        """To whom the days make a difference."""
        if not self.same_law:
            return None
        changed = np.zeros(part.households, dtype=np.bool_)
        for key, prepared in self.by_day.items():
            old, new = (_one(each, part, key[1], self.turns[key]) for each in (self.last_by_day[key], prepared))
            mark(changed, part, prepared.plan.rules.entity_of(key[1]), old != new)
        return changed


def _law(ready: Jointly) -> list[object]:
    """All that a month's law is made of but its days: parameters and wordings."""
    made: list[object] = []
    for turn in ready.turns.values():
        if isinstance(turn, Turn):
            plan = turn.plan
            made.append({name: value for name, value in plan.constants.items() if name not in DAYS})
            made.append([(each.name, each.aggregate or each.version_for(plan.month)) for each in plan.order])
    return made


def _differing(before: Batch, batch: Batch) -> list[tuple[str, str]]:
    """The facts whose column is another one than the month before."""
    return [
        (entity, name)
        for entity, named in batch.columns.items()
        for name, column in named.items()
        if before.columns.get(entity, {}).get(name) is not column
    ]


def _add_rules_by_day(by_day: dict[tuple[str, str], Prepared], ready: Jointly, batch: Batch, seen: Seen) -> bool:
    """Every rule on the days of the month is among them, each once; False where one rests on other rules."""
    known: set[int] = set()
    for address, turn in ready.turns.items():
        if not isinstance(turn, Turn):
            continue
        plan = turn.prepared.plan
        for each in plan.order:
            inputs = plan.inputs(each)
            if not DAYS.keys() & set(inputs):
                continue
            if any(name in plan.rules.rules or (name in plan.rules.facts and turn.decides(name)) for name in inputs):
                return False
            if turn.prepared.keys[each.name] not in known and each.entity != "month":
                known.add(turn.prepared.keys[each.name])
                by_day[address, each.name] = prepare(batch, plan, [each.name], seen)
    return True


def _turns(ready: Jointly, address: str, name: str) -> list[int] | None:
    """The values at which anything that rests on a rule turns; None where every difference counts."""
    first = ready.turns[address]
    assert isinstance(first, Turn)
    key = first.prepared.keys[name]
    made: set[int] = set()
    for turn in ready.turns.values():
        if not isinstance(turn, Turn):
            continue
        programme, plan = turn.programme, turn.prepared.plan
        rules = plan.rules
        names = {each for each, its_key in turn.prepared.keys.items() if its_key == key}
        if names & {programme.eligible, programme.amount, programme.route, *programme.publishes.values()}:
            return None
        for each in plan.order:
            for used in names & set(plan.inputs(each)):
                version = None if each.aggregate is not None else each.version_for(plan.month)
                truths = {input: rules.is_truth(input) for input in plan.inputs(each)}
                found = None if version is None else turns_of(version, used, plan.constants, truths)
                if found is None:
                    return None
                made |= found
    return sorted(made)


def _one(prepared: Prepared, part: Batch, name: str, turns: list[int] | None) -> Column:
    """The values of a rule; where they are only compared, how many of the turning values each has reached."""
    values = run_prepared(prepared, part, max(part.households, 1)).columns[name]
    if turns is None:
        return values
    made = np.zeros(len(values), dtype=np.int16)
    for each in turns:
        made += values >= each
    return made


def touched_by_days(last: Jointly, ready: Jointly, batch: Batch, seen: Seen) -> Bools | None:
    """To whom of these families the days make a difference against the month before; None where the law itself has changed."""
    by_day: dict[tuple[str, str], Prepared] = {}
    if not _add_rules_by_day(by_day, ready, batch, seen) or _law(ready) != _law(last):
        return None
    changed = np.zeros(batch.households, dtype=np.bool_)
    for (address, name), prepared in by_day.items():
        turn, turns = last.turns[address], _turns(ready, address, name)
        assert isinstance(turn, Turn)  # the law is the same, so is who is declined
        earlier = prepare(batch, turn.plan, [name], seen)
        old, new = (_one(each, batch, name, turns) for each in (earlier, prepared))
        mark(changed, batch, prepared.plan.rules.entity_of(name), old != new)
    return changed


def mark(changed: Bools, part: Batch, entity: str, differs: Bools) -> None:
    """The families are marked in which something of this level differs."""
    mark_rows(changed, part, entity, np.flatnonzero(differs))


def mark_rows(changed: Bools, part: Batch, entity: str, rows: Ints) -> None:
    """The families are marked to which rows of a level belong."""
    if entity == "supporter":
        rows = np.searchsorted(part.offsets["supporter"], rows, side="right") - 1
    if entity != "household":
        rows = part.household_of_person[rows]
    changed[rows] = True


# ── some of the families ─────────────────────────────────────────────────────────────────────────────────────────────────


def rows_within(part: Batch, households: Ints) -> dict[str, Ints]:
    """The rows of each level that belong to some families."""
    made = {"household": households}
    for around, entity in (("household", "person"), ("person", "supporter")):
        offsets, outer = part.offsets[entity], made[around]
        starts, counts = offsets[outer], offsets[outer + 1] - offsets[outer]
        made[entity] = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
    return made


def some_of(part: Batch, rows: Mapping[str, Ints]) -> Batch:
    offsets = {}
    for around, entity in (("household", "person"), ("person", "supporter")):
        counts = np.diff(part.offsets[entity])[rows[around]]
        offsets[entity] = np.concatenate([[0], np.cumsum(counts)])
    columns = {
        entity: {name: each.take(rows[entity], mode="clip") for name, each in named.items()}
        for entity, named in part.columns.items()
    }
    return Batch(len(rows["household"]), offsets, columns)
