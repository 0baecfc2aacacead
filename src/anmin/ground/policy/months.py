"""Many months in one go: from month to month only those families are worked again whom a change reaches.

A change is a fact that differs, or a rule on the days of the month (an age) that gives something else; families depend on nothing
outside themselves. Where a parameter or the wording of a rule changes, everybody is worked again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed, Programme
from anmin.ground.policy.batch import Batch, Column, Prepared, Seen, prepare, run_prepared
from anmin.ground.policy.chain import own_batch, published_by
from anmin.ground.policy.jointly import Jointly, Turn
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

    ``lower`` is the first of the families; ``reached`` are the rows of each level that were worked again, None where all were.
    """

    lower: int
    month: Month
    assessed: Mapping[str, Assessed]
    reached: Mapping[str, Ints] | None


def decide_months(
    chain: Mapping[str, Programme],
    batches: Mapping[Month, Batch],
    parameters: Parameters,
    known_on: date | None = None,
    *,
    rows: int = ROWS,
) -> Iterator[MonthOfPart]:
    """Part after part of the same families, and for each its months in order: the same as `decide` says of each month.

    Refuses batches of other families, and a month before the first value of a parameter.
    """
    seen: Seen = {}
    months = sorted(batches)
    first = batches[months[0]]
    if any(each.households != first.households or each.offsets is not first.offsets for each in batches.values()):
        raise ValueError("the months are not of the same families: one mapping of offsets for all of them")
    steps: list[_Step] = []
    for month in months:
        ready = Jointly(
            chain, batches[month], month, parameters, known_on, own=own_batch, granted=published_by, seen=seen
        )  # fmt: skip
        steps.append(_Step(ready, batches[month], steps[-1] if steps else None, seen))
    for lower in range(0, max(first.households, 1), rows):
        upper = min(lower + rows, first.households)
        before: dict[str, Assessed] | None = None
        days: dict[tuple[str, str], Column] = {}
        for step in steps:
            part = step.batch.part(lower, upper)
            some = step.reached(part, lower, upper, days) if before is not None else None
            reached = None if some is None else _rows(part, some)
            made = step.ready.decided(part if reached is None else _some(part, reached))
            before = _kept(made) if before is None or reached is None else _merged(before, made, part, reached)
            yield MonthOfPart(lower, step.ready.month, before, reached)


class _Step:
    """A month after another: whom its changes reach."""

    def __init__(self, ready: Jointly, batch: Batch, last: "_Step | None", seen: Seen) -> None:
        self.ready, self.batch = ready, batch
        self.last_batch = last.batch if last else None
        self.by_day: dict[tuple[str, str], Prepared] = {}
        fit = _add_rules_by_day(self.by_day, ready, batch, seen)
        self.same_law = last is not None and fit and _law(ready) == _law(last.ready)
        self.facts = [] if last is None else _differing(last.batch, batch)
        self.last_by_day = last.by_day if last else {}
        self.turns = {key: _turns(ready, *key) for key in self.by_day} if self.same_law else {}

    def reached(self, part: Batch, lower: int, upper: int, days: dict[tuple[str, str], Column]) -> Ints | None:
        """The families of a part whom a change reaches; None where that is most of them. ``days`` is kept between months."""
        if not self.same_law or self.last_batch is None:
            days.clear()
            return None
        changed = np.zeros(part.households, dtype=np.bool_)
        bounds = self.batch.bounds(lower, upper)
        for entity, name in self.facts:
            old, new = (each.columns[entity][name][slice(*bounds[entity])] for each in (self.last_batch, self.batch))
            _mark(changed, part, entity, old != new)
        for key, prepared in self.by_day.items():
            entity = prepared.plan.rules.entity_of(key[1])
            turns = self.turns[key]
            old = days[key] if key in days else _one(self.last_by_day[key], part, key[1], turns)
            days[key] = _one(prepared, part, key[1], turns)
            _mark(changed, part, entity, old != days[key])
        return np.flatnonzero(changed) if np.count_nonzero(changed) <= MOSTLY * part.households else None


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


def _mark(changed: Bools, part: Batch, entity: str, differs: Bools) -> None:
    """The families are marked in which something of this level differs."""
    rows = np.flatnonzero(differs)
    if entity == "supporter":
        rows = np.searchsorted(part.offsets["supporter"], rows, side="right") - 1
    if entity != "household":
        rows = part.household_of_person[rows]
    changed[rows] = True


# ── some of the families, and back among all ─────────────────────────────────────────────────────────────────────────────


def _rows(part: Batch, households: Ints) -> dict[str, Ints]:
    """The rows of each level that belong to some families."""
    made = {"household": households}
    for around, entity in (("household", "person"), ("person", "supporter")):
        offsets, outer = part.offsets[entity], made[around]
        starts, counts = offsets[outer], offsets[outer + 1] - offsets[outer]
        made[entity] = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
    return made


def _some(part: Batch, rows: Mapping[str, Ints]) -> Batch:
    offsets = {}
    for around, entity in (("household", "person"), ("person", "supporter")):
        counts = np.diff(part.offsets[entity])[rows[around]]
        offsets[entity] = np.concatenate([[0], np.cumsum(counts)])
    columns = {entity: {name: each.take(rows[entity]) for name, each in named.items()} for entity, named in part.columns.items()}
    return Batch(len(rows["household"]), offsets, columns)


def _kept(made: Mapping[str, Assessed]) -> dict[str, Assessed]:
    return {address: replace(each, columns={}, findings={}) for address, each in made.items()}


def _merged(
    before: Mapping[str, Assessed], made: Mapping[str, Assessed], part: Batch, rows: Mapping[str, Ints]
) -> dict[str, Assessed]:
    """What was said before, with what is said anew of some families in its place."""
    again = np.zeros(part.households, dtype=np.bool_)
    again[rows["household"]] = True
    merged = {}
    for address, new in made.items():
        old, own = before[address], rows[new.programme.unit]
        columns = [each.copy() for each in (old.outcome, old.amount, old.route)]
        for column, cells in zip(columns, (new.outcome, new.amount, new.route), strict=True):
            column[own] = cells
        merged[address] = replace(
            new, outcome=columns[0], amount=columns[1], route=columns[2], columns={}, findings={},
            lacking=_lacking(old, new, part, again, rows),
        )  # fmt: skip
    return merged


def _lacking(old: Assessed, new: Assessed, part: Batch, again: Bools, rows: Mapping[str, Ints]) -> dict[str, Ints]:
    made = {}
    facts = new.programme.rules.facts
    for name in dict.fromkeys((*old.lacking, *new.lacking)):
        entity = facts[name].entity
        kept = old.lacking.get(name, np.zeros(0, dtype=np.int64))
        homes = kept
        if entity == "supporter":
            homes = np.searchsorted(part.offsets["supporter"], homes, side="right") - 1
        if entity != "household":
            homes = part.household_of_person[homes]
        found = np.sort(np.concatenate([kept[~again[homes]], rows[entity][new.lacking.get(name, np.zeros(0, dtype=np.int64))]]))
        if len(found):
            made[name] = found
    return made
