"""The numbers of a table by row and column, with the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from anmin.ground.reports.checking.findings import Correction, Number, Place
from anmin.ground.reports.checking.numerals import reading as reader
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.normal import normal
from anmin.ground.reports.checking.texts import Table
from anmin.ground.reports.checking.vocabulary import Kind, Role

_CELL = re.compile(
    r"(?P<sign>[-+−▲△↓↑]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?::1(?!\d))?(?P<unit>[%‰]|[万亿]?[\u4e00-\u9fff㎡²]{0,4})(?:[*＊])?"
)
_TOTAL = re.compile(
    r"^(?:\s|[一二三四五六七八九十]+、)*(?:总?合\s*计|总\s*计|总\s*数|共\s*计|全[市县区省镇乡州](?:合计|总计|总数)?|合\s*计.{0,6}|.{0,8}(?:总计|合计))$"
)
SUBTOTAL = re.compile(r"小\s*计")
UNDER = re.compile(r"^(?:\s*(?:其中|其中[:：].*|#|＃|—|--|\*|　+)|其中[:：]?)")
_RATE_HEAD = re.compile(
    r"%|％|率|比重|占比|比例|增幅|增长|增速|均|排名|位次|名次|序号|单价|标准|价格|得分|分数|系数|年份|编号|代码|倍|‰|比$|比[（(]|强度|密度|指数|浓度|年龄|水平"
)
_UNIT_IN_HEAD = re.compile(r"[（(]([^（）()]{1,8})[）)]|单位[:：]\s*([^\s，、）)]{1,8})")
_ROWS_AT_MOST, _COLUMNS_AT_MOST = 2000, 24


@dataclass(slots=True)
class Grid:
    """The numbers of a table by row and column, with the words around them."""

    table: Table
    block: int
    first: int
    heads: list[str]
    labels: list[str]
    cells: dict[tuple[int, int], Number] = field(default_factory=dict)
    columns: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def at(self, row: int, column: int) -> Number | None:
        return self.cells.get((row, column))


def grid_of(table: Table, block: int, corrections: dict[str, Correction]) -> Grid:
    rows = table.rows[:_ROWS_AT_MOST]
    parsed = [[_parse(cell) for cell in row[:_COLUMNS_AT_MOST]] for row in rows]
    first = next((i for i, row in enumerate(parsed) if i and sum(m is not None for m in row[1:]) >= max(1, len(row) // 3)), 1)
    if rows and _is_headless(rows[0], parsed[0]):
        first = 0
    width = max((len(row) for row in parsed), default=0)
    heads = ["".join(dict.fromkeys(rows[i][c] for i in range(min(first, 4)) if c < len(rows[i]))) for c in range(width)]
    if not first:
        heads = [f"第{c + 1}列" for c in range(width)]
    labels = [
        next((cell for c, cell in enumerate(row[:3]) if cell.strip() and not _parse(cell)), row[0] if row else "") for row in rows
    ]
    grid = Grid(table, block, first, heads, labels)
    caption = _UNIT_IN_HEAD.search(table.caption)
    common = (caption[2] or caption[1] or "") if caption else ""
    unit_column = next((c for c, head in enumerate(heads) if _tells_units(head, rows[first:], c)), None)
    serial = {c for c, head in enumerate(heads) if re.search(r"序号|编号|代码|年份|年度$|^年$", head)}
    for i in range(first, len(rows)):
        for c, match in enumerate(parsed[i]):
            if match is None or c in serial or (c == 0 and _is_serial(parsed, first, c)):
                continue
            own = rows[i][unit_column] if unit_column is not None and unit_column < len(rows[i]) else ""
            number = _number(grid, i, c, match, own or common)
            if number.key in corrections:
                reader.correct(number, corrections[number.key])
            grid.cells[i, c] = number
    grid.columns = sorted({c for (_, c), n in grid.cells.items() if n.value is not None})
    grid.rows = sorted({r for (r, _), n in grid.cells.items() if n.value is not None})
    return grid


def _tells_units(head: str, rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column tells in what each row is counted; 单位 may head the names of offices as well."""
    if not re.fullmatch(r"(?:计量)?单\s*位", head.strip()):
        return False
    told = [row[column].strip().replace("％", "%") for row in rows if column < len(row) and row[column].strip()]
    return 2 * sum(units.known(units.split(each)[1]) for each in told) >= len(told) > 0


