"""分别: numbers told one after the other, each of the thing in the same place of the list before."""

from __future__ import annotations

import re

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import roles, units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.vocabulary import Kind, Role

_AT_MOST = 12
_TURN = re.compile(rf"(?:和|与|及|以及)?(?P<move>{roles.UP}|{roles.DOWN})?(?:了|约|近|为)?$")


def settle(sentence: Sentence) -> None:
    """Each further number of a run says the same of its subject as the first: 分别增长5%、6%和7% are three rates."""
    numbers = sentence.numbers
    at = 0
    while at < len(numbers):
        run = _run_from(numbers, at, sentence)
        at += max(1, len(run))
        if len(run) < 2:
            continue
        first = run[0]
        for number in run[1:]:
            if first.kind is Kind.STANDARD and number.kind is Kind.MEASURE and number.role is first.role and number.value:
                # 标准分别为每人每月1150元和890元.
                number.kind, number.per = first.kind, first.per
                number.interval = Interval.about(number.value, number.quantum / 2) if number.exact else number.interval
            if not _TURN.fullmatch(number.before) or number.role is first.role:
                continue
            if first.role in (Role.RATE, Role.CHANGE, Role.PRIOR, Role.POINTS):
                number.role, number.kind = first.role, first.kind
                number.sign, number.base = number.sign or first.sign, number.base or first.base
        sentence.runs.append(run)


def _run_from(numbers: list[Number], at: int, sentence: Sentence) -> list[Number]:
    first = numbers[at]
    if not first.measured or first.weak:
        return []
    if "分别" not in first.before and not (sentence.runs and first.role is Role.RATE and first.dimension == units.PERCENT):
        return []
    run = [first]
    for number in numbers[at + 1 : at + _AT_MOST]:
        between = sentence.between(run[-1], number)
        alike = number.dimension == first.dimension or (
            first.role in (Role.CHANGE, Role.PRIOR) and number.kind is first.kind and first.kind is Kind.MEASURE
        )
        if not alike or number.group != first.group or not number.measured:
            break
        if not _TURN.fullmatch(between.lstrip("、，") if between[:1] == "、" else between):
            break
        if between[:1] not in ("、", "和", "与", "及", "以"):
            break
        run.append(number)
    if "分别" not in first.before and len(run) != len(sentence.runs[-1]):
        return []
    if any(number.dimension != units.PERCENT and number.kind is Kind.RATIO for number in run):
        return []
    return run
