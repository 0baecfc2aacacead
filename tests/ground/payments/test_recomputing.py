"""Recomputing by the real rules: whatever is learnt, late and in whatever order, the lines together are what is due."""

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Benefit, DueColumns, Ints
from anmin.ground.payments.differences import Ledger, differences, index
from anmin.ground.policy.assessing import Programme, assess
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import ORDER
from anmin.ground.policy.facts import Fact
from anmin.ground.policy.families import FactTables, Spells
from anmin.ground.policy.operators import Bools
from anmin.ground.policy.parameters import is_money
from anmin.ground.policy.programmes import DECIDED
from tests.ground.payments.test_differences import JANUARY, KNOWN_AT
from tests.ground.policy import made_up

FAMILIES, MONTHS = 6, 3
PAID = [address for address in ORDER if address in DECIDED and DECIDED[address].amount]


@dataclass(frozen=True)
class Learnt:
    """One fact about one person or family that arrives late: since when it is so."""

    name: str
    row: int
    value: int
    since: int


def value_of(fact: Fact, seed: int) -> int:
    """Some value that the fact can have."""
    if is_money(fact.unit):
        return seed % 120_000
    if fact.unit == "date":
        return (1924 + seed % 100) * 10_000 + 101
    return fact.least + seed % (min(fact.most, fact.least + 8) - fact.least + 1)


def facts_learnt(programme: Programme) -> st.SearchStrategy[list[Learnt]]:
    """A few facts, each about somebody else or something else, so that none supersedes another."""
    sums = [f for f in programme.inputs.values() if f.entity == "person" and not f.kind.startswith(("claim.", "held."))]
    one = st.builds(
        lambda fact, row, seed, since: Learnt(fact.name, row, value_of(fact, seed), since),
        st.sampled_from(sums),
        st.integers(0, FAMILIES - 1),
        st.integers(0, 200_000),
        st.integers(0, MONTHS - 1),
    )
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda each: (each.name, each.row))


@dataclass
class Rules:
    """A benefit by the rules of a programme, on families of whom more is learnt as time goes on."""

    programme: Programme
    tables: FactTables

    def learn(self, learnt: Learnt) -> None:
        spells = dict(self.tables.spells.get("person", {}))
        old = spells.get(learnt.name, Spells(*(np.zeros(0, dtype=np.int64) for _ in range(4))))
        first = (JANUARY + learnt.since).first_day
        new = (learnt.row, learnt.value, first.year * 10_000 + first.month * 100 + 1, 99_991_231)
        columns = (np.append(column, cell) for column, cell in zip((old.rows, old.values, old.first, old.last), new, strict=True))
        spells[learnt.name] = Spells(*columns)
        self.tables = replace(self.tables, spells={"person": spells})

    def due(self, month: Month) -> tuple[Ints, Bools]:
        """The fen of each family, and which families cannot be decided."""
        batch = self.tables.on(month, self.programme.inputs.values())
        found = assess(self.programme, batch, month, policy())
        if self.programme.unit == "household":
            return found.amount, found.undetermined
        of = batch.offsets["person"]
        sums = np.concatenate([[0], np.cumsum(found.amount)])
        open_questions = np.concatenate([[0], np.cumsum(found.undetermined)])
        return sums[of[1:]] - sums[of[:-1]], open_questions[of[1:]] > open_questions[of[:-1]]

    def __call__(self, entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
        amount, open_question = self.due(month)
        rows = entitlement_ids - 1
        return DueColumns(entitlement_ids, amount[rows], np.ones(len(rows), dtype=np.int64), open_question[rows])

    def benefit(self) -> Benefit:
        return Benefit(self.programme.address, "待遇", "B", "", "", self, lambda: "1", {"household": ""}, {})


def roll(rules: Rules, already: dict[tuple[int, int], int], month: Month) -> int:
    """A roll of a month, taken as paid; how many of its lines changed anything (a month due has one in any case)."""
    everyone = np.arange(1, FAMILIES + 1, dtype=np.int64)
    paid: dict[int, Ints] = {each: np.zeros(FAMILIES, dtype=np.int64) for _, each in already}
    for (row, each), amount in already.items():
        paid[each][row] = amount
    last = index((JANUARY + MONTHS - 1).first_day)
    ledger = Ledger(
        ids=everyone,
        area_ids=everyone,
        routes=["household"] * FAMILIES,
        first=np.full(FAMILIES, index(JANUARY.first_day), dtype=np.int64),
        last=np.full(FAMILIES, last, dtype=np.int64),
        suspended=(),
        already=paid,
        covered=np.ones(FAMILIES, dtype=np.int64),
    )
    made = differences(rules.benefit(), ledger, month, JANUARY, KNOWN_AT)
    for line in made.lines:
        key = (line.entitlement_id - 1, index(Month.parse(line.for_month).first_day))
        already[key] = already.get(key, 0) + line.amount
    return sum(line.amount != 0 for line in made.lines)


def families(programme: Programme) -> Rules:
    return Rules(programme, made_up.tables(programme.inputs, FAMILIES, seed=3))


@pytest.mark.parametrize("address", PAID)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_lines_are_what_is_due_whatever_is_learnt_late_and_in_whatever_order(address: str, data: st.DataObject) -> None:
    programme = DECIDED[address]
    learnt = data.draw(facts_learnt(programme))
    last = JANUARY + (MONTHS - 1)
    settled = []
    for order in (learnt, learnt[::-1]):
        rules, already = families(programme), dict[tuple[int, int], int]()
        roll(rules, already, JANUARY)
        for each in order:
            rules.learn(each)
            roll(rules, already, last)
        assert roll(rules, already, last) == 0, "nothing new was learnt, and yet something changed"
        decided: dict[tuple[int, int], int] = {}
        for ahead in range(MONTHS):
            amount, open_question = rules.due(JANUARY + ahead)
            month = index((JANUARY + ahead).first_day)
            due = {(row, month): int(amount[row]) for row in np.flatnonzero(~open_question).tolist()}
            assert {key: already.get(key, 0) for key in due} == due
            decided |= due
        settled.append(decided)
    assert settled[0] == settled[1]
