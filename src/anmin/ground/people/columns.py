"""Many households at once, as columns of whole numbers: what the rules of a month are run on.

The state is that of one day, as known now or as known at an instant. Four queries, however many households. Not scoped: columns
feed calculations whose results are scoped where they are shown.
"""

# ruff: noqa: S608  names of tables and words of code lists are put together here; values are always parameters

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from anmin.ground.people.vocabulary import FACT_KINDS, AbsenceReason, DutyOfSupport, HukouKind, Incapacity, Relation, Sex

Ints: TypeAlias = NDArray[np.int64]

UNKNOWN = -1

_HANDFUL = 20_000

CodeLists: TypeAlias = Mapping[str, Mapping[str, int]]


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: number for number, value in enumerate(values)}


CODES: dict[str, dict[str, int]] = {
    "sex": _numbered(Sex.values),
    "hukou": _numbered(HukouKind.values),
    "relation": _numbered(Relation.values),
    "absence": _numbered(AbsenceReason.values),
    "duty": _numbered(DutyOfSupport.values),
    # Blank, not certified to be without capacity, is 0.
    "incapacity": _numbered(("", *Incapacity.values)),
    **{kind.name: _numbered(kind.codes.values) for kind in FACT_KINDS.values() if kind.codes is not None},
}
"""The number of each code in a column, unless the caller brings lists of its own: its place in `vocabulary`."""


@dataclass(frozen=True)
class PeopleColumns:
    """Households, their members sorted by household, those who owe support sorted by member.

    The members of household `h` are the rows `person_offsets[h]` to before `person_offsets[h + 1]`, the head first; the
    supporters of member `p` are the rows `supporter_offsets[p]` to before `supporter_offsets[p + 1]`. Members who do not count
    are among them (`counted` is 0). Money is in fen, dates are written as 20240701, -1 is not known.
    """

    on: date
    known_at: datetime | None

    household_ids: Ints
    household_area: Ints
    household_hukou: Ints
    household_head: Ints
    person_offsets: Ints

    person_ids: Ints
    birth_on: Ints
    sex: Ints
    hukou: Ints
    relation: Ints
    same_hukou: Ints
    counted: Ints
    absence: Ints
    supporter_offsets: Ints

    supporter_ids: Ints
    obligor_ids: Ints
    duty: Ints
    supporter_income: Ints
    supporter_members: Ints
    supporter_dependants: Ints
    supporter_court_amount: Ints
    supporter_actual_amount: Ints
    supporter_exempt: Ints
    supporter_incapacity: Ints
    supporter_birth_on: Ints

    facts: dict[str, Ints] = field(default_factory=dict)
    """One column for each kind of fact, by its dotted name."""

    fact_ids: dict[str, Ints] = field(default_factory=dict)
    """The number of the row each fact was read from, when asked for."""


def load(
    household_ids: Sequence[int] | Ints | None = None,
    *,
    on: date,
    known_at: datetime | None = None,
    codes: CodeLists | None = None,
    with_fact_ids: bool = False,
) -> PeopleColumns:
    """The columns of these households (of all, when None) on a day, in the order given.

    With `known_at`, as they were known at that instant; otherwise as they are known now. `codes` replaces the numbering of code
    lists by name: a kind of fact, `relation`, `absence`, `duty`, `sex`, `hukou`; a code its list does not hold is not known.
    """
    return _Reading(household_ids, on, known_at, {**CODES, **(codes or {})}).columns(with_fact_ids)


