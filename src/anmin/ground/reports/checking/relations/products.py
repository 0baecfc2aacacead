"""Count times price: 230盏，每盏3200元，共73.6万元; people times standard times months; averages.

Of a benefit that tops up to a line only the ceiling is known. Where only months are unsaid, any whole number of them will do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.heads import (
    AVERAGE,
    counts_of,
    is_price,
    multiplied,
    product_of,
    rule_of,
    value_of_product,
)
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, weight_into
from anmin.ground.reports.checking.relations.naming import only_named
from anmin.ground.reports.checking.relations.pricelists import is_total, rates_in_turn, with_others
from anmin.ground.reports.checking.relations.slips import report_slip
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_TOP_UP = re.compile(r"低保|最低生活|补差|保障标准|供养标准|限额|最高|封顶|不超过|起付")
_IN_FULL = re.compile(r"足额|全额")
# What is reckoned, not what was paid in the end to those who came and went.
_RECKONED = re.compile(r"^(?:，|、|/人|/月)*(?:共?计|小计|合计|需|应|预算|全年需|每?年需)")
_MONTHLY = re.compile("按(?:照)?月[人户]?均?|[\u4e00-\u9fff]{0,4}月(?:补[助贴]|津贴|工资|报酬)")
_YEARS = (("半年", 6), ("一年", 12), ("全年", 12), ("前三季度", 9))
_SWAPPED = 2.9
"""How unlikely, as a power of ten, two neighbouring digits of four changed about are by chance."""
_SPANS = {
    "月": r"(\d{1,2})个月",
    "天": r"(\d{1,3})(?:天|个?工作日|日)(?!均)",
    "日": r"(\d{1,3})(?:天|个?工作日|日)(?!均)",
    "学期": r"(\d)个?学期",
    "年": r"(\d{1,2})年(?!度|级|\d)",
}


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every price, standard or average that stands with a count and a total is tried."""
    months = reading.months
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            prices = [number for number in sentence.numbers if is_price(number)]
            if rates_in_turn(prices, sentence, ledger):
                continue
            for price in prices[:30]:
                _judge_price(price, sentence, months, ledger, single=len(prices) == 1)


def _judge_price(price: Number, sentence: Sentence, months: int, ledger: Ledger, *, single: bool) -> None:
    each, _, time = price.per.partition("·")
    if not time and _MONTHLY.match(price.before):
        time = "月"
    if not time and each in ("人", "户", "生") and re.search("每[次期批轮]", price.before):
        # 发放两次，每次每人60元.
        time = "次"
    around = _around(price, sentence)
    counts = [n for n in around if counts_of(n, each)]
    totals = [n for n in around if is_total(n, price)]
    if not totals:
        return
    sum_said = _nearest_total(price, totals)
    if sum_said is None:
        return
    aimed = [n for n in around if n.role is Role.TARGET and n.dimension == price.dimension and n.measured and not n.per]
    spans = _times(time, months, sentence)
    if any(product_of(n, price, span).meets(aim.interval) for n in counts for aim in aimed for span in spans):
        return  # 180个，单价2.8万元，预算504万元，中标价468万元: the sum that is planned is theirs
    counts = (
        [n for n in counts if n is not sum_said]
        or [
            n
            for n in around
            if each == "人"
            and n.dimension == "人次"
            and n.role is Role.LEVEL
            and (0 <= sum_said.start - n.end <= 4 or 0 <= price.start - n.end <= 9)
        ]
        or _named_alike(price, sum_said, each, sentence)
    )
    counts = _whole_of(counts)
    if len(counts) > 1 and (named := only_named(counts, f"{sum_said.before}|{price.before}")) is not None:
        counts = [named]
    if time == "月" and each == "人" and counts and all(n.dimension == "人次" for n in counts):
        # 每人每月200元，累计发放4862人次: every month of every one is counted.
        time = ""
    average = bool(AVERAGE.search(price.before)) and not re.match("按", price.before) and "标准" not in price.before
    for count in sorted(counts, key=lambda n: abs(n.start - price.start)):
        for times in _times(time, months, sentence):
            if _is_rate_misprinted(count, price, sum_said, times, average=average):
                break
            if product_of(count, price, times).meets(sum_said.interval):
                line = f"{multiplied(count, price, times, time)}={amount(value_of_product(count, price) * times, sum_said)}"
                ledger.holds(rule_of(price), [sum_said, count, price], f"{line}，与原文{said(sum_said)}相符")
                if times == 1 and not time and not average:
                    _whole_heads(price, sum_said, count, sentence, ledger)
                return
    apart = not single or (counts and "其中" in sentence.between(sum_said, min(counts, key=_start)))
    if sum_said.start < price.start and apart and "其中" in sentence.between(sum_said, price):
        # 当月发放27万元，其中80—89周岁4126人，每人每月50元；90—99周岁586人，每人每月100元: of all that follows.
        ledger.unclear(rule_of(price), [sum_said, price, *counts], f"{said(sum_said)}是各项之和，未逐项判断")
        return
    for other in totals:
        # 31.2万亩、保费1248万元，每亩40元，其中农户自缴249.6万元: the total may be another than the nearest.
        if other is not sum_said and any(product_of(n, price, 1).meets(other.interval) for n in counts if n is not other):
            return
    if with_others(price, counts, sum_said, _times(time, months, sentence), sentence, ledger):
        return
    if not counts:
        if not time and not average and single:
            _whole_heads(price, sum_said, None, sentence, ledger)
        return
    count = min(counts, key=lambda n: abs(n.start - price.start))
    meant = None if average else next((n for n in counts if is_misprint(sum_said, value_of_product(n, price))), None)
    count = meant or count
    if average and sum_said.start < count.start and any(n is not sum_said for n in totals if n.start < price.start):
        # Of which of several sums it is the average is not said.
        return
    if average and len(counts) > 1 and min(abs(count.start - sum_said.end), abs(sum_said.start - count.end)) < 6:
        counts = [count]
    if (
        len(counts) > 1
        and count is not meant
        and count in counts
        and (average or len([n for n in counts if abs(n.start - price.start) < 50]) > 2)
    ):
        return
    _failed(count, price, sum_said, time, months, sentence, ledger, average=average)


