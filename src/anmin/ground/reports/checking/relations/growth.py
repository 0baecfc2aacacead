"""Growth: level, earlier value, change and rate must fit each other.

The base is the level less the increase; a rate of the change against the level is named as such a reading.
"""

from __future__ import annotations

import re
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval, ratio
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.bytime import with_earlier
from anmin.ground.reports.checking.relations.increments import FAR_AT_MOST, judge_added, judge_far, records_compared
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, decimals_of, percent, said
from anmin.ground.reports.checking.relations.levels import level_elsewhere, level_meant
from anmin.ground.reports.checking.relations.points import (
    SAME_TIME,
    judge_direction,
    judge_points,
    judge_points_of_amount,
    judge_points_of_change,
    judge_points_of_money,
)
from anmin.ground.reports.checking.relations.records import Record, is_plain_level, own_noun, records_of
from anmin.ground.reports.checking.relations.respective import records_of_runs
from anmin.ground.reports.checking.relations.slips import report_slip
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "growth"
_SLIPS = (Fraction(10**4), Fraction(1, 10**4), Fraction(10**8), Fraction(1, 10**8))
_OTHER_MEASURE = re.compile(r"同口径|可比口径|可比价|不变价|剔除|(?<!附加)(?<!加计)扣除|按可比|口径调整|调整口径")
_VALUE_ADDED = re.compile(r"生产总值|增加值|GDP")
"""What statisticians let grow at comparable prices, whether they say so or not."""
_HUNDRED, _NEAR = Fraction(100), 8


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every statement of growth in the text is tried."""
    levels: list[Number] = []
    year = reading.period.first.year if reading.period else 0
    for paragraph in reading.paragraphs:
        previous: Sentence | None = None
        for sentence in paragraph.sentences:
            told_before = previous.numbers if previous is not None else []
            for record in records_compared(sentence, previous):
                record.level = level_meant(record, [*told_before, *sentence.numbers])
                judge_record(record, sentence, ledger)
            previous = sentence
            told_rates: dict[int, list[Number]] = {}
            for record in records_of_runs(sentence):
                judge_record(record, sentence, ledger)
                told_rates[id(record.level)] = record.rates
            for record in records_of(sentence):
                if record.level is None and record.changes:
                    # 同比起数增长9.4%，增加16起: what moved may be named before the rate only.
                    moved = next((n for n in (*record.changes, *record.rates) if own_noun(n)), record.changes[0])
                    record.level = level_elsewhere(moved, sentence, paragraph, record.changes[0])
                elif record.level is None and record.rates and record.prior is not None:
                    record.level = level_elsewhere(record.rates[0], sentence, paragraph, record.prior)
                elif record.level is None and record.rates and not record.points:
                    record.level = level_elsewhere(record.rates[0], sentence, paragraph)
                if record.changes and not record.rates:
                    record.rates = told_rates.get(id(record.level), [])
                if record.rates and not record.changes and record.prior is None and record.level is not None:
                    judge_added(record, sentence, ledger)
                record.level = level_meant(record, [*told_before, *sentence.numbers])
                judge_record(record, sentence, ledger)
                earlier = with_earlier(record, [*levels, *_told_before(record, sentence)], year, reading.months)
                if earlier is not None:
                    judge_record(earlier, sentence, ledger)
                if record.level is None and record.prior is None and record.changes and record.rates:
                    told = [n for n in sentence.numbers if n.end <= record.changes[0].start and is_plain_level(n)]
                    judge_far(record.changes[0], record.rates[0], paragraph, levels, told[:1], ledger)
            levels += [n for n in sentence.numbers if _is_told(n)]
            levels = levels[-FAR_AT_MOST:]


def _told_before(record: Record, sentence: Sentence) -> list[Number]:
    """上年末余额42.94亿元，2023年末余额46.85亿元，同比增长: the levels right before one whose growth is told."""
    level = record.level
    if level is None or not (record.rates or record.changes):
        return []
    return [n for n in sentence.numbers if n.end <= level.start and _is_told(n)][-_NEAR:]


def _is_told(number: Number) -> bool:
    """What may be looked back upon: a level, or a rate that is named."""
    share = number.role is Role.SHARE and number.measured and "占" not in number.before
    return (is_plain_level(number) and number.kind is Kind.MEASURE) or share


def _at_other_prices(record: Record, sentence: Sentence) -> bool:
    """Whether the level is said in another measure than its growth: 收入（同口径）…"""
    first = record.level or record.prior
    if first is None:
        return False
    place = first.start - sentence.start
    last = max(number.end for number in record.numbers) - sentence.start
    return bool(_OTHER_MEASURE.search(sentence.text[max(0, place - 16) : last + 12]))


def judge_record(record: Record, sentence: Sentence, ledger: Ledger) -> None:
    level, prior = record.level, record.prior
    if any(number.base == "REAL" for number in record.numbers) or _at_other_prices(record, sentence):
        return
    if level is not None and level.dimension == units.PERCENT:
        judge_points(record, ledger)
        return
    rates = [rate for rate in record.rates if rate.role is Role.RATE]
    if level is not None and prior is not None and rates and not record.changes and _is_change_of(level, prior, rates[0]):
        _judge_without_level(prior, level, rates[0], ledger)
        return
    if level is not None and prior is not None and record.points and level.dimension in units.MONEY:
        judge_points_of_money(level, prior, record.points[0], ledger)
    if level is not None and prior is None and record.points and not record.changes:
        judge_points_of_amount(level, record.points[0], ledger)
    if level is not None and prior is None and record.changes and record.points and level.dimension != units.PERCENT:
        judge_points_of_change(level, record.changes[0], record.points[0], ledger)
    for fall in rates:
        if fall.sign < 0 and fall.dimension == units.PERCENT and fall.value is not None and fall.value > 100 and _is_count(level):
            line = f"下降{said(fall)}，超过全部"
            ledger.fails(RULE, Severity.ERROR, [fall], line, "数量最多下降100%，请核对。")
    if level is not None and prior is not None and _is_far_off(level, prior):
        return
    if level is not None and prior is not None and level.dimension == prior.dimension:
        judge_direction(level, prior, ledger)
        change = _matching(record.changes, prior, first=True)
        if change is not None and not _difference_holds(level, prior, change, ledger):
            return
        against = _matching(rates, prior, first=True)
        if against is not None:
            _judge_rate(against, prior, change, level, ledger)
        return
    if level is None:
        if prior is not None and record.changes and rates:
            _judge_without_level(prior, record.changes[0], rates[0], ledger)
        return
    for moved in record.changes[:3]:
        if moved.sign > 0 and _exceeds(moved, level, ledger, rates):
            continue
        other_end = re.search(r"(?<!1[0-2])(?<!\d)(?:[1-9]|1[01])月(?:[底末份]|\d{1,2}日)", sentence.text)
        year_end = (ledger.months == 12 and not other_end) or bool(re.search(r"年末|年底|12月(?:末|底|31日)", sentence.text))
        for rate in [
            rate
            for rate in rates
            if (_same_base(moved, rate) or (year_end and _is_year(moved, rate)))
            and rate.sign == moved.sign
            and not (rate.start < moved.start and any(told.start < rate.start for told in record.changes))
            # 比昨日增加0.64亿立方米，较去年同期多蓄1.93亿立方米，多18.5%: a rate is of the change right before it.
            and not any(moved.end <= told.start < rate.start and told.dimension == moved.dimension for told in record.changes)
        ][:1]:
            _judge_rate(rate, None, moved, level, ledger)


_ADDED_ONLY = re.compile(r"(?:净增|净减|新增)[^，。；]{0,8}$")


def _is_change_of(level: Number, prior: Number, rate: Number) -> bool:
    """净增856户，与年初的6990户相比，增长12.2%: what was added is the change."""
    added = bool(_ADDED_ONLY.search(level.before)) and level.dimension == prior.dimension and rate.dimension == units.PERCENT
    return added and (level.interval / prior.interval).times(100).meets(rate.interval)


def _judge_without_level(prior: Number, change: Number, rate: Number, ledger: Ledger) -> None:
    """去年上半年的26318件，总量增加2145件，增长8.2%: the change by the earlier value; what it has become is not said."""
    if change.dimension != prior.dimension or not prior.value or change.value is None or rate.dimension != units.PERCENT:
        return
    line = f"{said(change)}÷{said(prior)}={percent(change.value / prior.value * 100)}"
    if (change.interval / prior.interval).times(100).meets(rate.interval):
        ledger.holds(RULE, [rate, change, prior], f"{line}，与原文{said(rate)}相符")
    else:
        proposal = "请核对上期数、增减数和增幅。"
        meant = change.value / prior.value * 100
        ledger.fails(RULE, Severity.DOUBTFUL, [rate, change, prior], f"{line}，原文写{said(rate)}", proposal, meant=meant)


def _is_count(level: Number | None) -> bool:
    """What cannot fall below zero: a count, an area; a profit may."""
    return level is None or level.dimension not in units.MONEY


def _is_far_off(level: Number, prior: Number) -> bool:
    """A day's average is not held against last year's sum."""
    if not level.value or not prior.value or level.dimension != prior.dimension:
        return False
    return "均" in level.before and not Fraction(1, 20) < level.value / prior.value < 20


def _same_base(change: Number, rate: Number) -> bool:
    """Whether both are measured against the same time; one that names none follows the other."""
    earlier, later = (change, rate) if change.start < rate.start else (rate, change)
    if later.base == earlier.base or {later.base, earlier.base} == {"Y", "L"}:
        return True
    return not later.base or (not earlier.base and later.base in ("Y", "L", "M", "S"))


def _is_year(change: Number, rate: Number) -> bool:
    """At the end of a year 比年初 and 同比 are against the same day."""
    return {change.base, rate.base} == {"S", "Y"}


def _matching(numbers: list[Number], prior: Number, *, first: bool) -> Number | None:
    for number in numbers:
        if not number.base or not prior.base or number.base == prior.base or {number.base, prior.base} in SAME_TIME:
            return number
    return None


def _difference_holds(level: Number, prior: Number, change: Number, ledger: Ledger) -> bool:
    """Whether level less earlier value is the change."""
    if change.dimension != level.dimension or level.value is None or prior.value is None or change.value is None:
        return True
    sign = change.sign or 1
    if re.search("埋深|[排位名]次", level.before) and (prior.interval - level.interval).times(sign).meets(change.interval):
        return True  # what lies deeper has sunk
    if max(level.value, change.value) * 5 < prior.value:
        # 调出1人，比年初的219人减少3人: what came or went is not what there is.
        return True
    if re.search("[又再还]", change.before):
        return True  # 由11000个增加到12260个，今年又增加380个
    real = level.interval - prior.interval if sign > 0 else prior.interval - level.interval
    gap = (level.value - prior.value) * sign
    line = (
        f"{said(level)}-{said(prior)}={amount(gap, level)}" if sign > 0 else f"{said(prior)}-{said(level)}={amount(gap, level)}"
    )
    if real.meets(change.interval):
        ledger.holds(RULE, [change, level, prior], f"{line}，与原文相符")
        return True
    ledger.fails(
        RULE,
        Severity.ERROR,
        [change, level, prior],
        f"{line}，原文写{said(change)}",
        f"三个数中至少有一个不对；若前后两数无误，应为{'增加' if sign > 0 else '减少'}{amount(gap, level)}。",
        meant=gap,
    )
    return False


def _exceeds(change: Number, level: Number, ledger: Ledger, rates: list[Number]) -> bool:
    """An increase cannot be larger than what it has led to; a slip of the unit is tried as the reason."""
    if change.dimension != level.dimension or level.value is None or change.value is None:
        return True
    if not level.interval.is_below(change.interval) or change.kind is Kind.STANDARD:
        return False
    if (not change.base and not rates) or re.search(r"年初|期初|原有|上年末|月初", level.before):
        # 年初295名，增加393名: the change leads on from the level, not up to it.
        return True
    slip = next((slip for slip in _SLIPS if not units.is_counted(level.dimension) and _fits(level, change, rates, slip)), None)
    if slip is not None and slip > 1:
        report_slip(level, slip, [change, *rates[:1]], ledger)
        return False
    line = f"增量{said(change)}大于本期数{said(level)}，上期数将为负"
    ledger.fails(RULE, Severity.ERROR, [level, change], line, "请核对本期数与增量，尤其是计量单位。")
    return True


def _fits(level: Number, change: Number, rates: list[Number], slip: Fraction) -> bool:
    assert level.value is not None
    assert change.value is not None
    value = level.value * slip
    if value <= change.value:
        return False
    share = change.value / (value - change.value) * 100
    if not rates:
        return share < 100
    rate = rates[0].value
    return rate is not None and abs(share - rate) <= max(Fraction(3), rate / 4)


def _judge_rate(rate: Number, prior: Number | None, change: Number | None, level: Number, ledger: Ledger) -> None:
    """Whether the printed rate is the change divided by the base."""
    if level.value is None or rate.value is None:
        return
    sign = rate.sign or 1
    if prior is not None and prior.value is not None:
        base, base_value, base_said = prior.interval, prior.value, said(prior)
        if change is not None and change.dimension == level.dimension:
            moved, moved_value, moved_said = change.interval, change.value, said(change)
        else:
            moved = (level.interval - prior.interval).times(sign)
            moved_value = (level.value - prior.value) * sign
            moved_said = f"（{said(level)}-{said(prior)}）" if sign > 0 else f"（{said(prior)}-{said(level)}）"
    elif change is not None and change.value is not None and change.dimension == level.dimension:
        base = level.interval - change.interval.times(sign)
        base_value = level.value - change.value * sign
        moved, moved_value, moved_said = change.interval, change.value, said(change)
        base_said = f"（{said(level)}{'-' if sign > 0 else '+'}{said(change)}）"
    else:
        return
    numbers = [number for number in (rate, level, change, prior) if number is not None]
    if base_value is None or base_value <= 0 or moved_value is None or base.low is None or base.high is None:
        return
    if moved.low is None or moved.high is None:
        return
    factor = _HUNDRED if rate.dimension == units.PERCENT else Fraction(1)
    real_value = moved_value / base_value * factor
    real = _quotient(moved, base, level, change, prior, sign).times(factor)
    shown = percent(real_value) if factor != 1 else f"{decimal(real_value, 2)}倍"
    line = f"{moved_said}÷{base_said}={shown}"
    if real.meets(rate.interval):
        ledger.holds(RULE, numbers, f"{line}，与原文{said(rate)}相符")
        return
    if level.dimension in units.MONEY and _VALUE_ADDED.search(level.before):
        ledger.unclear(RULE, numbers, f"{line}，原文写{said(rate)}；这一指标的增速通常按可比价格计算，未作判断")
        return
    _rate_failed(rate, real, real_value, moved_value, base_value, level, line, numbers, ledger)


def _quotient(moved: Interval, base: Interval, level: Number, change: Number | None, prior: Number | None, sign: int) -> Interval:
    """Change by base at the corners of what was printed; the change stands in both, so it is taken once."""
    if prior is not None and change is None:
        return (ratio(prior.interval, level.interval, of_it=True) - Interval(Fraction(1), Fraction(1))).times(sign)
    if prior is not None:
        return moved / base
    corners: list[Fraction] = []
    for whole in (level.interval.low, level.interval.high):
        for part in (moved.low, moved.high):
            if whole is None or part is None or whole - part * sign <= 0:
                return Interval(None, None)
            corners.append(part / (whole - part * sign))
    return Interval(min(corners), max(corners))


def _rate_failed(
    rate: Number,
    real: Interval,
    real_value: Fraction,
    moved: Fraction,
    base: Fraction,
    level: Number,
    line: str,
    numbers: list[Number],
    ledger: Ledger,
) -> None:
    assert rate.value is not None
    places = max(decimals_of(rate), 1)
    right = f"{decimal(real_value, places)}%" if rate.dimension == units.PERCENT else f"{decimal(real_value, places)}倍"
    truncated = Interval(rate.value, rate.value + rate.quantum)
    words = "增长" if rate.sign >= 0 else "下降"
    if real.meets(truncated) and not rate.hedge:
        ledger.fails(
            RULE,
            Severity.DOUBTFUL,
            numbers,
            f"{line}，四舍五入为{decimal(_half_up(real_value, rate), places)}%，原文{said(rate)}是舍去尾数",
            f"按四舍五入应为{decimal(_half_up(real_value, rate), places)}%；请统一取整方法。",
            rounding=True,
        )
        return
    change = next((n for n in numbers if n.role is Role.CHANGE and n.factor != level.factor), None)
    for slip in () if units.is_counted(level.dimension) else _SLIPS:
        if change is not None and change.factor * slip == level.factor and _fits(level, change, [rate], 1 / slip):
            report_slip(change, slip, [n for n in numbers if n is not change], ledger)
            return
        if _slip_fits(numbers, rate, slip):
            report_slip(level, slip, [number for number in numbers if number is not level], ledger)
            _judge_rate(rate, None, numbers[2], level, ledger)
            return
    by_level = moved / level.value * 100 if level.value else Fraction(0)
    if rate.dimension == units.PERCENT and abs(by_level - rate.value) <= rate.quantum / 2 and not rate.hedge:
        ledger.fails(
            RULE,
            Severity.DOUBTFUL,
            numbers,
            f"{line}，原文写{said(rate)}；增量除以本期数{said(level)}才得{said(rate)}",
            f"增幅应以上期数为底数，应为{right}。",
            meant=real_value,
        )
        return
    needed = rate.value / 100 * base if rate.dimension == units.PERCENT else rate.value * base
    proposal = (
        f"若本期数和增减数无误，应为{words}{right}；"
        f"若{words}{said(rate)}无误，则增减数应在{amount(needed, level, 2)}左右。请核对原始数据。"
    )
    ledger.fails(RULE, Severity.ERROR, numbers, f"{line}，原文写{said(rate)}", proposal, meant=real_value)


def _slip_fits(numbers: list[Number], rate: Number, slip: Fraction) -> bool:
    """Whether level and change agree once the level is read in another unit."""
    if len(numbers) != 3 or rate.value is None or numbers[1].read_as or rate.value < 1:
        return False
    if slip < 1 and numbers[1].factor < 10**4:
        return False
    _, level, other = numbers
    if level.value is None or other.value is None or other.role is not Role.CHANGE:
        return False
    base = level.value * slip - other.value * (rate.sign or 1)
    return base > 0 and abs(other.value / base * 100 - rate.value) <= rate.quantum


def _half_up(value: Fraction, rate: Number) -> Fraction:
    step = rate.quantum
    return (value / step + Fraction(1, 2)).__floor__() * step if step else value
