"""What always holds of differences, whatever is learnt and in whatever order."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Benefit, DueColumns, Ints
from anmin.ground.payments.differences import Differences, Ledger, as_month, differences, index
from anmin.ground.payments.vocabulary import LineKind, NoticeKind

JANUARY = Month(2024, 1)
KNOWN_AT = clock.instant(date(2024, 12, 1))
HOUSEHOLDS, MONTHS = 3, 6
UNKNOWN = -1

table = st.lists(
    st.lists(st.sampled_from([UNKNOWN, 0, 100, 250]), min_size=MONTHS, max_size=MONTHS),
    min_size=HOUSEHOLDS,
    max_size=HOUSEHOLDS,
)
determined = st.lists(
    st.lists(st.sampled_from([0, 100, 250]), min_size=MONTHS, max_size=MONTHS), min_size=HOUSEHOLDS, max_size=HOUSEHOLDS
)


@dataclass
class Law:
    """A benefit whose amounts are a table of households and months; it can be changed as facts are learnt."""

    amounts: list[list[int]]

    def __call__(self, entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
        cells = np.array([self.amounts[pk - 1][month - JANUARY] for pk in entitlement_ids.tolist()], dtype=np.int64)
        open_question = cells == UNKNOWN
        ones = np.ones(len(cells), dtype=np.int64)
        return DueColumns(entitlement_ids, np.where(open_question, 7, cells), ones, open_question)

    def benefit(self) -> Benefit:
        return Benefit("law.of.tables", "表", "B", "", "", self, lambda: "1", {"household": ""}, {})


def ledger(already: dict[tuple[int, int], int]) -> Ledger:
    everyone = np.arange(1, HOUSEHOLDS + 1, dtype=np.int64)
    start, end = index(JANUARY.first_day), index((JANUARY + MONTHS - 1).first_day)
    return Ledger(
        ids=everyone,
        area_ids=everyone,
        routes=["household"] * HOUSEHOLDS,
        first=np.full(HOUSEHOLDS, start, dtype=np.int64),
        last=np.full(HOUSEHOLDS, end, dtype=np.int64),
        suspended=(),
        already=columns(already),
        covered=np.ones(HOUSEHOLDS, dtype=np.int64),
    )


def columns(already: dict[tuple[int, int], int]) -> dict[int, Ints]:
    made = {month: np.zeros(HOUSEHOLDS, dtype=np.int64) for _, month in already}
    for (row, month), amount in already.items():
        made[month][row] = amount
    return made


def settle(already: dict[tuple[int, int], int], amounts: list[list[int]], month: Month) -> Differences:
    """Generates the roll of a month and, as approval does, counts its lines as already paid."""
    made = differences(Law(amounts).benefit(), ledger(already), month, JANUARY, KNOWN_AT)
    for line in made.lines:
        key = (line.entitlement_id - 1, index(Month.parse(line.for_month).first_day))
        already[key] = already.get(key, 0) + line.amount
    return made


@given(history=st.lists(table, min_size=MONTHS, max_size=MONTHS), last=determined)
def test_all_lines_together_are_what_is_due(history: list[list[list[int]]], last: list[list[int]]) -> None:
    already: dict[tuple[int, int], int] = {}
    for number, amounts in enumerate([*history[:-1], last]):
        settle(already, amounts, JANUARY + number)
    start = index(JANUARY.first_day)
    paid = [[already.get((row, start + number), 0) for number in range(MONTHS)] for row in range(HOUSEHOLDS)]
    assert paid == last


@given(amounts=table)
def test_nothing_new_gives_no_line_but_the_month_itself(amounts: list[list[int]]) -> None:
    already: dict[tuple[int, int], int] = {}
    for number in range(MONTHS - 1):
        settle(already, amounts, JANUARY + number)
    last = JANUARY + MONTHS - 1
    made = settle(already, amounts, last)
    assert {line.for_month for line in made.lines} <= {str(last)}
    again = differences(Law(amounts).benefit(), ledger(already), last, JANUARY, KNOWN_AT)
    assert [line.amount for line in again.lines] == [0] * len(again.lines)
    assert [line.entitlement_id for line in again.lines] == [row + 1 for row in range(HOUSEHOLDS) if amounts[row][-1] > 0]


@given(history=st.lists(table, min_size=2, max_size=MONTHS), last=determined, order=st.randoms(use_true_random=False))
def test_the_order_in_which_facts_arrive_does_not_matter(
    history: list[list[list[int]]], last: list[list[int]], order: object
) -> None:
    ends = []
    shuffled = list(history)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    for sequence in (history, shuffled):
        already: dict[tuple[int, int], int] = {}
        for number, amounts in enumerate(sequence):
            settle(already, amounts, JANUARY + number)
        settle(already, last, JANUARY + MONTHS - 1)
        ends.append({key: amount for key, amount in already.items() if amount})
    assert ends[0] == ends[1]


@given(history=st.lists(table, min_size=1, max_size=MONTHS))
def test_the_unknown_moves_no_money_and_is_always_named(history: list[list[list[int]]]) -> None:
    already: dict[tuple[int, int], int] = {}
    for number, amounts in enumerate(history):
        made = settle(already, amounts, JANUARY + number)
        unknown = {
            (row + 1, str(JANUARY + each)) for row in range(HOUSEHOLDS) for each in range(number + 1) if amounts[row][each] < 0
        }
        assert not unknown & {(line.entitlement_id, line.for_month) for line in made.lines}
        named = {
            (pk, month)
            for (pk, kind), notice in made.notices.items()
            if kind is NoticeKind.UNDETERMINED
            for month in notice.months
        }
        assert named == unknown


@given(history=st.lists(table, min_size=1, max_size=MONTHS))
def test_the_kind_of_a_line_is_its_sign_and_month(history: list[list[list[int]]]) -> None:
    already: dict[tuple[int, int], int] = {}
    for number, amounts in enumerate(history):
        month = str(JANUARY + number)
        for line in settle(already, amounts, JANUARY + number).lines:
            if line.amount < 0:
                assert line.kind is LineKind.RECOVERY
            else:
                assert line.kind is (LineKind.REGULAR if line.for_month == month else LineKind.BACK_PAY)
                assert line.amount > 0 or line.for_month == month


def test_a_month_and_its_number_are_one() -> None:
    assert [str(as_month(index(date(2023, month, 1)))) for month in (1, 12)] == ["2023-01", "2023-12"]


def test_an_answer_about_others_is_refused() -> None:
    def wrong(entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
        return Law([[0] * MONTHS] * HOUSEHOLDS)(entitlement_ids[::-1], month, known_at)

    benefit = Benefit("law.of.tables", "表", "B", "", "", wrong, lambda: "1", {}, {})
    with pytest.raises(ValueError, match="answered for other entitlements"):
        differences(benefit, ledger({}), JANUARY, JANUARY, KNOWN_AT)