def _is_rate_misprinted(count: Number, price: Number, sum_said: Number, times: int | Fraction, *, average: bool) -> bool:
    """412户，每户2.1万元，共885.2万元: a rate laid down is exact, and the sum is that of 865.2 but for one digit."""
    if average or count.hedge or price.hedge or not count.exact or price.dimension not in units.MONEY:
        return False
    value = value_of_product(count, price) * times
    return not Interval.about(value, sum_said.quantum / 2).meets(sum_said.interval) and is_misprint(sum_said, value)


def _named_alike(price: Number, sum_said: Number, each: str, sentence: Sentence) -> list[Number]:
    """Further off in the sentence, the count whose words the price or the total takes up."""
    said_near = sum_said.before + price.before
    return [
        n
        for n in sentence.numbers
        if n.start < price.start
        and n.role is Role.LEVEL
        and (
            (counts_of(n, each) and len(n.before) >= 2 and n.before.lstrip("和及与") in said_near)
            # 考场432个；每个考场30人
            or (
                len(each) >= 2
                and n.measured
                and n.kind is Kind.MEASURE
                and n.before.endswith(each)
                and n.dimension in ("个", "家", "所")
            )
        )
    ]


def _whole_of(counts: Sequence[Number]) -> list[Number]:
    """新铺48.6公里、改造31.2公里，合计79.8公里: of counts that are parts of another only that one."""
    for whole in counts if len(counts) > 2 else ():
        others = [n for n in counts if n is not whole]
        if sum((n.value or Fraction(0) for n in others), Fraction(0)) == whole.value:
            return [whole]
    return list(counts)


def _around(price: Number, sentence: Sentence) -> list[Number]:
    """The numbers of the same bracket and the one around it, at most a breath away and in the same half of the sentence."""
    group = sentence.group_of(price)
    pool = list(group.numbers)
    if group.index:
        pool += sentence.groups[group.parent].numbers
    if "均价" in price.before:
        return [n for n in pool if n is not price and abs(n.start - price.start) < 80]
    left = max(
        (s.pieces[0][0] for s in sentence.segments if s.mark == "；" and s.pieces and s.pieces[0][0] <= price.start), default=0
    )
    right = min(
        (s.pieces[0][0] for s in sentence.segments if s.mark == "；" and s.pieces and s.pieces[0][0] > price.start), default=10**9
    )
    return [n for n in pool if n is not price and left <= n.start < right and abs(n.start - price.start) < 80]


