"""How rows become a number, and how many numbers are asked for in one statement.

Each measure turns the very queryset that is listed into scalar sub-selects; `answers` puts the sub-selects of any number of
figures into one SELECT, so a page of figures costs one query.
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
    """One scalar sub-select: `function` over the rows of the queryset, each of which has the one column `measured`."""

    function: str
    rows: Rows


class Measure(Protocol):
    """Says which scalars it needs of some rows, and what number they make."""

    def selects(self, rows: Rows) -> tuple[Select, ...]: ...

    def value(self, answers: Sequence[int]) -> int | None: ...


@dataclass(frozen=True)
class CountRows:
    """The number of rows."""

    def selects(self, rows: Rows) -> tuple[Select, ...]:
        return (counted(rows),)

    def value(self, answers: Sequence[int]) -> int | None:
        return answers[0]


@dataclass(frozen=True)
class CountDistinct:
    """The number of different values, or combinations of values, in the columns: different households, for one."""

    columns: tuple[str, ...]

    def selects(self, rows: Rows) -> tuple[Select, ...]:
        return (Select("COUNT(*)", rows.order_by().values(*self.columns).distinct()),)

    def value(self, answers: Sequence[int]) -> int | None:
        return answers[0]


@dataclass(frozen=True)
class SumOf:
    """The sum of a column; of no rows, 0."""

    column: str

    def selects(self, rows: Rows) -> tuple[Select, ...]:
        return (_summed(rows, self.column),)

    def value(self, answers: Sequence[int]) -> int | None:
        return answers[0]


@dataclass(frozen=True)
class Quotient:
    """The sum of one column over the sum of another, rounded half up; unknown when there is nothing to divide by."""

    numerator: str
    denominator: str

    def selects(self, rows: Rows) -> tuple[Select, ...]:
        return (_summed(rows, self.numerator), _summed(rows, self.denominator))

    def value(self, answers: Sequence[int]) -> int | None:
        above, below = answers
        return half_up(above, below) if below > 0 else None


def counted(rows: Rows) -> Select:
    """The number of rows."""
    return Select("COUNT(*)", rows.order_by().values(measured=F("pk")))


def _summed(rows: Rows, column: str) -> Select:
    # values(measured=F("a__b")) keeps a row for each row: a plain values("a__b") would too, but names the column b.
    return Select("COALESCE(SUM(measured), 0)", rows.order_by().values(measured=F(column)))


AT_ONCE = 120
"""Sub-selects of one statement: with four hundred, SQLite takes twice as long for the same answers."""


def answers(selects: Sequence[Select]) -> list[int]:
    """The whole number each sub-select gives, many of them by one statement (none is needed when no rows can match)."""
    made: list[int] = []
    for start in range(0, len(selects), AT_ONCE):
        made += _answers(selects[start : start + AT_ONCE])
    return made


def _answers(selects: Sequence[Select]) -> list[int]:
    connection = connections[selects[0].rows.db]
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
        piece = f"(SELECT {select.function} FROM ({sql}) measured_rows)"  # noqa: S608 -- Django's text; values are parameters
        # Figures share rows (and always their evidence); by repr, since a path into JSON is a list on PostgreSQL.
        key = (piece, repr(parameters))
        if key not in known:
            known[key] = len(pieces)
            pieces.append(piece)
            values.extend(parameters)
        places.append(known[key])
    if not pieces:
        return [0] * len(selects)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(pieces), values)
        row = cursor.fetchone()
    return [0 if place is None else int(row[place]) for place in places]
