"""A text against the table it speaks of: the row it names, the total it gives, the number that a column adds up to.

A table and its text are written by two hands. What the text says of a row is held against the cells of that row; told is
what is in none of them, but in one of them but for one digit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import total
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.texts import Table
from anmin.ground.reports.checking.vocabulary import Kind, Severity

_NEAR = 4
"""Blocks between a table and what is said of it."""

_TOLD_AT_MOST, _CELLS_AT_MOST = 60, 3000
_WHOLE = re.compile(r"合计|总计|共计|^总数$|^全[省市县区镇乡州国]$")
_SAID_OF_ALL = re.compile(r"合计|总计|共|累计|总|全年|全[省市县区镇乡州国]|上半年")
_ASIDE = re.compile(r"其中|去年|上年|同期|计划|预算|目标|比|较|另")
_NOW = re.compile(
    r"本[年期月季]度?|当[年期月]|[一二三四]季度|上半年|前三季度|1[-—–~～至]\d{1,2}月份?|数量|[件人户个]数|合计|小计"
)
"""Heads of columns that say of nothing but now, or how many."""
_NO_SUM = re.compile(r"率|%|比|均|标准|单价|排名|名次|上年|去年|同期|增|年份")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every number that stands near a table is looked up in it."""
    by_table: dict[int, list[Number]] = defaultdict(list)
    for cell in reading.cells:
        if cell.measured:
            by_table[cell.place.block].append(cell)
    for block, cells in by_table.items():
        table = reading.document.blocks[block]
        told = [
            number
            for near in range(block - _NEAR, block + _NEAR + 1)
            if (paragraph := ledger.paragraphs.get(near)) is not None and not paragraph.forecast
            for sentence in paragraph.sentences
            for number in sentence.numbers
            if is_plain_level(number) and number.kind is Kind.MEASURE and not number.hedge
        ][:_TOLD_AT_MOST]
        if told and isinstance(table, Table) and len(cells) <= _CELLS_AT_MOST:
            for number in told:
                _judge_row(number, cells, ledger)
            _judge_columns(table, cells, told, ledger)
            _judge_quarters(cells, told, ledger)
            _judge_named_rows(cells, told, ledger)


def _judge_row(number: Number, cells: Sequence[Number], ledger: Ledger) -> None:
    """农村公路完成投资9864万元, where the row of 农村公路 has 8964."""
    if _ASIDE.search(number.before) or number.key in ledger.failed:
        return
    rows: dict[int, list[Number]] = defaultdict(list)
    for cell in cells:
        label = re.sub(r"\s|^[一二三四五六七八九十\d]+[、.．]", "", cell.subject)
        named = len(label) >= 2 and label in number.before
        if (named or (_WHOLE.search(label) and _SAID_OF_ALL.search(number.before))) and _counts_like(cell, number):
            rows[cell.place.row or 0].append(cell)
    if len(rows) != 1:
        return
    row = next(iter(rows.values()))
    if any(cell.interval.meets(number.interval) for cell in cells if _counts_like(cell, number)):
        return
    meant = [cell for cell in row if is_misprint(number, cell.value or Fraction(0)) and _is_called_alike(cell, number)]
    if len(meant) == 1 and meant[0].key not in ledger.failed:
        cell = meant[0]
        shown = said(cell) if cell.unit in said(cell) else said(cell) + cell.unit
        line = f"表中“{cell.before}”为{shown}，此处写{said(number)}"
        ledger.fails("repeated_figure", Severity.DOUBTFUL, [number, meant[0]], line, "文字与表格不一致，请核对。")


def _is_called_alike(cell: Number, number: Number) -> bool:
    """Whether two characters of what heads the column stand in the text too: 完成 of 完成（万元）."""
    head = re.sub(r"[（(].*?[)）]|\s", "", cell.before.removeprefix(cell.subject))
    year = re.fullmatch(r"(\d{4})年", head)
    if _NOW.fullmatch(head) or (year and number.period.startswith(year[1])):
        return True
    head = re.sub(r"[^\u4e00-\u9fff]", "", head)
    return any(head[at : at + 2] in number.before for at in range(len(head) - 1))


