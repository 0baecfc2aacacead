"""From when to when, and how long: an end before its beginning, days that do not fill the length that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from anmin.ground.reports.checking.numerals.chinese import value_of
from anmin.ground.reports.checking.numerals.days import Day, Stretch, stretches_in
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Severity

RULE, _RANGE = "date_outside_period", "range_order"
BEGINS = (
    r"开工|动工|奠基|立案|受理|开班|开课|开幕|开始|开展|启动|收到|收件|接到|接报|接件|申请|进场|登记|入院|起诉|报名|公告|发病|发布"
    r"|发出|提出|开[营学馆机园]|签约|设立|成立|落户"
)
_ENDS = (
    r"竣工|完工|结案|办结|结业|结课|结束|闭幕|批复|批准|通车|投用|投入使用|验收|出院|答复|回复|反馈|审结|宣判|截止|落幕|收官|建成"
    r"|贯通|交付|合龙|解除|送达|闭[营馆园]|投产|止"
)
_BEGINS_BEHIND = re.compile(rf"(?:起|[^，。；、\d]{{0,8}}?(?:{BEGINS}))")
_ENDS_BEHIND = re.compile(rf"[^，。；、\d]{{0,8}}?(?:{_ENDS})")
_SPAN = re.compile(r"(?P<y1>20\d{2})年?(?:至|到|[-—–~～]{1,2})(?P<y2>20\d{2})年(?!\d{1,2}月)")


def judge_stretches(sentence: Sentence, days: Sequence[Day], ledger: Ledger) -> None:
    """Every stretch goes from the earlier to the later, and is as long as it is said to be."""
    stretches = stretches_in(sentence.text, days)
    joined = {stretch.start for stretch in stretches}
    told = [*stretches, *(s for s in _opened_and_closed(sentence.text, days) if s.start not in joined)]
    for stretch in told:
        if not (stretch.first.exists and stretch.last.exists):
            continue
        if _is_reversed(stretch):
            words = words_of(sentence, stretch.start, stretch.end)
            line = f"“{sentence.text[stretch.start : stretch.end]}”前晚后早"
            ledger.fails(_RANGE, Severity.ERROR, [words], line, "起止日期应由前到后，请核对。")
    _judge_ahead(sentence, days, ledger)
    right = [s for s in told if s.first.exists and s.last.exists and not _is_reversed(s)]
    _judge_lengths(sentence, right, ledger)


def _opened_and_closed(text: str, days: Sequence[Day]) -> Iterator[Stretch]:
    """3月20日立案，3月2日结案: two days next to each other, a beginning behind the one, an end behind the other."""
    for one, two in pairwise(days):
        between = text[one.end : two.start]
        if len(between) > 24 or re.search("[；。]", between) or not _BEGINS_BEHIND.match(between):
            continue
        if _ENDS_BEHIND.match(text, two.end) and not re.search(f"(?:{_ENDS})[^，、]{{0,4}}[，、]", between):
            yield Stretch(one.start, two.end, one, two)


def _is_reversed(stretch: Stretch) -> bool:
    """From the end of a year into the next one every month may follow, where the next is not named."""
    one, two = stretch.first, stretch.last
    if two.other and not one.other:
        return False
    if one.other and not two.other:
        return False
    if one.printed_year and two.printed_year:
        return one.first() > two.last()
    if one.year is None and two.printed_year:
        return False
    if two.month < one.month and one.month >= 9 and two.month <= 6 and two.start != one.start:
        return False
    return one.first(2024) > two.last(one.year or 2024)


_LENGTH = re.compile(
    r"(?P<lead>历时|为期|持续|连续[\u4e00-\u9fff]{0,2}?|[用耗]时|历经|长达|工期|期限?|共计?|累计|公示|仅?用|在)?[了为约]?(?P<hedge>近|约|逾|超|不到|不足)?"
    r"(?<![\d.月])(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|(?<!\d)半)(?P<unit>天|日(?!下午|上午)|周|个?星期|个月|年)(?P<half>半|余|多|以上)?(?P<behind>时间|内|间|之[内久]|[里的共]|长假|假期|$)?"
)
_FREE = re.compile(r"每|近|前|上|下|第|提前|间隔|不少于|未来|此后|再|首|其中|有|另")


def _judge_lengths(sentence: Sentence, stretches: Sequence[Stretch], ledger: Ledger) -> None:
    """为期三天……5月18日至22日; whether the last day counts is left open, and what month and year are only told roughly too."""
    text = sentence.text
    spans = [*stretches, *_spans_of_years(text)]
    if not spans:
        return
    for match in _LENGTH.finditer(text):
        unit, size = _size_of(match)
        if not size or match["hedge"] or match["half"] or _FREE.search(text[max(0, match.start() - 3) : match.start()]):
            continue
        near = [s for s in spans if _is_said_of(text, s, match)]
        if len(near) != 1 or any(s.start <= match.start() < s.end for s in spans):
            continue
        low, high = _length(near[0], unit)
        upper_only = match["behind"] in ("内", "之内") and not (near[0].end <= match.start() < near[0].end + 2)
        if low <= size <= high or (match["n"] == "半" and low - 3 <= size <= high + 1) or (upper_only and size > high):
            continue
        words = words_of(sentence, match.start("n"), match.end("unit"))
        lasted = f"{low}" if low == high else f"{low}至{high}"
        stretch = text[near[0].start : near[0].end]
        line = f"“{stretch}”为{lasted}{unit}，原文写{match['n']}{match['unit']}"
        ledger.fails(RULE, Severity.ERROR, [words], line, "请核对起止日期和时长。")


_HALVES = {"个月": ("天", 15), "年": ("个月", 6)}


def _size_of(length: re.Match[str]) -> tuple[str, int | None]:
    if length["n"] == "半":
        return _HALVES.get(length["unit"], ("", None))
    return length["unit"], int(length["n"]) if length["n"].isdigit() else value_of(length["n"])


_AHEAD = re.compile(r"(?P<way>提前|推迟|延后|超期|逾期)(?:了)?(?P<n>\d{1,3})天")
_DUE = re.compile(r"计划|约定|原定|合同|规定|要求|期限|目标|承诺|原|应于")


def _judge_ahead(sentence: Sentence, days: Sequence[Day], ledger: Ledger) -> None:
    """比计划的6月30日提前20天，于6月20日完工."""
    text = sentence.text
    for match in _AHEAD.finditer(text):
        near = [day for day in days if abs(day.start - match.start()) < 40 and day.day and day.exists and not day.other]
        due = [day for day in near if _DUE.search(text[max(0, day.start - 8) : day.start])]
        done = [day for day in near if day not in due]
        if len(due) != 1 or len(done) != 1 or due[0].year != done[0].year:
            continue
        apart = (due[0].first() - done[0].first()).days * (1 if match["way"] == "提前" else -1)
        if abs(apart - int(match["n"])) > 1 + (min(due[0].month, done[0].month) <= 2):
            words = words_of(sentence, match.start("n"), match.end())
            line = (
                f"“{text[due[0].start : due[0].end]}”与“{text[done[0].start : done[0].end]}”相差{abs(apart)}天，原文写{match[0]}"
            )
            ledger.fails(RULE, Severity.ERROR, [words], line, "请核对两个日期和天数。")


def _spans_of_years(text: str) -> list[Stretch]:
    return [
        Stretch(*m.span(), Day(*m.span(), int(m["y1"]), 1, None, "年"), Day(*m.span(), int(m["y2"]), 12, None, "年"))
        for m in _SPAN.finditer(text)
    ]


def _is_said_of(text: str, stretch: Stretch, length: re.Match[str]) -> bool:
    """Whether nothing but a few words, and no other time or amount, stands between a stretch and a length."""
    behind = length.start() >= stretch.end
    between = text[stretch.end : length.start()] if behind else text[length.end() : stretch.start]
    if re.search(r"[。；\d]", between) or between.count("，") > 1 or len(between) > 14:
        return False
    # 历时, or nothing between the two, makes the one the length of the other.
    return bool(length["lead"] or length["behind"]) or between in ("", "，", "（", "）", "）为")


def _length(stretch: Stretch, unit: str) -> tuple[int, int]:
    """The least and the most that a stretch may be called in that unit."""
    one, two = stretch.first, stretch.last
    year = one.year or 2024
    till = two.year or (year + 1 if two.month < one.month else year)
    first, last = one.first(year), two.last(till)
    days = (last - first).days
    if unit in ("天", "日"):
        loose = 0 if one.month == two.month or one.month > 2 or one.year else 1
        spare = 0 if one.day and two.day else 31
        return max(days - loose - spare, 1), days + 1
    if unit in ("周", "星期", "个星期"):
        return max(-((2 - days) // 7), 1), max((days + 4) // 7, 1)
    months = _months(first, last)
    rough = one.day is None or two.day is None
    if unit == "个月":
        return (int(months + 0.35) - rough, int(months + 0.65)) if months > 1 else (1, 1)
    if one.part == "年":
        return two.month // 12 * ((two.year or 0) - (one.year or 0)), (two.year or 0) - (one.year or 0) + 1
    return max(1, int(months / 12 + 0.25)), max(1, int(months / 12 + 0.75))


def _months(first: date, last: date) -> float:
    return ((last - first).days + 1) / 30.44