def _nearest_total(price: Number, totals: Sequence[Number]) -> Number | None:
    after = [n for n in totals if n.start > price.start]
    before = [n for n in totals if n.start < price.start]
    if AVERAGE.search(price.before) and before:
        return before[-1]
    if after and (not before or after[0].start - price.start <= 45):
        return after[0]
    return before[-1] if before else (after[0] if after else None)


def _times(time: str, months: int, sentence: Sentence) -> Sequence[int | Fraction]:
    if not time:
        return [1]
    if (told := _told_span(time, sentence)) is not None:
        return [told]
    if time == "年" and "半年" in sentence.text:
        return [Fraction(1, 2), 1]
    if time == "月":
        return [months] * bool(months) + list(range(1, 13))
    return [1, 2, 3, 4] if time in ("学期", "季度", "次", "年", "学年") else list(range(1, 367))


def _told_span(time: str, sentence: Sentence) -> int | None:
    """For how many months, days or terms it was paid, where the sentence says it: 按100天计, 6个月."""
    if time not in _SPANS:
        return None
    found = [match[1] for match in re.finditer(_SPANS[time], sentence.text)]
    if not found and time == "月":
        found = [str(months) for word, months in _YEARS if word in sentence.text]
    return int(found[0]) if len(set(found)) == 1 and int(found[0]) > 0 else None


def _failed(
    count: Number, price: Number, sum_said: Number, time: str, months: int, sentence: Sentence, ledger: Ledger, *, average: bool
) -> None:
    if count is sum_said:
        return
    told = _told_span(time, sentence)
    known = told or months
    times = told or (known if time == "月" and known else 1)
    value = value_of_product(count, price) * times
    if sum_said.value is None or value <= 0:
        return
    reckoned = sum_said.start > price.start and bool(_RECKONED.match(sentence.between(price, sum_said)))
    if time == "月" and not known:
        if reckoned and sum_said.value < value * 13 and not average and not _TOP_UP.search(_half(price, sentence)):
            _tell_months(count, price, sum_said, ledger)
        return
    if told is None and time not in ("", "月", "学期", "学年") and not (time == "年" and is_misprint(sum_said, value)):
        return
    numbers = [sum_said, count, price]
    ratio = sum_said.value / value
    line = f"{multiplied(count, price, times, time)}={amount(value, sum_said)}，原文写{said(sum_said)}"
    top_up = bool(_TOP_UP.search(_half(price, sentence))) and not average and not _IN_FULL.search(_half(price, sentence))
    for slip in (Fraction(10**4), Fraction(1, 10**4), Fraction(10**8)):
        if abs(ratio * slip - 1) < Fraction(12, 100) and (not top_up or ratio * slip <= 1):
            if slip < 1 and sum_said.factor < 10**4:
                continue
            report_slip(sum_said, slip, [count, price], ledger, f"{line}；换一个单位才相符")
            return
    if top_up:
        if ratio > Fraction(11, 10) and time == "月":
            ledger.fails(
                rule_of(price), Severity.DOUBTFUL, numbers, f"{line}，超过按标准全额发放的上限", "请核对人数、标准和金额。"
            )
        return
    slack = Fraction(0) if not time or told or reckoned else Fraction(5, 100)
    if average and not time and re.search(r"[月日周季天]", price.before):
        # 人均月补助: for how many months the total was paid is mostly not said.
        spans = {12 if "全年" in sentence.text else months, months} - {0} if "月" in price.before else set()
        if any(product_of(count, price, span).meets(sum_said.interval) for span in spans):
            return
        meant = next((span for span in spans if is_misprint(sum_said, value * span)), None)
        other_time = re.search(r"季度|半年|\d月", sentence.text)
        if meant is None and len(spans) == 1 and "月" in price.before and not count.hedge and not other_time:
            # Over a year people come and go, but not a sixth of them.
            off = sum_said.value / (value * next(iter(spans)))
            meant = next(iter(spans)) if Fraction(7, 6) < off < 3 or Fraction(1, 3) < off < Fraction(6, 7) else None
        if meant is None:
            return
        line = f"{multiplied(count, price, meant, '月')}={amount(value * meant, sum_said)}，原文写{said(sum_said)}"
        ledger.fails(rule_of(price), Severity.DOUBTFUL, numbers, line, "请核对人数、标准、月数和金额。")
        return
    if average:
        slack = Fraction(2, 100)
        fewer = units.is_counted(sum_said.dimension) and sum_said.value < (count.value or 0)
        if count.hedge or fewer or abs(ratio - 1) > 10 or not _average_is_of(price, count, sum_said):
            return
    sure = (
        average and is_misprint(price, sum_said.value / value * (price.value or 0)) and sum(map(str.isdigit, price.printed)) > 3
    )
    if (
        abs(ratio - 1) <= slack
        and not sure
        and not (times == 1 and is_misprint(sum_said, value) and sum(map(str.isdigit, sum_said.printed)) > 3)
        and weight_into(sum_said, Interval.about(value, sum_said.quantum / 2)) < _SWAPPED
    ):
        ledger.unclear(rule_of(price), numbers, f"{line}，相差不大，期间人数可能有增减")
        return
    if not time and not average and not (Fraction(1, 100) < ratio < 100):
        return
    between = sentence.between(min(count, price, key=_start), max(count, price, key=_start))
    if re.search(r"其中|起步|以上|最高|不等", between) and not is_misprint(sum_said, value):
        return
    severity = Severity.ERROR if slack == 0 else Severity.DOUBTFUL
    proposal = f"若数量和标准无误，应为{amount(value, sum_said)}；请核对数量、标准、金额和月数。"
    ledger.fails(rule_of(price), severity, numbers, line, proposal, meant=value)


