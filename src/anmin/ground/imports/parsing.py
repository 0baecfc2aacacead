"""The cells of a table become the values of a form's rows; every problem is collected, none stops the reading."""

import re
import unicodedata
from datetime import date
from difflib import get_close_matches
from typing import Any

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.imports.forms import Column, ImportForm, Place, Problems, Row
from anmin.ground.imports.places import AreaBook
from anmin.ground.imports.reading import Cell, Formula, Table
from anmin.ground.imports.values import read_cell

ELSEWHERE = "外地"

_NOISE = re.compile(r"[\s*:：]+|\((?:元|必填|选填|元/月|是/否)\)")


def parse(table: Table, form: ImportForm, *, actor: Actor, on: date) -> tuple[list[Row], Problems]:
    """The rows of the table by the form, and all that is wrong with them. With wrong columns no row is read."""
    problems = Problems()
    columns = _columns(table, form, problems)
    if problems:
        return [], problems
    if not table.lines:
        problems.add_sentence("文件只有列名，没有数据行，请检查导出的文件。")
        return [], problems
    if len(table.lines) > form.row_limit:
        problems.add_sentence(
            f"文件有 {len(table.lines)} 行数据，超过每个文件 {form.row_limit} 行的上限，请按镇街拆成几个文件后再导入。"
        )
        return [], problems
    absent = [column for column in form.columns if column.key not in {known.key for known in columns.values()}]
    book = AreaBook(actor, on) if form.places else None
    remembered: dict[tuple[int, Cell], Any] = {}
    rows = []
    for line in table.lines:
        row = Row(line.number, {column.key: None for column in absent})
        _read(line.cells, row, columns, remembered, on, problems)
        if book is not None and row.sound:
            for place in form.places:
                _find(place, row, form, book, problems)
        rows.append(row)
    return rows, problems


def _read(
    cells: list[Cell],
    row: Row,
    columns: dict[int, Column],
    remembered: dict[tuple[int, Cell], Any],
    on: date,
    problems: Problems,
) -> None:
    for position, column in columns.items():
        cell = cells[position] if position < len(cells) else None
        # 1 and True are one key of a dictionary, so only text is remembered.
        key = (position, cell) if isinstance(cell, str) else None
        value = remembered.get(key, _UNREAD) if key else _UNREAD
        if value is _UNREAD:
            try:
                value = read_cell(cell, column, on)
            except BadValue as error:
                value = error
            if key:
                remembered[key] = value
        if isinstance(value, BadValue):
            problems.add(row, column.header, value.message)
            value = None
        row.values[column.key] = value
    for position, cell in enumerate(cells):
        if position not in columns and cell is not None and cell != "":
            where = f"单元格 {cell.place} " if isinstance(cell, Formula) else f"第 {position + 1} 列"
            problems.add(row, "", f"{where}没有列名却有内容，请补上列名或清除。")


_UNREAD = object()


def _find(place: Place, row: Row, form: ImportForm, book: AreaBook, problems: Problems) -> None:
    town, village = row.values.get(place.town), row.values.get(place.village)
    row.values[place.into] = None
    if not place.required and (town in (None, ELSEWHERE)) and (village in (None, ELSEWHERE)):
        return
    if town is None or village is None:
        missing = place.town if town is None else place.village
        problems.add(row, form.header(missing), "镇街和村居要么都填写，要么都留空。")
        return
    try:
        found = book.town(town)
    except BadValue as error:
        problems.add(row, form.header(place.town), error.message)
        return
    try:
        row.values[place.into] = book.village(found, village, in_scope=place.in_scope)
    except BadValue as error:
        problems.add(row, form.header(place.village), error.message)


def plain_header(header: str) -> str:
    """A header without blanks, stars, colons and units, as headers are compared."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", header))


def _columns(table: Table, form: ImportForm, problems: Problems) -> dict[int, Column]:
    known = {plain_header(word): column for column in form.columns for word in (*column.synonyms, column.header)}
    found: dict[int, Column] = {}
    for position, header in enumerate(table.headers):
        if not header:
            continue
        column = known.get(plain_header(header))
        if column is None:
            near = get_close_matches(plain_header(header), known, n=1, cutoff=0.5)
            hint = f"，是否应为“{known[near[0]].header}”" if near else ""
            problems.add_sentence(f"第 {position + 1} 列“{header[:30]}”不是本表的列{hint}；请改名或删除该列。")
        elif column in found.values():
            first = next(place for place, other in found.items() if other is column)
            problems.add_sentence(f"“{column.header}”列出现了两次（第 {first + 1} 列和第 {position + 1} 列），请只保留一列。")
        else:
            found[position] = column
    for column in form.columns:
        if column.required and column not in found.values():
            problems.add_sentence(f"缺少必填的“{column.header}”列。")
    if problems:
        expected = "、".join(f"{column.header}{'（必填）' if column.required else ''}" for column in form.columns)
        problems.sentences.append(f"“{form.label}”表应有的列为：{expected}。")
    return found
