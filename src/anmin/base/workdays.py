"""Working days as the State Council lays them down: statutory holidays, exchanged rest days, make-up days.

Legal basis: 全国年节及纪念日放假办法, and the yearly notice of the General Office of the State Council
(国务院办公厅关于部分节假日安排的通知). The notices come from the ``holidays`` package; a notice it does not have yet is loaded
with ``load_notice``. A year without a notice is refused: the package does compute next year's statutory days, but without
the make-up days a clock would be wrong by days and nobody would see it.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from holidays import country_holidays

from anmin.base.errors import BadValue

FIRST_YEAR = 2001
"""The package's notices begin here; before, it holds statutory days only."""

EXCHANGED_REST_DAY = "调休休息日"
_EXCHANGED = re.compile(r"休息日（由 .+ 调休）")
_IN_LIEU = "（补假）"
_SATURDAY = 5


class CalendarUnknown(BadValue):
    """A working day was asked of a year whose holiday notice is not known."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(
            f"系统中没有{year}年的节假日安排，无法计算工作日。请先载入国务院办公厅关于{year}年部分节假日安排的通知，再重新办理。"
        )


@dataclass(frozen=True)
class _Notice:
    names: Mapping[date, str]
    worked: frozenset[date]


@dataclass(frozen=True)
class _Year:
    workdays: frozenset[date]
    ordinals: tuple[int, ...]
    names: Mapping[date, str]


_loaded: dict[int, _Notice] = {}


def load_notice(year: int, *, days_off: Mapping[date, str], days_worked: Collection[date]) -> None:
    """The year is counted by this notice from now on, also where the package knows another one.

    ``days_off`` names every day off of the notice (ordinary weekends may be among them), ``days_worked`` the make-up days.

    Refuses: a notice without days off, a day of another year (but for the December before), a day both off and worked, a
    make-up day that is not at a weekend (it would have been a working day anyway, so the list was misread).
    """
    if not days_off:
        raise BadValue(f"{year}年节假日安排中没有任何放假日期，请检查载入的通知。")
    for day in (*days_off, *days_worked):
        # New Year's holiday may reach back: the notice for 2007 had people work on 30 and 31 December 2006.
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise BadValue(f"{year}年节假日安排中出现了其他年份的日期 {day}，请检查载入的通知。")
    for day in days_worked:
        if day in days_off:
            raise BadValue(f"{year}年节假日安排中 {day} 既放假又上班，请检查载入的通知。")
        if day.weekday() < _SATURDAY:
            raise BadValue(f"{year}年节假日安排中的上班日 {day} 不是周末，请检查载入的通知。")
    _loaded[year] = _Notice(dict(days_off), frozenset(days_worked))
    _calendar.cache_clear()


def forget_notices() -> None:
    """Only the package's notices count again."""
    _loaded.clear()
    _calendar.cache_clear()


def is_known(year: int) -> bool:
    """Whether the working days of the year can be counted."""
    try:
        _calendar(year)
    except CalendarUnknown:
        return False
    return True


def is_workday(day: date) -> bool:
    """Whether offices are open on the day. Refuses a year without a notice."""
    return day in _calendar(day.year).workdays


def holiday_name(day: date) -> str | None:
    """The statutory holiday of the day, ``调休休息日`` for an exchanged rest day, ``None`` for all others.

    Refuses a year without a notice.
    """
    return _calendar(day.year).names.get(day)


def add_workdays(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``: the day of the event itself is not counted (民法典 第二百零一条).

    No working days leave the day as it is. Refuses a year without a notice, also when only the end falls into it.
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    if count == 0:
        return day
    year = day.year
    ordinals = _calendar(year).ordinals
    place = bisect_right(ordinals, day.toordinal()) + count - 1
    while place >= len(ordinals):
        place -= len(ordinals)
        year += 1
        ordinals = _calendar(year).ordinals
    return date.fromordinal(ordinals[place])


def workdays_between(start: date, end: date) -> int:
    """The working days after ``start`` up to and with ``end``; negative when ``end`` lies before ``start``.

    So ``workdays_between(day, add_workdays(day, n)) == n``. Refuses a year without a notice.
    """
    if end < start:
        return -workdays_between(end, start)
    before = bisect_right(_calendar(start.year).ordinals, start.toordinal())
    upto = bisect_right(_calendar(end.year).ordinals, end.toordinal())
    return sum(len(_calendar(year).ordinals) for year in range(start.year, end.year)) + upto - before


@cache
def _calendar(year: int) -> _Year:
    notice = _notice(year)
    if notice is None:
        raise CalendarUnknown(year)
    following = _notice(year + 1) or _Notice({}, frozenset())
    names = {day: name for day, name in {**following.names, **notice.names}.items() if day.year == year}
    worked = notice.worked | following.worked
    january = date(year, 1, 1).toordinal()
    days = [date.fromordinal(n) for n in range(january, date(year, 12, 31).toordinal() + 1)]
    workdays = [day for day in days if day in worked or (day.weekday() < _SATURDAY and day not in names)]
    return _Year(frozenset(workdays), tuple(day.toordinal() for day in workdays), names)


def _notice(year: int) -> _Notice | None:
    return _loaded.get(year) or _notice_of_package(year)


@cache
def _notice_of_package(year: int) -> _Notice | None:
    # Make-up days are what tells a notice from the package's estimate: every notice since 2001 has some.
    china = country_holidays("CN", years=year, expand=False, language="zh_CN")
    worked = frozenset(day for day in china.weekend_workdays if day.year == year)
    if year < FIRST_YEAR or not worked:
        return None
    # The package keeps the make-up days of all years together, so those of the last December are in ``worked`` already.
    return _Notice({day: _plain(name) for day, name in china.items()}, worked)


def _plain(name: str) -> str:
    parts = [EXCHANGED_REST_DAY if _EXCHANGED.fullmatch(part) else part for part in name.split("; ")]
    return "、".join(part.removesuffix(_IN_LIEU) for part in parts)