class _Reading:
    """One reading of the register: the same day, the same instant and the same households in four queries."""

    def __init__(self, household_ids: Sequence[int] | Ints | None, on: date, known_at: datetime | None, codes: CodeLists) -> None:
        self.on, self.known_at, self.codes = on, known_at, codes
        self.wanted = None if household_ids is None else np.asarray(household_ids, dtype=np.int64)
        self.is_sqlite = connection.vendor == "sqlite"

    def columns(self, with_fact_ids: bool) -> PeopleColumns:
        ids, area, hukou, head = self._households()
        members, place, distinct, back = self._people(ids, head)
        person_ids = members[:, 1]
        facts, fact_ids = self._facts(distinct, back, with_fact_ids)
        supporters, supporter_offsets = self._supporters(distinct, back)
        return PeopleColumns(
            on=self.on,
            known_at=self.known_at,
            household_ids=ids,
            household_area=area,
            household_hukou=hukou,
            household_head=head,
            person_offsets=_offsets(np.bincount(place, minlength=len(ids))),
            person_ids=person_ids,
            birth_on=members[:, 2],
            sex=members[:, 3],
            hukou=members[:, 4],
            relation=members[:, 5],
            same_hukou=members[:, 6],
            counted=members[:, 7],
            absence=members[:, 8],
            supporter_offsets=supporter_offsets,
            supporter_ids=supporters[:, 1],
            obligor_ids=supporters[:, 2],
            duty=supporters[:, 3],
            supporter_income=supporters[:, 4],
            supporter_members=supporters[:, 5],
            supporter_dependants=supporters[:, 6],
            supporter_court_amount=supporters[:, 7],
            supporter_actual_amount=supporters[:, 8],
            supporter_exempt=supporters[:, 9],
            supporter_incapacity=supporters[:, 10],
            supporter_birth_on=supporters[:, 11],
            facts=facts,
            fact_ids=fact_ids,
        )

    def _people(self, ids: Ints, head: Ints) -> tuple[Ints, Ints, Ints, Ints]:
        """The members in order, the row of each one's household, the persons each once, and which of them each member is."""
        members = self._members()
        place, there = _places(members[:, 0], ids)
        members, place = members[there], place[there]
        is_head = members[:, 1] == head[place]
        order = np.lexsort((members[:, 9], ~is_head, place))
        members, place = members[order], place[order]
        distinct, back = np.unique(members[:, 1], return_inverse=True)
        return members, place, distinct, back

    def _households(self) -> tuple[Ints, Ints, Ints, Ints]:
        chosen, values = self._chosen("h.id")
        rows = _fetched(
            f"SELECT h.id, h.area_id, {self._case('h.hukou_kind', 'hukou')}, h.head_id FROM people_household h "
            f"WHERE {chosen} ORDER BY h.id",
            values,
            4,
        )
        if self.wanted is not None:
            place, there = _places(self.wanted, rows[:, 0])
            rows = rows[place[there]]
        return rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3]

    def _members(self) -> Ints:
        chosen, values = self._chosen("m.household_id")
        valid, times = self._valid("m")
        return _fetched(
            f"SELECT m.household_id, m.person_id, {self._number('p.birth_on')}, {self._case('p.sex', 'sex')}, "
            f"{self._case('p.hukou_kind', 'hukou')}, "
            f"{self._case('m.relation', 'relation')}, CAST(m.same_hukou AS INTEGER), CAST(m.counted AS INTEGER), "
            f"{self._case('m.absence', 'absence')}, m.id "
            f"FROM people_householdmember m JOIN people_person p ON p.id = m.person_id WHERE {chosen} AND {valid}",
            [*values, *times],
            10,
        )

    def _facts(self, distinct: Ints, back: Ints, with_ids: bool) -> tuple[dict[str, Ints], dict[str, Ints]]:
        kinds = list(FACT_KINDS)
        valid, times = self._valid("f")
        whose, values = self._of_these("f.person_id")
        number = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(kinds))
        coded = " ".join(
            f"WHEN '{kind.name}' THEN {self._case('f.code', kind.name)}" for kind in FACT_KINDS.values() if kind.codes
        )
        # No condition on the kind: with one, SQLite looks each kind of each person up in the index, which takes twice as long.
        rows = _fetched(
            f"SELECT f.person_id, CASE f.kind {number} ELSE {UNKNOWN} END, "
            f"COALESCE(f.amount, CASE f.kind {coded} ELSE {UNKNOWN} END)"
            f"{', f.id' if with_ids else ''} FROM people_fact f WHERE {whose} AND {valid}",
            [*values, *times],
            4 if with_ids else 3,
        )
        place, there = _places(rows[:, 0], distinct)
        there &= rows[:, 1] != UNKNOWN
        rows, place = rows[there], place[there]
        table = np.full((len(kinds), len(distinct)), UNKNOWN, dtype=np.int64)
        table[rows[:, 1], place] = rows[:, 2]
        facts = {kind: table[row][back] for row, kind in enumerate(kinds)}
        if not with_ids:
            return facts, {}
        table[:] = UNKNOWN
        table[rows[:, 1], place] = rows[:, 3]
        return facts, {kind: table[row][back] for row, kind in enumerate(kinds)}

    def _supporters(self, distinct: Ints, back: Ints) -> tuple[Ints, Ints]:
        valid, times = self._valid("s")
        whose, values = self._of_these("s.dependant_id")
        unknown = ", ".join(
            f"COALESCE(s.{column}, {UNKNOWN})"
            for column in ("household_income", "household_size", "dependants", "court_amount", "actual_amount")
        )
        rows = _fetched(
            f"SELECT s.dependant_id, s.id, s.obligor_id, {self._case('s.duty', 'duty')}, {unknown}, CAST(s.exempt AS INTEGER), "
            f"{self._case('s.incapacity', 'incapacity')}, {self._number('o.birth_on')} "
            f"FROM people_supporter s JOIN people_person o ON o.id = s.obligor_id WHERE {whose} "
            f"AND {valid} ORDER BY s.dependant_id, s.id",
            [*values, *times],
            12,
        )
        return _of_each_member(rows, distinct, back)

    def _of_these(self, column: str) -> tuple[str, list[Any]]:
        # Whoever was ever in these households: a few too many persons cost less than a second look at the periods.
        if self.wanted is None:
            return "1 = 1", []
        chosen, values = self._chosen("m.household_id")
        return f"{column} IN (SELECT m.person_id FROM people_householdmember m WHERE {chosen})", values

    def _chosen(self, column: str) -> tuple[str, list[Any]]:
        if self.wanted is None:
            return "1 = 1", []
        if self.is_sqlite:
            return f"{column} IN (SELECT value FROM json_each(%s))", [str(self.wanted.tolist())]
        return f"{column} = ANY(%s)", [self.wanted.tolist()]

    def _number(self, column: str) -> str:
        """A date as a whole number: 20240701."""
        if self.is_sqlite:
            return f"CAST(replace({column}, '-', '') AS INTEGER)"
        return f"CAST(to_char({column}, 'YYYYMMDD') AS INTEGER)"

    def _valid(self, row: str) -> tuple[str, list[Any]]:
        on = connection.ops.adapt_datefield_value(self.on)
        in_force = f"{row}.valid_from <= %s AND ({row}.valid_until IS NULL OR {row}.valid_until >= %s)"
        if self.known_at is None:
            return f"{in_force} AND {row}.superseded_at IS NULL", [on, on]
        # Raw parameters pass Django by: instants must be written the way the columns are.
        at = connection.ops.adapt_datetimefield_value(self.known_at)
        known = f"{row}.recorded_at <= %s AND ({row}.superseded_at IS NULL OR {row}.superseded_at > %s)"
        return f"{in_force} AND {known}", [on, on, at, at]

    def _case(self, column: str, name: str) -> str:
        # The words come from code lists in the source, never from a user.
        codes = dict(self.codes[name])
        if name in {"absence", "incapacity"} and "none" in codes:
            codes.setdefault("", codes["none"])  # the table leaves blank what a list of codes calls none
        whens = " ".join(f"WHEN '{_word(code)}' THEN {int(number)}" for code, number in codes.items())
        return f"CASE {column} {whens} ELSE {UNKNOWN} END"


