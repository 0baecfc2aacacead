"""A department's file becomes columns: its own headers mapped to the fields of a source, every cell read, or every fault named.

All of it or nothing. Half a million rows are read by columns: each distinct text of a column once.
"""

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.ground.imports.forms import Column, Kind
from anmin.ground.imports.parsing import plain_header
from anmin.ground.imports.reading import Broken, Cell, Formula, decoded
from anmin.ground.imports.values import read_cell
from anmin.ground.imports.workbooks import lines_of_workbook
from anmin.ground.verification.sources import Field, Shape, Source

FAULTS_SHOWN = 20

_KINDS: dict[Shape, Kind] = {"text": "text", "date": "date", "fen": "yuan", "count": "count"}
TYPES: dict[Shape, pa.DataType] = {
    "text": pa.string(), "identity": pa.string(), "date": pa.date32(), "fen": pa.int64(), "count": pa.int64()
}  # fmt: skip
_ROUNDED = r"^\s*([0-9](\.[0-9]+)?[Ee]\+?[0-9]{1,2}|[0-9]{14,18}\.0*)\s*$"
_CUT_OFF = r"^[0-9]{15}000$"
"""What a spreadsheet leaves of eighteen digits; a number of somebody only if its last digit checks."""
_GRADES = str.maketrans("一二三四壹贰叁肆", "12341234")
_AS_TEXT = "被电子表格变成了数字，后几位已经丢失，系统不作猜测；请部门把该列设为“文本”格式后重新导出"


@dataclass(frozen=True)
class Grid:
    """A file as delivered: headers, and for each a column of texts; `numbers` are the lines as a spreadsheet shows them."""

    sha256: str
    headers: list[str]
    columns: list[pa.Array]
    numbers: pa.Array
    faults: list[tuple[int, int, str]] = field(default_factory=list)
    """Line, position of the column, sentence: cells that a spreadsheet spoilt."""

    @property
    def head(self) -> str:
        """What the headers are remembered by."""
        return hashlib.sha256("\x1f".join(plain_header(each) for each in self.headers).encode()).hexdigest()


def read_grid(content: bytes) -> Grid:
    """The file's headers and texts. Refuses what is no table, a broken line (by its number), two encodings in one file."""
    if not content.strip():
        raise BadValue("文件是空的，没有任何内容，请检查导出的文件。")
    sha256 = hashlib.sha256(content).hexdigest()
    if content.startswith(b"PK\x03\x04"):
        return _of_workbook(content, sha256)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadValue("文件是旧版 .xls 格式或设有打开密码，请另存为不加密的 .xlsx 或 CSV 后再导入。")
    return _of_csv(decoded(content), sha256)


def _of_csv(text: str, sha256: str) -> Grid:
    first, _, rest = text.partition("\n")
    titled = bool(rest) and _filled(first) == 1 and _filled(rest.partition("\n")[0]) > 2
    body = rest if titled else text
    heading = body.partition("\n")[0]
    delimiter = "\t" if "\t" in heading and "," not in heading else ","
    blanks: list[int] = []
    broken: list[tuple[int, int, int]] = []

    def judge(row: Any) -> str:
        if not row.text.strip(f"{delimiter} \r"):
            blanks.append(row.number)
        else:
            broken.append((row.number, row.expected_columns, row.actual_columns))
        return "skip"

    try:
        table = pyarrow.csv.read_csv(
            io.BytesIO(body.encode()),
            read_options=pyarrow.csv.ReadOptions(use_threads=False),  # the numbers of rows are known to one thread only
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=judge
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={name: pa.string() for name in _headers(heading, delimiter)}, strings_can_be_null=False
            ),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        raise BadValue("文件无法按表格读取，可能是引号没有成对，请用电子表格软件打开检查后重新导出。") from None
    if broken:
        number, expected, actual = broken[0]
        others = f"（另有 {len(broken) - 1} 行也是如此）" if len(broken) > 1 else ""
        raise BadValue(
            f"第 {number + titled} 行有 {actual} 列，而列名有 {expected} 列{others}，整个文件没有接收；"
            "请检查该行是否多了或少了逗号、引号，改正后重新导入。"
        )
    headers = [name.strip().lstrip("\ufeff") for name in table.column_names]
    columns = [pc.utf8_trim_whitespace(column.combine_chunks().cast(pa.string())) for column in table.columns]
    numbers = _line_numbers(table.num_rows, set(blanks), 2 + titled, titled)
    return _without_blanks(Grid(sha256, headers, columns, numbers))


