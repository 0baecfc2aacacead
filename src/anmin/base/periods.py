"""Months, quarters, half-years and years, and spans whose last day is included.

All four periods answer to the same words: ``first_day``, ``last_day``, ``months``, ``label``, ``span``, ``previous_year()``,
``day in period``, ``period + n``; ``str`` gives the code (``2024-06``, ``2024Q2``, ``2024H1``, ``2024``) that ``parse_period``
reads. Periods of one kind are ordered; two kinds do not compare.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self, overload

from anmin.base.errors import BadValue

EARLIEST_YEAR = 1949
LATEST_YEAR = 2200


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """From one day to another, both included; without an end it lasts. Refuses an end before its beginning."""

    valid_from: date
    valid_until: date | None = None

    def __post_init__(self) -> None:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise BadValue(f"截止日期 {self.valid_until} 早于起始日期 {self.valid_from}，请检查后重新填写。")

    def __contains__(self, day: date) -> bool:
        return self.valid_from <= day <= (self.valid_until or date.max)

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one day."""
        return self.intersection(other) is not None

    def intersection(self, other: "Span") -> "Span | None":
        """The days in both, or ``None``."""
        start = max(self.valid_from, other.valid_from)
        end = min(self.valid_until or date.max, other.valid_until or date.max)
        if end < start:
            return None
        return Span(start, None if self.valid_until is None and other.valid_until is None else end)

    def covers(self, other: "Span") -> bool:
        """Whether every day of the other is in this one."""
        return self.intersection(other) == other


class Period:
    """What the four kinds share: so many whole months, counted from the year 0."""

    __slots__ = ()
    MONTHS: ClassVar[int]

    def __init__(self, year: int, part: int = 1) -> None:
        raise NotImplementedError

    @property
    def _index(self) -> int:
        raise NotImplementedError

    @classmethod
    def _at(cls, index: int) -> Self:
        year, place = divmod(index, 12 // cls.MONTHS)
        return cls(year, place + 1)

    @classmethod
    def from_date(cls, day: date) -> Self:
        """The period in which the day lies."""
        return cls._at((day.year * 12 + day.month - 1) // cls.MONTHS)

    @classmethod
    def range(cls, first: Self, last: Self) -> Iterator[Self]:
        """Every period from the first to the last, both included; none when the last is earlier."""
        for index in range(first._index, last._index + 1):
            yield cls._at(index)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period of this very kind that the text names; refuses another kind."""
        period = parse_period(text)
        if not isinstance(period, cls):
            raise BadValue(f"“{text}”不是{_KIND[cls]}，请写成 {_EXAMPLE[cls]} 的样子。")
        return period

    @property
    def label(self) -> str:
        raise NotImplementedError

    @property
    def months(self) -> tuple["Month", ...]:
        """The months of the period, in order."""
        start = self._index * self.MONTHS
        return tuple(Month._at(index) for index in range(start, start + self.MONTHS))

    @property
    def first_day(self) -> date:
        year, month = divmod(self._index * self.MONTHS, 12)
        return date(year, month + 1, 1)

    @property
    def last_day(self) -> date:
        year, month = divmod(self._index * self.MONTHS + self.MONTHS - 1, 12)
        return date(year, month + 1, monthrange(year, month + 1)[1])

    @property
    def span(self) -> Span:
        return Span(self.first_day, self.last_day)

    def previous_year(self) -> Self:
        """The same part of the year before (上年同期)."""
        return self - 12 // self.MONTHS

    def previous(self) -> Self:
        """The period just before (上期)."""
        return self - 1

    def next(self) -> Self:
        """The period just after (下期)."""
        return self + 1

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __add__(self, count: int) -> Self:
        return self._at(self._index + count)

    @overload
    def __sub__(self, other: int) -> Self: ...
    @overload
    def __sub__(self, other: Self) -> int: ...
    def __sub__(self, other: int | Self) -> Self | int:
        """A number leads back so many periods; a period gives how many lie between."""
        if isinstance(other, int):
            return self._at(self._index - other)
        if type(other) is not type(self):
            return NotImplemented
        return self._index - other._index


@dataclass(frozen=True, order=True, slots=True)
class Month(Period):
    """A calendar month."""

    MONTHS: ClassVar[int] = 1
    year: int
    month: int

    def __post_init__(self) -> None:
        _check(self.year, self.month, 12, "月份应为 1 至 12")

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def _index(self) -> int:
        return self.year * 12 + self.month - 1

    @property
    def label(self) -> str:
        return f"{self.year}年{self.month}月"


@dataclass(frozen=True, order=True, slots=True)
class Quarter(Period):
    """A quarter of the calendar year."""

    MONTHS: ClassVar[int] = 3
    year: int
    quarter: int

    def __post_init__(self) -> None:
        _check(self.year, self.quarter, 4, "季度应为 1 至 4")

    def __str__(self) -> str:
        return f"{self.year}Q{self.quarter}"

    @property
    def _index(self) -> int:
        return self.year * 4 + self.quarter - 1

    @property
    def label(self) -> str:
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度"


@dataclass(frozen=True, order=True, slots=True)
class HalfYear(Period):
    """A half of the calendar year, the rhythm of the bureau's report."""

    MONTHS: ClassVar[int] = 6
    year: int
    half: int

    def __post_init__(self) -> None:
        _check(self.year, self.half, 2, "半年应为 1（上半年）或 2（下半年）")

    def __str__(self) -> str:
        return f"{self.year}H{self.half}"

    @property
    def _index(self) -> int:
        return self.year * 2 + self.half - 1

    @property
    def label(self) -> str:
        return f"{self.year}年{'上下'[self.half - 1]}半年"


@dataclass(frozen=True, order=True, slots=True)
class Year(Period):
    """A calendar year."""

    MONTHS: ClassVar[int] = 12
    year: int

    def __post_init__(self) -> None:
        _check(self.year, 1, 1, "")

    def __str__(self) -> str:
        return str(self.year)

    @classmethod
    def _at(cls, index: int) -> Self:
        return cls(index)

    @property
    def _index(self) -> int:
        return self.year

    @property
    def label(self) -> str:
        return f"{self.year}年"


_KIND: dict[type[Period], str] = {
    Month: "月份",
    Quarter: "季度",
    HalfYear: "半年",
    Year: "年份",
    Period: "期间",
}
_EXAMPLE: dict[type[Period], str] = {
    Month: "2024-06",
    Quarter: "2024Q2",
    HalfYear: "2024H1",
    Year: "2024",
    Period: "2024H1",
}
_CODE = re.compile(r"([0-9]{4})(?:-([0-9]{2})|([QH])([0-9]))?")


def parse_period(text: str) -> Month | Quarter | HalfYear | Year:
    """The period a code names: ``2024-06``, ``2024Q2``, ``2024H1`` or ``2024``; full-width and lower-case are read too.

    Refuses: anything else, a thirteenth month, a fifth quarter, a third half, years before 1949 or after 2200.
    """
    match = _CODE.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if match is None:
        raise BadValue(f"期间“{text}”无法识别，请写成 2024-06（月）、2024Q2（季度）、2024H1（半年）或 2024（年）。")
    year, month, kind, part = match.groups()
    if month:
        return Month(int(year), int(month))
    if kind == "Q":
        return Quarter(int(year), int(part))
    if kind == "H":
        return HalfYear(int(year), int(part))
    return Year(int(year))


def _check(year: int, part: int, most: int, sentence: str) -> None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise BadValue(f"年份 {year} 不在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 之间，请检查后重新填写。")
    if not 1 <= part <= most:
        raise BadValue(f"{sentence}，现在是 {part}。")
