"""Standards paid to those who were counted before: 租赁补贴1408户. …… 租赁补贴按每户每月420元发放，全年发放709.6万元.

The count is the one whose name stands in the words that lead up to the standard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.heads import counts_of, is_price, rule_of
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.lists import label_of
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.naming import core_of
from anmin.ground.reports.checking.relations.slips import report_slip
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_BEFORE, _NEAR = 60, 12
_SPANS = (
    ("当月", 1),
    ("单月", 1),
    ("半年", 6),
    ("一季度", 3),
    ("二季度", 3),
    ("三季度", 3),
    ("四季度", 3),
    ("前三季度", 9),
    ("全年", 12),
)
_NOT_FULL = re.compile(r"低保|最低生活|补差|保障标准|供养标准|限额|最高|封顶|不超过|起付|不等|至多|左右|以上")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every standard that no relation rests on yet is tried with the count that it is named after."""
    done = {key for relation in ledger.relations for key in relation.numbers if relation.rule != "growth"}
    months = reading.months
    pool: list[Number] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            for at, number in enumerate(sentence.numbers):
                if number.key not in done and is_price(number) and not number.hedge:
                    _judge(number, at, sentence, pool[-_BEFORE:], months, ledger)
            pool += [n for n in sentence.numbers if n.measured and not n.weak and n.role is Role.LEVEL and n.kind is Kind.MEASURE]


def _is_taken_up(name: str, lead: str) -> bool:
    """重度残疾人护理补贴 is taken up by 护理补贴 …按每人每月, 分散供养 by 分散供养人员…"""
    return (len(name) >= 3 and name in lead) or (len(name) > 4 and name[-4:] in lead)


def _judge(price: Number, at: int, sentence: Sentence, pool: Sequence[Number], months: int, ledger: Ledger) -> None:
    each, _, time = price.per.partition("·")
    totals = [n for n in sentence.numbers[at + 1 : at + 3] if _is_total(n, price)]
    # 每人640元、个人缴费350元，合计应筹21645.6万元: what is smaller than a few of them is another rate, or in the wrong unit.
    total = next((n for n in totals if (n.value or 0) >= 5 * (price.value or 0)), totals[0] if totals else None)
    lead = sentence.text[max(0, price.start - sentence.start - 60) : price.start - sentence.start].rpartition("；")[2]
    if total is not None and price.per in ("月", "季度") and "；" not in sentence.between(price, total):
        _judge_running(price, total, sentence.between(price, total), ledger)
        return
    if (
        total is None
        or total.value is None
        or time not in ("", "月", "天", "日", "年")
        or _NOT_FULL.search(lead)
        or "；" in sentence.between(price, total)
    ):
        return
    between = sentence.between(price, total)
    told = next((span for word, span in _SPANS if word in between or word in lead[-12:]), months)
    if re.search(r"\d{1,2}月(?:份|当月)?(?:共|实际|实)?(?:发放|支付|支出|拨付|兑付)", between):
        told = 1
    if said_months := re.search(r"(\d{1,2})个月", between):
        told = int(said_months[1])
    if time in ("天", "日"):
        days = re.search(r"(\d{1,3})天", between)
        told = int(days[1]) if days else 0
    monthly = time != "年" and (bool(time) or "月" in price.before[-6:])
    if monthly and not told:
        return
    here = [n for n in sentence.numbers[:at] if n.measured and not n.weak and n.role is Role.LEVEL and n.kind is Kind.MEASURE]
    counts = [n for n in (*pool, *here) if counts_of(n, each) and not n.hedge and n.value]
    named = [n for n in counts if _is_taken_up(core_of(label_of(n)), lead)]
    times = told if monthly else 1
    if named and len({n.value for n in named}) == 1:
        aimed = [n for n in sentence.numbers if n.role is Role.TARGET and n.dimension == price.dimension and n.measured]
        value = _line(price, named[-1], total, times)[0]
        # 863人，每人每年600元，全年预算51.78万元，前三季度已支出38.8万元: the sum that is planned is theirs.
        if not any(Interval.about(value, n.quantum / 2).meets(n.interval) for n in aimed):
            _judge_named(price, named[-1], total, times, ledger)
    elif not named:
        _judge_unnamed(price, counts[-_NEAR:], total, times, ledger)


