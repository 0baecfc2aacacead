"""Averages that stand far from what they are of: 人均结案151.6件, whose cases were told a paragraph before.

Any count and any total around are tried, also for the days and the months of the period; what holds for one pair is left in
peace. Of what holds for none the likeliest pair is told where enough speaks for it: it stands right before the average, is called
by its words, and the figure it asks for is the printed one but for one digit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.averaged import DONE_WITH, is_left_behind, meant_counts, meant_totals
from anmin.ground.reports.checking.relations.heads import area_factor, counts_of
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, decimals_of, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, misprinted_digits
from anmin.ground.reports.checking.relations.naming import core_of, likeness
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "count_times_price"
_BEFORE, _BEHIND = 60, 8
_MEAN = re.compile(
    r"(?:(?<!平均)每(?:公里|平方米|千米|亩|吨|户|人次|人|床|台|辆|所|座|家|件|场)|平均每(?:人次|[个座家户名位所台辆场期件起处栋套间张条笔站])?|(?P<one>[\u4e00-\u9fff])次?均|单[箱株个户台辆笔床件店]平?均?)(?P<noun>[\u4e00-\u9fff]{0,12}?)"
    r"(?:为|达到?|约|近|是)*$"
)
# Of what is lived on, grown or earned in all the county no sum stands in a report.
_NO_SUM = re.compile(
    r"可支配|居民|消费支出|纯收入|寿命|(?<!救助)(?<!补助)(?<!资助)(?<!报销)水平|补差|GDP|生产总值|地区|每月|每日|月均|日均|年均|人口|公园|住房|[人户][^，]{0,8}面积|亩产|单产"
)

_CHAIN_AT_MOST = 6
_ENOUGH = 5
"""What must speak for a pair that holds not: 3 for each of both numbers at most, 3 for the digits."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A total and a count that may have made an average, and what speaks for it."""

    total: Number
    count: Number
    span: int
    points: int


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every average that stands in no relation yet is held against the counts and totals around it."""
    told = (relation for relation in ledger.relations if relation.rule in (RULE, "standard_times_people", "share"))
    done = {key for relation in told for key in relation.numbers} | ledger.failed
    spans = [1, *([reading.months] if reading.months else []), *reading.days]
    pool: list[Number] = []
    means: list[tuple[Number, re.Match[str], Sentence, int]] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                if is_plain_level(number) and number.kind is Kind.MEASURE:
                    pool.append(number)
                if number.per in ("日", "月") and _is_average(number) and number.key not in done:
                    days, months = reading.days, [reading.months] * bool(reading.months)
                    if not months and "全年" in sentence.text:
                        days, months = [365, 366], [12]
                    if months:
                        _judge_daily(number, sentence, days if number.per == "日" else months, ledger)
                mean = _MEAN.search(number.before) if _is_average(number) else None
                half = sentence.text[: number.start - sentence.start].rpartition("；")[2]
                if mean is not None and re.search("(?:上年|去年)同期(?:为|是)", half):
                    mean = None  # 上年同期为782人次、148.58万元，次均1900元
                if mean is not None and number.key not in done and not _NO_SUM.search(number.before):
                    means.append((number, mean, sentence, len(pool)))
            for run in sentence.runs:
                if run[0].kind is Kind.STANDARD and run[0].per and not any(number.key in done for number in run):
                    _judge_respective(run, sentence, ledger)
            _judge_chain(sentence, ledger)
    for number, mean, sentence, at in means:
        _judge(number, mean, sentence, pool[max(0, at - _BEFORE) : at + _BEHIND], spans, ledger)


def _is_average(number: Number) -> bool:
    return (
        number.kind is Kind.STANDARD
        and number.role is Role.LEVEL
        and bool(number.per)
        and "·" not in number.per
        and bool(number.value)
        and number.hedge in ("", "约", "近")
        and number.quantum > 0
    )


def _is_of_same(average: Number, total: Number) -> bool:
    """全年供水3285万吨，日均供水9万吨."""
    noun = re.sub(r"^.*[日月]均|(?:为|达到?|约)+$", "", average.before)
    return len(noun) >= 2 and total.before.endswith(noun) and bool(re.search("全年|上半年|前三季度|季度", total.before))


_AT_ONCE = re.compile(r"(?:，|平均)*[日月]均(?:[\u4e00-\u9fff]{2})?(?:为|达到?|约)*$")
_OVER_ALL = re.compile(r"全年|[全当本]月|半年|季度|年度|\d月|今年以来")


def _is_told_of_days(average: Number, total: Number, sentence: Sentence) -> bool:
    """春运40天发送旅客186.4万人次，日均4.66万人次: the days stand right before what was counted in them."""
    days = next((n for n in sentence.numbers if n.unit == "天"), None)
    return (
        days is not None
        and 0 <= total.start - days.end < 16
        and bool(_AT_ONCE.match(average.before))
        and average.start - total.end < 8
    )


def _is_told_at_once(average: Number, total: Number, days: int, sentence: Sentence) -> bool:
    """全年受理48624件，日均受理133件: right behind what was counted all the year, and not of its working days either."""
    ends = max((n.end for n in sentence.numbers if n.end <= average.start), default=total.end)
    if not _AT_ONCE.match(average.before) or average.start - ends > 8 or average.value is None:
        return False
    working = (total.value or Fraction(0)) / days * Fraction(7, 5)
    fits_working = average.per == "日" and abs(average.value / working - 1) < Fraction(6, 100)
    return bool(_OVER_ALL.search(sentence.text[: total.start - sentence.start])) and not fits_working


def _judge_respective(run: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    """春节8天186.4万人次、“五一”5天171.5万人次，日均分别为23.3万人次和34.3万人次: each of the total and count in its place."""
    first = run[0]
    before = [n for n in sentence.numbers if n.end <= first.start]
    totals = [n for n in before if is_plain_level(n) and n.dimension == first.dimension and not n.per][-len(run) :]
    days = [n for n in before if n.unit in ("天", "日") and n.kind in (Kind.DURATION, Kind.MEASURE)]
    counts = (days if first.per == "日" else [n for n in before if counts_of(n, first.per) and n not in totals])[-len(run) :]
    if len(totals) != len(run) or len(counts) != len(run) or any(n.hedge or not n.value for n in (*run, *totals, *counts)):
        return
    threes = list(zip(run, totals, counts, strict=True))
    fits = [
        (total.interval.times(1 / (count.value or Fraction(1)) / area_factor(count, first))).meets(
            Interval.about(average.value or Fraction(0), average.quantum / 2)
        )
        for average, total, count in threes
    ]
    for fit, (average, total, count) in zip(fits, threes, strict=True) if any(fits) else ():
        value = (total.value or Fraction(0)) / ((count.value or 1) * area_factor(count, first))
        shown = f"{decimal(value / (average.factor or 1), max(decimals_of(average), 1))}{average.unit}"
        line = f"{said(total)}÷{said(count)}={shown}"
        if fit:
            ledger.holds(RULE, [average, total, count], f"{line}，与原文{said(average)}相符")
        else:
            proposal = f"同句其余各项相符；若{said(total)}和{said(count)}无误，应为{shown}。"
            ledger.fails(RULE, Severity.ERROR, [average, total, count], f"{line}，原文写{said(average)}", proposal)


def _judge_chain(sentence: Sentence, ledger: Ledger) -> None:
    """每公斤18.4元，头均体重120公斤，每头收入2208元: what a head brings is what it weighs at the price of a kilogram."""
    each = [n for n in sentence.numbers if n.kind is Kind.STANDARD and n.per and "·" not in n.per and n.value and not n.hedge]
    if len(each) < 3 or len(each) > _CHAIN_AT_MOST:
        return
    for price, weight, brings in permutations(each, 3):
        dimension, size = units.dimension_of(price.per)
        if dimension != weight.dimension or weight.per != brings.per or price.dimension != brings.dimension:
            continue
        if price.per == brings.per or any(n.key in ledger.failed for n in (price, weight, brings)):
            continue
        value = (price.value or Fraction(0)) * (weight.value or Fraction(0)) / size
        line = f"{said(price)}×{said(weight)}={decimal(value / (brings.factor or 1), 2)}{brings.unit}"
        real = (price.interval * weight.interval).times(1 / size)
        if real.meets(brings.interval):
            ledger.holds(RULE, [brings, price, weight], f"{line}，与原文{said(brings)}相符")
            return
        if is_misprint(brings, value) or value * 10 <= 13 * (brings.value or 0) <= value * 17:
            ledger.fails(RULE, Severity.DOUBTFUL, [brings, price, weight], f"{line}，原文写{said(brings)}", "请核对这三个数。")
            return


def _judge_daily(average: Number, sentence: Sentence, period: Sequence[int], ledger: Ledger) -> None:
    """全年清运21.46万吨，日均588吨: what was told before it, by the days of the period or those that are named (开放312天)."""
    named = [
        int(n.figure) for n in sentence.numbers if n.unit == "天" and n.figure and n.figure.denominator == 1 and n.figure > 1
    ]
    spans = [*named, *period] if average.per == "日" else list(period)
    totals = [n for n in sentence.numbers if n.measured and n.end <= average.start and n.role is Role.LEVEL and not n.hedge]
    totals = [
        n for n in totals if n.dimension == average.dimension and n.kind is Kind.MEASURE and (n.value or 0) > (average.value or 0)
    ]
    for total in reversed(totals):
        for days in spans:
            if total.interval.times(Fraction(1, days)).meets(average.interval):
                ledger.holds(RULE, [average, total], f"{said(total)}÷{days}，与原文{said(average)}相符")
                return
    unit = "天" if average.per == "日" else "个月"
    told = {
        int(n.figure)
        for n in sentence.numbers
        if n.unit == "天" and n.figure and sentence.group_of(n).anchor is average and "按" in sentence.text
    }
    last = [n for n in sentence.numbers if n.measured and n.end <= average.start][-1:]
    # 214起，其中火灾68起、抢险92起、其他54起，日均6.9起: behind a list its whole stands last.
    last = [ledger.whole_of.get(n.key, n) for n in last]
    for total in reversed(totals):
        # With days that the sentence names any total will do, else only what stands right before.
        for days in spans if [total] == last else named:
            value = (total.value or Fraction(0)) / days
            stated = [total] == last and (days in told or (not named and _is_of_same(average, total)))
            stated = stated or ([total] == last and named == [days] and _is_told_of_days(average, total, sentence))
            stated = stated or ([total] == last and not named and _is_told_at_once(average, total, days, sentence))
            if is_misprint(average, value) or (stated and value <= 3 * (average.value or 0) <= 9 * value):
                shown = decimal(value / (average.factor or 1), decimals_of(average))
                line = f"{said(total)}÷{days}{unit}={shown}{average.unit}，原文写{said(average)}"
                proposal = f"若{said(total)}无误，应为{shown}{average.unit}；请核对。"
                ledger.fails(RULE, Severity.DOUBTFUL, [average, total], line, proposal)
                return


def _holding(
    average: Number, totals: Sequence[Number], counts: Sequence[Number], spans: Sequence[int]
) -> tuple[Number, Number] | None:
    """The nearest total and count that make the average, for the whole period, a month or a day of it."""
    each = float(average.value or 0)
    heads = [
        (count, float((count.value or 0) * area_factor(count, average)), bool(count.hedge))
        for count in reversed(counts)
        if count.value
    ]
    for total in reversed(totals):
        size, loose = float(total.value or 0), bool(total.hedge)
        for count, head, hedged in heads:
            ratio = size / head
            # Of most pairs a glance tells that they are far off.
            near = spans if loose or hedged else [span for span in spans if 0.4 * ratio < each * span < 2.5 * ratio]
            if near and count is not total:
                real = total.interval / count.interval.times(area_factor(count, average))
                if any(real.meets(average.interval.times(span)) for span in near):
                    return total, count
    return None


def _is_counted_alike(total: Number, average: Number) -> bool:
    """人均陪餐20次 of 960人次, 平均每次检查4家 of 48家次."""
    one, other = total.dimension, average.dimension
    return one == other or one == f"{other}次" or other == f"{one}次" or (one == "人次" and other == "次")


def _judge(
    average: Number, mean: re.Match[str], sentence: Sentence, pool: Sequence[Number], spans: Sequence[int], ledger: Ledger
) -> None:
    noun = mean["noun"]
    counts = [n for n in pool if counts_of(n, average.per)]
    if average.per in ("人", "生"):
        counts += [n for n in pool if n.dimension == "人次" and n not in counts and average.dimension != "次"]
    if mean[0].startswith("平均每"):
        # 平均每个主体带动6.5人: what is counted is called by the first of these words.
        each = next((noun[:size] for size in range(5, 1, -1) if any(noun[:size] in n.before + n.after[:6] for n in pool)), "")
        counts = counts or [n for n in pool if each and each in n.before + n.after[:6]]
        noun = noun.removeprefix(each)
    totals = [n for n in pool if _is_counted_alike(n, average) and (n.value or 0) > (average.value or 0)]
    if average.hedge:
        # Near some pair or other a rough figure always is.
        counts, totals = ([n for n in pool if n.place.block == average.place.block] for pool in (counts, totals))
    counts, totals = meant_counts(average, sentence, counts), meant_totals(average, noun, totals)
    spans = [*spans, *_own_spans(sentence)]
    if (pair := _holding(average, totals, counts, spans)) is not None:
        ledger.holds(RULE, [average, *pair], f"{_line(average, *pair)}，与原文相符")
        return
    # 6842件，其中国内5863件、涉外979件: the average is of all of them.
    of = Counter(whole.key for n in counts if (whole := ledger.whole_of.get(n.key)) is not None and whole in counts)
    counts = [
        n
        for n in counts
        if (whole := ledger.whole_of.get(n.key)) is None
        or (of[whole.key] < 2 and not (whole in counts and is_left_behind(n, average, sentence)))
    ]
    lead = average.before[: mean.start()].strip("，、其中")
    # A mean for the year is of what the whole year's report tells.
    timed = bool(re.search("[日月]" if not spans or max(spans) > 300 else "[日月年]", lead[-1:] + noun[:1]))
    over = _own_spans(sentence) or [span for span in spans if span > 1]
    pairs = _pairs(average, core_of(lead), noun, sentence, counts, totals, over if timed else [1])
    best = max(pairs, key=lambda each: each.points, default=None)
    if best is None or best.points < _ENOUGH:
        return
    value = (best.total.value or 0) / ((best.count.value or 1) * area_factor(best.count, average) * best.span)
    right = decimal(Fraction(value) / (average.factor or 1), decimals_of(average))
    proposal = f"若{said(best.total)}和{said(best.count)}无误，应为{right}{average.unit}；请核对三个数。"
    line = _line(average, best.total, best.count, best.span)
    numbers = [average, best.total, best.count]
    ledger.fails(RULE, Severity.DOUBTFUL, numbers, f"{line}，原文写{said(average)}", proposal, meant=Fraction(value))


def _own_spans(sentence: Sentence) -> list[int]:
    """The months of the time that a sentence itself is about: 前三季度支出…，人均月补助…"""
    named = {"前三季度": 9, "上半年": 6, "下半年": 6, "全年": 12}
    return [months for word, months in named.items() if word in sentence.text]


def _pairs(
    average: Number,
    lead: str,
    noun: str,
    sentence: Sentence,
    counts: Sequence[Number],
    totals: Sequence[Number],
    spans: Sequence[int],
) -> Iterator[_Pair]:
    """What may have been divided, each pair with what speaks for it; nothing hedged, and nothing that is far off."""
    core = DONE_WITH.sub("", core_of(noun))
    beside = _right_before(average, sentence)
    behind = [n for n in sentence.numbers if n.group and sentence.group_of(n).anchor is average]
    # 平均每人1.2件，惠及1072人.
    behind += [n for n in sentence.numbers if 0 < n.start - average.end < 8 and re.search("惠及|受益|涉及|服务", n.before)]
    here = [n for n in counts if n.place.block == average.place.block and n.start < average.start]
    first = {n.dimension: n for n in reversed(totals)}
    for count in counts:
        if not count.value or count.hedge:
            continue
        for_count = 3 if count in beside or count in behind else _nearness(count, here, average)
        for_count += (len(lead) >= 2 and likeness(lead, count) >= 0.9) or (bool(core) and likeness(core, count) >= 0.8)
        for total in totals:
            if total is count or total.hedge or total.value is None or _is_of_another(total, count, average, sentence):
                continue
            for_total = _for_total(total, core, total in beside or total in behind, average)
            for_total += for_total < 3 and first[total.dimension] is total
            for span in spans:
                value = total.value / (count.value * area_factor(count, average) * span)
                ratio = (average.value or Fraction(0)) / value
                # A point in the wrong place is off by ten.
                slipped = abs(ratio - 10) < Fraction(1, 5) or abs(ratio - Fraction(1, 10)) < Fraction(1, 500)
                if Fraction(1, 3) <= ratio <= 3 or slipped:
                    digits = min(max(misprinted_digits(average, value) - 1, 0), 3)
                    adjacent = all(n in beside or n in behind for n in (total, count)) and "其中" not in average.before
                    # 2436户……建筑面积21.92万平方米，户均109平方米: the one count of its unit, and what stands right before.
                    adjacent = adjacent or (
                        here == [count] and count.sentence == average.sentence and total is beside[0] and not lead
                    )
                    if not digits and not adjacent:
                        continue
                    yield _Pair(total, count, span, for_count + for_total + digits)


def _right_before(average: Number, sentence: Sentence) -> list[Number]:
    """The last two numbers before it; what is told in one breath (62批次487人次) is one."""
    told = [
        n for n in sentence.numbers if n.measured and n.end <= average.start and n.kind is Kind.MEASURE and n.role is Role.LEVEL
    ]
    beside: list[Number] = []
    places = 0
    for number in reversed(told):
        places += not beside or number.end < beside[-1].start
        if places > 2:
            break
        beside.append(number)
    return beside


def _nearness(count: Number, here: Sequence[Number], average: Number) -> int:
    if not here or here[-1] is not count:
        return 0
    return 2 if count.sentence == average.sentence else 1


def _is_of_another(total: Number, count: Number, average: Number, sentence: Sentence) -> bool:
    """全年864万元；外出务工补贴4200人、人均1000元: a semicolon stands between them, and the count is right before the average."""
    here = all(n.sentence == average.sentence and n.place.block == average.place.block for n in (total, count))
    return here and total.end <= count.start < average.start and "；" in sentence.between(total, count)


def _for_total(total: Number, core: str, beside: bool, average: Number) -> int:
    """How well a total is called by the average's own words, or stands where it must be meant."""
    alike = (0.8 if core in total.before[-8:] + total.after[:4] else 0.0) if len(core) == 1 else likeness(core, total)
    if beside:
        return 3 if not core or alike >= 0.4 else 2
    if alike >= 0.8:
        return 2
    return int(alike >= 0.4 or (total.sentence == average.sentence and total.place.block == average.place.block))


def _line(average: Number, total: Number, count: Number, span: int = 1) -> str:
    value = (total.value or Fraction(0)) / ((count.value or Fraction(1)) * area_factor(count, average) * span)
    unit = units.split(average.unit)[1] if average.factor == 1 else average.unit
    time = f"÷{span}" if span > 1 else ""
    return f"{said(total)}÷{said(count)}{time}={decimal(value / (average.factor or 1), max(decimals_of(average), 1))}{unit}"