def _is_headless(row: Sequence[str], parsed: Sequence[re.Match[str] | None]) -> bool:
    """Whether the first row is one like the others: a name, and numbers that are no years."""
    numbers = [match for match in parsed[1:] if match is not None]
    years = all(re.fullmatch(r"(?:19|20)\d{2}年?", cell.strip()) for cell in row[1:])
    named = bool(row[0].strip()) and parsed[0] is None and not re.search(r"项目|指标|名称|单位|类别|年份|年度|月份|时间", row[0])
    return named and len(numbers) == len(row) - 1 > 0 and not years


def _parse(cell: str) -> re.Match[str] | None:
    return _CELL.fullmatch(normal(cell).text.strip()) if len(cell) <= 40 else None


def _is_serial(parsed: Sequence[Sequence[re.Match[str] | None]], first: int, column: int) -> bool:
    """1, 2, 3 … down the first column number the rows."""
    matches = [row[column] for row in parsed[first:] if column < len(row)]
    counted = [match["digits"] for match in matches if match is not None]
    return bool(counted) and counted == [str(i) for i in range(1, len(counted) + 1)]


def _number(grid: Grid, row: int, column: int, match: re.Match[str], common: str) -> Number:
    text = grid.table.rows[row][column]
    place = Place(grid.block, 0, len(text), grid.table.line_of(row), row, column)
    number = Number(f"b{grid.block}:r{row}:c{column}", place, text, Kind.MEASURE, end=len(text))
    head = grid.heads[column]
    inside = _UNIT_IN_HEAD.search(head)
    told = (inside[1] or inside[2]) if inside else ""
    # 2022年（现价） names no unit.
    unit = match["unit"] or (told if units.known(units.split(told.replace("％", "%"))[1]) else "")
    if not unit and re.search(r"%|％|率$|占比|比重", head):
        unit = "%"
    unit = (unit or ("" if re.search("增长|增幅|增速", head) else common)).replace("％", "%")
    multiplier, bare = units.split(unit)
    if not units.known(bare):
        multiplier, bare = Fraction(1), unit
    digits = match["digits"].replace(",", "")
    figure = Fraction(digits) if len(digits) <= 30 else Fraction(0)
    if match["sign"] in ("-", "−", "▲", "△", "↓"):
        figure = -figure
    number.unit = bare
    reader.value_number(number, figure, multiplier, Fraction(1, 10 ** len(digits.partition(".")[2])))
    number.subject = grid.labels[row]
    number.before = f"{grid.labels[row]}{head}"[:60]
    number.period = head if re.search(r"\d{4}|上年|本年|同期|本期", head) else ""
    if number.dimension == units.PERCENT:
        number.kind, number.role = Kind.RATIO, Role.SHARE
    return number


def is_total(grid: Grid, row: int) -> bool:
    cells = grid.table.rows[row][:2]
    return any(_TOTAL.match(normal(cell).text.replace(" ", "")) for cell in cells if cell) and not SUBTOTAL.search("".join(cells))


def additive(grid: Grid) -> list[int]:
    return [
        c
        for c in grid.columns
        if not _RATE_HEAD.search(re.sub(r"[（(](?!%|％)[^（）()]*[）)]", "", grid.heads[c]))
        and 2 * sum(n.dimension == units.PERCENT for (_, col), n in grid.cells.items() if col == c)
        < sum(col == c for _, col in grid.cells)
    ]


def slack_of(numbers: Sequence[Number]) -> Fraction:
    """Half a step of the last digit each, where amounts are rounded; counts are whole."""
    steps = [n.quantum / (n.factor or 1) for n in numbers]
    if all(step == 1 and units.is_counted(n.dimension) and n.factor == 1 for n, step in zip(numbers, steps, strict=True)):
        return Fraction(0)
    # A column of whole numbers in 万元 is rounded; one without any unit is taken as counted.
    return sum(steps, Fraction(0)) / 2
