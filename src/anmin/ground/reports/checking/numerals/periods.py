"""Periods: the one a report is about, and the one a number is said to be of."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4}
_TITLE = re.compile(
    r"(?P<year>(?:19|20)\d{2})年?度?(?:(?P<half>上半年|下半年)|(?P<first>前[一二三]季度)|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<from>\d{1,2})?(?:月份?(?=[-—–~～至到]))?(?:[-—–~～至到](?P<to>\d{1,2}))月|(?P<month>\d{1,2})月)?"
)
_WORD = re.compile(
    r"(?:(?:19|20)\d{2}年?)?(?:上半年|下半年|前[一二三]季度|第?[一二三四]季度|\d{1,2}(?:月份?)?[-—–~～至到]\d{1,2}月份?)|(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日|底|末)?|末|底)?"
    r"|今年以来|全年|去年同期|上年同期|去年|上年|年末|年初|(?<![\d])\d{1,2}月(?:份|底|末)?"
)
REPORT_WORDS = re.compile(r"总结|报告|公报|情况|通报|汇报|简报|小结|述职|分析|综述|白皮书|年报|决算|要点|工作")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def label(self) -> str:
        return f"{self.first.year}年{self.first.month}月至{self.last.month}月" if self.months != 12 else f"{self.first.year}年"

    @classmethod
    def parse(cls, text: str) -> Period:
        """2024, 2024H1, 2024Q3, 2024-05. Refuses anything else."""
        match = re.fullmatch(r"(\d{4})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?", text.strip().upper())
        if match is None:
            raise ValueError("报告期请写成 2024、2024H1、2024Q3 或 2024-05 的样子。")
        year = int(match[1])
        if match[2]:
            return months_of(year, 1 if match[2] == "1" else 7, 6 if match[2] == "1" else 12)
        if match[3]:
            return months_of(year, 3 * int(match[3]) - 2, 3 * int(match[3]))
        if match[4]:
            return months_of(year, int(match[4]), int(match[4]))
        return months_of(year, 1, 12)


def months_of(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def stated_in(text: str) -> Period | None:
    """The period that a title or an opening names: 2024年上半年, 2024年1—9月, 2023年."""
    for match in _TITLE.finditer(text):
        year = int(match["year"])
        if match["half"]:
            return months_of(year, *((1, 6) if match["half"] == "上半年" else (7, 12)))
        if match["first"]:
            return months_of(year, 1, 3 * _CHINESE[match["first"][1]])
        if match["quarter"]:
            quarter = _CHINESE.get(match["quarter"]) or int(match["quarter"])
            return months_of(year, 3 * quarter - 2, 3 * quarter)
        if match["to"] and 1 <= int(match["to"]) <= 12:
            return (
                months_of(year, int(match["from"] or 1), int(match["to"]))
                if 1 <= int(match["from"] or 1) <= int(match["to"])
                else None
            )
        if match["month"] and 1 <= int(match["month"]) <= 12:
            return months_of(year, int(match["month"]), int(match["month"]))
        return months_of(year, 1, 12)
    return None


def words_in(text: str) -> list[tuple[int, str]]:
    """The words for periods in a sentence, with their places."""
    return [(match.start(), match[0]) for match in _WORD.finditer(text)]


_QUARTERS = {"一季度": 3, "上半年": 6, "前三季度": 9, "全年": 12, "年末": 12}
_PART = re.compile(r"(?:(?P<from>\d{1,2})(?:月份?)?[-—–~～至到])?(?P<month>\d{1,2})月(?P<day>\d{1,2}日|[底末])?")


def may_be_one(left: str, right: str) -> bool:
    """Whether two words for a time may mean one: 上半年 and 1—6月, 年末 and 2023年12月31日."""
    one, other = _spans(left), _spans(right)
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in zip(one, other, strict=True))


@lru_cache(maxsize=1024)
def _spans(word: str) -> tuple[str | None, int | str | None]:
    """The year and the month it lasts to; a month or a quarter by itself by its name; nothing where it does not say."""
    year = re.search(r"(?:19|20)\d{2}", word)
    rest = re.sub(r"(?:19|20)\d{2}年?", "", word)
    if found := _PART.search(rest):
        alone = not found["from"] and not found["day"]
        part: int | str | None = f"{found['month']}月" if alone else int(found["month"])
    elif rest in ("底", "末"):
        part = 12
    else:
        part = next((month for name, month in _QUARTERS.items() if name in rest), None) or rest.removesuffix("今年以来") or None
    return year[0] if year else None, part
