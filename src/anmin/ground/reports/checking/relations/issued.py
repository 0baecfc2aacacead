"""What a report says of its own time: the last day it is about, the day it was given out; and what cannot be so by these."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from anmin.ground.reports.checking.numerals.days import Day
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph
from anmin.ground.reports.checking.relations.within import Scope
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "date_outside_period"
ELSEWHEN = re.compile(
    r"要(?:在|确保|达到|完成)|不[少低]于|紧盯|明年|来年|次年|将|拟|预计|计划|力争|确保|争取|下一步|下半年|下一阶段|接下来|底前|年底|前完成|前建成|目标|到期|截止|启用|有效期"
    r"|自\d{4}|起施行|定于|安排[在于]|定[在于]|预[订售约]|拟于|即将|推迟|延期|延至|(?<![接招期])待(?!遇)|《|届时|前(?:全部|全面|基本)|工期|期限|(?:建设|规划|合同|服务|运营|试行|实施|施工|任)期|[须要应]于|须在|务必|请各|请于"
)


@dataclass(frozen=True, slots=True)
class Last:
    """The last day that a deed can be of; days up to those of `excused` are allowed all the same."""

    day: date
    label: str
    behind: str
    excused: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a report's time; `issued` are the days of its own lines, `dated` whether they have their year."""

    reading: Reading
    end: date | None
    label: str
    issued: tuple[date, ...]
    dated: bool
    narrowed: bool = False

    def within(self, section: Scope) -> Known:
        """The same below a heading that names a shorter time."""
        year = section.year or (self.end or max(self.issued, default=date(2024, 1, 1))).year
        month = section.last[0]
        end = date(year, month, min(section.last[1], calendar.monthrange(year, month)[1]))
        if self.end is not None and end > self.end:
            return self
        return replace(self, end=end, label=section.words, narrowed=True)

    def _names(self, year: int) -> bool:
        titles = [p.normal.text for p in self.reading.paragraphs[:3] if len(p.normal.text) <= 60]
        return any(f"{year}年" in title and not title.endswith("。") and not _SIGNED.search(title) for title in titles)

    def last_for(self, day: Day) -> Last | None:
        """What a day is held against; None where it may be of any year or nothing is known."""
        end = self.end
        if self.narrowed and end is not None:
            return Last(end, f"本节说的是{self.label}", "该时段") if day.year in (None, end.year) else None
        period = self.reading.period
        whole = end is not None and end.month == 12
        if whole and end is not None and day.year == end.year + 1 and self._names(day.year):
            # 2023年预算执行情况和2024年预算草案 is of both.
            return None
        if end is not None and not (whole and day.year is None):
            of_part = period is None and (day.year or (day.day is None and not self.reading.part_of_year.endswith("月")))
            if not of_part:
                return Last(end, f"报告期为{self.label}", "报告期", self.issued)
        if self.issued and not whole:
            latest = max(self.issued)
            if day.exists and (day.year is not None) <= self.dated:
                gap = (day.first(latest.year) - latest).days
                if 0 < gap < (400 if day.printed_year else 180):
                    return Last(latest, f"成文于{latest.month}月{latest.day}日", "成文日")
        return None


_LAST_MONTH = {"上半年": 6, "前三季度": 9, "一季度": 3, "二季度": 6, "三季度": 9}


def known_of(reading: Reading) -> Known:
    issued, dated = _issued(reading)
    period = reading.period
    if period is not None and period.months == 12 and dated and period.first < max(issued) < period.last:
        # 2024年秋季开学工作简报 of the twelfth of September.
        return Known(reading, None, "", issued, dated)
    if period is not None:
        return Known(reading, period.last, period.label, issued, dated)
    of_months = re.findall(r"\d+", reading.part_of_year)
    month = int(of_months[-1]) if of_months else _LAST_MONTH.get(reading.part_of_year)
    if month is None:
        return Known(reading, None, "", issued, dated)
    # A year that is not told is one like any other.
    year = max(issued).year if issued else 2024
    return Known(reading, date(year, month, calendar.monthrange(year, month)[1]), reading.part_of_year, issued, dated)


_GIVEN_OUT = re.compile(r"(?:发布|印发|成文|公布)于(20\d{2}年\d{1,2}月\d{1,2}日)")
_SIGNED = re.compile(r"(?P<year>20\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_SIGNED_BELOW = re.compile(r"^[^\d。；，]{0,24}(?P<month>\d{1,2})月(?P<day>\d{1,2})日[）)]?$")
_DATA_OF = re.compile(r"（[^（）]{0,12}数据[^（）]{0,12}截[至止](?P<year>20\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日）")


_STANDS_AT = re.compile(
    r"截[至止](?:(?P<year>20\d{2})年)?(?P<month>\d{1,2})月[底末][^。；\d]{0,24}(?:报告|汇报|通报|公布|介绍)如下"
)


