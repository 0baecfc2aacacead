"""Totals whose items are told a sentence each: 公办86家。民办42家。公建民营24家, of 养老机构152家 before or 共152家 behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "list_total"
_AT_LEAST, _AT_MOST = 3, 20
_SUMMED = re.compile(r"共|合计|总计|累计|全年|上半年|总数|总量|总额|达")
_NUMBERED = re.compile(r"^(?:第?[一二三四]季度|（[一二三四五六七八九十]）|\d{1,2}[.．、]|——|[一二三四五六七八九十]是|[①-⑳])")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every row of sentences that begin alike is held against what is told right before and right behind it."""
    firsts: list[tuple[str, Number | None]] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            levels = [n for n in sentence.groups[0].numbers if is_plain_level(n) and not n.projected]
            first = None if paragraph.forecast or not levels else levels[0]
            if first is not None or not paragraph.heading:
                firsts.append((sentence.text[:12], first))
    for run, before, behind in _rows(firsts):
        _judge(run, before, behind, ledger)


def _rows(firsts: Sequence[tuple[str, Number | None]]) -> Iterator[tuple[list[Number], Number | None, Number | None]]:
    """Sentences one after the other whose first numbers are of one unit and which are numbered or named alike."""
    at = 0
    while at < len(firsts):
        text, number = firsts[at]
        size = 1
        if number is not None:
            while at + size < len(firsts) and size < _AT_MOST and _goes_on(text, number, *firsts[at + size]):
                size += 1
        run = [n for _, n in firsts[at : at + size] if n is not None]
        if size >= _AT_LEAST and len(run) == size:
            yield run, firsts[at - 1][1] if at else None, firsts[at + size][1] if at + size < len(firsts) else None
        at += size


def _goes_on(text: str, first: Number, other_text: str, other: Number | None) -> bool:
    if other is None or not lists.can_be_part(other, first) or _SUMMED.search(other.before):
        return False
    if _NUMBERED.match(text):
        return bool(_NUMBERED.match(other_text))
    word = lists.label_of(first)[-2:]
    return len(word) == 2 and lists.label_of(other).endswith(word) and len(other.before) <= 14


def _judge(run: Sequence[Number], before: Number | None, behind: Number | None, ledger: Ledger) -> None:
    wholes = [n for n in (before, behind) if n is not None and lists.can_be_part(run[0], n)]
    wholes = [n for n in wholes if n is before or _SUMMED.search(n.before)]
    value, interval = lists.sum_of(run)
    if lists.overlap(run) or any(n.hedge for n in run) or any(lists.closes(n, value, interval) for n in wholes):
        return
    for whole in wholes:
        if is_misprint(whole, value) and whole.key not in ledger.failed:
            line = f"{lists.chain(run, whole)}，原文总数{said(whole)}，相差{amount(abs(value - (whole.value or 0)), whole)}"
            ledger.fails(RULE, Severity.DOUBTFUL, [whole, *run], line, "这几句所说看来合起来就是总数，请核对总数和各项。")
            return
