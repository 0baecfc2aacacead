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
from anmin.ground.reports.checking.relations.ledger import Ledger, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_ONE_MONTH = re.compile(r"当月|(?<![-—至到～])\d{1,2}月份?(?![-—至到～末底初\d])")


def rates_in_turn(prices: Sequence[Number], sentence: Sentence, ledger: Ledger) -> bool:
    """高中生183人、每人2000元，大学生122人、每人4500元，共91.5万元: each rate for those in its place, and all together."""
    monthly = [n for n in prices if n.per == "月"]
    prices = [n for n in prices if n not in monthly]
    times = {n.per.partition("·")[2] for n in prices}
    if not 2 <= len(prices) <= 6 or len(times) != 1 or len({n.dimension for n in prices}) != 1:
        return False
    found = _counts_in_turn(prices, sentence)
    if len({id(n) for n in found}) != len(prices):
        return False
    value = sum((value_of_product(count, price) for count, price in zip(found, prices, strict=True)), Fraction(0))
    # The sum may be told before them, too: 当月发放27万元，其中……4126人，每人每月50元……
    totals = [n for n in sentence.numbers if n not in prices and is_total(n, prices[-1])]
    totals += monthly if times == {"月"} else []
    if any(prices[0].end <= n.start < prices[1].start for n in totals if n not in found):
        return False  # 120户，每户200元，计28.8万元；35人，每人600元，计25.2万元: each has a sum of its own
    line = "+".join(f"{said(count)}×{said(price)}" for count, price in zip(found, prices, strict=True))
    for sum_said in totals:
        spans = [1] if sum_said in monthly or times != {"月"} else _months(sentence)
        for span in spans or range(1, 13):
            if Interval.about(value * span, sum_said.quantum / 2).meets(sum_said.interval):
                ledger.holds(rule_of(prices[0]), [sum_said, *found, *prices], f"{line}，与原文{said(sum_said)}相符")
                return True
        if len(totals) == 1 and len(spans) == 1 and _is_of_all(sum_said, found, prices, sentence):
            return _tell(sum_said, found, prices, value * spans[0], line, spans[0], ledger)
    return False


_SPANS = (("半年", 6), ("一年", 12), ("全年", 12), ("年度", 12))
_TOP_UP = re.compile(r"低保|最低生活|保障标准|供养标准")
_LIMITED = re.compile(r"补差|限额|最高|封顶|不超过|起付|(?<![一二三四五特优高中])等(?![级待候])|均|另有|其他")
_IN_ALL = re.compile(r"共|合计|总|计|需|应[发付补]|发放|支[出付]|兑[付现]|拨付|支付")


def _counts_in_turn(prices: Sequence[Number], sentence: Sentence) -> list[Number]:
    """For each price the count right before it; else the one right behind it; else those told in a row before or behind all."""
    each = [price.per.partition("·")[0] for price in prices]
    in_a_row = any(set(map(id, prices)) <= set(map(id, run)) for run in sentence.runs)
    if not in_a_row:
        edges = [sentence.start, *(price.end for price in prices), sentence.end]
        for first in (0, 1):
            found = [
                [n for n in sentence.numbers if edges[at + first] <= n.start < (price.start if not first else edges[at + 2])]
                for at, price in enumerate(prices)
            ]
            told = [[n for n in some if counts_of(n, head)] for some, head in zip(found, each, strict=True)]
            if all(told):
                return [some[0 if first else -1] for some in told]
    same = len(set(each)) == 1
    if same and in_a_row:
        # 集中318人、分散966人，标准分别为每人每月1150元和890元: each for the one in its place.
        return [n for n in sentence.numbers if n.end <= prices[0].start and counts_of(n, each[0])][-len(prices) :]
    # 小学每生500元、初中每生625元，惠及小学1240人、初中2168人，资金197.5万元: the rates first, then for how many.
    return [n for n in sentence.numbers if same and n.start > prices[-1].end and counts_of(n, each[0])][: len(prices)]


def _months(sentence: Sentence) -> list[int]:
    """For how many months it was paid, where the sentence says it."""
    if _ONE_MONTH.search(sentence.text) or re.search("每月(?:共|合计|总|需|应|发)", sentence.text):
        return [1]
    told = {int(found) for found in re.findall(r"(?<![前头])(\d{1,2})个月", sentence.text)}
    told = told or {months for word, months in _SPANS if word in sentence.text}
    return list(told) if len(told) == 1 else []


def _is_of_all(total: Number, counts: Sequence[Number], prices: Sequence[Number], sentence: Sentence) -> bool:
    """Whether the total sums up just these: nothing else of its unit is told beside them, and nothing limits what was paid."""
    ends = [total, *counts, *prices]
    first, last = min(n.start for n in ends), max(n.end for n in ends)
    beside = [n for n in sentence.numbers if first <= n.start < last and n.dimension == total.dimension and n not in ends]
    text = sentence.text[max(0, first - sentence.start - 12) : last - sentence.start]
    if any(_TOP_UP.search(n.before) for n in (total, *prices)):
        return False
    return not beside and not total.hedge and not _LIMITED.search(text) and _IN_ALL.search(total.before) is not None


def _tell(
    total: Number, counts: Sequence[Number], prices: Sequence[Number], value: Fraction, line: str, span: int, ledger: Ledger
) -> bool:
    if any(n.hedge for n in (*counts, *prices)) or not (total.value or 0) < 2 * value < (total.value or 0) * 4:
        return False
    line = f"{f'（{line}）×{span}个月' if span > 1 else line}={amount(value, total)}，原文写{said(total)}"
    proposal = f"若各项人数和标准无误，应为{amount(value, total)}。"
    severity = Severity.ERROR if is_misprint(total, value) else Severity.DOUBTFUL
    ledger.fails(rule_of(prices[0]), severity, [total, *counts, *prices], line, proposal)
    return True


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
