"""Several prices in one sentence: each for the count in its place, or all of them for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.heads import counts_of, is_price, rule_of, value_of_product
from anmin.ground.reports.checking.relations.ledger import Ledger, said
from anmin.ground.reports.checking.vocabulary import Kind, Role

_ONE_MONTH = re.compile(r"当月|(?<![-—至到～])\d{1,2}月份?(?![-—至到～末底初\d])")


def rates_in_turn(prices: Sequence[Number], sentence: Sentence, ledger: Ledger) -> bool:
    """高中生183人、每人2000元，大学生122人、每人4500元，共91.5万元: each rate for those told before it, and all together."""
    each, _, time = prices[0].per.partition("·") if prices else ("", "", "")
    if not 2 <= len(prices) <= 6 or len({(n.per, n.dimension) for n in prices}) != 1:
        return False
    if time == "月" and not _ONE_MONTH.search(sentence.text):
        return False
    counts = [
        next((n for n in reversed(sentence.numbers) if n.end <= price.start and counts_of(n, each)), None) for price in prices
    ]
    found = [n for n in counts if n is not None]
    if any(set(map(id, prices)) <= set(map(id, run)) for run in sentence.runs):
        # 集中318人、分散966人，标准分别为每人每月1150元和890元: each for the one in its place.
        found = [n for n in sentence.numbers if n.end <= prices[0].start and counts_of(n, each)][-len(prices) :]
    if not found:
        # 小学每生500元、初中每生625元，惠及小学1240人、初中2168人，资金197.5万元: the rates first, then for how many.
        found = [n for n in sentence.numbers if n.start > prices[-1].end and counts_of(n, each)][: len(prices)]
    if len({id(n) for n in found}) != len(prices):
        return False
    value = sum((value_of_product(count, price) for count, price in zip(found, prices, strict=True)), Fraction(0))
    # The sum may be told before them, too: 当月发放27万元，其中……4126人，每人每月50元……
    for sum_said in [n for n in sentence.numbers if n not in prices and is_total(n, prices[-1])]:
        if Interval.about(value, sum_said.quantum / 2).meets(sum_said.interval):
            line = "+".join(f"{said(count)}×{said(price)}" for count, price in zip(found, prices, strict=True))
            ledger.holds(rule_of(prices[0]), [sum_said, *found, *prices], f"{line}，与原文{said(sum_said)}相符")
            return True
    return False


def with_others(
    price: Number, counts: Sequence[Number], sum_said: Number, times: Sequence[int | Fraction], sentence: Sentence, ledger: Ledger
) -> bool:
    """416户，省补每户3000元、市县配套每户2000元，共208万元: rates that are paid side by side."""
    beside = [
        n
        for n in sentence.numbers
        if is_price(n) and n.per == price.per and n.dimension == price.dimension and abs(n.start - price.start) < 60
    ]
    # 每户500元慰问金，另送价值200元大米一袋.
    beside += [
        n
        for n in sentence.numbers
        if price.end <= n.start < sum_said.start and n.measured and n.dimension == price.dimension and n not in beside
        if n.factor == 1 and re.search("另|外加|附送|加上", sentence.between(price, n))
    ]
    together = sum((n.value or Fraction(0) for n in beside), Fraction(0))
    for count in counts if len(beside) > 1 else ():
        for time in times:
            if (count.interval.times(together * time)).meets(sum_said.interval):
                line = f"{said(count)}×（{'+'.join(said(n) for n in beside)}）"
                ledger.holds(rule_of(price), [sum_said, count, *beside], f"{line}，与原文{said(sum_said)}相符")
                return True
    return False


def is_total(number: Number, price: Number) -> bool:
    return (
        number.measured
        and not number.weak
        and number.kind is Kind.MEASURE
        and number.role is Role.LEVEL
        and (number.dimension == price.dimension or (price.dimension, number.dimension) == (units.PERSONS, "人次"))
        and not number.per
        and not re.search("最[多少高低大小]", number.before)
        and ((number.value or 0) >= (price.value or 0) or number.quantum < 1)
    )