def _judge_running(price: Number, total: Number, between: str, ledger: Ledger) -> None:
    """每月需资金82.5万元，1至6月共发放495万元: so much a month, for the months that are named."""
    told = re.search(
        r"(?P<from>\d{1,2})月?[-—–至](?P<to>\d{1,2})月|(?P<many>\d{1,2})个(?:月|季度)|(?P<year>全年|一年)|(?P<half>半年)", between
    )
    if told is None or (price.per == "季度" and not told["many"]):
        return
    times = int(told["to"]) - int(told["from"]) + 1 if told["to"] else int(told["many"] or (12 if told["year"] else 6))
    value = (price.value or Fraction(0)) * times
    if times < 2 or total.value is None or not Fraction(1, 3) < total.value / value < 3:
        return
    line = f"{said(price)}×{times}={amount(value, total)}"
    if abs(total.value / value - 1) <= Fraction(5, 100) and not is_misprint(total, value):
        ledger.holds(rule_of(price), [total, price], f"{line}，与原文{said(total)}相近")
    else:
        proposal = f"若每期金额和期数无误，应为{amount(value, total)}；其间有增减的，请写明。"
        ledger.fails(rule_of(price), Severity.DOUBTFUL, [total, price], f"{line}，原文写{said(total)}", proposal)


def _is_total(number: Number, price: Number) -> bool:
    return (
        number.measured
        and number.kind is Kind.MEASURE
        and number.role is Role.LEVEL
        and number.dimension == price.dimension
        and not number.hedge
    )


def _line(price: Number, count: Number, total: Number, times: int) -> tuple[Fraction, str]:
    value = (count.value or Fraction(0)) * (price.value or Fraction(0)) * times
    unit = "天" if price.per.endswith(("天", "日")) else "个月"
    factor = f"×{times}{unit}" if times > 1 else ""
    return value, f"{said(count)}×{said(price)}{factor}={amount(value, total)}"


def _judge_unnamed(price: Number, counts: Sequence[Number], total: Number, times: int, ledger: Ledger) -> None:
    """Where no count is named, only the one that makes the total but for one of its four digits or more."""
    for count in reversed(counts):
        value, line = _line(price, count, total, times)
        if total.interval.meets(Interval.about(value, total.quantum / 2)):
            ledger.holds(rule_of(price), [total, count, price], f"{line}，与原文{said(total)}相符")
            return
    if len(re.sub(r"\D", "", total.printed)) < 4:
        return
    for count in reversed(counts):
        value, line = _line(price, count, total, times)
        if is_misprint(total, value):
            proposal = f"若数量和标准无误，应为{amount(value, total)}；请核对数量、标准、金额和月数。"
            ledger.fails(rule_of(price), Severity.DOUBTFUL, [total, count, price], f"{line}，原文写{said(total)}", proposal)
            return


def _judge_named(price: Number, count: Number, total: Number, times: int, ledger: Ledger) -> None:
    value, line = _line(price, count, total, times)
    assert total.value is not None
    rule, numbers = rule_of(price), [total, count, price]
    near = abs(value - total.value) * 20 <= value
    if (near and (times > 1 or not is_misprint(total, value))) or total.interval.meets(Interval.about(value, total.quantum / 2)):
        # Over some months people come and go.
        ledger.holds(rule, numbers, f"{line}，与原文{said(total)}相近")
        return
    for slip in (Fraction(10**4), Fraction(1, 10**4)):
        if abs(total.value * slip - value) * 20 <= value:
            report_slip(total, slip, [count, price], ledger, f"{line}，原文写{said(total)}；换一个单位才相符")
            return
    if value <= 2 * total.value <= 4 * value:
        proposal = f"若数量和标准无误，应为{amount(value, total)}；请核对数量、标准、金额和月数。"
        ledger.fails(rule, Severity.DOUBTFUL, numbers, f"{line}，原文写{said(total)}", proposal)
