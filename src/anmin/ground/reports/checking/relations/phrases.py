"""Words that say how large a number is: 突破10亿元, 超额完成, 超过一半; a number said again in brackets; length times width."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import chinese, units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_BEHIND = 16
_HALF = re.compile(
    r"(?P<over>超过?|过)(?:了)?(?:一?半|半数)|(?P<near>近|接近|将近)(?:一半|半数)|(?P<under>不足|不到)(?:一半|半数)"
)
_TENTHS = re.compile(
    r"(?P<over>超过?|逾)(?P<n>[一二三四五六七八九])成(?!熟|果|立|员|本|交|功|就)|(?P<near>近|接近)(?P<m>[一二三四五六七八九])成(?!熟|果|立|员|本|交|功|就)"
)
_PASSED = re.compile(r"(?:突破|超过|跨过|迈上)$")
_REACHED = re.compile(r"^(?:实际)?(?:达到?|为|实现|完成)(?:了)?$")
_MORE_THAN_DONE = re.compile(r"^超额完成[\u4e00-\u9fff]{0,8}?(?:任务|计划|目标)(?:数|量)?(?:的)?$")
_ONLY = re.compile(r"^(?:即|合|折合|约合|计)?(?:人民币)?$")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every sentence is looked at for such words."""
    for paragraph in reading.paragraphs:
        if paragraph.forecast:
            continue
        for sentence in paragraph.sentences:
            numbers = [n for n in sentence.numbers if n.measured and not n.weak]
            for at, number in enumerate(numbers):
                if number.role is Role.SHARE and number.dimension == units.PERCENT and not number.hedge:
                    _judge_share_words(number, sentence, ledger)
                if at:
                    _judge_passed(numbers[at - 1], number, sentence, ledger)
            _judge_said_again(sentence, ledger)
            _judge_points(numbers, ledger)
            # 三季度完成77.7%: progress is counted from the beginning of the year.
            _judge_progress(numbers, reading.period.last.month if reading.period else reading.months, ledger)
            _judge_area(numbers, ledger)


def _judge_share_words(share: Number, sentence: Sentence, ledger: Ledger) -> None:
    """占51.4%，超过一半."""
    behind = re.split(r"[。；（）\d]", sentence.text[share.end - sentence.start :][:_BEHIND], maxsplit=1)[0]
    if (half := _HALF.search(behind)) is not None:
        low, high = (50, 100) if half["over"] else (40, 50) if half["near"] else (0, 50)
    elif (tenths := _TENTHS.search(behind)) is not None:
        size = (chinese.value_of(tenths["n"] or tenths["m"]) or 0) * 10
        low, high = (size, size + 10) if tenths["over"] else (size - 5, size)
    else:
        return
    if re.search(r"人数|其中|比|，[^，]{6,}", behind):
        return
    said_so = Interval(Fraction(low) - share.quantum / 2, Fraction(high) + share.quantum / 2)
    if not said_so.meets(share.interval):
        words = (half or tenths)[0]  # type: ignore[index]  # one of the two was found
        ledger.fails("share", Severity.DOUBTFUL, [share], f"{said(share)}，原文又说“{words}”", "数字与文字说法不一致，请核对。")


def _judge_passed(bound: Number, number: Number, sentence: Sentence, ledger: Ledger) -> None:
    """突破10亿元，达到9.68亿元; 完成4.9万亩，超额完成任务5.2万亩."""
    if bound.dimension != number.dimension or bound.per != number.per or number.start - bound.end > 20 or bound.value is None:
        return
    between = sentence.between(bound, number)
    if _PASSED.search(bound.before) and number.role is Role.LEVEL and _REACHED.match(between.lstrip("，")):
        if number.interval.high is not None and number.interval.high < bound.value:
            line = f"“{bound.before[-2:]}{said(bound)}”，而后一个数是{said(number)}"
            ledger.fails("range_order", Severity.ERROR, [number, bound], line, "请核对两个数，或改正用词。")
    elif _MORE_THAN_DONE.match(number.before) and bound.role is Role.LEVEL and bound.interval.is_below(number.interval):
        line = f"完成{said(bound)}，少于任务{said(number)}，谈不上超额"
        ledger.fails("range_order", Severity.ERROR, [bound, number], line, "请核对完成数和任务数，或改正用词。")


