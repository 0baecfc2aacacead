"""Months by two laws: who is not reached stays as decided, and all is as if everybody were decided anew each month."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed
from anmin.ground.policy.batch import Batch, Column
from anmin.ground.policy.book import policy
from anmin.ground.policy.both_laws import BothLaws
from anmin.ground.policy.chain import Chain, decide, nothing_published
from anmin.ground.policy.families import FactTables, Snapshot, Spells
from anmin.ground.policy.jointly import Jointly, Published
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.supposed import read_change, supposing
from tests.ground.policy import made_up

CHAIN = Chain(DECIDED.values()).lasting()
FACTS = CHAIN.facts
SPAN = [Month.parse("2024-05") + ahead for ahead in range(6)]
LAW = supposing(policy(), [read_change(policy(), "assistance.dibao.standard=900", SPAN[1])])


def county() -> FactTables:
    """Four hundred families; month after month somebody's pension changes, and some take up or lose what they hold."""
    made = made_up.tables(FACTS, 400)
    random = np.random.default_rng(11)
    some = random.choice(made.persons, 240, replace=False).astype(np.int64)
    first = 20_240_001 + 100 * random.integers(5, 11, 240)
    pension = Spells(some, random.integers(0, 150_000, 240), first, np.full(240, 99_991_231, dtype=np.int64))
    holders = np.flatnonzero(random.random(made.persons) < 0.3)
    last = np.where(random.random(len(holders)) < 0.1, 20_240_731, 99_991_231)
    share = Spells(holders, np.ones(len(holders), dtype=np.int64), np.zeros(len(holders), dtype=np.int64), last)
    return replace(made, spells={"person": {"income_pension": pension}}, holdings=dict.fromkeys(CHAIN, share))


def anew(families: Snapshot) -> tuple[Mapping[str, Assessed], Mapping[str, Assessed]]:
    """Everybody, programme by programme, with what is held after the change found as the law says it."""
    before = decide(CHAIN, families.batch, families.month, policy(), granted=nothing_published).assessed
    held = families.held
    assert held is not None

    def granted(found: Assessed) -> dict[str, Column]:
        made = {}
        for fact, value in found.programme.publishes.items():
            was, now = before[found.programme.address].columns[value].astype(int), found.columns[value].astype(int)
            made[fact] = np.where(was == now, held[found.programme.address].astype(int), now) if len(was) != 400 else now
        return made

    return before, decide(CHAIN, families.batch, families.month, LAW, granted=granted).assessed


def plain(sides: tuple[Mapping[str, Assessed], Mapping[str, Assessed]]) -> list[dict[str, object]]:
    return [
        {
            address: [
                each.tolist()
                for each in (
                    found.outcome,
                    found.amount,
                    found.route,
                    *(found.columns[value] for value in found.programme.publishes.values()),
                )
            ]
            for address, found in side.items()
        }
        for side in sides
    ]


def test_every_month_is_as_if_everybody_were_decided_anew() -> None:
    tables, laws = county(), BothLaws(CHAIN, policy(), LAW)
    months = [tables.snapshot(month, FACTS.values()) for month in SPAN]
    found = [plain(laws.decided(each)) for each in months]
    assert found == [plain(anew(each)) for each in months]
    assert all(before != after for before, after in found[1:])
    assert len({str(each) for each in found}) == len(SPAN)


def test_only_those_are_decided_again_whom_the_month_reaches(monkeypatch: pytest.MonkeyPatch) -> None:
    decided: list[int] = []
    as_it_is = Jointly.decided

    def counted(self: Jointly, part: Batch, granted: Published | None = None) -> dict[str, Assessed]:
        decided.append(part.households)
        return as_it_is(self, part, granted)

    monkeypatch.setattr(Jointly, "decided", counted)
    tables, laws = county(), BothLaws(CHAIN, policy(), LAW)
    for month in SPAN:
        laws.decided(tables.snapshot(month, FACTS.values()))
    by_month = list(zip(decided[::2], decided[1::2], strict=True))
    # In June the supposed standard begins, in July that of the law changes: everybody. Then those with another pension or age.
    assert by_month[:3] == [(400, 400)] * 3
    assert all(first == second and 0 < first < 150 for first, second in by_month[3:])


def test_other_people_are_decided_anew() -> None:
    laws = BothLaws(CHAIN, policy(), LAW)
    laws.decided(county().snapshot(SPAN[0], FACTS.values()))
    others = replace(county(), person_ids=np.array([f"Q{row}" for row in range(county().persons)], dtype=object))
    families = others.snapshot(SPAN[1], FACTS.values())
    assert plain(laws.decided(families)) == plain(anew(families))