def _judge_columns(table: Table, cells: Sequence[Number], told: Sequence[Number], ledger: Ledger) -> None:
    """全县床位2186张，分布如下: a column without a total of its own adds up to what the text says."""
    if any(_WHOLE.search(re.sub(r"\s", "", cell)) for row in table.rows for cell in row[:2]):
        return
    columns: dict[int, list[Number]] = defaultdict(list)
    for cell in cells:
        columns[cell.place.column or 0].append(cell)
    for column in columns.values():
        head = re.sub(r"[（(].*?[)）]", "", column[0].before.removeprefix(column[0].subject))
        wanted = [n for n in told if _counts_like(column[0], n) and (_is_of(head, n) or _sums_up(n))]
        wanted = [n for n in wanted if _is_of(head, n) or (_is_alone(column, columns, n) and not _named_rows(n, cells))]
        if len(column) < 3 or _NO_SUM.search(head) or len({cell.dimension for cell in column}) != 1:
            continue
        value, interval = sum((cell.value or Fraction(0) for cell in column), Fraction(0)), total(c.interval for c in column)
        if any(interval.meets(n.interval) for n in wanted):
            continue
        for number in [n for n in wanted if is_misprint(n, value)][:1]:
            line = f"表中“{head}”列相加为{amount(value, number)}，此处写{said(number)}"
            ledger.fails("table_sum", Severity.DOUBTFUL, [number, *column], line, "请核对总数和表中各行。")


def _is_of(head: str, number: Number) -> bool:
    return len(head) >= 2 and head[-2:] in number.before


def _sums_up(number: Number) -> bool:
    return re.search("合计|总计|共|累计|总[数额量计]", number.before) is not None and not _ASIDE.search(number.before)


def _counts_like(cell: Number, number: Number) -> bool:
    """Whether both are in one unit, which the head of the column may say: 户数."""
    return cell.dimension == number.dimension or (not cell.dimension and bool(number.unit) and f"{number.unit}数" in cell.before)


def _is_alone(column: Sequence[Number], columns: dict[int, list[Number]], number: Number) -> bool:
    return not any(_counts_like(other[0], number) for other in columns.values() if other is not column)


def _named_rows(number: Number, cells: Sequence[Number]) -> list[Number]:
    """The cells of rows that it names."""
    labels = {cell.key: re.sub(r"\s|^[一二三四五六七八九十\d]+[、.．]", "", cell.subject) for cell in cells}
    named = [cell for cell in cells if len(labels[cell.key]) >= 2 and labels[cell.key] in number.before]
    return [cell for cell in named if not _WHOLE.search(labels[cell.key])]


def _judge_named_rows(cells: Sequence[Number], told: Sequence[Number], ledger: Ledger) -> None:
    """低保和特困两项合计3350万元, of which the table tells each in a row of its own."""
    for number in told:
        if not _sums_up(number):
            continue
        columns: dict[int, list[Number]] = defaultdict(list)
        for cell in _named_rows(number, cells):
            if _counts_like(cell, number):
                columns[cell.place.column or 0].append(cell)
        run = next(iter(columns.values()), [])
        if len(columns) != 1 or len(run) < 2 or number.key in ledger.failed:
            continue
        value = sum((cell.value or Fraction(0) for cell in run), Fraction(0))
        if not total(c.interval for c in run).meets(number.interval) and lists.is_nearly(number, run):
            shown = "+".join(said(cell) for cell in run)
            line = f"表中{shown}={amount(value, number)}，此处写{said(number)}"
            ledger.fails("list_total", Severity.DOUBTFUL, [number, *run], line, "请核对文字与表中各行的数。")


_MONTHS = {"一季度": (1, 3), "二季度": (4, 6), "三季度": (7, 9), "四季度": (10, 12), "上半年": (1, 6), "下半年": (7, 12)}


def _judge_quarters(cells: Sequence[Number], told: Sequence[Number], ledger: Ledger) -> None:
    """二季度受理1585件, of which the table tells the months one by one."""
    months: dict[tuple[int, int], Number] = {}
    for cell in cells:
        if found := re.fullmatch(r"(?:\d{4}年)?(\d{1,2})月份?", cell.subject.strip()):
            months[int(found[1]), cell.place.column or 0] = cell
    columns = {column for _, column in months}
    for number in told:
        span = next((span for word, span in _MONTHS.items() if word in number.before), None)
        if span is None:
            continue
        for column in sorted(columns):
            run = [months[m, column] for m in range(span[0], span[1] + 1) if (m, column) in months]
            if len(run) != span[1] - span[0] + 1 or run[0].dimension != number.dimension or not _is_called_alike(run[0], number):
                continue
            value = sum((cell.value or Fraction(0) for cell in run), Fraction(0))
            if not total(c.interval for c in run).meets(number.interval) and is_misprint(number, value):
                line = f"表中{span[0]}至{span[1]}月相加为{amount(value, number)}，此处写{said(number)}"
                ledger.fails("table_sum", Severity.DOUBTFUL, [number, *run], line, "请核对文字与表中各月的数。")