def _headers(heading: str, delimiter: str) -> list[str]:
    table = pyarrow.csv.read_csv(
        io.BytesIO(heading.encode() + b"\n"), parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter)
    )
    names = table.column_names
    twice = next((name for position, name in enumerate(names) if name.strip() and name in names[:position]), None)
    if twice:
        raise BadValue(f"列名“{twice.strip()[:30]}”出现了两次，请只保留一列后重新导入。")
    return list(names)


def _filled(line: str) -> int:
    return sum(bool(cell.strip(' "\r')) for cell in line.replace("\t", ",").split(","))


def _line_numbers(rows: int, blanks: set[int], start: int, titled: bool) -> pa.Array:
    if not blanks:
        return pa.array(range(start, start + rows), pa.int64())
    skipped = {number + titled for number in blanks}
    numbers = (number for number in range(start, start + rows + len(skipped)) if number not in skipped)
    return pa.array(list(numbers)[:rows], pa.int64())


def _of_workbook(content: bytes, sha256: str) -> Grid:
    lines = [line for line in lines_of_workbook(io.BytesIO(content)) if any(cell not in (None, "") for cell in line.cells)]
    if len(lines) > 1 and _filled_cells(lines[0].cells) == 1 and _filled_cells(lines[1].cells) > 2:
        del lines[0]
    if not lines:
        raise BadValue("工作簿中没有任何内容，请检查导出的文件或工作表。")
    headers = ["" if cell is None else str(cell).strip() for cell in lines[0].cells]
    while headers and not headers[-1]:
        headers.pop()
    faults: list[tuple[int, int, str]] = []
    columns = []
    for position in range(len(headers)):
        texts = []
        for line in lines[1:]:
            cell = line.cells[position] if position < len(line.cells) else None
            shown, fault = _shown(cell)
            texts.append(shown)
            if fault:
                faults.append((line.number, position, fault))
        columns.append(pa.array(texts, pa.string()))
    return Grid(sha256, headers, columns, pa.array([line.number for line in lines[1:]], pa.int64()), faults)


def _filled_cells(cells: Sequence[Cell]) -> int:
    return sum(cell not in (None, "") for cell in cells)


def _shown(cell: Cell) -> tuple[str, str]:
    """The text of a cell, and what spoils it."""
    if isinstance(cell, Formula):
        return "", f"单元格 {cell.place} 是公式，请用“选择性粘贴—数值”替换成结果"
    if isinstance(cell, Broken):
        return "", f"单元格 {cell.place} 显示为错误值 {cell.shown}"
    if cell is None:
        return "", ""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10], ""
    if isinstance(cell, bool):
        return "是" if cell else "否", ""
    if isinstance(cell, int | float):
        plain = str(int(cell)) if cell == int(cell) else repr(cell)
        # More than fifteen digits are not what was typed: the spreadsheet has rounded them.
        return plain, (_AS_TEXT if len(plain) > 15 else "")
    return cell.strip(), ""


def _without_blanks(grid: Grid) -> Grid:
    filled = None
    for column in grid.columns:
        here = pc.not_equal(pc.fill_null(column, ""), "")
        filled = here if filled is None else pc.or_(filled, here)
    if filled is None or pc.all(filled).as_py() in (True, None):
        return grid
    return Grid(grid.sha256, grid.headers, [column.filter(filled) for column in grid.columns], grid.numbers.filter(filled))


# --- headers to fields ---------------------------------------------------------------------------------------------


def proposed_mapping(source: Source, headers: Sequence[str]) -> dict[str, str]:
    """Field names by header, where a header is the label of a field or one of its aliases; the rest is left out."""
    known = {plain_header(word): each.name for each in source.columns for word in (*each.aliases, each.label)}
    found: dict[str, str] = {}
    for header in headers:
        name = known.get(plain_header(header))
        if name is not None and name not in found.values():
            found[header] = name
    return found


