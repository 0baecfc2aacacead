"""Rates whose name alone says what they are of: 存贷比, 不良贷款率, 恩格尔系数, 药占比.

Every pair around that bears the two names is tried; a rate is wrong where its paragraph, or else the whole report, has but one
number of each name and they make another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, same_measure
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.quotients import RULE, holds, judge_share, line_of
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_END = r"(?:总额|总量|总计|合计|余额|完成|实现|共|约|为|达到?|是)*$"


@dataclass(frozen=True, slots=True)
class _Law:
    """A name, and how numerator and denominator are called."""

    name: re.Pattern[str]
    top: re.Pattern[str]
    bottom: re.Pattern[str]
    mixed: bool = False
    """Whether the one is counted in another unit than the other: 入住2136人 of 床位4216张."""


def _law(name: str, top: str, bottom: str, *, mixed: bool = False) -> _Law:
    name, top, bottom = rf"(?:{name})(?:为|达到?|是|约)?$", rf"(?:{top}){_END}", rf"(?:{bottom}){_END}"
    return _Law(re.compile(name), re.compile(top), re.compile(bottom), mixed)


_LAWS = (
    _law("存贷比", "贷款", "存款"),
    _law("不良(?:贷款)?率", "不良贷款", "(?<!不良)贷款"),
    _law("恩格尔系数", "食品(?:烟酒)?(?:类)?(?:消费)?支出", "(?<!食品)消费(?:性)?支出"),
    _law("药占比|药品占比", "药品(?:收入|费用?)?", "(?:医疗|业务|医药)(?:总)?收入"),
    _law("耗占比|耗材占比", "(?:卫生)?(?:材料|耗材)(?:收入|费用?)?", "(?:医疗|业务|医药)(?:总)?收入"),
    _law("资产负债率|(?<!资产)负债率", "负债", "资产"),
    _law("产销率", "销售产值", "(?<!销售)产值"),
    _law("税(?:收|比)占比|税占比", "(?<!非)税收(?:收入)?", "(?:公共)?(?:财政|预算)收入"),
    _law("机械化率|机械化水平", "机(?:收|播|耕|械作业)面积", "(?:作业|播种|种植|收获)面积"),
    _law("入住率", "入住(?:老人|人数|人员|对象)?", "床位(?:数)?", mixed=True),
    _law("(?:简单)?赔付率", "(?:赔款|赔付)(?:支出|金额)?", "保费(?:总额|总收入|收入)?"),
    _law("漏损率", "漏损(?:水)?量?", "供水(?:总)?量"),
    _law("医保结余率|结余率", "结余", "收入"),
)


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every rate of such a name that stands in no relation yet."""
    done = {key for relation in ledger.relations if relation.rule == RULE for key in relation.numbers[:1]} | ledger.failed
    everywhere = [n for paragraph in reading.paragraphs[:400] for n in _levels(paragraph)]
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                if number.role is not Role.SHARE or number.dimension != units.PERCENT or number.key in done or number.hedge:
                    continue
                law = next((law for law in _LAWS if law.name.search(number.before)), None)
                if law is not None:
                    _judge(number, law, _levels(paragraph), everywhere, ledger)


def _levels(paragraph: ReadParagraph) -> list[Number]:
    return [n for sentence in paragraph.sentences for n in sentence.numbers if is_plain_level(n) and n.kind is not Kind.STRUCTURE]


def _judge(rate: Number, law: _Law, near: Sequence[Number], everywhere: Sequence[Number], ledger: Ledger) -> None:
    for pool in (near, everywhere):
        tops = [n for n in pool if law.top.search(n.before)]
        bottoms = [n for n in pool if law.bottom.search(n.before) and n not in tops]
        pairs = [(top, bottom) for top in tops for bottom in bottoms if law.mixed or same_measure(top, bottom)]
        for top, bottom in pairs:
            if holds(rate, top, bottom):
                ledger.holds(RULE, [rate, top, bottom], f"{line_of(rate, top, bottom)}，与原文相符")
                return
        if len(pairs) == 1:
            judge_share(rate, *pairs[0], ledger, Severity.DOUBTFUL if law.mixed else Severity.ERROR)
            return
        for top, bottom in pairs:
            if top.value and bottom.value and is_misprint(rate, top.value / bottom.value * 100):
                judge_share(rate, top, bottom, ledger, Severity.DOUBTFUL)
                return
        if pairs:
            return
