"""XLSX workbooks, read row by row, after a look at what they would unpack to."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from anmin.base.errors import BadValue
from anmin.ground.imports.reading import COLUMNS_AT_MOST, Broken, Cell, Formula, Line

UNPACKED_AT_MOST = 300 * 1024 * 1024
"""What a workbook may unpack to; 200,000 rows of thirty columns need some 250 MB."""

RATIO_AT_MOST = 300
"""Sheets full of repetition shrink to a hundredth at most; what shrinks further is a bomb."""

NOTES_SHEET = "填表说明"
"""The sheet of a template that explains; never read as data."""

_PARTS_AT_MOST = 2_000
_SMALL = 1024 * 1024
_DAMAGED = "文件已损坏或不是真正的 .xlsx 工作簿，请重新导出或另存后再导入。"
_BAD_WORKBOOK = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    EOFError,
    NotImplementedError,
    SyntaxError,  # what both XML parsers raise
)


def lines_of_workbook(file: BinaryIO) -> Iterator[Line]:
    """The lines of the one filled sheet, in the order and with the numbers of the sheet.

    Refuses: what is no workbook, a bomb, a document with declared entities, several filled sheets, none.
    """
    try:
        _look_inside(file)
        with warnings.catch_warnings():
            # openpyxl tells of styles and checks it leaves out; none of them carries data.
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            try:
                sheets = [sheet for sheet in book.worksheets if sheet.title != NOTES_SHEET]
                filled = [sheet for sheet in sheets if _has_content(sheet)]
                if not filled:
                    raise BadValue("工作簿中没有任何内容，请检查导出的文件或工作表。")
                if len(filled) > 1:
                    names = "、".join(f"“{sheet.title}”" for sheet in filled)
                    raise BadValue(f"工作簿中有 {len(filled)} 个工作表有内容（{names}），请只保留要导入的一个后再导入。")
                yield from _lines(filled[0])
            finally:
                book.close()
    except BadValue:
        raise
    except _BAD_WORKBOOK:
        # A damaged workbook breaks openpyxl in any of these ways; each means the same to the clerk.
        raise BadValue(_DAMAGED) from None


def _look_inside(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        # The sizes are the archive's own word, but unpacking stops at them and then fails the checksum.
        if len(parts) > _PARTS_AT_MOST or sum(part.file_size for part in parts) > UNPACKED_AT_MOST:
            raise BadValue("工作簿解压后过大，不像正常的表格，已停止读取；请拆成几个文件或另存后再导入。")
        for part in parts:
            if part.file_size > _SMALL and part.file_size > RATIO_AT_MOST * max(part.compress_size, 1):
                raise BadValue("工作簿的压缩比异常，不像正常的表格，已停止读取；请另存后再导入。")
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as opened:
                    head = opened.read(4096).replace(b"\x00", b"").upper()
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise BadValue("工作簿中含有不允许的声明，已停止读取；请用电子表格软件另存后再导入。")
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            raise BadValue("文件是压缩包但不是 .xlsx 工作簿，请解压后选择其中的表格文件。")
    file.seek(0)


def _has_content(sheet: Any) -> bool:
    sheet.reset_dimensions()  # what the file says of its own extent is often wrong
    return any(
        value is not None and value != ""
        for row in sheet.iter_rows(max_col=COLUMNS_AT_MOST + 1, values_only=True)
        for value in row
    )


def _lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS_AT_MOST + 1), 1):
        if row and len(row) > COLUMNS_AT_MOST and row[COLUMNS_AT_MOST].value is not None:
            raise BadValue(f"第 {number} 行超过 {COLUMNS_AT_MOST} 列，不像要导入的表格，请删除右侧多余的列。")
        cells = [None if cell.value is None else _cell(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        yield Line(number, cells)


def _cell(cell: Any) -> Cell:
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return Formula(cell.coordinate)
    if kind == "e":
        return Broken(cell.coordinate, str(value))
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool | int | float | datetime | date):
        return value
    if isinstance(value, time):
        return value.isoformat()
    return str(value)
