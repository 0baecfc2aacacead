"""Days and months as a sentence names them, and the stretches from one to another.

二〇二四年六月三十日, 2024.6.30, 6月30日, 6月底, 6月12日至14日, 1—5月: each with its places; a year that is not repeated is
carried over from the one before in the same sentence, where nothing else names a time in between.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from anmin.ground.reports.checking.numerals.chinese import value_of

_NUMERAL = "[一二三四五六七八九十]"
_MENTION = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年|(?P<said>次年|翌年|明年|来年|去年|上年|前年|今年|当年|同年)的?)?"
    r"(?P<month>(?<!\d)\d{1,2})月份?(?!均|龄|以[上下])(?:(?P<day>\d{1,2})[日号]|(?P<part>上旬|中旬|下旬|初|底|末))?"
    r"|(?<![\d.])(?P<y2>(?:19|20)\d{2})(?P<dot>[./-])(?P<m2>\d{1,2})(?P=dot)(?P<d2>\d{1,2})(?![\d.])"
    rf"|(?:(?P<y3>[二一][〇○零一二三四五六七八九]{{3}})年)?(?P<m3>{_NUMERAL}{{1,2}})月(?P<d3>{_NUMERAL}{{1,3}})日"
    r"|(?<![\d.])(?P<alone>\d{1,2})[日号](?![均线楼])"
)
_JOINS = re.compile(r"(?:零时|凌晨|\d{1,2}时)?起?(?:开始)?(?:一?直?持续|延续|一直)?(?:至|到|[-—–~～]{1,2})")
_CARRIES = re.compile(r"(?:起?(?:开始)?(?:至|到|[-—–~～]{1,2})|[、和与及，]|以及)")
_MONTHS = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年)?(?<![\d.])(?P<from>\d{1,2})(?:月份?)?(?:至|到|[-—–~～]{1,2})(?P<to>\d{1,2})月份?(?!\d{1,2}[日号])"
)
_LAST = {"上旬": (1, 10), "中旬": (11, 20), "初": (1, 10)}
_OTHER_YEAR = frozenset({"次年", "翌年", "明年", "来年", "去年", "上年", "前年"})


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a month or a part of one; `year` is printed or carried over, `other` where a word moves it to another year."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    part: str = ""
    printed_year: bool = False
    other: bool = False

    @property
    def exists(self) -> bool:
        """Whether the calendar has it; of a year that is not known the longest is taken."""
        return 1 <= self.month <= 12 and (
            self.day is None or 1 <= self.day <= calendar.monthrange(self.year or 2024, self.month)[1]
        )

    def first(self, year: int = 2024) -> date:
        """Its first day, in that year where it names none."""
        day = self.day or _LAST.get(self.part, (21 if self.part else 1,))[0]
        return date(self.year or year, self.month, day)

    def last(self, year: int = 2024) -> date:
        """Its last day, in that year where it names none."""
        of_month = calendar.monthrange(self.year or year, self.month)[1]
        day = self.day or (_LAST[self.part][1] if self.part in _LAST else of_month)
        return date(self.year or year, self.month, min(day, of_month))


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day or month to another."""

    start: int
    end: int
    first: Day
    last: Day


def days_in(text: str) -> list[Day]:
    """The days and months of a sentence in their order, also those that no calendar has.

    A day without its month is one only right behind another of which it goes on: 6月12日至14日, 5月3日、11日.
    """
    found: list[Day] = []
    if "月" not in text and not re.search(r"\d[./-]\d", text):
        return found
    for match in _MENTION.finditer(text):
        before = found[-1] if found else None
        if match["alone"]:
            if before and before.day and _CARRIES.fullmatch(text[before.end : match.start()]):
                day = int(match["alone"])
                found.append(Day(match.start(), match.end(), before.year, before.month, day, other=before.other))
            continue
        year = match["year"] or match["y2"] or _digits(match["y3"])
        numeral = match["m3"] is not None
        month = value_of(match["m3"]) if numeral else int(match["month"] or match["m2"])
        told = (value_of(match["d3"]) or 0) if numeral else int(match["day"] or match["d2"] or 0)
        other = match["said"] in _OTHER_YEAR
        carried = before.year if before and not year and not other and _is_carried(text[before.end : match.start()]) else None
        found.append(
            Day(
                *match.span(),
                int(year) if year else carried,
                month or 0,
                told if match["day"] or match["d2"] or numeral else None,
                match["part"] or "",
                printed_year=bool(year),
                other=other or bool(before and before.other and carried is None and not year and match["said"] is None),
            )
        )
    return found


def _digits(numeral: str | None) -> str:
    return "".join(str(value_of(character)) for character in numeral.replace("○", "〇")) if numeral else ""


def _is_carried(between: str) -> bool:
    return len(between) <= 30 and not re.search(r"[。；]|\d{4}年|今年|本年|目前|当前", between)


def stretches_in(text: str, days: Sequence[Day]) -> list[Stretch]:
    """What goes from one day to another: 6月12日至14日, 2024年5月至3月, 1—5月."""
    found = [Stretch(one.start, two.end, one, two) for one, two in pairwise(days) if _JOINS.fullmatch(text[one.end : two.start])]
    for match in _MONTHS.finditer(text):
        year = int(match["year"]) if match["year"] else None
        if not any(stretch.start <= match.start() < stretch.end for stretch in found):
            one, two = (Day(*match.span(), year, int(match[name]), None, printed_year=bool(year)) for name in ("from", "to"))
            found.append(Stretch(*match.span(), one, two))
    return sorted(found, key=lambda stretch: stretch.start)
