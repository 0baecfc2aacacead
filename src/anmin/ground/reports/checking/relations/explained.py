"""A last look at what is doubted: a number that its own sentence makes up in another plain way is left in peace.

42人，月人均168元，平均多发5个月，共3.528万元 was held against twelve months; 187个，已整改168个，正在整改16个，需持续推进3个
against a rest that is told in two. What is asked is simple: a sum or a difference of what stands right beside it, or a count
by a price for the times that the sentence names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from anmin.ground.reports.checking.findings import Finding, Number
from anmin.ground.reports.checking.intervals import NOTHING, Interval
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import worded
from anmin.ground.reports.checking.relations.heads import area_factor
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading
from anmin.ground.reports.checking.vocabulary import Kind, Severity, State

_ACCOUNTS = frozenset({"subtotal", "stock_and_flow", "parts_and_whole", "list_total", "growth"})
_PRODUCTS = frozenset({"count_times_price", "standard_times_people"})
_WINDOW_AT_MOST = 7
_TIMES = re.compile(r"(\d{1,3})(?:个)?(?:月|天|学期|季度|次|年|晚|场|趟)")


def leave_what_is_explained(reading: Reading, ledger: Ledger) -> None:
    """Findings whose number its sentence explains are taken back; what they related stays, as what cannot be told."""
    place = {
        number.key: (number, sentence)
        for paragraph in reading.paragraphs
        for sentence in paragraph.sentences
        for number in sentence.numbers
    }
    kept: list[Finding] = []
    for finding in ledger.findings:
        found = place.get(finding.numbers[0]) if finding.numbers and finding.severity is not Severity.ASK else None
        if found is None or finding.rounding or not _is_explained(finding, *found, ledger):
            kept.append(finding)
            continue
        ledger.relations = [
            replace(each, state=State.CANNOT_TELL)
            if each.rule == finding.rule and each.state is State.FAILS and set(each.numbers) == set(finding.numbers)
            else each
            for each in ledger.relations
        ]
    ledger.findings = kept


def _is_parted(finding: Finding, whole: Number, ledger: Ledger) -> bool:
    """Whether 其中 leads up to what it was divided into."""
    parts = [place for place in finding.places if place.block == whole.place.block and place.start > whole.place.end]
    paragraph = ledger.paragraphs.get(whole.place.block)
    if paragraph is None or len(parts) < len(finding.places) - 1 or not parts:
        return False
    lead = paragraph.normal.printed[whole.place.end : min(place.start for place in parts)]
    return re.search("其中|包括", lead[-20:]) is not None


def _is_explained(finding: Finding, number: Number, sentence: Sentence, ledger: Ledger) -> bool:
    if finding.rule in _PRODUCTS:
        return _is_product(number, sentence)
    if finding.rule == "parts_and_whole" and number.weak and worded.is_divided(number, sentence):
        return True
    if finding.rule not in _ACCOUNTS or finding.severity is not Severity.DOUBTFUL:
        return False  # what is announced (其中, 年初……年末) is no guess
    alike = [n for n in sentence.numbers if n.measured and n.kind is Kind.MEASURE and n.dimension == number.dimension]
    alike = [n for n in alike if n.per == number.per]
    at = next((place for place, each in enumerate(alike) if each is number), None)
    if at is None:
        return False
    judged = set(finding.numbers)
    parted = finding.rule == "parts_and_whole" and _is_parted(finding, number, ledger)
    for window, makes in _windows(alike, at):
        keys = {each.key for each in window}
        if parted and makes is number and not keys & judged:
            continue  # 建议86件、提案142件，共228件。其中已解决146件……: both must make it
        if finding.rule == "list_total" and makes is number and window[0].start > number.start and not keys & judged:
            continue  # 省800万元，市420万元，共1586万元；发放1286万元、修复300万元: what it went to is no list of what came
        # The very numbers that were judged are no other reading of them.
        if keys | {makes.key} == judged or len(_digits(makes)) + len(window) < 5:
            continue
        if _total(window, 1).meets(makes.interval) or (makes is number and _closes(window, makes)):
            return True
    return False


def _windows(alike: Sequence[Number], at: int) -> Iterator[tuple[Sequence[Number], Number]]:
    """Numbers side by side, and the one right before or right behind them that they may make."""
    for first in range(len(alike)):
        for last in range(first + 2, min(first + _WINDOW_AT_MOST, len(alike)) + 1):
            for whole in (first - 1, last):
                if 0 <= whole < len(alike) and (whole == at or first <= at < last):
                    yield alike[first:last], alike[whole]


def _total(window: Sequence[Number], sign: int) -> Interval:
    total: Interval = NOTHING
    for place, each in enumerate(window):
        total = total + each.interval if place == 0 or sign > 0 else total - each.interval
    return total


def _closes(window: Sequence[Number], number: Number) -> bool:
    """调入4人、调出2人、退休3人，净减1人."""
    rest = _total(window, -1)
    return rest.meets(number.interval) or rest.times(-1).meets(number.interval)


def _digits(number: Number) -> str:
    return re.sub(r"\D", "", number.printed).lstrip("0")


def _is_product(total: Number, sentence: Sentence) -> bool:
    if len(_digits(total)) < 3:
        return False
    numbers = [n for n in sentence.numbers if n.measured and n.value]
    prices = [n for n in numbers if n.kind is Kind.STANDARD and n.dimension == total.dimension and n is not total]
    # 400余名 of 300元 are any sum between 12 and 15 thousand.
    counts = [n for n in numbers if n.kind is Kind.MEASURE and n.dimension != total.dimension and not n.hedge]
    times = {1, *(int(match[1]) for match in _TIMES.finditer(sentence.text))}
    for price in prices:
        each = price.value or Fraction(0)
        heads = [n.interval.times(area_factor(n, price)) for n in counts]
        heads += [one.interval + other.interval for one, other in pairwise(counts) if one.dimension == other.dimension]
        if any(head.times(each * many).meets(total.interval) for head in heads for many in times if many):
            return True
    return False