def check_mapping(source: Source, headers: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Refuses a mapping by which nobody could be recognised, or that says nothing of what the source is for."""
    fields = {each.name: each for each in source.columns}
    for header, name in mapping.items():
        if header not in headers:
            raise BadValue(f"文件中没有“{header[:30]}”列，请重新对应。")
        if name not in fields:
            raise BadValue(f"“{source.label}”数据中没有“{name}”这一项，请重新对应。")
    taken = list(mapping.values())
    if len(set(taken)) != len(taken):
        twice = next(name for name in taken if taken.count(name) > 1)
        raise BadValue(f"“{fields[twice].label}”对应了两列，请只保留一列。")
    if "name" not in taken or not {"identity_number", "card_number", "birth_on"} & set(taken):
        raise BadValue(
            _missing(source, headers, "无法辨认人员：至少需要“姓名”列，以及“公民身份号码”（或其他证件号码、出生日期）列。")
        )
    if not {each.name for each in source.fields} & set(taken):
        wanted = "、".join(f"“{each.label}”" for each in source.fields)
        raise BadValue(_missing(source, headers, f"没有一列是“{source.label}”数据的内容（应有{wanted}）。"))


def _missing(source: Source, headers: Sequence[str], why: str) -> str:
    shown = "、".join(header[:20] for header in headers[:12]) or "（空）"
    return f"{why}文件的列名是：{shown}。请确认选对了数据源，或者手工指定各列的对应关系。"


# --- reading -------------------------------------------------------------------------------------------------------


def read_rows(grid: Grid, source: Source, mapping: Mapping[str, str], *, on: date) -> pa.Table:
    """The rows by the fields of the source, with `row` their line; fields the file has not are null.

    Columns: `row` int64; who it is about as delivered; dates date32; money in fen, counts int64. Columns that are mapped to
    no field are not taken along. Refuses, naming up to twenty rows and their columns, whatever cannot be read.
    """
    check_mapping(source, grid.headers, mapping)
    positions = {name: grid.headers.index(header) for header, name in mapping.items()}
    taken = set(positions.values())
    faults = [(row, grid.headers[position], why) for row, position, why in grid.faults if position in taken]
    columns: dict[str, pa.Array] = {"row": grid.numbers}
    for each in source.columns:
        position = positions.get(each.name)
        if position is None:
            columns[each.name] = pa.nulls(len(grid.numbers), TYPES[each.shape])
            continue
        columns[each.name] = _column(grid, position, each, on, faults)
    if faults:
        raise BadValue(_told(faults))
    return pa.table(columns)


def _column(grid: Grid, position: int, each: Field, on: date, faults: list[tuple[int, str, str]]) -> pa.Array:
    texts = grid.columns[position]
    if each.shape == "identity":
        filled = pc.fill_null(texts, "")
        spoilt = pc.or_(pc.match_substring_regex(filled, _ROUNDED), _cut_off(filled))
        faults += [(row, grid.headers[position], _AS_TEXT) for row in grid.numbers.filter(spoilt).to_pylist()[:FAULTS_SHOWN]]
        return texts
    return _by_distinct(texts, each, on, lambda rows, why: faults.extend(
        (row, grid.headers[position], why) for row in grid.numbers.filter(rows).to_pylist()[:FAULTS_SHOWN]
    ))  # fmt: skip


def _cut_off(texts: pa.Array) -> pa.Array:
    """Whose last three digits a spreadsheet has replaced by noughts."""
    ends = pc.match_substring_regex(texts, _CUT_OFF)
    wrong = sorted({text for text in texts.filter(ends).to_pylist() if not _is_a_number(text)})
    return pc.is_in(texts, value_set=pa.array(wrong, pa.string()))


def _is_a_number(text: str) -> bool:
    try:
        return bool(normalise_identity_number(text))
    except BadValue:
        return False


def _by_distinct(texts: pa.Array, each: Field, on: date, fault: Callable[[pa.Array, str], None]) -> pa.Array:
    coded = texts.dictionary_encode()
    column = Column(each.name, each.label, _KINDS[each.shape], longest=2_000, most=10**9)
    values: list[Any] = []
    for code, text in enumerate(coded.dictionary.to_pylist()):
        try:
            values.append(read_cell(_graded(text) if each.name == "grade" else text or None, column, on))
        except BadValue as error:
            values.append(None)
            fault(pc.equal(coded.indices, code), error.message.removesuffix("。"))
    return pa.array(values, TYPES[each.shape]).take(coded.indices)


def _graded(text: str) -> str | None:
    """A grade as a digit, however the department writes it: 一级, 壹级, 2级."""
    return text.removesuffix("级").translate(_GRADES) or None


def _told(faults: list[tuple[int, str, str]]) -> str:
    faults.sort()
    shown = "；".join(f"第 {row} 行“{header}”列{why}" for row, header, why in faults[:FAULTS_SHOWN])
    more = f"……共 {len(faults)} 处以上" if len(faults) > FAULTS_SHOWN else f"，共 {len(faults)} 处"
    return f"文件没有接收，也没有留下任何数据：{shown}{more}。请改正后重新导入。"
