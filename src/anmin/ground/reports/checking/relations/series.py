"""Lists whose whole was told a few numbers before, without 其中.

Stretches of time that follow each other and leave nothing out (节前、节中、节后), and items that bear the last word of the whole:
办结3518件；由社区办结2416件、街道办结812件、上级办结290件.
"""

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
            _judge_alike(levels, sentence, [n for n in pool[-_BEFORE:] if n.place.block == sentence.block], ledger)
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


def _judge_alike(levels: Sequence[Number], sentence: Sentence, earlier: Sequence[Number], ledger: Ledger) -> None:
    """Runs between 、 of one last word, which the number they are of bears as well."""
    at = 0
    while at < len(levels):
        run = [levels[at]]
        word = _last_word(levels[at])
        for number in levels[at + 1 : at + 12]:
            joined = lists.strongest(run[-1], number, sentence) == 1 and number.group == run[0].group
            if not joined or _last_word(number) != word or not lists.can_be_part(number, run[0]):
                break
            run.append(number)
        if len(run) >= 2 and word and not any(part.key in ledger.whole_of for part in run):
            _judge_run(run, word, [*earlier, *levels[:at]], ledger)
        at += len(run)


def _last_word(number: Number) -> str:
    label = lists.label_of(number)
    return label[-2:] if 3 <= len(label) <= 12 and number.before else ""


def _judge_run(run: Sequence[Number], word: str, told: Sequence[Number], ledger: Ledger) -> None:
    wholes = [n for n in told if lists.label_of(n).endswith(word) and lists.can_be_part(run[0], n) and n.group == run[0].group]
    value, interval = lists.sum_of(run)
    if not wholes or any(part.hedge for part in run):
        return
    for whole in reversed(wholes):
        if lists.closes(whole, value, interval):
            ledger.holds(RULE, [whole, *run], f"{lists.chain(run, whole)}，与{said(whole)}相符")
            return
    whole = wholes[-1]
    exceeds = len(run) >= 3 and whole.interval.is_below(interval) and value * 20 <= (whole.value or 0) * 23
    if (is_misprint(whole, value) or exceeds) and not whole.hedge and not lists.overlap(run):
        gap = amount(abs(value - (whole.value or 0)), whole)
        line = f"{lists.chain(run, whole)}，前文为{said(whole)}，相差{gap}"
        ledger.fails(RULE, Severity.DOUBTFUL, [whole, *run], line, f"这几项看来是前文{said(whole)}的分项，请核对总数和各分项。")
