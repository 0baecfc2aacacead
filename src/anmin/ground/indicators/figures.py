"""A figure once it has been asked for: its value, last year's, and on what it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, overload

from anmin.base.money import half_up
from anmin.ground.indicators.declarations import Column, Indicator, Window
from anmin.ground.indicators.measures import Rows


@dataclass(frozen=True)
class Figure:
    """The value of an indicator in a window, as one actor may see it. `value` is None while nothing is recorded; money is fen.

    `row_count` is how many rows stand behind it; `previous` is the value of the same part of the year before, where asked for;
    `previous_document` names the paper it was printed in, where it stands on no records of ours.
    """

    indicator: Indicator
    window: Window
    value: int | None
    row_count: int
    previous: int | None = None
    previous_document: str = ""

    @property
    def id(self) -> str:
        return self.indicator.id

    @property
    def label(self) -> str:
        return self.indicator.label

    @property
    def unit(self) -> str:
        """The printed unit: 户, 人, 万元."""
        return self.indicator.unit.label

    @property
    def definition(self) -> str:
        return self.indicator.definition

    @property
    def as_of(self) -> date:
        """The last day looked at: the end of the period, or the business day while it runs."""
        return self.window.last_day

    @property
    def shown(self) -> str:
        """The value with its unit, or 尚无记录."""
        return self.indicator.shown(self.value)

    @property
    def number(self) -> Decimal | int | None:
        """The value in the printed unit, exact: an amount in 万元 or 元 as a decimal."""
        return printed(self.indicator, self.value)

    @property
    def change(self) -> int | None:
        """By how much it differs from last year's; unknown when either is."""
        return None if self.value is None or self.previous is None else self.value - self.previous

    @property
    def change_per_mille(self) -> int | None:
        """The change in thousandths of last year's value, rounded half up; unknown against nothing."""
        return half_up(self.change * 1000, self.previous) if self.change is not None and self.previous else None

    def as_dict(self) -> dict[str, Any]:
        """The figure as plain data for JSON."""
        plain: dict[str, Any] = {
            "id": self.id,
            "label": self.label,
            "value": _json_number(self.number),
            "unit": self.unit,
            "definition": self.definition,
            "rows": self.row_count,
            "kind": str(self.indicator.kind),
            "basis": self.indicator.basis,
            "as_of": self.as_of.isoformat(),
            "running": self.window.running,
            "last_year": _json_number(printed(self.indicator, self.previous)),
        }
        if self.indicator.unit.fen:
            plain["fen"] = self.value
        return plain


@dataclass(frozen=True)
class Cell:
    """One cell of a list: the value, how it is shown, and the kind and key of the record it leads to."""

    value: Any
    shown: str
    opens: str = ""
    key: int | None = None


class Listing(Sequence[tuple[Cell, ...]]):
    """The rows behind a figure, cell by cell; a slice reads only its part from the database, so a paginator may hold it."""

    def __init__(self, figure: Figure, rows: Rows | None, stated: tuple[str, ...] = (), headers: tuple[str, ...] = ()) -> None:
        self.figure = figure
        self.columns: tuple[Column, ...] = figure.indicator.columns
        self.headers = headers or tuple(column.header for column in self.columns)
        self._rows = rows
        self._stated = stated

    def __len__(self) -> int:
        return self.figure.row_count

    @overload
    def __getitem__(self, place: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> list[tuple[Cell, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[Cell, ...] | list[tuple[Cell, ...]]:
        if isinstance(place, slice):
            return self._read(place)
        found = self._read(slice(place, place + 1)) if place >= 0 else []
        if not found:
            raise IndexError(place)
        return found[0]

    def _read(self, place: slice) -> list[tuple[Cell, ...]]:
        if self._rows is None:
            return [tuple(Cell(text, text) for text in self._stated)][place] if self._stated else []
        fields = [column.field for column in self.columns]
        keys = [column.key for column in self.columns if column.key]
        # Ordered by the primary key unless the rows say otherwise: pages must not overlap.
        rows = self._rows if self._rows.query.order_by else self._rows.order_by("pk")
        found = rows.values_list(*dict.fromkeys([*fields, *keys]))[place]
        names = list(dict.fromkeys([*fields, *keys]))
        return [self._cells(dict(zip(names, values, strict=True))) for values in found]

    def _cells(self, values: dict[str, Any]) -> tuple[Cell, ...]:
        return tuple(
            Cell(
                value=values[column.field],
                shown=column.shown(values[column.field]),
                opens=column.opens,
                key=values[column.key] if column.key else None,
            )
            for column in self.columns
        )


def printed(indicator: Indicator, value: int | None) -> Decimal | int | None:
    """A value in the unit it is printed in, exact."""
    if value is None or not indicator.unit.fen:
        return value
    return Decimal(value) / indicator.unit.fen


def _json_number(number: Decimal | int | None) -> int | float | None:
    if number is None or isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)
