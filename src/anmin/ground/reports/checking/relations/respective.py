"""Pairs by place: 收案、结案分别为A和B，比上年分别增加C和D，分别增长E和F, each of which is a statement of growth of its own."""

from __future__ import annotations

from collections.abc import Iterator

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.records import Record, is_plain_level
from anmin.ground.reports.checking.vocabulary import Role


def records_of_runs(sentence: Sentence) -> Iterator[Record]:
    """The statements that the runs of a sentence make, by their places; none where it is not clear what they are of."""
    moved = [run for run in sentence.runs if run[0].role in (Role.CHANGE, Role.RATE, Role.PRIOR)]
    if not moved:
        return
    count = len(moved[0])
    levels = _levels_before(moved[0], sentence)
    if len(levels) != count:
        return
    priors: list[Number] = []
    changes: list[Number] = []
    rates: list[Number] = []
    for run in moved:
        if len(run) != count or any(n.role is not run[0].role for n in run):
            return
        {Role.PRIOR: priors, Role.CHANGE: changes, Role.RATE: rates}[run[0].role][:] = run
    if not priors:
        priors = _priors_in_bracket(moved[-1][-1], levels, sentence)
    for at, level in enumerate(levels):
        yield Record(
            level=level,
            prior=priors[at] if priors and priors[at].dimension == level.dimension else None,
            changes=changes[at : at + 1],
            rates=rates[at : at + 1],
        )


def _levels_before(run: list[Number], sentence: Sentence) -> list[Number]:
    """The run of levels before, or as many levels as were told in the same half of the sentence, and no more."""
    for levels in sentence.runs:
        if levels[0].start < run[0].start and all(is_plain_level(n) for n in levels):
            return levels
    mark = max(sentence.text.rfind("；", 0, run[0].start - sentence.start), 0) + sentence.start
    told = [n for n in sentence.groups[run[0].group].numbers if mark <= n.start < run[0].start]
    return told if all(is_plain_level(n) for n in told) else []


def _priors_in_bracket(last: Number, levels: list[Number], sentence: Sentence) -> list[Number]:
    """（去年同期158个、573.4亿元） behind the rates."""
    for group in sentence.groups[1:]:
        if group.anchor is not last or len(group.numbers) != len(levels) or group.numbers[0].role is not Role.PRIOR:
            continue
        if all(a.dimension == b.dimension for a, b in zip(group.numbers, levels, strict=True)):
            return list(group.numbers)
    return []
