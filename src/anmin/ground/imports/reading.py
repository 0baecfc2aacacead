"""A file of whatever origin becomes a table of cells, or is refused with a sentence; nothing is guessed.

CSV in UTF-8 (with or without a mark) and GBK/GB18030, XLSX. Cells keep what the file really holds: text from CSV; text,
numbers, dates from XLSX, and marks where a formula or an error stands, so that the row can be named later.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, TypeAlias

from django.conf import settings

from anmin.base.errors import BadValue

Source: TypeAlias = Path | bytes | BinaryIO
"""A file on disk, its bytes, or an open binary file that can be rewound (what a web upload is)."""

COLUMNS_AT_MOST = 200
CELL_AT_MOST = 2_000

_PIECE = 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that calculates: what it shows depends on who opened it last."""

    place: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell that holds an error value such as #N/A."""

    place: str
    shown: str


Cell: TypeAlias = str | int | float | bool | date | datetime | Formula | Broken | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table with its number as the spreadsheet shows it; blank lines are left out."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """The headers and the lines of a file."""

    name: str
    sha256: str
    headers: list[str]
    lines: list[Line]


def read_table(source: Source, name: str) -> Table:
    """The table in a CSV or XLSX file.

    Refuses: a file over the upload limit (before reading it), an empty one, an old or locked workbook, anything that is no
    table, an encoding that is neither UTF-8 nor GB18030, a workbook that unpacks to far more than it is, several filled sheets.
    """
    size = _size(source)
    if size > settings.UPLOAD_LIMIT_BYTES:
        raise BadValue(
            f"文件大小为 {_megabytes(size)} MB，超过 {_megabytes(settings.UPLOAD_LIMIT_BYTES)} MB 的上限，"
            "请按镇街或分批拆成几个文件后再导入。"
        )
    if size == 0:
        raise BadValue("文件是空的，没有任何内容，请检查导出的文件。")
    with _opened(source) as file:
        digest = _digest(file)
        start = file.read(8)
        file.seek(0)
        if start.startswith(b"PK\x03\x04"):
            from anmin.ground.imports.workbooks import lines_of_workbook  # openpyxl costs 0.3 s where only CSV is read

            numbered = lines_of_workbook(file)
        elif start.startswith(_OLE):
            raise BadValue("文件是旧版 .xls 格式或设有打开密码，请在电子表格软件中另存为不加密的 .xlsx 后再导入。")
        else:
            numbered = _lines_of_csv(file.read())
        headers, lines = _split(numbered)
    return Table(name=plain_name(name), sha256=digest, headers=headers, lines=lines)


def plain_name(name: str) -> str:
    """The last part of a file name, without folders and control characters, at most 200 characters."""
    last = re.split(r"[/\\]", name)[-1]
    return _CONTROL.sub("", last)[-200:] or "未命名"


class _Kept:
    """An open file that belongs to somebody else: rewound, not closed."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def __enter__(self) -> BinaryIO:
        self.file.seek(0)
        return self.file

    def __exit__(self, *_: object) -> None:
        return None


def _opened(source: Source) -> "BinaryIO | _Kept":
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, Path):
        try:
            return source.open("rb")
        except OSError:
            raise BadValue(f"“{source.name}”打不开：它是文件夹，或者没有读取权限。请选择一个 CSV 或 XLSX 文件。") from None
    return _Kept(source)


def _size(source: Source) -> int:
    if isinstance(source, bytes):
        return len(source)
    if isinstance(source, Path):
        try:
            return source.stat().st_size
        except OSError:
            raise BadValue(f"找不到文件“{source.name}”，请检查路径。") from None
    return source.seek(0, io.SEEK_END)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def _split(numbered: Iterator[Line]) -> tuple[list[str], list[Line]]:
    lines = [line for line in numbered if any(cell is not None and cell != "" for cell in line.cells)]
    if not lines:
        raise BadValue("文件中没有任何内容，请检查导出的文件或工作表。")
    # Departments like a title over the table: one filled cell alone, and a much wider line after it.
    if len(lines) > 1 and _filled(lines[0]) == 1 and _filled(lines[1]) > 2:
        del lines[0]
    headers = ["" if cell is None else str(cell).strip() for cell in lines[0].cells]
    while headers and not headers[-1]:
        headers.pop()
    return headers, lines[1:]


def _filled(line: Line) -> int:
    return sum(cell is not None and cell != "" for cell in line.cells)


def _lines_of_csv(content: bytes) -> Iterator[Line]:
    text = decoded(content)
    if found := _CONTROL.search(text):
        row = text.count("\n", 0, found.start()) + 1
        raise BadValue(f"文件不是表格：第 {row} 行有表格文件中不会出现的控制字符，请选择 .csv 或 .xlsx 文件。")
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    started = 1
    try:
        for cells in reader:
            # A quoted cell may hold a line break; the number is that of the line on which the row begins.
            yield Line(started, [cell.strip() or None for cell in cells])
            started = reader.line_num + 1
    except csv.Error:
        raise BadValue(f"文件从第 {started} 行起无法按表格读取，可能是引号没有成对，请检查该行。") from None


def decoded(content: bytes) -> str:
    """The text of the bytes. Refuses what is neither UTF-8 nor GB18030, naming the line where it fails."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadValue("文件是 UTF-16（“Unicode 文本”）编码，请另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再导入。")
    if b"\x00" in content:
        raise BadValue("文件不是表格，请选择 .csv 或 .xlsx 文件。")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Two bytes of GBK rarely pass for UTF-8, a whole stretch of Chinese never does: then it is UTF-8 with a broken place.
        before = content[: error.start].decode("utf-8-sig")
        if len(_HAN.findall(before)) >= 4:
            row = before.count("\n") + 1
            raise BadValue(
                f"文件是 UTF-8 编码，但第 {row} 行有无法识别的字节：可能混入了 GBK 编码的内容，或者已经损坏，请重新导出。"
            ) from None
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise BadValue(
            f"文件的文字编码无法识别（第 {row} 行）：既不是 UTF-8 也不是 GBK/GB18030，或者根本不是表格。"
            "请用电子表格软件另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再导入。"
        ) from None
