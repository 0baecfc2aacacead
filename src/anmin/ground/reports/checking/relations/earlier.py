"""An earlier report: figures that were copied whole from another period."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import subjects, units
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "copied_figure"
_STANDING = re.compile(r"现有|共有|在册|拥有|组建|配备|建有|设有|下辖|总面积|年末|编制|标准|床位|截至|机构|队伍|在岗|登记在册")
_TOLD = re.compile(r"与(?:去年|上年)[^，。；]{0,6}(?:持平|相同|一致)|保持(?:不变|稳定)|未变")


def judge_against(reading: Reading, earlier: Reading, ledger: Ledger) -> None:
    """Runs of figures that say of the same subjects what an earlier report said, to the last digit."""
    known: set[tuple[str, str, str]] = set()
    for paragraph in earlier.paragraphs:
        for sentence in paragraph.sentences:
            known.update(mark for number in sentence.numbers if (mark := _mark(number)))
    for paragraph in reading.paragraphs:
        if paragraph.forecast:
            continue
        for sentence in paragraph.sentences:
            if _TOLD.search(sentence.text):
                continue
            run: list[Number] = []
            for number in (*sentence.numbers, None):
                if number is not None and number.role in (Role.PRIOR, Role.OTHER, Role.TARGET, Role.LIMIT):
                    continue
                if number is not None and number.kind is not Kind.STANDARD and (mark := _mark(number)) and mark in known:
                    run.append(number)
                else:
                    _judge_run(run, ledger)
                    run = []


def _mark(number: Number) -> tuple[str, str, str] | None:
    if not number.measured or number.weak or number.figure is None:
        return None
    subject = subjects.key_of(number.subject)
    if len(subject) < 2:
        return None
    return subject, number.dimension, number.printed.replace(" ", "").replace(",", "")


def _judge_run(run: Sequence[Number], ledger: Ledger) -> None:
    """Two figures of some length, or one that is long, are no accident."""
    digits = sum(_digits(number) for number in run)
    counted = [number for number in run if number.dimension not in (units.PERCENT, units.POINTS)]
    if not counted or digits < 4 or (len(counted) < 2 and digits < 6):
        return
    shown = "、".join(f"{number.subject}{said(number)}" for number in run[:6])
    line = f"{shown}，与上一份报告的数字完全相同"
    proposal = "请核对这些数字是否沿用了上一期的旧数，没有更新。"
    if digits < 5 and any(_digits(number) < 2 for number in counted):
        return
    standing = any(_STANDING.search(number.subject) for number in run)
    if standing:
        ledger.asks(RULE, list(run), line, "这类存量数可能未变；请核对是否沿用了旧数。")
    else:
        ledger.fails(RULE, Severity.DOUBTFUL, list(run), line, proposal)


def _digits(number: Number) -> int:
    """Digits that say something: not the zeros at the end."""
    return len(re.sub(r"\D", "", number.printed).strip("0"))
