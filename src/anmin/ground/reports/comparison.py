"""A text against the records: where it says a figure that the platform also holds, what each of the two says.

Only figures that are called the same are compared: a wrong pair would cost more trust than a missed one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from anmin.base.periods import Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.indicators import queries as indicators
from anmin.ground.indicators.declarations import Window
from anmin.ground.indicators.figures import Figure
from anmin.ground.indicators.vocabulary import Kind as FigureKind
from anmin.ground.indicators.vocabulary import Unit
from anmin.ground.reports.checking.findings import Checked, Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals.periods import Period as Days
from anmin.ground.reports.checking.vocabulary import Kind, Role

_DROPPED = re.compile(
    r"[“”\"'\s]|全[市县区镇]|我[市县区镇]|本[市县区镇]"
    r"|^(?:在保|在享|现有|共有|保障|纳入|发放|支出|累计|共|保(?=[城低特])|截至.{1,6}?底)+|(?:对象|家庭|人员|每人每月)$|救助(?=资金)"
)
_COUNTED = re.compile(r"(?:户数|人数|次数|件数|数量|总数|总额|金额|水平|数)$")
_CITY_AND_COUNTRY = re.compile(r"^城乡")
_DIMENSIONS: Mapping[Unit, tuple[str, str]] = {
    Unit.HOUSEHOLDS: ("户", ""),
    Unit.PERSONS: ("人", ""),
    Unit.TIMES: ("人次", ""),
    Unit.CASES: ("件", ""),
    Unit.PLACES: ("个", ""),
    Unit.OCCASIONS: ("次", ""),
    Unit.YUAN: ("元", ""),
    Unit.WAN_YUAN: ("元", ""),
    Unit.YUAN_PER_PERSON_MONTH: ("元", "month"),
}
"""What the text must measure to be the same: the dimension, and whether it is by the month."""


@dataclass(frozen=True)
class Compared:
    """A number of the text and the figure of the records that is called the same."""

    key: str
    line: int
    printed: str
    figure: Figure
    differs: bool

    @property
    def sentence(self) -> str:
        """Both values, in words."""
        figure = self.figure
        day = f"，截至{figure.as_of.month}月{figure.as_of.day}日" if figure.indicator.kind is FigureKind.STOCK else ""
        said = f"“{figure.label}”文中为{self.printed}，平台记录（{figure.window.label}{day}）为{figure.shown}"
        return f"{said}，两者不一致，请核对是文中有误还是记录不全。" if self.differs else f"{said}。"

    def as_json(self) -> dict[str, Any]:
        """The comparison for a machine."""
        return {
            "key": self.key,
            "line": self.line,
            "figure": self.figure.id,
            "label": self.figure.label,
            "said": self.printed,
            "held": self.figure.shown,
            "differs": self.differs,
            "sentence": self.sentence,
        }


def compared(checked: Checked, actor: Actor, period: Period, *, on: date | None = None) -> list[Compared]:
    """The numbers of the text whose figure the records hold, each beside what the actor may see of it.

    Left out: changes, shares, hedged plans, numbers of another period, and what is called like two figures at once.
    Refuses: a period that has not begun.
    """
    by_name = _by_name(figure for figure in indicators.figures(actor, period, on=on, last_year=False) if figure.value is not None)
    found = []
    for number in checked.numbers:
        if not _is_level(number) or not _is_of(number, Window.of(period, on)):
            continue
        figure = by_name.get((name_of(number.subject, number.dimension), number.dimension, bool(number.per)))
        if figure is not None:
            differs = not number.interval.meets(_held(figure))
            found.append(Compared(number.key, number.place.line, number.printed, figure, differs))
    return found


def days_of(period: Period) -> Days:
    """The period as the check of a text takes it."""
    return Days(period.first_day, period.last_day)


def name_of(label: str, dimension: str) -> str:
    """What a figure is called, without the words that do not tell it from another: 城乡低保户数 and 城乡低保对象 are 低保."""
    name = _COUNTED.sub("", label)
    if dimension in {"户", "人"}:
        name = name.removesuffix(dimension)
    before = None
    while before != name:
        before, name = name, _DROPPED.sub("", name)
    # The two halves of the country are one figure here; a text that names one half means that half.
    return _CITY_AND_COUNTRY.sub("", name)


def _by_name(figures: Iterable[Figure]) -> dict[tuple[str, str, bool], Figure]:
    named = []
    for figure in figures:
        if figure.indicator.unit in _DIMENSIONS:
            dimension, per = _DIMENSIONS[figure.indicator.unit]
            named.append(((name_of(figure.label, dimension), dimension, bool(per)), figure))
    times = Counter(key for key, _ in named)
    return {key: figure for key, figure in named if times[key] == 1}


def _is_level(number: Number) -> bool:
    return number.measured and number.kind is not Kind.RATIO and number.role is Role.LEVEL and not number.projected


def _is_of(number: Number, window: Window) -> bool:
    """Whether the number is of the period that is compared: nothing else is said, or the same in other words."""
    said = number.period
    if not said:
        return True
    if re.search(r"去年|上年|同期|年初", said):
        return False
    years = re.findall(r"(?:19|20)\d{2}", said)
    return all(int(year) == window.period.first_day.year for year in years) and not re.search(r"季度|月份", said)


def _held(figure: Figure) -> Interval:
    """What the records say, in the unit that the text is read in: 元 for every amount, exact to the fen."""
    assert figure.value is not None
    value = Fraction(figure.value, 100) if figure.indicator.unit.fen else Fraction(figure.value)
    return Interval(value, value)
