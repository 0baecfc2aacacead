"""Days against the time that their own sentence names: 上半年召开会议4次，分别为1月18日、……、7月11日."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from anmin.ground.reports.checking.numerals.chinese import value_of
from anmin.ground.reports.checking.numerals.days import Day, days_in, stretches_in
from anmin.ground.reports.checking.numerals.periods import Period
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger
from anmin.ground.reports.checking.relations.stretches import BEGINS
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "date_outside_period"
_NAMED = re.compile(
    r"(?:(?P<year>20\d{2})年)?(?:(?P<half>[上下])半年|前(?P<first>[二三])个?季度|第?(?P<quarter>[一二三四])季度|前(?P<months>\d{1,2}|[二三四五六七八九十]{1,2})个?月)"
    r"|(?P<whole>20\d{2})年(?=全年|共|内|先后|以?来?，|[^\d，。；]{2,12}\d+[次场期个批])"
    r"|(?P<now>本月|当月|本季度?|本期|全年|年内|本年度?|今年以来|一年来)"
)
_NOW = {"本月": (1,), "当月": (1,), "本季": (3,), "全年": (12,), "年内": (12,), "一年来": (12,)}
"""How many months the report is about where it says so."""

_PLANNED = re.compile(r"将|拟|计划|预计|定于|下一步|力争|争取|确保|届时|推迟|延期|延至|改期|拟于|截止|前完成|到期|有效期")
_HANDED_ON = re.compile(r"^(?:时间|日期|日程|分别|依次|具体|其中|即|第一|首[次场期批]|最)")
_FAR = 70


@dataclass(frozen=True, slots=True)
class Scope:
    """A time that a sentence names: its first and last month and day, its place; `year` where it is known."""

    start: int
    end: int
    words: str
    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None = None

    def holds(self, day: Day) -> bool:
        """Whether all of the day, or any of a month, lies in it."""
        year = day.year if day.printed_year else None
        if year and self.year and year != self.year:
            return False
        one, two = day.first(), day.last()
        return (one.month, one.day) <= self.last and (two.month, two.day) >= self.first


def scopes_in(text: str, period: Period | None, days: Sequence[Day] | None = None) -> list[Scope]:
    """The times that a sentence names for what it tells, in their order."""
    found = list(_named(text, period))
    days = days_in(text) if days is None else days
    for stretch in stretches_in(text, days):
        one, two = stretch.first, stretch.last
        if (
            one.day is None
            and two.day is None
            and one.exists
            and two.exists
            and (one.year or 0) == (two.year or 0)
            and one.month < two.month
        ):
            found.append(_scope(text, stretch.start, stretch.end, one.month, two.month, one.year))
    inside = [(scope.start, scope.end) for scope in found]
    for day in days:
        opens = day.start == 0 or text[day.start - 1] in "，。；：、】" or text[: day.start].endswith(("今年", "本年"))
        alone = not re.match(r"[、和与及至到\-—–~～）初底末起]|以来|份?[、和与及至到\-—–~～）]", text[day.end :])
        if day.day is None and day.exists and opens and alone and day.part in ("", "上旬", "中旬", "下旬"):
            if day.start and text[day.start - 1] == "、":
                continue
            if any(start <= day.start < end for start, end in inside):
                continue
            first, last = day.first(), day.last()
            found.append(
                Scope(day.start, day.end, text[day.start : day.end], (first.month, first.day), (last.month, last.day), day.year)
            )
    return sorted(found, key=lambda scope: scope.start)


def _named(text: str, period: Period | None) -> Iterator[Scope]:
    for match in _NAMED.finditer(text):
        year = int(match["year"] or match["whole"] or 0) or None
        if match["half"]:
            months = (1, 6) if match["half"] == "上" else (7, 12)
        elif match["first"]:
            months = (1, 3 * (value_of(match["first"]) or 0))
        elif match["quarter"]:
            quarter = value_of(match["quarter"]) or 0
            months = (3 * quarter - 2, 3 * quarter)
        elif match["months"]:
            until = int(match["months"]) if match["months"].isdigit() else value_of(match["months"]) or 0
            if not 2 <= until <= 12:
                continue
            months = (1, until)
        elif match["whole"]:
            months = (1, 12)
        elif period is not None and period.months in _NOW.get(match["now"].removesuffix("度"), range(1, 13)):
            months, year = (period.first.month, period.last.month), period.first.year
        else:
            continue
        yield _scope(text, match.start(), match.end(), *months, year)


def _scope(text: str, start: int, end: int, first: int, last: int, year: int | None) -> Scope:
    return Scope(start, end, text[start:end], (first, 1), (last, calendar.monthrange(2024, last)[1]), year)


_LISTED = re.compile(r"[^。；]{0,12}(?:[、和与及]|以及|另[一外]|最后|第[一二三四五六七八九十]|[次场期批]为|，)[^，。；]{0,12}")
_SINGLED_OUT = re.compile(
    r"(?:其中|最近一[次期批场起]|最[后末]一[次期批场轮]|[首头]|第[一二三四五六\d]+|最[高大多强长低早晚][^。；]{0,14}|单日[^。；]{0,14}|峰值|(?:出现|发生)[在于]|[一起次]为)"
    r"[^，。；、\d]{0,12}，?[^，。；、\d]{0,8}$"
)


def judge_sentence(
    sentence: Sentence, days: Sequence[Day], before: Sequence[Scope], period: Period | None, ledger: Ledger
) -> list[Scope]:
    """The days of a list, and one that is singled out, lie in the time named before them; answers with the times named."""
    text = sentence.text
    scopes = scopes_in(text, period, days)
    named = scopes or (list(before[-1:]) if _HANDED_ON.match(text) else [])
    if not scopes and named:
        named = [Scope(0, 0, s.words, s.first, s.last, s.year) for s in named]
    own = [day for day in days if day.exists and not day.other and not any(s.start <= day.start < s.end for s in scopes)]
    for listed in [*_lists(text, own), *_itemised(text, own, named)]:
        scope = _scope_before(text, named, listed[0], period if len(listed) > 2 else None)
        if scope is None or _PLANNED.search(_clause(text, listed[0], listed[-1])):
            continue
        outside = [day for day in listed if not scope.holds(day)]
        if len(listed) > 1 and outside and (2 * len(outside) < len(listed) or (len(listed) == 2 and len(outside) == 1)):
            for day in outside:
                _tell(sentence, day, scope, ledger)
        elif len(listed) == 1 and outside and scope.end and _is_singled_out(text, scope, listed[0]):
            _tell(sentence, listed[0], scope, ledger)
    _judge_counted(sentence, days, period, ledger)
    return scopes or list(named)


_COUNTED = re.compile(r"(?:统计|报告|数据|本期)(?:时段|时间|期间|区间|周期|口径|期)[^，。；\d]{0,6}$")


def _judge_counted(sentence: Sentence, days: Sequence[Day], period: Period | None, ledger: Ledger) -> None:
    """本期统计时段：4月1日至4月30日 in the report of May."""
    if period is None:
        return
    for stretch in stretches_in(sentence.text, days):
        one, two = stretch.first, stretch.last
        if not _COUNTED.search(sentence.text[: stretch.start]) or not (one.exists and two.exists) or one.other or two.other:
            continue
        if two.last(period.first.year) < period.first or one.first(period.first.year) > period.last:
            words = words_of(sentence, stretch.start, stretch.end)
            line = f"报告期为{period.label}，“{sentence.text[stretch.start : stretch.end]}”不在其内"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "时段可能沿用了上一期的，请核对。")


def _lists(text: str, days: Sequence[Day]) -> list[list[Day]]:
    """Days told one after the other, at most a name or a count between them; not what began on one and ended on the other."""
    lists: list[list[Day]] = []
    for day in days:
        between = text[lists[-1][-1].end : day.start] if lists else ""
        joined = (
            bool(lists)
            and len(between) <= 24
            and _LISTED.fullmatch(between)
            and not re.search(f"[至到](?!期)|{BEGINS}|结束|截[至止]", between)
        )
        if joined:
            lists[-1].append(day)
        else:
            lists.append([day])
    return lists


def _itemised(text: str, days: Sequence[Day], scopes: Sequence[Scope]) -> Iterator[list[Day]]:
    """本季度破获三起案件：7月19日，……；8月27日，……；10月2日，……: days that open what a colon announces."""
    for scope in scopes[:1]:
        colon = text.find("：", scope.end, scope.end + _FAR)
        opening = [
            d
            for d in days
            if d.day and 0 < colon < d.start and re.search("(?:[：；]|[：；]（?\\d{1,2}[）.、])$", text[: d.start])
        ]
        if colon > 0 and len(opening) > 2 and "；" not in text[scope.end : colon]:
            yield opening


def _scope_before(text: str, scopes: Sequence[Scope], day: Day, period: Period | None) -> Scope | None:
    """The last time named before a day, in the same breath; of three or more days the time of the report may be meant."""
    near = [scope for scope in scopes if scope.end <= day.start]
    if near:
        scope = _joined(text, near)
        between = text[scope.end : day.start]
        of_others = re.match(
            r"[\u4e00-\u9fff]{2,8}的(?!\d)|例会|调度会|分析会|通报|数据|报表|考核|评定|排名|结果|简报|报告", between
        )
        if (
            len(between) > _FAR
            or "；" in between.partition("：")[0]
            or (of_others and scope.end)
            or re.search(r"去年|上年|次年|明年|同期", between)
        ):
            return None
        return scope
    if period is None or scopes or period.months == 12:
        return None
    last = (period.last.month, period.last.day)
    return Scope(0, 0, f"报告期{period.label}", (period.first.month, 1), last, period.first.year)


def _joined(text: str, near: Sequence[Scope]) -> Scope:
    """上半年3次、下半年4次，分别为……: two times told side by side are meant together."""
    scope = near[-1]
    for one in reversed(near[:-1]):
        between = text[one.end : scope.start]
        if len(between) > 14 or not re.search("[、和与及]", between) or re.search("[；。]|其中", between):
            break
        words = text[one.start : scope.end]
        scope = Scope(one.start, near[-1].end, words, min(one.first, scope.first), max(one.last, scope.last), scope.year)
    return scope


def _is_singled_out(text: str, scope: Scope, day: Day) -> bool:
    between, behind = text[scope.end : day.start], text[day.end : day.end + 12]
    if day.day is None:
        return False
    if _SINGLED_OUT.search(between):
        return True
    # 四季度验收4个项目，9月28日验收的项目投资最大.
    again = re.match(r"(?P<verb>[\u4e00-\u9fff]{2})(?:完成)?的", behind)
    return bool(again and again["verb"] in between)


def _clause(text: str, first: Day, last: Day) -> str:
    opened = max(text.rfind(mark, 0, first.start) for mark in "，；。：")
    return text[opened + 1 : first.start][-24:] + re.split("[，；。]", text[last.end :])[0][:20]


def _tell(sentence: Sentence, day: Day, scope: Scope, ledger: Ledger) -> None:
    words = words_of(sentence, day.start, day.end)
    printed = sentence.text[day.start : day.end]
    ledger.fails(RULE, Severity.ERROR, [words], f"“{printed}”不在“{scope.words}”之内", "请核对日期，或改正所说的时段。")
