"""What comes out on average and says not of which: 平均线路长度18公里, 平均单体投资3.3亿元, 平均住院日8.5天.

It is the total of its unit by the count that stand right before it, and its words are found in theirs; any other pair of the
sentence that makes it is believed.
"""

from __future__ import annotations

import re
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, decimals_of, said
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "count_times_price"
_MEAN = re.compile(r"(?:^|[^每])平均(?!每|水平|工资|寿命|气温|浓度|价)(?P<noun>[\u4e00-\u9fff]{1,10}?)(?:为|达到?|是|约)*$")
_SAYS_NOTHING = re.compile(r"单体|单个|总|数|量|额|的|每|实际")
_TIME = {"日": "天", "个小时": "小时", "个工作日": "工作日"}


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every average without a count of its own that stands in no relation yet."""
    done = {key for relation in ledger.relations if relation.rule == RULE for key in relation.numbers}
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                mean = _MEAN.search(number.before)
                if (
                    mean is None
                    or number.key in done
                    or number.hedge
                    or number.projected
                    or not number.figure
                    or number.per.strip("体个")
                ):
                    continue
                if number.kind is Kind.DURATION or (number.measured and number.role is Role.LEVEL):
                    _judge(number, mean["noun"], sentence, ledger)


def _judge(average: Number, noun: str, sentence: Sentence, ledger: Ledger) -> None:
    before = [n for n in sentence.numbers if n.end <= average.start and n.group == average.group]
    totals = [n for n in before if _is_total(n, average)]
    counts = [n for n in before if is_plain_level(n) and units.is_counted(n.dimension) and n.dimension and not n.hedge]
    printed = Interval.about(average.figure or Fraction(0), average.quantum / (average.factor or 1) / 2).times(
        average.factor or 1
    )
    for total in totals:
        if any((total.interval / count.interval).meets(printed) for count in counts if count is not total and count.value):
            return
    beside = [n for n in before if n in totals or n in counts][-2:]
    if len(beside) < 2 or average.segment - beside[0].segment > 2:
        return
    pair = [(total, count) for total in beside if total in totals for count in beside if count in counts and count is not total]
    if len(pair) != 1 or not _speaks_of(noun, *pair[0]):
        return
    total, count = pair[0]
    value = (total.value or Fraction(0)) / (count.value or 1)
    meant = (average.figure or Fraction(0)) * (average.factor or 1)
    if not Fraction(1, 3) < meant / value < 3:
        return
    right = f"{decimal(value / (average.factor or 1), max(decimals_of(average), 1))}{average.unit}"
    line = f"{said(total)}÷{said(count)}={right}，原文写{said(average)}"
    proposal = f"若{said(total)}和{said(count)}无误，应为{right}；请核对三个数。"
    ledger.fails(RULE, Severity.DOUBTFUL, [average, total, count], line, proposal)


def _is_total(number: Number, average: Number) -> bool:
    if number.hedge or not number.value or (number.value or 0) <= (average.value or 0):
        return False
    if average.kind is Kind.DURATION or average.dimension == "天":
        return _TIME.get(number.unit, number.unit) == _TIME.get(average.unit, average.unit) and bool(
            re.search(r"总|共|数(?:为|达到?)?$|累计|合计", number.before)
        )
    return is_plain_level(number) and number.dimension == average.dimension


def _speaks_of(noun: str, total: Number, count: Number) -> bool:
    """Whether what the average is of is found in the words of the two: 线路长度 of 线路48条, 总长864公里."""
    core = _SAYS_NOTHING.sub("", noun)
    told = total.before[-12:] + count.before[-12:] + count.after[:6]
    if len(core) < 2:
        return True
    alike = sum(core[at : at + 2] in told for at in range(len(core) - 1))
    return alike > 0 or ((total.kind is Kind.DURATION or total.dimension == "天") and sum(c in told for c in core) >= 2)