def _issued(reading: Reading) -> tuple[tuple[date, ...], bool]:
    """The days that stand in lines of their own: when a report was signed or given out; and whether with their year."""
    found, without, data = [], [], []
    for paragraph in (*reading.paragraphs[:6], *reading.paragraphs[6:][-6:]):
        text = paragraph.normal.text
        data += [day for match in _DATA_OF.finditer(text) if (day := _day_of(match["year"], match["month"], match["day"]))]
        if (said := _STANDS_AT.search(text)) and not reading.period:
            year = int(said["year"] or 2024)
            month = int(said["month"])
            without += [date(year, month, calendar.monthrange(year, month)[1])] if 1 <= month <= 12 else []
        text = "".join(_GIVEN_OUT.findall(text)) or text
        enclosed = text.startswith("（") and text.endswith("）")
        if len(text) > 40 or re.search("截[至止]|[。；]" if enclosed else "截[至止]|[。，；]", text):
            continue
        found += [day for match in _SIGNED.finditer(text) if (day := _day_of(match["year"], match["month"], match["day"]))]
        if not found and (below := _SIGNED_BELOW.match(text)):
            year = reading.period.last.year if reading.period else 2024
            without += [day] if (day := _day_of(str(year), below["month"], below["day"])) else []
    if found or data:
        return tuple(found or data), True
    return tuple(without), False


def _day_of(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_AS_OF = re.compile(r"截[至止](?:目前的?)?(?P<year>20\d{2}年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<end>[底末]))")
_LATE = 25
"""Days after its period up to which a report that is not dated may well tell how things stand."""


def judge_as_of(sentence: Sentence, known: Known, ledger: Ledger) -> None:
    """截至10月底 in what was said on the 18th of October; 截至2022年12月31日，较上年末增加 in what is about 2023."""
    issued, period = known.issued, known.reading.period
    for match in _AS_OF.finditer(sentence.text):
        month, year = int(match["month"]), int((match["year"] or "0年")[:-1])
        behind = re.split("[；。]", sentence.text[match.end() :])[0]
        told = [n for n in sentence.numbers if n.measured and n.start - sentence.start >= match.end()]
        if not told or not 1 <= month <= 12 or ELSEWHEN.search(sentence.text[max(0, match.start() - 12) : match.end() + 8]):
            continue
        words = words_of(sentence, match.start(), match.end())
        latest = max(issued, default=None) or known.end
        if latest is None:
            continue
        day = date(year or latest.year, month, min(int(match["day"] or 31), calendar.monthrange(year or latest.year, month)[1]))
        late = (day - latest).days
        advice = "这一天的数据当时还没有，请核对日期。"
        if issued and 0 < late < (300 if year else 120 if known.dated else 180):
            # 截至12月底 in January is of the year before.
            line = f"成文于{latest.year}年{latest.month}月{latest.day}日，“{match[0]}”还没有到"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, advice)
        elif not issued and latest.month < 12 and _LATE < late < 190 and (period is not None or not year):
            line = f"报告期为{known.label}，“{match[0]}”在报告期之后{late}天"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, advice)
        elif (
            period is not None
            and (period.months, month, year) == (12, 12, period.first.year - 1)
            and re.search("[较比]上年(?:末|底)", behind)
            and str(period.first.year) not in sentence.text
        ):
            line = f"报告期为{period.label}，“{match[0]}”是上一年的年末，又与“上年末”相比"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "年份可能沿用了上一年的，请核对。")


_BEFORE_THEN = re.compile(r"底?(?:之?前|以前)(?!夕|期)")
_ASKED = re.compile(r"请|务必|限于?$|要求[^，。；]{0,12}$|须|[应要需]于|力争|确保|将|计划|争取|拟|要在")
_LOOKED_BACK = re.compile(
    r"已|曾|原定|原计划|原则|以来|基础上|完成了|去年|上年|前期|开展了|上半年|[至到]$|的[^，。；]{0,4}要求|往年|明年|来年|次年|每年"
)


def judge_deadline(day: Day, sentence: Sentence, paragraph: ReadParagraph, known: Known, ledger: Ledger) -> None:
    """5月底前完成复工检查 among the next steps of a report of half a year; 务必于8月25日前 in one of September."""
    if not day.exists or day.other:
        return
    text = sentence.text
    opened = max(text.rfind(mark, 0, day.start) for mark in "；，：") + 1
    clause = text[max(text.rfind("；", 0, day.start) + 1, day.start - 30) : day.start]
    behind = re.split("[，；。]", text[day.end :])[0]
    due = _BEFORE_THEN.match(text, day.end)
    asked = _ASKED.search(clause) or re.match("请|务必", text[opened:])
    if (
        _LOOKED_BACK.search(clause)
        or _LOOKED_BACK.search(behind)
        or not ((due and asked) or (paragraph.forecast and (due or opened == day.start)))
    ):
        return
    latest = max(known.issued, default=None) if known.dated or not known.end else None
    if latest is not None:
        passed = (latest - day.last(latest.year)).days
        wrong = 0 < passed < (400 if day.printed_year else 180)
        label = f"成文于{latest.year}年{latest.month}月{latest.day}日"
    elif known.end is not None and known.end.month < 12 and paragraph.forecast:
        end = known.end
        wrong = day.year in (None, end.year) and day.month < end.month
        label = f"报告期为{known.label}"
    else:
        return
    if wrong:
        words = words_of(sentence, day.start, day.end)
        line = f"{label}，要到“{text[day.start : day.end]}”做的事却写在以后的安排里"
        ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "期限已过，请核对日期。")
