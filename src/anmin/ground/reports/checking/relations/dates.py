"""Dates: days that no calendar has, and what is told as done on days that had not come yet."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date

from anmin.ground.reports.checking.numerals.days import Day, days_in, stretches_in
from anmin.ground.reports.checking.numerals.periods import Period
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import within
from anmin.ground.reports.checking.relations.issued import ELSEWHEN, Known, judge_as_of, judge_deadline, known_of
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph
from anmin.ground.reports.checking.relations.stretches import judge_stretches
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "date_outside_period"
_YEARS = re.compile(r"(?P<from>\d{4})年?[-—–~～至到]{1,2}(?P<to>\d{4})")
_EARLIER = re.compile(r"去年|上年|往年|历年|同期")
_DONE = re.compile(
    r"完成|召开|开展|举办|建成|启动|已|通过|印发|组织|实现|投入使用|交付|开工|验收|获|成立|揭牌|发放|实施|开通|共|发生|竣工|完工|通车|投用"
    r"|抓|查|破|接待|听取|审议|签约|落成|下拨|拨付|达到|受理|立案|办结|宣判|挂牌|上线|收到|通报|批复|下达|赴|出现|集中|结束|最"
)
_HAPPENED = re.compile(
    r"(?:出现|发生|召开|举办|完成|签订|印发|获批|通过|创下|创造)(?:在|于)(?:了)?$|(?:召开|举办|开展|组织)[^，。；]{0,16}（[^（）]{0,40}$"
    r"|(?:[次批起场期]|(?:最近|最后|首|第)[^，。；]{1,10})(?:为|是|在|于)$"
)
_WRITING = re.compile("评价|通报|考核|审计|公示|核查|评审|审议|报送")
_WRITTEN_UNTIL = 4
"""In which month of the year that follows what is written of a year may still be about its writing."""
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、])")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every date is held against the calendar, and against the period of the report where that is known."""
    _judge_headings(reading, ledger)
    known = known_of(reading)
    section: within.Scope | None = None
    for paragraph in reading.paragraphs:
        section = _section_of(paragraph, section, reading.period)
        own = known.within(section) if section is not None else known
        named: list[within.Scope] = []
        for sentence in paragraph.sentences:
            days = days_in(sentence.text)
            for day in days:
                _judge_exists(day, sentence, reading, ledger)
                if not paragraph.heading:
                    _judge_after(day, days, sentence, paragraph, own, ledger)
                    judge_deadline(day, sentence, paragraph, known, ledger)
            judge_stretches(sentence, days, ledger)
            _judge_years(sentence, ledger)
            named = within.judge_sentence(sentence, days, named, reading.period, ledger)
            _judge_feasts(sentence, paragraph, known, ledger)
            if not paragraph.forecast:
                judge_as_of(sentence, known, ledger)


def _section_of(paragraph: ReadParagraph, before: within.Scope | None, period: Period | None) -> within.Scope | None:
    """The time that a heading names holds for what stands below it, until the next heading of its rank."""
    text = paragraph.normal.text
    opened = re.match(r"[【〔][^】〕]{2,30}[】〕]", text)
    heads = len(text) <= 40 and not text.endswith(tuple("。；")) and (paragraph.heading or _NUMBERED.match(text))
    if not heads and not opened:
        return before
    named = within.scopes_in(_NUMBERED.sub("", opened[0].strip("【】〔〕") if opened else text), period)
    if len(named) == 1:
        return named[0]
    return before if re.match(r"（|\d", text) and not named else None


def _judge_exists(day: Day, sentence: Sentence, reading: Reading, ledger: Ledger) -> None:
    """二〇二三年六月三十一日, 4月1日至31日: of a year that nothing tells the longest is taken."""
    known = day.year or (reading.period.first.year if reading.period and not day.other else None)
    longest = calendar.monthrange(known or 2024, day.month)[1] if 1 <= day.month <= 12 else 0
    if longest and (day.day is None or 1 <= day.day <= longest):
        return
    if (day.month, day.day) == (2, 29) and not day.printed_year and _names_a_leap_year(reading):
        return
    words = words_of(sentence, day.start, day.end)
    reason = f"{day.month}月只有{longest}天" if longest else "一年只有12个月"
    printed = sentence.text[day.start : day.end]
    ledger.fails(RULE, Severity.ERROR, [words], f"“{printed}”：{reason}", "没有这一天，请核对日期。")


