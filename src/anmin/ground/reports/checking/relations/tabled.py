"""Rates that a text tells of the cells of a table beside it: 增值税增长8.0%, 全县完成投资占计划的95.4%.

The row is the one that the text names, or the total where it speaks of all; the columns are those of now and of before, or the
two whose heads the text says. Only what nothing in the text itself bears out or doubts is reckoned.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import ratio
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, percent, said
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity, State

_NEAR = 4
_TOTAL = re.compile(r"合\s*计|总\s*计|共计|^总数$|^全[省市县区镇乡州国]$")
_OF_ALL = re.compile(r"合计|总|全[省市县区镇乡州国]|全部|整体")
_BEFORE = re.compile(r"上年|去年|同期|上期|上月|上季|前期")
_CHANGE = re.compile(r"增|减|变动|%|％|率|比重|占比|排名|名次")
_OTHER_BASE = re.compile(r"可比|剔除|扣除|不变价|调整后|年均")
_PLANNED = re.compile(r"计划|预算|任务|目标|应|总投资")
_DONE = re.compile(r"完成|执行|实际|已|到位|决算|支出")
_OF_PLAN = re.compile(
    r"占[\u4e00-\u9fff]{0,4}(?:计划|预算|任务|目标|总投资)[\u4e00-\u9fff]{0,3}的?$|完成率[为达]?$|(?:执行|到位)率[为达]?$"
)

Row = dict[int, Number]


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every rate that stands near a table and that its text leaves alone."""
    tables: defaultdict[int, defaultdict[int, Row]] = defaultdict(lambda: defaultdict(dict))
    for cell in reading.cells:
        if cell.measured and cell.place.row is not None and cell.place.column is not None:
            tables[cell.place.block][cell.place.row][cell.place.column] = cell
    if not tables:
        return
    tried = {key for told in ledger.relations if told.state is not State.CANNOT_TELL for key in told.numbers}
    for block, rows in tables.items():
        for near in range(block - _NEAR, block + _NEAR + 1):
            paragraph = ledger.paragraphs.get(near)
            for sentence in paragraph.sentences if paragraph is not None and not paragraph.forecast else ():
                for number in sentence.numbers:
                    if number.key not in tried and number.dimension == units.PERCENT and not number.hedge:
                        _judge_rate(number, sentence, rows, ledger)


def _judge_rate(number: Number, sentence: Sentence, rows: defaultdict[int, Row], ledger: Ledger) -> None:
    said_before = sentence.text[max(0, number.start - sentence.start - 30) : number.start - sentence.start]
    clause = re.split(r"[，；。：\d]", said_before)[-1]
    if _OTHER_BASE.search(said_before) or not clause:
        return
    row = _row_of(clause, rows)
    if row is None:
        return
    kind, found = ("growth", list(_changes(clause, row))) if number.role is Role.RATE else ("share", list(_shares(clause, row)))
    if number.role not in (Role.RATE, Role.SHARE) or len(found) != 1:
        return
    now, before = found[0]
    growing = kind == "growth"
    meant = ratio(before.interval, now.interval, of_it=not growing).times(100)
    value = Fraction(now.value or 0) / (before.value or 1)
    value = abs(value - 1) * 100 if growing else value * 100
    turned = growing and number.sign * ((now.value or 0) - (before.value or 0)) < 0
    in_row = [cell.interval.times(-1 if (cell.value or 0) < 0 else 1) for cell in row.values() if cell.dimension == units.PERCENT]
    if not turned and any(each.meets(number.interval) for each in (meant, *in_row)):
        ledger.holds(kind, [number, now, before], f"表中{said(now)}与{said(before)}，与此处{said(number)}相符")
        return
    line = f"表中“{now.before}”为{said(now)}，“{before.before}”为{said(before)}，算得{percent(value)}，此处写{said(number)}"
    ledger.fails(kind, Severity.DOUBTFUL, [number, now, before], line, "文字中的比率与表中的数不符，请核对。")


def _row_of(clause: str, rows: defaultdict[int, Row]) -> Row | None:
    """The one row that a clause names, or else the sum of all where it speaks of all."""
    labels = {
        at: re.sub(r"\s|^[一二三四五六七八九十\d]+[、.．]|[（(].*?[)）]", "", next(iter(row.values())).subject)
        for at, row in rows.items()
    }
    named = [at for at, label in labels.items() if len(label) >= 2 and label in clause and not _TOTAL.search(label)]
    if len(named) > 1:
        longest = max(named, key=lambda at: len(labels[at]))
        named = [longest] if all(labels[at] in labels[longest] for at in named) else []
    elif not named and _OF_ALL.search(clause):
        named = [at for at, label in labels.items() if _TOTAL.search(label)]
    return rows[named[0]] if len(named) == 1 else None


def _head(cell: Number) -> str:
    return re.sub(r"\s|[（(].*?[)）]", "", cell.before.removeprefix(cell.subject))


def _changes(clause: str, row: Row) -> Iterator[tuple[Number, Number]]:
    """The cells of now and of before; of several such pairs the one whose head the clause says."""
    cells = [cell for cell in row.values() if cell.kind is Kind.MEASURE and not _CHANGE.search(_head(cell)) and cell.value]
    pairs = []
    for now in cells:
        for before in cells:
            if now is before or now.dimension != before.dimension:
                continue
            bare, other = (
                re.sub(r"20\d{2}年?|本[年期月季]度?|当[年期月]|上年|去年|同期|上期|上月|上季|[—-]|\d+月", "", _head(c))
                for c in (now, before)
            )
            years = [re.findall(r"20\d{2}", _head(cell)) for cell in (now, before)]
            dated = all(years) and int(years[0][0]) == int(years[1][0]) + 1
            if bare == other and (dated or (_BEFORE.search(_head(before)) and not _BEFORE.search(_head(now)))):
                pairs.append((bare, now, before))
    heads = {bare for bare, _, _ in pairs}
    for bare, now, before in pairs:
        if len(heads) == 1 or (bare and bare in clause):
            yield now, before


def _shares(clause: str, row: Row) -> Iterator[tuple[Number, Number]]:
    """What was done of what was planned: 完成投资占计划的."""
    if not _OF_PLAN.search(clause):
        return
    cells = [cell for cell in row.values() if cell.kind is Kind.MEASURE and cell.value and not _CHANGE.search(_head(cell))]
    planned = [cell for cell in cells if _PLANNED.search(_head(cell))]
    for done in [cell for cell in cells if cell not in planned and _DONE.search(_head(cell))]:
        yield from ((done, plan) for plan in planned if plan.dimension == done.dimension)
