"""Multiples: 为去年同期1.92亿元的1.8倍, 是上年的1.5倍."""

from __future__ import annotations

import re

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "growth"


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every number said to be so many times another is tried."""
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            _judge_sentence(sentence, ledger)


def _judge_sentence(sentence: Sentence, ledger: Ledger) -> None:
    """为去年同期1.92亿元的1.8倍: the level before it divided by the number inside."""
    for number in sentence.numbers:
        if number.hedge == "番":
            _judge_doubling(number, sentence, ledger)
            continue
        if number.role is not Role.TIMES or number.dimension != units.TIMES or number.value is None:
            continue
        segment = sentence.segments[number.segment]
        if _multiple_of_prior(number, sentence, ledger):
            continue
        inside = [
            n
            for n in segment.numbers
            if n.start < number.start and n.measured and n.kind is Kind.MEASURE and n.role is not Role.TIMES
        ]
        if not inside or not re.search(r"的(?:近|约)?$", number.before) or not re.search(r"[为是]|相当于|达到", segment.text):
            continue
        bottom = inside[-1]
        tops = [
            n
            for n in sentence.group_of(number).numbers
            if n.start < bottom.start and n.role is Role.LEVEL and n.dimension == bottom.dimension and n.kind is Kind.MEASURE
        ]
        if not tops or not bottom.value or tops[-1].value is None:
            continue
        top = tops[-1]
        real = top.interval / bottom.interval
        line = f"{said(top)}÷{said(bottom)}={decimal(tops[-1].value / bottom.value, 2)}倍"
        if real.meets(number.interval):
            ledger.holds(RULE, [number, top, bottom], f"{line}，与原文相符")
        else:
            ledger.fails(
                RULE,
                Severity.ERROR,
                [number, top, bottom],
                f"{line}，原文写{said(number)}",
                "请核对倍数和两个数；“是……的几倍”与“增长几倍”相差一倍。",
            )


def _judge_doubling(number: Number, sentence: Sentence, ledger: Ledger) -> None:
    """同比翻一番（去年同期52.7万元）: the level before it divided by the earlier value."""
    level = next(
        (
            n
            for n in reversed(sentence.numbers)
            if n.end <= number.start and n.role is Role.LEVEL and n.kind is Kind.MEASURE and n.measured
        ),
        None,
    )
    prior = next(
        (n for n in sentence.numbers if n.role is Role.PRIOR and level is not None and n.dimension == level.dimension), None
    )
    if level is None or prior is None or not prior.value or level.value is None or number.start - level.end > 30:
        return
    real = level.value / prior.value
    line = f"{said(level)}÷{said(prior)}={decimal(real, 2)}倍"
    if (level.interval / prior.interval).meets(number.interval):
        ledger.holds(RULE, [number, level, prior], f"{line}，与原文“{said(number)}”相符")
    else:
        proposal = f"翻一番是增加一倍；若两个数无误，应为增长{decimal((real - 1) * 100, 1)}%。"
        ledger.fails(RULE, Severity.ERROR, [number, level, prior], f"{line}，原文写{said(number)}", proposal)


def _multiple_of_prior(number: Number, sentence: Sentence, ledger: Ledger) -> bool:
    """是上年的1.5倍, where last year's value stands in the sentence."""
    if not re.search(r"(?:上年|去年|同期)[^，。\d]{0,4}的(?:近|约)?$", number.before):
        return False
    group = sentence.group_of(number)
    level = next(
        (n for n in reversed(group.numbers) if n.start < number.start and n.role is Role.LEVEL and n.kind is Kind.MEASURE), None
    )
    if level is None or level.value is None or number.value is None:
        return False
    prior = next((n for n in sentence.numbers if n.role is Role.PRIOR and n.dimension == level.dimension), None)
    if prior is None or not prior.value:
        return False
    line = f"{said(level)}÷{said(prior)}={decimal(level.value / prior.value, 2)}倍"
    if (level.interval / prior.interval).meets(number.interval):
        ledger.holds(RULE, [number, level, prior], f"{line}，与原文相符")
    else:
        ledger.fails(RULE, Severity.ERROR, [number, level, prior], f"{line}，原文写{said(number)}", "请核对倍数和两个数。")
    return True