def _names_a_leap_year(reading: Reading) -> bool:
    """于2月29日前报送, in what was written of 2023 in the year after."""
    years = {int(year) for p in reading.paragraphs for year in re.findall(r"(20\d{2})年", p.normal.text[:600])}
    return any(calendar.isleap(year) for year in years)


_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；]{0,50}(?:情况|说明|概况)(?:说明)?$"
)
_PLAN = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)?(?P<year>20\d{2})年[^。；，]{0,16}(?:打算|计划|思路|安排|目标任务|展望)$"
)
_OPENING = re.compile(r"^(?P<year>20\d{2})年(?P<part>上半年|前三季度|[一二三四]季度|\d{1,2}月份?)?，")
_OF_A_YEAR = re.compile(r"决算|公报|白皮书|年报|年度报告|统计|总结|通报|简报")


def _judge_headings(reading: Reading, ledger: Ledger) -> None:
    """A year left from the last report: 四、关于2022年度“三公”经费支出决算情况说明 in the accounts of 2023, and the like."""
    title = "".join(p.normal.text[:60] for p in reading.paragraphs[:1])
    years = set(re.findall(r"(20\d{2})年", title))
    if len(years) != 1 or not _OF_A_YEAR.search(title) or re.search("计划|打算|思路|要点|政府工作报告|整改", title):
        return
    year = int(years.pop())
    for at, paragraph in enumerate(reading.paragraphs[1:]):
        text = paragraph.normal.text
        found = re.findall(r"(20\d{2})年", text) if len(text) <= 60 or at < 4 else []
        if found != [str(year - 1)] and not (found == [str(year)] and _PLAN.match(text)):
            continue
        if not paragraph.sentences or re.search("[与比较]|上年|历年|以来|结转|整改|遗留|去年|同期|底", text[:60]):
            continue
        sentence, place = paragraph.sentences[0], text.find(found[0])
        words = words_of(sentence, place, place + 5)
        if found == [str(year)]:
            if reading.months in (0, 12):
                line = f"全文是{year}年的，以后的打算也写作{found[0]}年"
                ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对年份，是否应为下一年。")
        elif len(text) <= 60 and _HEADING.match(text):
            line = f"全文是{year}年的，这一标题写的是{found[0]}年"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "年份可能沿用了上一年的，请核对。")
        elif (opened := _OPENING.match(text)) and _is_same_part(opened["part"], title) and len(sentence.numbers) > 2:
            line = f"全文是{year}年的，开头写的是{found[0]}年"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "年份可能沿用了上一年的，请核对。")


def _is_same_part(part: str | None, title: str) -> bool:
    return part in title if part else not re.search(r"年(?:上半年|前三|.季度|\d)", title)


def _judge_years(sentence: Sentence, ledger: Ledger) -> None:
    """2025年至2021年."""
    for match in _YEARS.finditer(sentence.text):
        if int(match["from"]) > int(match["to"]) and sentence.text[match.end() : match.end() + 1] == "年":
            words = words_of(sentence, match.start(), match.end())
            ledger.fails("range_order", Severity.ERROR, [words], f"“{match[0]}年”前大后小", "起止年份请由前到后，并核对。")


