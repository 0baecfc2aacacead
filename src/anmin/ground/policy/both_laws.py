"""Months of the same families by two laws: from month to month only those are decided again whom the month reaches.

A family is reached where a fact of it, what it holds, or a rule on the days of the month (an age) is not what it was the month
before; where the wording of either law or one of its figures has changed, or other people are in the register, everybody is.
What comes out is what deciding everybody anew gives: outcome, amount, route and what is published, without further columns.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np

from anmin.ground.policy.assessing import Assessed, Programme
from anmin.ground.policy.batch import BLOCK, Batch, Column, Seen
from anmin.ground.policy.chain import Chain, nothing_published, own_batch, published_by
from anmin.ground.policy.families import Names, Snapshot
from anmin.ground.policy.jointly import Jointly, joined
from anmin.ground.policy.months import MOSTLY, mark, rows_within, some_of, touched_by_days
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.parameters import Parameters

Sides = tuple[dict[str, Assessed], dict[str, Assessed]]
"""What all programmes say by the first law and by the second."""


class BothLaws:
    """The families of month after month, by the law as it is and as supposed."""

    def __init__(self, chain: Chain, law: Parameters, supposed: Parameters) -> None:
        self._chain, self._laws = chain, (law, supposed)
        self._last: Snapshot | None = None
        self._ready: tuple[Jointly, ...] = ()
        self._sides: Sides = ({}, {})

    def decided(self, families: Snapshot) -> Sides:
        """Both sides of a month; they hold until the next month is asked for.

        Refuses a month before the first value of a parameter.
        """
        seen: Seen = {}
        known, batch = families.held is not None, families.batch
        first, second = (
            partial(Jointly, self._chain, batch, families.month, law, None, own=own_batch, granted=published_by, seen=seen)
            for law in self._laws
        )
        ready = first(publishes=not known), second()
        reached = self._reached(families, ready, seen)
        if reached is None:
            self._sides = _whole(ready, families)
        elif len(reached):
            rows = rows_within(batch, reached)
            sides = _both(ready, families, some_of(batch, rows), rows["person"])
            for whole, some in zip(self._sides, sides, strict=True):
                for address, found in some.items():
                    _put(whole[address], found, rows)
        self._last, self._ready = families, ready
        return self._sides

    def _reached(self, families: Snapshot, ready: tuple[Jointly, ...], seen: Seen) -> Ints | None:
        """The families that are to be decided again; None where that is most of them."""
        last, batch = self._last, families.batch
        if last is None or not _same_people(last, families):
            return None
        changed = np.zeros(batch.households, dtype=np.bool_)
        for before, now in zip(self._ready, ready, strict=True):
            touched = touched_by_days(before, now, batch, seen)
            if touched is None:
                return None
            changed |= touched
        for entity, named in batch.columns.items():
            earlier = last.batch.columns.get(entity, {})
            if earlier.keys() != named.keys():
                return None
            for name, column in named.items():
                if column is not earlier[name]:
                    mark(changed, batch, entity, column != earlier[name])
        for address in self._chain if families.held is not None else ():
            mark(changed, batch, "person", held_persons(families, address) != held_persons(last, address))
        return np.flatnonzero(changed) if np.count_nonzero(changed) <= MOSTLY * batch.households else None


def held_persons(families: Snapshot, address: str) -> Bools:
    """Who is covered by a benefit, where holdings are known."""
    assert families.held is not None  # asked only then
    found = families.held.get(address)
    return np.zeros(len(families.person_ids), dtype=np.bool_) if found is None else found


def _same_people(last: Snapshot, now: Snapshot) -> bool:
    pairs = (
        (last.household_ids, now.household_ids),
        (last.person_ids, now.person_ids),
        (last.batch.offsets["person"], now.batch.offsets["person"]),
        (last.batch.offsets["supporter"], now.batch.offsets["supporter"]),
    )
    return (last.held is None) == (now.held is None) and all(_same(*pair) for pair in pairs)


def _same(first: Names, second: Names) -> bool:
    return first is second or np.array_equal(first, second)


def _whole(ready: tuple[Jointly, ...], families: Snapshot) -> Sides:
    """Both sides of everybody, block by block."""
    batch = families.batch
    parts: tuple[list[tuple[int, dict[str, Assessed]]], ...] = ([], [])
    for lower in range(0, max(batch.households, 1), BLOCK):
        upper = min(lower + BLOCK, batch.households)
        persons = np.arange(*batch.bounds(lower, upper)["person"])
        for made, side in zip(parts, _both(ready, families, batch.part(lower, upper), persons), strict=True):
            made.append((lower, side))
    before, after = (joined(made, batch) for made in parts)
    return before, after


def _both(ready: tuple[Jointly, ...], families: Snapshot, part: Batch, persons: Ints) -> Sides:
    first, second = ready
    if families.held is None:
        return _kept(first.decided(part)), _kept(second.decided(part))
    before = first.decided(part, nothing_published)
    return _kept(before), _kept(second.decided(part, _held_after(families, before, persons)))


def _kept(side: Mapping[str, Assessed]) -> dict[str, Assessed]:
    """Without what the days of a month may change for whom nothing else changes: an age that is only told."""
    made = {}
    for address, found in side.items():
        published = found.programme.publishes.values()
        made[address] = replace(found, columns={name: found.columns[name] for name in published}, findings={}, lacking={})
    return made


def _held_after(families: Snapshot, before: Mapping[str, Assessed], persons: Ints) -> Callable[[Assessed], Mapping[str, Column]]:
    """What is held after the change: what was held before, less whom the change puts out, more whom it brings in."""

    def granted(found: Assessed) -> dict[str, Column]:
        earlier = before[found.programme.address]
        made = {}
        for fact, value in found.programme.publishes.items():
            was, now = earlier.columns[value].astype(np.int64), found.columns[value].astype(np.int64)
            if level_of(found.programme, value) == "person":
                held = held_persons(families, found.programme.address)[persons].astype(np.int64)
                now = np.where(was == now, held, now)
            made[fact] = now
        return made

    return granted


def level_of(programme: Programme, value: str) -> str:
    """On which level a programme says a value: on that of its persons, where they are its unit."""
    return "person" if programme.unit == "person" else programme.rules.entity_of(value)


def _put(whole: Assessed, some: Assessed, rows: Mapping[str, Ints]) -> None:
    """What is said of some stands in what is said of all."""
    units = rows[whole.programme.unit]
    whole.outcome[units], whole.amount[units], whole.route[units] = some.outcome, some.amount, some.route
    for name, column in some.columns.items():
        whole.columns[name][rows[level_of(whole.programme, name)]] = column