def _judge_said_again(sentence: Sentence, ledger: Ledger) -> None:
    """1.2亿元（12000万元): nothing but the number stands in the bracket, in another unit of the same money or measure."""
    for group in sentence.groups[1:]:
        number, again = group.anchor, group.numbers[0] if len(group.numbers) == 1 else None
        if number is None or again is None or group.anchor_gap or not number.measured or not again.measured:
            continue
        if (
            again.dimension != number.dimension
            or again.unit == number.unit
            or again.kind is not number.kind
            or again.per != number.per
        ):
            continue
        text = "".join(segment.text for segment in group.segments)
        if not _ONLY.match(again.before) or len(text) > len(again.printed) + 4 or number.interval.meets(again.interval):
            continue
        right = amount(number.value or Fraction(0), again)
        line = f"{said(number)}合{right}，括号内写{said(again)}"
        ledger.fails("unit_slip", Severity.ERROR, [again, number], line, "同一个数两种写法不一致，请核对单位。")


_THAN = re.compile(r"(?P<way>高于|高出|低于|快于|慢于|超过)(?P<who>[\u4e00-\u9fff]{2,8}?)(?:平均|水平|平均水平)*$")


def _judge_points(numbers: Sequence[Number], ledger: Ledger) -> None:
    """占3.6%，高于全市1.4个百分点，全市为2.2%."""
    for own, gap, other in zip(numbers, numbers[1:], numbers[2:], strict=False):
        than = _THAN.search(gap.before) if gap.dimension == units.POINTS else None
        if than is None or own.dimension != units.PERCENT or other.dimension != units.PERCENT or gap.value is None:
            continue
        if than["who"] not in other.before or own.value is None or other.value is None or own.hedge or gap.hedge or other.hedge:
            continue
        sign = -1 if than["way"] in ("低于", "慢于") else 1
        value = (own.value - other.value) * sign
        line = f"{said(own)}与{said(other)}相差{decimal(value, 2)}个百分点"
        if abs(value - gap.value) <= (own.quantum + gap.quantum + other.quantum) / 2:
            ledger.holds("growth", [gap, own, other], f"{line}，与原文相符")
        else:
            ledger.fails("growth", Severity.ERROR, [gap, own, other], f"{line}，原文写{said(gap)}", "请核对这三个数。")


_PROGRESS = re.compile(r"(?P<way>快于|超|超过|高于|领先|慢于|落后|低于)(?:于)?(?:序时|时序|时间)进度(?:要求)?$")


def _judge_progress(numbers: Sequence[Number], months: int, ledger: Ledger) -> None:
    """上半年完成62.4%，快于时序进度12.4个百分点: half the year is fifty per cent."""
    pairs = [*pairwise(numbers), *((done, gap) for gap, done in pairwise(numbers) if "完成" in done.before[:4])]
    for done, gap in pairs:
        ahead = _PROGRESS.search(gap.before) if gap.dimension == units.POINTS and done.role is Role.SHARE else None
        if ahead is None or not 0 < months < 12 or done.dimension != units.PERCENT or done.value is None or gap.value is None:
            continue
        due = Fraction(months * 100, 12)
        value = (due - done.value) if ahead["way"] in ("慢于", "落后", "低于") else (done.value - due)
        line = f"{said(done)}与{months}个月的序时进度{decimal(due, 1)}%相差{decimal(value, 1)}个百分点"
        if abs(value - gap.value) <= (done.quantum + gap.quantum) / 2 + Fraction(1, 20):
            ledger.holds("growth", [gap, done], f"{line}，与原文相符")
        elif not done.hedge and not gap.hedge:
            ledger.fails("growth", Severity.DOUBTFUL, [gap, done], f"{line}，原文写{said(gap)}", "请核对完成率和与进度之差。")


def _judge_area(numbers: Sequence[Number], ledger: Ledger) -> None:
    """长1200米、宽8米，面积9600平方米."""
    for long, wide, area in zip(numbers, numbers[1:], numbers[2:], strict=False):
        if not (long.dimension == wide.dimension == "米" and area.dimension == "平方米" and area.kind is Kind.MEASURE):
            continue
        if not re.search(r"(?<!总)长(?:度)?(?:约|为)?$", long.before) or not re.search(
            r"^[、，]?(?:平均|路面)?宽(?:度)?(?:约|为)?$", wide.before
        ):
            continue
        if not re.search(r"面积(?:约|为|共|达)*$", area.before) or long.hedge or wide.hedge or area.hedge:
            continue
        value = (long.value or Fraction(0)) * (wide.value or Fraction(0))
        line = f"{said(long)}×{said(wide)}={amount(value, area)}"
        if (long.interval * wide.interval).meets(area.interval):
            ledger.holds("count_times_price", [area, long, wide], f"{line}，与原文相符")
        else:
            numbers_used = [area, long, wide]
            ledger.fails(
                "count_times_price", Severity.DOUBTFUL, numbers_used, f"{line}，原文写{said(area)}", "请核对长、宽和面积。"
            )