def _judge_after(
    day: Day, days: Sequence[Day], sentence: Sentence, paragraph: ReadParagraph, known: Known, ledger: Ledger
) -> None:
    """What was done on a day behind the time that the report, or its heading, is about, or behind the day it was given out."""
    if paragraph.forecast or not day.exists or day.other:
        return
    as_of = re.search("截[至止]$|到$", sentence.text[max(0, day.start - 3) : day.start])
    last = known.last_for(day)
    if last is None or (as_of and (day.year is None or day.year != last.day.year)):
        return
    told = day.first(last.day.year)
    written = _WRITING.search(sentence.text)
    if written and day.year and last.day.month == 12 and told.year == last.day.year + 1 and told.month <= _WRITTEN_UNTIL:
        return  # 2024年1月8日至19日对2023年度项目进行了评价
    if day.day is None and (told.year, told.month) == (last.day.year, last.day.month):
        return
    if (
        told <= last.day
        or _is_explained(day, sentence)
        or _is_underway(day, days, sentence, last.day)
        or any(told <= issued for issued in last.excused)
    ):
        return
    words = words_of(sentence, day.start, day.end)
    line = f"{last.label}，“{sentence.text[day.start : day.end]}”在{last.behind}之后"
    advice = "已完成的事不会在报告期之后，请核对日期；若是计划，请写明“将”或“计划”。"
    ledger.fails(RULE, Severity.DOUBTFUL, [words], line, advice)


def _is_underway(day: Day, days: Sequence[Day], sentence: Sentence, last: date) -> bool:
    """Whether it ends a stretch that began in time, and nothing says that it is over."""
    over = re.search("结束|完成|[共计]", re.split("[，；。]", sentence.text[day.end :])[0])
    one = next((s.first for s in stretches_in(sentence.text, days) if s.last is day and s.first.exists), None)
    if one is None:
        return bool(re.search("[^，；]至$", sentence.text[: day.start])) and not over
    whole_month = day.day is None and not day.part and not day.printed_year
    open_still = day.printed_year or not over or bool(re.search("公示|公告|报名|征求", sentence.text))
    return not whole_month and one.first(last.year) <= last and open_still


def _is_explained(day: Day, sentence: Sentence) -> bool:
    """Whether a day after the period is planned, of another year or no day of deeds."""
    text = sentence.text
    opened = text.rfind("；", 0, day.start) + 1
    before, behind = text[max(opened, day.start - 30) : day.start], text[day.end :]
    clauses = re.split("[，；。]", behind)
    if re.search("本(?:通报|报告|简报|通知|公报)$", before):
        return True
    # What is done by itself says nothing of what is planned behind it.
    own = clauses[0] if _DONE.search(clauses[0]) else "，".join(clauses[:2])
    if re.match(
        "起|前(?!后)|前夕|前后|[^，。；\\d]{0,8}(?:投用|建成|完工|竣工|投产|交付|到位|完成)后", behind
    ) or ELSEWHEN.search(before[-24:] + text[day.start : day.end] + own[:40]):
        return True
    if _EARLIER.search(re.split("[，；。]", before)[-1] + clauses[0][:24]):
        return True
    if day.year is None and re.search(r"\d{4}年", before):
        return True
    told_of = any(n.measured and 0 < n.start - sentence.start - day.start < 40 for n in sentence.numbers)
    return not told_of and not _DONE.search(behind[:40]) and not _HAPPENED.search(before)


_FEASTS = re.compile(
    r"(?<![去上前]年)(?P<name>国庆|中秋|重阳|清明|五一|端午|暑)(?:”?(?:节|假期|长假|期间|小长假|[三两四]个假期)|(?<=暑)[假期])(?!之?前|来临)"
)
_FEAST_MONTHS = {"国庆": 10, "中秋": 9, "重阳": 10, "清明": 4, "五一": 5, "端午": 5, "暑": 7}


def _judge_feasts(sentence: Sentence, paragraph: ReadParagraph, known: Known, ledger: Ledger) -> None:
    """国庆假期接待48.2万人次 in a report of the first half of a year."""
    end, label = known.end, known.label
    if end is None or paragraph.forecast or paragraph.heading:
        return
    for match in _FEASTS.finditer(sentence.text):
        place = match.start()
        around = sentence.text[max(0, place - 24) : place + 40]
        told = any(n.measured and 0 < n.start - sentence.start - place < 24 for n in sentence.numbers)
        if sentence.text.startswith("前", match.end()):
            continue  # 中秋节前走访
        if _FEAST_MONTHS[match["name"]] > end.month and told and not (ELSEWHEN.search(around) or _EARLIER.search(around)):
            words = words_of(sentence, match.start(), match.end())
            line = f"报告期为{label}，“{match[0]}”在报告期之后"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "报告期之后的假期不会有数据，请核对；若是上年的，请写明。")
