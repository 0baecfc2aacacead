"""Lists told in two units: 286件412人，批准198件286人，不批准88件126人. Where the one adds up, the other must.

Each record is what is told in different units side by side; the whole is the record before the list or the one behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.relations.wholes import OVERLAPPING
from anmin.ground.reports.checking.vocabulary import Kind, Severity, State

RULE = "list_total"
_SUMS = frozenset({RULE, "parts_and_whole", "subtotal", "stock_and_flow"})
_RECORDS_AT_MOST, _PARTS_AT_MOST = 24, 10

Row = dict[str, Number]


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every list of records is tried, with the record before it (of the same sentence or the one before) and that behind it."""
    for paragraph in reading.paragraphs:
        if paragraph.forecast or paragraph.heading:
            continue
        last: list[Row] = []
        for sentence in paragraph.sentences:
            rows = list(_rows(sentence))
            if not sentence.cut and not OVERLAPPING.search(sentence.text):
                _judge(rows, last, ledger)
            last = rows[:1] if rows else last


def _rows(sentence: Sentence) -> Iterator[Row]:
    """Numbers side by side in different units; a unit that comes again begins the next record."""
    row: Row = {}
    for number in sentence.groups[0].numbers[:80]:
        if not is_plain_level(number) or number.kind is not Kind.MEASURE or number.per or number.hedge:
            continue
        if number.dimension in (units.PERCENT, units.POINTS, units.TIMES, ""):
            continue
        if number.dimension in row:
            yield row
            row = {}
        row[number.dimension] = number
    if row:
        yield row


def _judge(rows: Sequence[Row], before: Sequence[Row], ledger: Ledger) -> None:
    told = [row for row in rows[:_RECORDS_AT_MOST] if len(row) > 1]
    for at in range(len(told)):
        for size in range(2, min(_PARTS_AT_MOST, len(told) - at) + 1):
            parts = told[at : at + size]
            wholes = [*(told[at - 1 : at] if at else before), *told[at + size : at + size + 1]]
            for whole in wholes:
                if any(whole is part for part in parts):
                    continue
                _hold_against(whole, parts, ledger)


def _hold_against(whole: Row, parts: Sequence[Row], ledger: Ledger) -> None:
    shared = [unit for unit in whole if all(unit in part for part in parts)]
    proven = [unit for unit in shared if _adds_up(whole[unit], [part[unit] for part in parts])]
    if not proven or len(shared) < 2:
        return
    for unit in shared:
        number, column = whole[unit], [part[unit] for part in parts]
        value, interval = lists.sum_of(column)
        if interval.meets(number.interval) or number.key in ledger.failed or _is_told(number, column, ledger):
            continue
        if not (number.value or 0) * 6 <= value * 10 <= (number.value or 0) * 16:
            continue
        gap = amount(abs(value - (number.value or Fraction(0))), number)
        line = f"{lists.chain(column, number)}，原文总数{said(number)}，相差{gap}"
        proven_by = lists.chain([part[proven[0]] for part in parts], whole[proven[0]])
        proposal = f"同一组数中{proven_by}是相符的，请核对这一列的总数和各项。"
        # Two sums of four digits in a row are no chance: what another list makes up is no excuse.
        sure = len(parts) > 1 and (whole[proven[0]].figure or 0) >= 1000
        ledger.fails(RULE, Severity.ERROR if sure else Severity.DOUBTFUL, [number, *column], line, proposal)


def _adds_up(whole: Number, column: Sequence[Number]) -> bool:
    """Whether the sum is exact and large enough to be no chance."""
    value, _ = lists.sum_of(column)
    return value == whole.value and (whole.figure or 0) >= 10


def _is_told(number: Number, column: Sequence[Number], ledger: Ledger) -> bool:
    """Whether the total closes in some other way already, or was told of."""
    keys = {number.key, *(n.key for n in column)}
    return any(
        number.key == told.numbers[0] and (told.state is State.FAILS or (told.state is State.HOLDS and len(told.numbers) > 2))
        for told in ledger.relations
        if told.rule in _SUMS and keys & set(told.numbers) and (told.state is State.FAILS or set(told.numbers) != keys)
        # What another list makes up (脱贫不稳定户1864户……) must still be what this one makes.
        if told.state is State.FAILS or keys & set(told.numbers[1:])
    )
