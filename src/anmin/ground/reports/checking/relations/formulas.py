"""Products that are written out: 2640人×80元×12个月=253.44万元, 213个村×8万元, （2640人×80元×12个月） behind their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "standard_times_people"
_TIMES = re.compile(r"[\u4e00-\u9fff]{0,6}(?:[/·每][\u4e00-\u9fff]{1,3})*[×*xX✕][\u4e00-\u9fff]{0,8}")
_MAKES = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:[/·每][\u4e00-\u9fff]{1,3})*(?:=|＝|）|，?(?:共?计|合计|共需?|需|小计))[\u4e00-\u9fff]{0,4}"
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every product that is written with its sign is multiplied out."""
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            if re.search("[×*xX✕]", sentence.text):
                for factors in _chains(sentence):
                    _judge(factors, sentence, ledger)


def _chains(sentence: Sentence) -> Iterator[list[Number]]:
    chain: list[Number] = []
    for number in sentence.numbers:
        if chain and _TIMES.fullmatch(sentence.between(chain[-1], number)):
            chain.append(number)
            continue
        if len(chain) > 1:
            yield chain
        chain = [number]
    if len(chain) > 1:
        yield chain


def _judge(factors: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    product = _product_of(factors, sentence)
    money = [n for n in factors if n.dimension in units.MONEY]
    if product is None or any(n.figure is None or n.hedge for n in factors) or product.hedge or len(money) > 1:
        return
    if (product.dimension in units.MONEY and not money) or product.key in ledger.failed:
        return
    value = Fraction(1)
    for factor in factors:
        size = factor.factor if factor.dimension in units.MONEY or units.is_counted(factor.dimension) else Fraction(1)
        value *= (factor.figure or Fraction(0)) * size / (100 if factor.dimension == units.PERCENT else 1)
    line = f"{'×'.join(said(n) for n in factors)}={amount(value, product)}"
    numbers = [product, *factors]
    if product.value is not None and Interval.about(value, product.quantum / 2).meets(product.interval):
        ledger.holds(RULE, numbers, f"{line}，与原文{said(product)}相符")
    elif value and product.value and Fraction(1, 3) < product.value / value < 3:
        proposal = f"若各因数无误，应为{amount(value, product)}；请核对算式中的各数。"
        ledger.fails(RULE, Severity.ERROR, numbers, f"{line}，原文写{said(product)}", proposal, meant=value)


def _product_of(factors: Sequence[Number], sentence: Sentence) -> Number | None:
    """What stands behind the sign of equality, or what the bracket of the factors stands behind."""
    last = factors[-1]
    after = next((n for n in sentence.numbers if n.start >= last.end), None)
    if after is not None and after.measured and _MAKES.fullmatch(sentence.between(last, after)):
        return after
    group = sentence.group_of(factors[0])
    whole = [n for n in group.numbers if n not in factors] == [] and group.anchor
    return group.anchor if whole and group.anchor is not None and group.anchor.measured else None
