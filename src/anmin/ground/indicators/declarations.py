"""What a figure is: rows, measure, definition, unit. Rooms declare figures; the assembly registers them.

One queryset is both the number and the list. `rows` gives what is listed; the number is `measure` over the same queryset, and
nothing else computes it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models

from anmin.base.errors import BadValue
from anmin.base.money import format_wan, format_yuan
from anmin.base.periods import Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.indicators.measures import Measure, Rows
from anmin.ground.indicators.vocabulary import NOTHING_RECORDED, CellKind, Kind, Unit


@dataclass(frozen=True)
class Window:
    """The days a figure looks at: a period, cut off at the business day while it is still running."""

    period: Period
    first_day: date
    last_day: date
    running: bool = False

    @classmethod
    def of(cls, period: Period, on: date | None = None) -> "Window":
        """The period as it stands on a day; without a day, the whole of it.

        Refuses: a period that has not begun on that day.
        """
        if on is not None and on < period.first_day:
            raise BadValue(f"{period.label}尚未开始，还没有数据。")
        running = on is not None and on < period.last_day
        return cls(period, period.first_day, on if on is not None and running else period.last_day, running)

    @property
    def eve(self) -> date:
        """The day before the first day: what stood then is the opening balance."""
        return self.first_day - timedelta(days=1)

    @property
    def label(self) -> str:
        """`2024年上半年`, and up to which day while it runs."""
        day = self.last_day
        return f"{self.period.label}（截至{day.month}月{day.day}日）" if self.running else self.period.label


@dataclass(frozen=True)
class Column:
    """A column of the list behind a figure: its Chinese heading and where its value comes from.

    `labels` turns a stored word into its Chinese; `opens` and `key` say which record a click on the cell leads to.
    """

    header: str
    field: str
    kind: CellKind = CellKind.TEXT
    labels: type[models.TextChoices] | Mapping[str, str] | None = None
    opens: str = ""
    key: str = ""

    def shown(self, value: Any) -> str:
        """The value as it is read on screen and on paper; a dash when it is not known."""
        if value is None or value == "":
            return "—"
        if self.labels is not None:
            words = self.labels if isinstance(self.labels, Mapping) else dict(self.labels.choices)
            return str(words.get(value, value))
        if self.kind is CellKind.MONEY:
            return format_yuan(value)
        return str(value)


@dataclass(frozen=True)
class Stated:
    """A figure that stands in a document and is not counted: its value, and the one line that says where it stands."""

    value: int
    headers: tuple[str, ...]
    line: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One figure of the bureau.

    Either `rows` with a `measure`, or `stated` for a figure of the law. `evidence` gives rows whose existence shows that records
    were kept for the window: while there are none, the figure is unknown, which is not zero. `part_of` names the figure this
    one is contained in (其中), which it may not exceed. `area` leads from a row to its area; without it there is no value by
    town. A figure that is not `listed` is asked for by its id only.
    """

    id: str
    label: str
    unit: Unit
    kind: Kind
    definition: str
    basis: str = ""
    rows: Callable[[Actor, Window], Rows] | None = None
    measure: Measure | None = None
    stated: Callable[[Window], Stated | None] | None = None
    evidence: Callable[[Window], Rows] | None = None
    columns: tuple[Column, ...] = ()
    area: str = "area"
    part_of: str = ""
    listed: bool = True

    def __post_init__(self) -> None:
        if (self.rows is None) is not (self.measure is None) or (self.rows is None) is (self.stated is None):
            raise ValueError(f"{self.id} needs rows with a measure, or a stated value")
        if not self.definition:
            raise ValueError(f"{self.id} has no definition")

    def shown(self, value: int | None) -> str:
        """The value with its unit, exact to the fen: `4,667户`, `2468.123456万元` shortened to two decimals, `尚无记录`."""
        return NOTHING_RECORDED if value is None else f"{self.number_shown(value)}{self.unit.label}"

    def number_shown(self, value: int) -> str:
        """The value in the printed unit, without the unit."""
        if self.unit is Unit.WAN_YUAN:
            return format_wan(value, 2)
        return format_yuan(value) if self.unit.fen else f"{value:,}"


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Opening + entries − exits = closing, for a stock and its two flows; it holds exactly or something is wrong."""

    label: str
    stock: str
    entries: str
    exits: str


class Registry(Mapping[str, Indicator]):
    """Every figure by its id, in the order in which the rooms declared them."""

    def __init__(self) -> None:
        self._by_id: dict[str, Indicator] = {}
        self.balances: list[Balance] = []

    def register(self, indicators: Iterable[Indicator], balances: Iterable[Balance] = ()) -> None:
        """The figures are known from now on. Refuses (as a mistake in the code) an id that is taken by another declaration."""
        for indicator in indicators:
            if self._by_id.get(indicator.id, indicator) is not indicator:
                raise ValueError(f"two figures claim the id {indicator.id}")
            self._by_id[indicator.id] = indicator
        self.balances.extend(balance for balance in balances if balance not in self.balances)

    def __getitem__(self, id: str) -> Indicator:
        try:
            return self._by_id[id]
        except KeyError:
            raise BadValue(f"没有编号为“{id}”的指标，请在指标目录中核对编号。") from None

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)


INDICATORS = Registry()
