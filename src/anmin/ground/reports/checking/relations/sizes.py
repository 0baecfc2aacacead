"""Amounts of money that are printed in the wrong size: a yuan for each of so many people, 930元 where its like are 186万元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.relations.slips import in_unit
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "unit_slip"
_AVERAGE = re.compile(r"均|每")
_GIVEN = re.compile(r"发放|兑付|拨付|补助|补贴|救助|资助|慰问|工资|补偿|投入|支出|收入|消费|销售")
_SMALL = re.compile(r"票|单价|标准|起步|押金|工本|罚款|手续费|门槛|以[上下]|不足|低于|最[高低少]|另收")
_LEAST_EACH = {"人": Fraction(2), "户": Fraction(2), "人次": Fraction(1, 2), "户次": Fraction(1, 2)}
_SLIP = Fraction(10**4)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every amount of money is held against the heads told before it, and against those that go by its name."""
    for paragraph in reading.paragraphs:
        amounts: list[Number] = []
        for sentence in paragraph.sentences if not paragraph.forecast else ():
            heads: Number | None = None
            for number in sentence.numbers:
                if not number.measured or number.weak or number.hedge or not number.value or number.role is not Role.LEVEL:
                    continue
                if number.dimension in _LEAST_EACH and number.kind is Kind.MEASURE:
                    heads = number
                averaged = number.per or _AVERAGE.search(number.before) or number.kind is not Kind.MEASURE
                if number.dimension in units.MONEY and not averaged:
                    amounts.append(number)
                    if heads is not None:
                        _judge_each(number, heads, ledger)
        _judge_alike(amounts[:200], ledger)


def _judge_alike(amounts: Sequence[Number], ledger: Ledger) -> None:
    """投入186万元, 投入145.8万元, and 投入930元: what goes by one name is of one size, or nearly."""
    named: dict[str, list[Number]] = {}
    for number in amounts:
        if len(number.before) >= 2:
            named.setdefault(number.before[-2:], []).append(number)
    for alike in named.values():
        odd = [number for number in alike if number.factor == 1]
        others = [number for number in alike if number.factor >= 10**4]
        if len(odd) != 1 or len(others) < 2 or not _GIVEN.search(odd[0].before) or _SMALL.search(odd[0].before):
            continue
        number, sizes = odd[0], [other.value or Fraction(0) for other in others]
        meant = (number.value or Fraction(0)) * 10**4
        if number.key not in ledger.failed and min(sizes) <= 20 * meant and meant <= 20 * max(sizes):
            line = f"同样的数为{'、'.join(said(n) for n in others[:4])}，此处为{said(number)}，数额过小"
            right = in_unit(number, _SLIP)
            ledger.fails(RULE, Severity.DOUBTFUL, [number, *others[:4]], line, f"疑为单位写错，请核对是否应为{right}。")


def _judge_each(number: Number, heads: Number, ledger: Ledger) -> None:
    """吸纳就业1864人，发放工资2864元: one yuan and a half for each."""
    if not _GIVEN.search(number.before) or _SMALL.search(number.before) or number.key in ledger.failed:
        return
    value, least = number.value or Fraction(0), (heads.value or Fraction(0)) * _LEAST_EACH[heads.dimension]
    if (heads.value or 0) >= 100 and value < least <= value * 10**4:
        line = f"{said(heads)}只有{said(number)}，合每{heads.dimension}{decimal(value / (heads.value or 1))}元"
        right = in_unit(number, _SLIP)
        ledger.fails(RULE, Severity.DOUBTFUL, [number, heads], line, f"疑为单位写错，请核对是否应为{right}。")
