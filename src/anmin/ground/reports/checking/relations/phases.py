"""Stretches of time that follow each other and leave nothing out: 节前、节中、节后; their whole was told in a sentence before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "parts_and_whole"
_SERIES = (("节前", "节中", "节后"), ("春季", "夏季", "秋季", "冬季"), ("前期", "中期", "后期"), ("上午", "下午", "晚上"))
_BEFORE = 24


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every series that a sentence tells in full."""
    pool: list[Number] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            levels = [number for number in sentence.numbers if is_plain_level(number)]
            for series in _SERIES:
                if series[0] in sentence.text and series[-1] in sentence.text:
                    _judge(series, levels, sentence, pool[-_BEFORE:], ledger)
            pool += levels


def _judge(series: Sequence[str], levels: Sequence[Number], sentence: Sentence, pool: Sequence[Number], ledger: Ledger) -> None:
    parts: list[Number] = []
    for name in series:
        part = next((n for n in levels if re.match(rf"(?:分别(?:为|是))?{name}", n.before) and n not in parts), None)
        if part is None or (parts and not lists.can_be_part(part, parts[0])):
            return
        parts.append(part)
    if any(part.key in ledger.whole_of for part in parts):
        return
    value, interval = lists.sum_of(parts)
    told = [n for n in (*pool, *levels) if n not in parts and lists.can_be_part(parts[0], n) and n.start != parts[0].start]
    for whole in reversed(told):
        if lists.closes(whole, value, interval):
            ledger.holds(RULE, [whole, *parts], f"{lists.chain(parts, whole)}，与总数{said(whole)}相符")
            return
    for whole in reversed(told):
        if is_misprint(whole, value) and not any(part.hedge for part in parts):
            gap = amount(abs(value - (whole.value or 0)), whole)
            line = f"{lists.chain(parts, whole)}，原文总数{said(whole)}，相差{gap}"
            ledger.fails(
                RULE, Severity.DOUBTFUL, [whole, *parts], line, "各时段前后相接，合起来应是总数；请核对总数和各时段的数。"
            )
            return
