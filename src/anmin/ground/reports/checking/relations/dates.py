"""Dates: days that no calendar has, and months of a finished report that had not come yet."""

from __future__ import annotations

import calendar
import re
from datetime import date

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Kind, Severity

RULE = "date_outside_period"
_DATE = re.compile(
    r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})(?:月份?(?=[-—–~～至到]))?(?:[-—–~～至到](?P<until>\d{1,2}))?月份?(?:(?P<day>\d{1,2})[日号])?"
)
_YEARS = re.compile(r"(?P<from>\d{4})年?[-—–~～至到]{1,2}(?P<to>\d{4})")
_EARLIER = re.compile(r"去年|上年|往年|历年|同期")
_ELSEWHEN = re.compile(
    r"要(?:在|确保|达到|完成)|不[少低]于|紧盯|明年|来年|次年|将|拟|预计|计划|力争|确保|争取|下一步|下半年|下一阶段|接下来|底前|年底|前完成|前建成|目标|到期|截止|启用|有效期|自\d{4}|起施行|定于|拟于|即将|推迟|延期|延至|(?<![接招期])待(?!遇)|《|届时|前(?:全部|全面|基本)"
)
_DONE = re.compile(
    r"完成|召开|开展|举办|建成|启动|已|通过|印发|组织|实现|投入使用|交付|开工|验收|获得|成立|揭牌|发放|实施|开通|共"
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every date is held against the calendar, and against the period of the report where that is known."""
    _judge_headings(reading, ledger)
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            _judge_span(sentence, ledger)
            _judge_feasts(sentence, paragraph, reading, ledger)
            _judge_as_of(sentence, paragraph, reading, ledger)
            for number in sentence.numbers:
                if number.kind is Kind.DATE:
                    _judge_date(number, sentence, paragraph, reading, ledger)


_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；]{0,50}(?:情况|说明|概况)(?:说明)?$"
)


def _judge_headings(reading: Reading, ledger: Ledger) -> None:
    """四、关于2022年度“三公”经费支出决算情况说明 in the accounts of 2023: what was left from last year."""
    title = "".join(p.normal.text[:60] for p in reading.paragraphs[:1])
    years = set(re.findall(r"(20\d{2})年", title))
    if len(years) != 1 or not re.search("决算|公报|白皮书|年报|年度报告|统计", title):
        return
    year = int(years.pop())
    for paragraph in reading.paragraphs[1:]:
        text = paragraph.normal.text
        found = re.findall(r"(20\d{2})年", text) if len(text) <= 60 and _HEADING.match(text) else []
        if found == [str(year - 1)] and paragraph.sentences and not re.search("[与比较]|上年|历年|以来|结转", text):
            sentence = paragraph.sentences[0]
            place = sentence.text.find(found[0])
            words = words_of(sentence, place, place + 5)
            line = f"全文是{year}年的，这一标题写的是{found[0]}年"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "年份可能沿用了上一年的，请核对。")


_AS_OF = re.compile(r"截[至止](?P<year>20\d{2}年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<end>[底末]))")


def _judge_as_of(sentence: Sentence, paragraph: ReadParagraph, reading: Reading, ledger: Ledger) -> None:
    """截至10月底 in what was said on the 18th of October; 截至2022年12月31日，较上年末增加 in what is about 2023."""
    issued, period = _issued(reading), reading.period
    for match in () if paragraph.forecast else _AS_OF.finditer(sentence.text):
        month, year = int(match["month"]), int((match["year"] or "0年")[:-1])
        behind = re.split("[；。]", sentence.text[match.end() :])[0]
        told = [n for n in sentence.numbers if n.measured and n.start - sentence.start >= match.end()]
        if not told or not 1 <= month <= 12 or _ELSEWHEN.search(sentence.text[max(0, match.start() - 12) : match.end() + 24]):
            continue
        words = words_of(sentence, match.start(), match.end())
        if issued and (not year or year == max(issued).year):
            last = calendar.monthrange(max(issued).year, month)[1]
            day = date(max(issued).year, month, min(int(match["day"] or last), last))
            # 截至12月底 in January is of the year before.
            if max(issued) < day and (day - max(issued)).days < (300 if year else 60):
                line = f"成文于{max(issued).year}年{max(issued).month}月{max(issued).day}日，“{match[0]}”还没有到"
                ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "成文时还没有这一天的数据，请核对日期。")
        elif (
            period is not None
            and (period.months, month, year) == (12, 12, period.first.year - 1)
            and re.search("[较比]上年(?:末|底)", behind)
            and str(period.first.year) not in sentence.text
        ):
            line = f"报告期为{period.label}，“{match[0]}”是上一年的年末，又与“上年末”相比"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "年份可能沿用了上一年的，请核对。")


_DAYS = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日?起?(?:至|到|[-—–~～]{1,2})(?:(?P<until>\d{1,2})月)?(?P<last>\d{1,2})日"
)


_MONTHS = re.compile(
    r"(?P<y1>20\d{2})年(?P<m1>\d{1,2})月(?:\d{1,2}日|[初底末])?(?:起|开始)?(?:至|到|[-—–~～]{1,2})(?P<y2>20\d{2})年(?P<m2>\d{1,2})月"
)


def _judge_span(sentence: Sentence, ledger: Ledger) -> None:
    """7月21日至7月17日; from the end of a year into the next one every month may follow."""
    for match in _YEARS.finditer(sentence.text):
        if int(match["from"]) > int(match["to"]) and sentence.text[match.end() : match.end() + 1] == "年":
            words = words_of(sentence, match.start(), match.end())
            ledger.fails("range_order", Severity.ERROR, [words], f"“{match[0]}年”前大后小", "起止年份请由前到后，并核对。")
    for match in _MONTHS.finditer(sentence.text):
        one, two = ((int(match[f"y{n}"]), int(match[f"m{n}"])) for n in (1, 2))
        if one > two:
            words = words_of(sentence, match.start(), match.end())
            ledger.fails("range_order", Severity.ERROR, [words], f"“{match[0]}”前晚后早", "起止时间应由前到后，请核对。")
    for match in _DAYS.finditer(sentence.text):
        month, until = int(match["month"]), int(match["until"] or match["month"])
        reversed_days = month == until and int(match["day"]) > int(match["last"])
        if reversed_days or (month > until and not (month >= 9 and until <= 6)):
            words = words_of(sentence, match.start(), match.end())
            ledger.fails("range_order", Severity.ERROR, [words], f"“{match[0]}”前晚后早", "起止日期应由前到后，请核对。")

        elif lasting := _LASTING.match(sentence.text, match.end()):
            _judge_lasting(match, lasting, sentence, ledger)


_LASTING = re.compile(r"[^，。；\d]{0,8}，?(?:历时|为期|共计?|持续)(?P<days>\d{1,3})天")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _judge_lasting(match: re.Match[str], lasting: re.Match[str], sentence: Sentence, ledger: Ledger) -> None:
    """3月1日至4月20日，历时51天; whether the last day counts, and whether the year had one more, is left open."""
    month, until = int(match["month"]), int(match["until"] or match["month"])
    if until < month or not 1 <= month <= 12 or not 1 <= until <= 12:
        return
    days = sum(_LONGEST[month - 1 : until - 1]) + int(match["last"]) - int(match["day"])
    if abs(days - int(lasting["days"])) > 2:
        words = words_of(sentence, lasting.start("days"), lasting.end("days"))
        line = f"“{match[0]}”共{days + 1}天左右，原文写{lasting['days']}天"
        ledger.fails(RULE, Severity.ERROR, [words], line, "请核对起止日期和天数。")


def _judge_date(number: Number, sentence: Sentence, paragraph: ReadParagraph, reading: Reading, ledger: Ledger) -> None:
    period = reading.period
    text = sentence.text[number.start - sentence.start : number.end - sentence.start]
    if years := _YEARS.search(text):
        if int(years["from"]) > int(years["to"]):
            ledger.fails("range_order", Severity.ERROR, [number], f"“{number.printed}”前大后小", "起止年份请由前到后，并核对。")
        return
    match = _DATE.search(text)
    if match is None:
        return
    month = int(match["month"])
    year = int(match["year"]) if match["year"] else (period.first.year if period else 2024)
    last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
    if not last or (match["day"] and not 1 <= int(match["day"]) <= last):
        reason = f"{month}月只有{last}天" if last else "一年只有12个月"
        ledger.fails(RULE, Severity.ERROR, [number], f"“{number.printed}”：{reason}", "没有这一天，请核对日期。")
        return
    if match["until"] and match["until"] != match["month"]:
        until = int(match["until"])
        if until > 12:
            ledger.fails(RULE, Severity.ERROR, [number], f"“{number.printed}”：一年只有12个月", "请核对月份。")
            return
        month = max(month, until)
    if paragraph.forecast or paragraph.heading:
        return
    end, label = _end(reading)
    if end is None or (
        reading.period is None and (match["year"] or (not match["day"] and not reading.part_of_year.endswith("月")))
    ):
        return
    place = number.start - sentence.start
    as_of = re.search("截至|截止|到$", sentence.text[max(0, place - 3) : place]) or re.match(
        "[底末]", sentence.text[place + len(text) :]
    )
    if match["year"] and int(match["year"]) != end.year and not match["day"] and as_of:
        # 截至2024年6月底 in what was written about 2023.
        return
    if match["year"] is None and end.month == 12:
        return
    told = date(year if match["year"] else end.year, month, int(match["day"] or (1 if month > end.month else 28)))
    place = number.start - sentence.start
    if told <= end or _is_explained(told, sentence, place, match, reading):
        return
    line = f"报告期为{label}，“{number.printed}”在报告期之后"
    ledger.fails(
        RULE, Severity.DOUBTFUL, [number], line, "已完成的事不会在报告期之后，请核对日期；若是计划，请写明“将”或“计划”。"
    )


_HAPPENED = re.compile(
    r"(?:出现|发生|召开|举办|完成|签订|印发|获批|通过|创下|创造)(?:在|于)(?:了)?$|(?:召开|举办|开展|组织)[^，。；]{0,16}（[^（）]{0,40}$"
)


def _is_explained(told: date, sentence: Sentence, place: int, match: re.Match[str], reading: Reading) -> bool:
    """Whether a day after the period is planned, of another year, no day of deeds, or before the report was signed."""
    around, before = sentence.text[max(0, place - 24) : place + 40], sentence.text[max(0, place - 30) : place]
    beside = re.split("[，；。]", before)[-1] + re.split("[，；。]", sentence.text[place:])[0][:24]
    if (
        sentence.text[place + len(match[0]) :].startswith("起")
        or _ELSEWHEN.search(around)
        or _EARLIER.search(beside)
        or (not match["year"] and re.search(r"\d{4}年", before))
    ):
        return True
    behind = sentence.text[place:]
    told_of = [n for n in sentence.numbers if n.measured and place < n.start - sentence.start < place + 40]
    if not told_of and not _DONE.search(behind[:40]) and not _HAPPENED.search(before):
        return True
    # 截至7月30日 in a report that was signed on the second of August.
    return any(told <= issued for issued in _issued(reading))


_GIVEN_OUT = re.compile(r"(?:发布|印发|成文|公布)于(20\d{2}年\d{1,2}月\d{1,2}日)")
_SIGNED = re.compile(r"(?P<year>20\d{2})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")


def _issued(reading: Reading) -> list[date]:
    """The days that stand in lines of their own: when a report was signed or given out."""
    found = []
    for paragraph in (*reading.paragraphs[:6], *reading.paragraphs[-6:]):
        text = paragraph.normal.text
        text = "".join(_GIVEN_OUT.findall(text)) or text
        for match in _SIGNED.finditer(text) if len(text) <= 40 and not re.search("截[至止]", text) else ():
            month, day = int(match["month"]), int(match["day"])
            if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(int(match["year"]), month)[1]:
                found.append(date(int(match["year"]), month, day))
    return found


_FEASTS = re.compile(r"(?<![去上前]年)(?P<name>国庆|中秋|重阳)(?:节|假期|长假|期间|小长假)")
_FEAST_MONTHS = {"国庆": 10, "中秋": 9, "重阳": 10}


def _judge_feasts(sentence: Sentence, paragraph: ReadParagraph, reading: Reading, ledger: Ledger) -> None:
    """国庆假期接待48.2万人次 in a report of the first half of a year."""
    end, label = _end(reading)
    if end is None or paragraph.forecast or paragraph.heading:
        return
    for match in _FEASTS.finditer(sentence.text):
        place = match.start()
        around = sentence.text[max(0, place - 24) : place + 40]
        told = any(n.measured and 0 < n.start - sentence.start - place < 24 for n in sentence.numbers)
        if _FEAST_MONTHS[match["name"]] > end.month and told and not (_ELSEWHEN.search(around) or _EARLIER.search(around)):
            words = words_of(sentence, match.start(), match.end())
            line = f"报告期为{label}，“{match[0]}”在报告期之后"
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "报告期之后的假期不会有数据，请核对；若是上年的，请写明。")


_LAST_MONTH = {"上半年": 6, "前三季度": 9, "一季度": 3, "二季度": 6, "三季度": 9}


def _end(reading: Reading) -> tuple[date | None, str]:
    """The last day that a report is about, and how its time is called."""
    period = reading.period
    if period is not None:
        return period.last, period.label
    of_months = re.findall(r"\d+", reading.part_of_year)
    month = int(of_months[-1]) if of_months else _LAST_MONTH.get(reading.part_of_year)
    if month is None:
        return None, ""
    # A year that is not told is one like any other.
    return date(2024, month, calendar.monthrange(2024, month)[1]), reading.part_of_year
