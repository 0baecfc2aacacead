"""Statements that go on behind a full stop: 罚款总额1032万元。平均每案罚款12万元.

Offices write full stops and commas as they come. Where a paragraph leaves a rate, a change or a price open it is therefore read
once more as if its full stops were commas, by the families that read a sentence at a time. What was settled before stays; of the
rest only what reaches over a full stop is told, where one slip of the finger would make it hold or nothing else can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from anmin.ground.reports.checking.findings import Finding, Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence, build
from anmin.ground.reports.checking.relations import averages, growth, moves, multiples, products, shares
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.naming import only_named
from anmin.ground.reports.checking.relations.quotients import RULE
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity, State

_FAMILIES: tuple[Callable[[Reading, Ledger], None], ...] = (
    growth.judge,
    multiples.judge,
    products.judge,
    averages.judge,
    moves.judge,
    shares.judge,
)
_PRODUCTS = frozenset({"count_times_price", "standard_times_people"})
_AT_MOST = 700
_IN_ALL = re.compile("共|合计|总|累计|需|应|发放|支付|支出|兑[付现]|拨付")
_SETTLED = (State.HOLDS, State.ROUNDING, State.FAILS)
_OF_OTHERS = (Role.SHARE, Role.RATE, Role.CHANGE, Role.POINTS, Role.TIMES)


def judge(reading: Reading, ledger: Ledger) -> None:
    """What no family has settled within its sentence is tried over the sentences of its paragraph."""
    related = [relation.numbers for relation in ledger.relations if relation.state in _SETTLED]
    settled = {keys[0] for keys in related} | ledger.failed
    # A change and a price speak for themselves no more where they stand in what was settled of another.
    closed = {Role.CHANGE: {key for keys in related for key in keys}}
    closed[Role.LEVEL] = closed[Role.CHANGE]
    paragraphs = [_joined(paragraph, settled, closed) for paragraph in reading.paragraphs]
    if not any(paragraph.sentences for paragraph in paragraphs):
        return
    before = len(ledger.relations)
    second = Ledger(ledger.off, list(ledger.relations), months=ledger.months, whole_of=ledger.whole_of)
    second.paragraphs = ledger.paragraphs
    for family in _FAMILIES:
        family(replace(reading, paragraphs=paragraphs), second)
    for relation in second.relations[before:]:
        if relation.state is State.HOLDS and relation.numbers[0] not in settled:
            ledger.relate(relation)
            settled.add(relation.numbers[0])
    numbers = {n.key: n for p in reading.paragraphs for s in p.sentences for n in s.numbers}
    around = {p.block: [numbers[n.key] for s in p.sentences for n in s.numbers] for p in paragraphs}
    for finding in second.findings:
        told = [numbers[key] for key in finding.numbers]
        if finding.severity is Severity.ASK or told[0].key in settled or not _reaches_over(told):
            continue
        if _is_likely(finding, told, around[told[0].place.block], ledger):
            ledger.adopt(finding)


def _reaches_over(told: Sequence[Number]) -> bool:
    return len({(number.place.block, number.sentence) for number in told}) > 1


def _is_likely(finding: Finding, told: Sequence[Number], around: Sequence[Number], ledger: Ledger) -> bool:
    """Whether one slip of the finger would make it, or nothing else around can be meant."""
    judged, meant = told[0], finding.meant
    if meant is None or meant <= 0:
        return False
    # The parts of what it is held against are none that could be meant in its place, nor is what follows a share or a sum.
    ends = finding.rule in {RULE, *_PRODUCTS} and all(n.start < judged.start for n in told[1:])
    others = [n for n in around if n in told or not (ledger.is_part_of(n, told) or (ends and n.start > judged.start))]
    if is_misprint(judged, meant):
        return True
    if _is_of_something_else(finding.rule, judged, told):
        return False
    if finding.rule in _PRODUCTS and len(told) == 3:
        # The count whose name the sum takes up is the only one that can be meant.
        alike = [n for n in others if n.dimension == told[1].dimension and n.per == told[1].per]
        meant_count = only_named(alike, judged.before)
        others = [n for n in others if n not in alike or n is meant_count]
    near = Fraction(1, 2) < (judged.value or 0) / meant < 2
    if near and finding.rule == growth.RULE and _comes_from_another(told, around):
        return True
    return near and not any(number.hedge for number in told) and all(_is_alone(number, told, others) for number in told)


def _is_of_something_else(rule: str, judged: Number, told: Sequence[Number]) -> bool:
    """户均3.0人。城镇人口103.46万人: what is told behind a price is its total only where it says so."""
    price = next((number for number in told[1:] if number.kind is Kind.STANDARD), None)
    later = price is not None and rule != growth.RULE and judged.sentence > price.sentence
    return later and not _IN_ALL.search(judged.before)


def _comes_from_another(told: Sequence[Number], around: Sequence[Number]) -> bool:
    """年初18.64万辆。年末达到20.12万辆。全年净增1.48万辆: what the level was before the change is told, too."""
    if len(told) != 3 or told[2].role is not Role.CHANGE or told[2].dimension != told[1].dimension:
        return False
    base = told[1].interval - told[2].interval.times(told[2].sign or 1)
    return any(
        n not in told and n.dimension == told[1].dimension and n.per == told[1].per and n.interval.meets(base) for n in around
    )


def _is_alone(number: Number, told: Sequence[Number], around: Sequence[Number]) -> bool:
    """Whether it is the only number of its unit around, but for those it is held against."""
    alike = [n for n in around if n.dimension == number.dimension and n.per == number.per and n.measured]
    return number.dimension == units.PERCENT or all(other in told for other in alike)


def _joined(paragraph: ReadParagraph, settled: set[str], closed: Mapping[Role, set[str]]) -> ReadParagraph:
    runs = [run for run in _runs(paragraph.sentences) if len(run) > 1 and not paragraph.heading]
    runs = [run for run in runs if any(_is_open(n) and n.key not in closed.get(n.role, settled) for s in run for n in s.numbers)]
    flowing = paragraph.normal.text.replace("。", "，") if runs else ""
    return replace(paragraph, sentences=[_as_one(run, flowing) for run in runs])


def _is_open(number: Number) -> bool:
    """Whether it says something of other numbers."""
    return number.measured and not number.hedge and (number.kind is Kind.STANDARD or number.role in _OF_OTHERS)


def _runs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences in a row, no more than can be looked over at once."""
    run: list[Sentence] = []
    for sentence in sentences:
        if run and sentence.end - run[0].start > _AT_MOST:
            yield run
            run = []
        run.append(sentence)
    yield run


def _as_one(run: Sequence[Sentence], flowing: str) -> Sentence:
    copies = {number.key: replace(number) for sentence in run for number in sentence.numbers}
    joined = build(flowing, run[0].block, run[0].index, run[0].start, run[-1].end, list(copies.values()))
    joined.cut = run[0].cut or run[-1].cut
    joined.runs = [[copies[number.key] for number in told] for sentence in run for told in sentence.runs]
    return joined
