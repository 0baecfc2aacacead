"""So many for each thousand people or hundred square kilometres: 每千常住人口床位7.50张, 每百平方公里公路150.8公里."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.numerals.units import MULTIPLIERS
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, decimals_of, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.naming import core_of, likeness
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "count_times_price"
_EACH = re.compile(
    r"每(?P<scale>十万|[百千万])(?:名|位)?(?P<of>常住人口|户籍人口|总?人口|居民|人(?![次均])|老年人|老人|平方公里|平方千米)"
    r"(?:拥有|配备|配有|配|有)?(?P<noun>[^，。；\d]{0,16}?)(?:为|达到?|约)?$"
)
# 报告发病率218.4/10万: of so many cases told before it.
_PER_100000 = re.compile(r"(?P<of>)(?P<noun>)(?:发病|患病)率(?:为|达到?|是|约)?\|/(?P<scale>10万)")
# 人均公园绿地面积13.4平方米; what is earned and made is reckoned with the average of two years' people.
_PER_HEAD = re.compile(
    r"人均(?:拥有|占有)?(?P<noun>(?![^，。]*(?:生产总值|GDP|收入|支出|消费|寿命|预期|纯收|产值))[\u4e00-\u9fff]{2,10}?)(?P<of>)(?P<scale>)(?:为|达到?|约)?$"
)
_PEOPLE = re.compile(r"人口(?:总?数)?(?:为|达到?|共|约)?$|按(?:常住|户籍)人口$")
_OLD = re.compile(r"老年?人(?:口)?(?:总?数)?(?:为|达到?|共|约)?$")
_LAND = re.compile(r"(?:国土|土地|区域|行政区域|辖区|总)面积(?:为|达到?|共|约)?$")
_POOL_AT_MOST = 2000


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every density is held against what is counted and what it is spread over, wherever the report tells both."""
    pool: list[Number] = []
    heads: list[tuple[Number, re.Match[str], int]] = []
    asked: list[tuple[Number, re.Match[str], list[Number]]] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                each = _EACH.search(number.before) if number.role is Role.LEVEL and number.measured and number.value else None
                if number.measured and number.value and (rate := _PER_100000.search(_around(number, sentence))) is not None:
                    asked.append(
                        (number, rate, [n for n in sentence.numbers if n.end <= number.start and n.dimension in ("例", "人")])
                    )
                elif each is None and number.per == "人" and (head := _PER_HEAD.search(number.before)):
                    heads.append((number, head, paragraph.block))
                elif each is not None:
                    asked.append((number, each, [n for n in sentence.numbers if n.end <= number.start and is_plain_level(n)]))
                elif is_plain_level(number) and number.kind is Kind.MEASURE and len(pool) < _POOL_AT_MOST:
                    pool.append(number)
    for number, each, block in heads:
        # Of the people that its own paragraph tells of.
        _judge(number, each, [], [n for n in pool if n.place.block == block], ledger)
    for number, each, before in asked:
        _judge(number, each, before, pool, ledger)


def _judge(density: Number, each: re.Match[str], before: Sequence[Number], pool: Sequence[Number], ledger: Ledger) -> None:
    scale = Fraction(10**5) if each["scale"] == "10万" else MULTIPLIERS[each["scale"]]
    land = each["of"].startswith("平方")
    if land:
        scale *= units.dimension_of("平方公里")[1]
    told = _LAND if land else _OLD if each["of"].startswith("老") else _PEOPLE
    bases = [n for n in pool if told.search(n.before) and n.dimension == ("平方米" if land else units.PERSONS)]
    bases = [n for n in bases if each["of"] in n.before] or bases
    alike = [n for n in pool if n.dimension == density.dimension and n not in bases and (n.value or 0) > (density.value or 0)]
    if each["scale"] == "10万":
        alike = list(before)
    # 公路密度每百平方公里226.6公里: what is counted stands before it.
    core = core_of(each["noun"]) or core_of(re.sub("密度|[为达是]", "", density.before[: each.start()][-6:]))
    # 社会体育指导员2642名，每千人3.22名: what was counted right before it.
    totals = [n for n in alike if likeness(core, n) >= 0.8] if core else [n for n in before if n in alike][-1:]
    totals = [n for n in totals if not re.search("[上去]年|年初", n.before)]
    printed = Interval.about(density.value or Fraction(0), density.quantum / 2)
    for base in bases:
        for total in totals:
            if (total.interval / base.interval).times(scale).meets(printed):
                ledger.holds(RULE, [density, total, base], f"{_line(density, total, base, scale)[1]}，与原文{said(density)}相符")
                return
    if len({n.value for n in bases}) != 1 or not totals or density.hedge:
        return
    for total in totals:
        value, line = _line(density, total, bases[0], scale)
        near = total.place.block == density.place.block and len({n.value for n in totals}) == 1
        if is_misprint(density, value) or (near and value <= 2 * (density.value or 0) <= 4 * value):
            proposal = "请核对总数、人口（面积）和折算后的数。"
            ledger.fails(RULE, Severity.DOUBTFUL, [density, total, bases[0]], f"{line}，原文写{said(density)}", proposal)
            return


def _around(number: Number, sentence: Sentence) -> str:
    return f"{number.before}|{sentence.text[number.end - sentence.start :][:5]}"


def _line(density: Number, total: Number, base: Number, scale: Fraction) -> tuple[Fraction, str]:
    value = (total.value or Fraction(0)) / (base.value or Fraction(1)) * scale
    shown = f"{decimal(value / (density.factor or 1), max(decimals_of(density), 1))}{density.unit}"
    return value, f"{said(total)}÷{said(base)}，折算为{shown}"
