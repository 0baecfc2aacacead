"""Pairs by place: 收案、结案分别为A和B，比上年分别增加C和D，分别增长E和F, each of which is a statement of growth of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.records import Record, is_plain_level, own_noun
from anmin.ground.reports.checking.vocabulary import Kind, Role


def records_of_runs(sentence: Sentence) -> Iterator[Record]:
    """The statements that the runs of a sentence make, by their places; none where it is not clear what they are of."""
    yield from _two_years(sentence)
    moved = [run for run in sentence.runs if run[0].role in (Role.CHANGE, Role.RATE, Role.PRIOR)]
    if not moved:
        return
    if len(moved) == 1 and (pairs := list(_from_to(moved[0], sentence))):
        yield from pairs
        return
    if len(moved) == 1 and moved[0][0].role is Role.RATE and (changed := list(_changed_alike(moved[0], sentence))):
        yield from changed
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
        priors = _priors_beside(levels, moved[0], sentence)
    if not priors:
        priors = _priors_in_bracket(moved[-1][-1], levels, sentence)
    for at, level in enumerate(levels):
        yield Record(
            level=level,
            prior=priors[at] if priors and priors[at].dimension == level.dimension else None,
            changes=changes[at : at + 1],
            rates=rates[at : at + 1],
        )


def _changed_alike(rates: list[Number], sentence: Sentence) -> Iterator[Record]:
    """事故37起、死亡14人，同比减少5起、3人，分别下降11.9%和17.6%: two levels, what they moved by in the same units, two rates."""
    before = [n for n in sentence.numbers if n.end <= rates[0].start and n.measured and n.group == rates[0].group]
    count = len(rates)
    levels, changes = before[-2 * count : -count], before[-count:]
    if len(levels) != count or changes[0].role is not Role.CHANGE or not all(is_plain_level(n) for n in levels):
        return
    if [n.dimension for n in levels] != [n.dimension for n in changes] or len({n.dimension for n in levels}) != count:
        return
    for level, change, rate in zip(levels, changes, rates, strict=True):
        change.role, change.sign, change.base = Role.CHANGE, changes[0].sign, changes[0].base
        yield Record(level=level, changes=[change], rates=[rate])


def _from_to(moved: list[Number], sentence: Sentence) -> Iterator[Record]:
    """甲由765元提高到812元，乙由586元提高到634元，分别提高6.1%和7.6%: each rate of the pair in its place."""
    count = len(moved)
    before = [n for n in sentence.groups[moved[0].group].numbers if n.end <= moved[0].start and n.measured][-2 * count :]
    pairs = list(zip(before[::2], before[1::2], strict=True)) if len(before) == 2 * count else []
    if pairs and all(a.role is Role.PRIOR and b.role is not Role.PRIOR and a.dimension == b.dimension for a, b in pairs):
        for (prior, level), told in zip(pairs, moved, strict=True):
            if told.role is Role.RATE:
                yield Record(level=level, prior=prior, rates=[told])
            elif told.role is Role.CHANGE:
                yield Record(level=level, prior=prior, changes=[told])
            elif told.role is Role.POINTS:
                yield Record(level=level, prior=prior, points=[told])


_TWO_YEARS = re.compile(r"近?[两二]年|[去上今本]年(?:同期)?[和与、][去上今本]年(?:同期)?|\d{4}年?[和与、—-]\d{4}年")
_YEARS = re.compile(r"\d{4}年|[去上今本]年")


def _is_later_first(years: str) -> bool:
    """2024年、2023年 for 2023年、2024年."""
    told = re.findall(r"\d{4}", years)
    return told[0] > told[1] if len(told) == 2 else years[0] in "今本"


def _two_years(sentence: Sentence) -> Iterator[Record]:
    """近两年收案分别为6105件、6526件，增长6.9%: the first is the year before."""
    for run in sentence.runs:
        if len(run) != 2 or not all(is_plain_level(n) for n in run):
            continue
        years = _TWO_YEARS.search(sentence.text[max(0, run[0].start - sentence.start - 24) : run[0].start - sentence.start])
        if years is None:
            continue
        rate = next((n for n in sentence.numbers if n.start > run[1].end and n.measured), None)
        if rate is not None and rate.role is Role.RATE and rate.start - run[1].end < 16 and not _YEARS.sub("", own_noun(rate)):
            prior, level = reversed(run) if _is_later_first(years[0]) else run
            yield Record(level=level, prior=prior, rates=[rate])


def _levels_before(run: list[Number], sentence: Sentence) -> list[Number]:
    """The run of levels before, or as many levels as were told in the same half of the sentence, and no more."""
    for levels in sentence.runs:
        if levels[0].start < run[0].start and all(is_plain_level(n) for n in levels):
            return levels
    mark = max(sentence.text.rfind("；", 0, run[0].start - sentence.start), 0) + sentence.start
    told = [n for n in sentence.groups[run[0].group].numbers if mark <= n.start < run[0].start and n.kind is not Kind.DATE]
    return told if all(is_plain_level(n) for n in told) else []


def _priors_beside(levels: list[Number], moved: list[Number], sentence: Sentence) -> list[Number]:
    """收、结案分别为11862件、10926件，比上年的10618件、9951件分别增长: as many of the same kinds between the two."""
    told = [
        n for n in sentence.numbers if levels[-1].end <= n.start < moved[0].start and n.measured and n.group == levels[0].group
    ]
    alike = len(told) == len(levels) and all(a.dimension == b.dimension for a, b in zip(told, levels, strict=True))
    return told if alike and told[0].role is Role.PRIOR else []


def _priors_in_bracket(last: Number, levels: list[Number], sentence: Sentence) -> list[Number]:
    """（去年同期158个、573.4亿元） behind the rates."""
    for group in sentence.groups[1:]:
        if group.anchor is not last or len(group.numbers) != len(levels) or group.numbers[0].role is not Role.PRIOR:
            continue
        if all(a.dimension == b.dimension for a, b in zip(group.numbers, levels, strict=True)):
            return list(group.numbers)
    return []