def repeated(offsets: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """The inner rows of outer rows taken in another order, perhaps several times; and their offsets."""
    counts = np.diff(offsets)[rows]
    made = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    inner = np.repeat(offsets[:-1][rows] - made[:-1], counts) + np.arange(made[-1], dtype=np.int64)
    return inner, made


def joined(first: PeopleColumns, second: PeopleColumns) -> PeopleColumns:
    """The households of both, one after the other; a household of both stands twice."""

    def one(name: str) -> Any:
        mine, other = getattr(first, name), getattr(second, name)
        if isinstance(mine, dict):
            return {kind: np.concatenate([column, other[kind]]) for kind, column in mine.items()}
        return np.concatenate([mine, other[1:] + mine[-1]] if name.endswith("_offsets") else [mine, other])

    return replace(first, **{each.name: one(each.name) for each in fields(first) if each.name not in {"on", "known_at"}})


def _word(code: str) -> str:
    if not code.replace("_", "").isalnum() and code != "":
        raise ValueError(f"{code!r} is no code")
    return code


def _fetched(sql: str, values: list[Any], width: int) -> Ints:
    pieces = [np.empty(0, dtype=np.int64)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        # In handfuls: Django's own iteration over rows costs as much as SQLite's reading of them.
        while rows := cursor.fetchmany(_HANDFUL):
            pieces.append(np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width))
    return np.concatenate(pieces).reshape(-1, width)


def _of_each_member(rows: Ints, distinct: Ints, back: Ints) -> tuple[Ints, Ints]:
    """The supporters (ordered by the dependant in the first column) of each member in turn, and where each member's begin."""
    place, there = _places(rows[:, 0], distinct)
    rows, place = rows[there], place[there]
    counts = np.bincount(place, minlength=len(distinct)).astype(np.int64)
    starts = _offsets(counts)[:-1]
    # A person in two households brings the same supporters to both.
    of_member = counts[back]
    offsets = _offsets(of_member)
    taken = np.repeat(starts[back] - offsets[:-1], of_member) + np.arange(offsets[-1], dtype=np.int64)
    return rows[taken], offsets


def _places(values: Ints, ascending: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each value stands among distinct ascending ones (or in any order), and whether it is there at all."""
    order = np.argsort(ascending, kind="stable")
    found = np.searchsorted(ascending, values, sorter=order)
    found = np.minimum(found, max(len(ascending) - 1, 0))
    place = order[found] if len(ascending) else np.zeros(len(values), dtype=np.int64)
    there = ascending[place] == values if len(ascending) else np.zeros(len(values), dtype=np.bool_)
    return place.astype(np.int64), there


def _offsets(counts: NDArray[Any]) -> Ints:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
