"""How rows become a number, and how many numbers are asked for in one statement.

Each measure turns the very queryset that is listed into sub-selects; `answers` puts the sub-selects of any number of figures
into one statement, so a page of figures costs one query, and rows are gone through once for all that is asked of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, QuerySet

from anmin.base.money import half_up

Rows: TypeAlias = QuerySet[Any]


@dataclass(frozen=True)
class Select:
    """One sub-select: the value of each of the functions over the rows of the queryset."""

    functions: tuple[str, ...]
    rows: Rows


class Measure(Protocol):
    """Says what it asks of some rows, and what number the answers make; the first of them is the number of rows."""

    def selects(self, rows: Rows) -> tuple[Select, ...]: ...

    def value(self, answers: Sequence[int]) -> int | None: ...


@dataclass(frozen=True)
class CountRows:
    """The number of rows."""

    def selects(self, rows: Rows) -> tuple[Select, ...]:
        return (_over(rows),)

    def value(self, answers: Sequence[int]) -> int | None:
        return answers[0]


@dataclass(frozen=True)
class CountDistinct:
    """The number of different values, or combinations of values, in the columns: different households, for one."""

    columns: tuple[str, ...]

    def selects(self, rows: Rows) -> tuple[Select, ...]:
        return (_over(rows), Select((_COUNT,), rows.order_by().values(*self.columns).distinct()))

    def value(self, answers: Sequence[int]) -> int | None:
        return answers[1]


@dataclass(frozen=True)
class SumOf:
    """The sum of a column; of no rows, 0."""

    column: str

    def selects(self, rows: Rows) -> tuple[Select, ...]:
        return (_over(rows, self.column),)

    def value(self, answers: Sequence[int]) -> int | None:
        return answers[1]


@dataclass(frozen=True)
class Quotient:
    """The sum of one column over the sum of another, rounded half up; unknown when there is nothing to divide by."""

    numerator: str
    denominator: str

    def selects(self, rows: Rows) -> tuple[Select, ...]:
        return (_over(rows, self.numerator, self.denominator),)

    def value(self, answers: Sequence[int]) -> int | None:
        _, above, below = answers
        return half_up(above, below) if below > 0 else None


def whether_any(rows: Rows) -> Select:
    """1 where there is a row, else 0; the others are not looked for."""
    return Select((_COUNT,), rows.order_by().values(measured=F("pk"))[:1])


_COUNT = "COUNT(*)"


def _over(rows: Rows, *columns: str) -> Select:
    """The number of rows, and the sum of each column."""
    # values(measured=F("a__b")) keeps a row for each row: a plain values("a__b") would too, but names the column b.
    measured = {f"measured_{place}": F(column) for place, column in enumerate(columns)} or {"measured": F("pk")}
    return Select((_COUNT, *(f"COALESCE(SUM({name}), 0)" for name in measured if columns)), rows.order_by().values(**measured))


AT_ONCE = 40
"""Sub-selects of one statement: the more stand before one with sub-selects of its own, the longer SQLite takes for that one."""


def answers(selects: Sequence[Select]) -> list[int]:
    """The whole numbers the sub-selects give, one after the other; many sub-selects by one statement.

    What is the same is asked once; of rows that cannot be there nothing is asked.
    """
    once = list({id(each): each for each in selects}.values())
    found: dict[int, list[int]] = {}
    for start in range(0, len(once), AT_ONCE):
        part = once[start : start + AT_ONCE]
        found.update(zip(map(id, part), _answers(part), strict=True))
    return [number for each in selects for number in found[id(each)]]


def _answers(selects: Sequence[Select]) -> list[list[int]]:
    connection = connections[selects[0].rows.db]
    widest = max(len(each.functions) for each in selects)
    pieces: list[str] = []
    values: list[Any] = []
    known: dict[tuple[str, str], int] = {}
    places: list[int | None] = []
    for select in selects:
        try:
            sql, parameters = select.rows.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            places.append(None)
            continue
        asked = ", ".join([*select.functions, *["0"] * (widest - len(select.functions))])
        # Figures share rows (and always their evidence); by repr, since a path into JSON is a list on PostgreSQL.
        key = (f"{asked} FROM ({sql}) measured_rows", repr(parameters))
        if key not in known:
            known[key] = len(pieces)
            pieces.append(f"SELECT {len(pieces)}, {key[0]}")
            values.extend(parameters)
        places.append(known[key])
    rows: dict[int, Sequence[Any]] = {}
    if pieces:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(pieces), values)
            rows = {row[0]: row[1:] for row in cursor.fetchall()}
    return [
        [0 if place is None else int(rows[place][column]) for column in range(len(select.functions))]
        for select, place in zip(selects, places, strict=True)
    ]