def _tell_months(count: Number, price: Number, sum_said: Number, ledger: Ledger) -> None:
    """35人，每人每月600元，计22.5万元: no number of months makes it."""
    value = value_of_product(count, price)
    months = decimal((sum_said.value or Fraction(0)) / value, 2)
    line = f"{said(count)}×{said(price)}=每月{amount(value, sum_said)}，{said(sum_said)}合{months}个月，不是整月"
    ledger.fails(rule_of(price), Severity.DOUBTFUL, [sum_said, count, price], line, "请核对人数、标准、月数和金额。")


def _half(price: Number, sentence: Sentence) -> str:
    """What is told between the semicolons around the price."""
    place = price.start - sentence.start
    left, right = sentence.text.rfind("；", 0, place), sentence.text.find("；", place)
    return sentence.text[left + 1 : right if right >= 0 else len(sentence.text)]


def _start(number: Number) -> int:
    return number.start


def _average_is_of(price: Number, count: Number, sum_said: Number) -> bool:
    """Whether count and total stand side by side right before the average."""
    first, *_, last = sorted((count, sum_said, price), key=_start)
    if sum_said.start < count.start and price.start < sum_said.start:
        return False
    if price.start < count.start < sum_said.start:
        # 户均补助2.8万元，386户共计补助1080.8万元.
        words = "(?:，|共|合计|总|累计|全年|年)*(?:共|合计|总|累计|需|应|补助|支付|兑付|发放|支出|安排|下达)"
        return last.start - first.end < 24 and bool(
            re.match(words, sum_said.before) or re.search("(?:[总合共]计|共)$", sum_said.before)
        )
    return last.start - first.end < 60 and (sum_said.start < price.start or count.start < price.start)


def _whole_heads(price: Number, sum_said: Number, count: Number | None, sentence: Sentence, ledger: Ledger) -> None:
    """An amount paid at one rate a head is a whole number of heads."""
    rate = price.value or Fraction(0)
    if price.hedge or sum_said.hedge or rate.denominator != 1 or sum_said.quantum >= rate or sum_said.value is None:
        return
    if price.dimension not in units.MONEY or sum_said.value < rate * 5 or (count is not None and count.exact):
        return
    if count is None and not re.search(r"每|/", price.printed + price.before):
        return
    if count is None or not units.is_counted(count.dimension) or (sum_said.interval / Interval(rate, rate)).holds_whole_number():
        return
    heads = sum_said.value / rate
    below = int(heads)
    unit = count.unit.lstrip("万亿") or "人"
    line = (
        f"{said(sum_said)}÷{said(price)}={float(heads):.2f}{unit}，不是整数；{below}{unit}为{amount(below * rate, sum_said)}，"
        f"{below + 1}{unit}为{amount((below + 1) * rate, sum_said)}"
    )
    proposal = "按这一标准发放，总额应是标准的整数倍；请核对金额、标准，或写明有人只领取了其中一部分。"
    ledger.fails("count_times_price", Severity.ERROR, [sum_said, price, count], line, proposal)
