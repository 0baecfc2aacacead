"""Households over several months, read once: the columns of any day in them without another question.

Rolls look at a year of months each time; reading everything anew for each of them would be most of their work. What a day
gives is exactly what `columns.load` gives for it (a test compares every column).
"""

# ruff: noqa: S608  names of tables and words of code lists are put together here; values are always parameters

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from anmin.ground.people.columns import (
    CODES,
    UNKNOWN,
    CodeLists,
    Ints,
    PeopleColumns,
    _fetched,
    _of_each_member,
    _places,
    _Reading,
)
from anmin.ground.people.vocabulary import FACT_KINDS

_ENDLESS = 99_991_231


class Chronicle:
    """These households from a first to a last day, as they are known now or were known at an instant; four queries."""

    def __init__(
        self,
        household_ids: Sequence[int] | Ints | None,
        *,
        first: date,
        last: date,
        known_at: datetime | None = None,
        codes: CodeLists | None = None,
    ) -> None:
        self._wanted = household_ids
        self._known_at = known_at
        self._codes = {**CODES, **(codes or {})}
        self._first, self._last = first, last
        window = _Window(household_ids, first, last, known_at, self._codes)
        self._households = window.households()
        self._members = window.members()
        self._facts = window.facts()
        self._supporters = window.supporters()
        self._same: dict[str, tuple[tuple[Any, ...], Any]] = {}
        """What was made last of which rows: most months differ from the one before in nothing but their facts."""

    def on(self, day: date) -> PeopleColumns:
        """The columns of a day between the first and the last."""
        if not self._first <= day <= self._last:
            raise ValueError(f"{day} is not between {self._first} and {self._last}")
        return _Day(self, day).columns(with_fact_ids=False)

    def _made(self, what: str, of: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What is made of some arrays; that of the day asked before, where they are the same."""
        last = self._same.get(what)
        if last is None or not all(one is other or np.array_equal(one, other) for one, other in zip(last[0], of, strict=True)):
            last = self._same[what] = of, make()
        return last[1]


class _Window(_Reading):
    """The rows that are in force on some day of a span, each with its first and last day as whole numbers at the end."""

    def __init__(
        self,
        household_ids: Sequence[int] | Ints | None,
        first: date,
        last: date,
        known_at: datetime | None,
        codes: CodeLists,
    ) -> None:
        super().__init__(household_ids, first, known_at, codes)
        self.last = last

    def households(self) -> tuple[Ints, Ints, Ints, Ints]:
        return self._households()

    def members(self) -> Ints:
        chosen, values = self._chosen("m.household_id")
        valid, times = self._valid("m")
        return _fetched(
            f"SELECT m.household_id, m.person_id, {self._number('p.birth_on')}, {self._case('p.sex', 'sex')}, "
            f"{self._case('p.hukou_kind', 'hukou')}, {self._case('m.relation', 'relation')}, "
            f"CAST(m.same_hukou AS INTEGER), CAST(m.counted AS INTEGER), {self._case('m.absence', 'absence')}, m.id, "
            f"{self._spell('m')} "
            f"FROM people_householdmember m JOIN people_person p ON p.id = m.person_id WHERE {chosen} AND {valid}",
            [*values, *times],
            12,
        )

    def facts(self) -> Ints:
        whose, values = self._of_these("f.person_id")
        valid, times = self._valid("f")
        number = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(FACT_KINDS))
        coded = " ".join(
            f"WHEN '{kind.name}' THEN {self._case('f.code', kind.name)}" for kind in FACT_KINDS.values() if kind.codes
        )
        # No condition on the kind, as in `columns`: with one, SQLite takes twice as long.
        rows = _fetched(
            f"SELECT f.person_id, CASE f.kind {number} ELSE {UNKNOWN} END, "
            f"COALESCE(f.amount, CASE f.kind {coded} ELSE {UNKNOWN} END), {self._spell('f')} "
            f"FROM people_fact f WHERE {whose} AND {valid}",
            [*values, *times],
            5,
        )
        known: Ints = rows[rows[:, 1] != UNKNOWN]
        return known

    def supporters(self) -> Ints:
        whose, values = self._of_these("s.dependant_id")
        valid, times = self._valid("s")
        unknown = ", ".join(
            f"COALESCE(s.{column}, {UNKNOWN})"
            for column in ("household_income", "household_size", "dependants", "court_amount", "actual_amount")
        )
        return _fetched(
            f"SELECT s.dependant_id, s.id, s.obligor_id, {self._case('s.duty', 'duty')}, {unknown}, "
            f"CAST(s.exempt AS INTEGER), {self._case('s.incapacity', 'incapacity')}, {self._number('o.birth_on')}, "
            f"{self._spell('s')} FROM people_supporter s JOIN people_person o ON o.id = s.obligor_id "
            f"WHERE {whose} AND {valid} ORDER BY s.dependant_id, s.id",
            [*values, *times],
            14,
        )

    def _spell(self, row: str) -> str:
        return f"{self._number(f'{row}.valid_from')}, COALESCE({self._number(f'{row}.valid_until')}, {_ENDLESS})"

    def _valid(self, row: str) -> tuple[str, list[Any]]:
        first = connection.ops.adapt_datefield_value(self.on)
        last = connection.ops.adapt_datefield_value(self.last)
        overlaps = f"{row}.valid_from <= %s AND ({row}.valid_until IS NULL OR {row}.valid_until >= %s)"
        if self.known_at is None:
            return f"{overlaps} AND {row}.superseded_at IS NULL", [last, first]
        at = connection.ops.adapt_datetimefield_value(self.known_at)
        known = f"{row}.recorded_at <= %s AND ({row}.superseded_at IS NULL OR {row}.superseded_at > %s)"
        return f"{overlaps} AND {known}", [last, first, at, at]


class _Day(_Reading):
    """The reading of one day out of a chronicle: the same steps, with rows that are there already."""

    def __init__(self, chronicle: Chronicle, day: date) -> None:
        super().__init__(chronicle._wanted, day, chronicle._known_at, chronicle._codes)
        self.chronicle = chronicle
        self.number = day.year * 10_000 + day.month * 100 + day.day

    def _households(self) -> tuple[Ints, Ints, Ints, Ints]:
        return self.chronicle._households

    def _people(self, ids: Ints, head: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        made: tuple[Ints, Ints, Ints, Ints] = self.chronicle._made(
            "people", (self._held(self.chronicle._members),), lambda: super(_Day, self)._people(ids, head)
        )
        return made

    def _members(self) -> Ints:
        return self._in_force(self.chronicle._members)

    def _facts(self, distinct: Ints, back: Ints, with_ids: bool) -> tuple[dict[str, Ints], dict[str, Ints]]:
        def made() -> dict[str, Ints]:
            rows = self._in_force(self.chronicle._facts)
            place, there = _places(rows[:, 0], distinct)
            rows, place = rows[there], place[there]
            table = np.full((len(FACT_KINDS), len(distinct)), UNKNOWN, dtype=np.int64)
            table[rows[:, 1], place] = rows[:, 2]
            return {kind: table[row][back] for row, kind in enumerate(FACT_KINDS)}

        return self.chronicle._made("facts", (distinct, back, self._held(self.chronicle._facts)), made), {}

    def _supporters(self, distinct: Ints, back: Ints) -> tuple[Ints, Ints]:
        def made() -> tuple[Ints, Ints]:
            return _of_each_member(self._in_force(self.chronicle._supporters), distinct, back)

        found: tuple[Ints, Ints] = self.chronicle._made(
            "supporters", (distinct, back, self._held(self.chronicle._supporters)), made
        )
        return found

    def _in_force(self, rows: Ints) -> Ints:
        return rows[self._held(rows)][:, :-2]

    def _held(self, rows: Ints) -> NDArray[np.bool_]:
        return (rows[:, -2] <= self.number) & (self.number <= rows[:, -1])
