"""Tables: sum rows and sum columns, changes, growth and shares.

What a column means is learnt from the rows in which it works out; the rows in which it does not are the findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from anmin.ground.reports.checking.findings import Correction, Number, Place, decimal
from anmin.ground.reports.checking.numerals import reading as reader
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.normal import normal
from anmin.ground.reports.checking.relations.ledger import Ledger, difference_hint, percent, said
from anmin.ground.reports.checking.texts import Table
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_CELL = re.compile(
    r"(?P<sign>[-+−▲△↓↑]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<unit>[%‰]|[万亿]?[\u4e00-\u9fff㎡²]{0,4})(?:[*＊])?"
)
_TOTAL = re.compile(
    r"^(?:\s|[一二三四五六七八九十]+、)*(?:总?合\s*计|总\s*计|总\s*数|共\s*计|全[市县区省镇乡州](?:合计|总计|总数)?|合\s*计.{0,6}|.{0,8}(?:总计|合计))$"
)
_SUBTOTAL = re.compile(r"小\s*计")
_UNDER = re.compile(r"^(?:\s*(?:其中|其中[:：].*|#|＃|—|--|\*|　+)|其中[:：]?)")
_RATE_HEAD = re.compile(
    r"%|％|率|比重|占比|比例|增幅|增长|增速|均|排名|位次|名次|序号|单价|标准|价格|得分|分数|系数|年份|编号|代码|倍|‰|比$|比[（(]|强度|密度|指数|浓度|年龄|水平"
)
_SHARE_HEAD = re.compile(r"占|比重|构成|比例")
_CHANGE_HEAD = re.compile(r"增减|增加|增量|变动|变化|净增|比上年|较上年|同比|差额|增长额|±")
_UNIT_IN_HEAD = re.compile(r"[（(]([^（）()]{1,8})[）)]|单位[:：]\s*([^\s，、）)]{1,8})")
_ROWS_AT_MOST, _COLUMNS_AT_MOST = 2000, 24


@dataclass(slots=True)
class _Grid:
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


def judge_table(table: Table, block: int, corrections: dict[str, Correction], ledger: Ledger) -> list[Number]:
    """The numbers of a table, its sums, changes and shares tried."""
    grid = _grid(table, block, corrections)
    if len(grid.rows) < 2 or not grid.columns:
        return list(grid.cells.values())
    totals = [row for row in grid.rows if _is_total(grid, row)]
    found = _columns(grid, totals, ledger)
    _sum_rows(grid, totals, ledger)
    _sum_columns(grid, found, ledger)
    return list(grid.cells.values())


def _grid(table: Table, block: int, corrections: dict[str, Correction]) -> _Grid:
    rows = table.rows[:_ROWS_AT_MOST]
    parsed = [[_parse(cell) for cell in row[:_COLUMNS_AT_MOST]] for row in rows]
    first = next((i for i, row in enumerate(parsed) if i and sum(m is not None for m in row[1:]) >= max(1, len(row) // 3)), 1)
    width = max((len(row) for row in parsed), default=0)
    heads = ["".join(dict.fromkeys(rows[i][c] for i in range(min(first, 4)) if c < len(rows[i]))) for c in range(width)]
    labels = [next((cell for c, cell in enumerate(row[:3]) if cell.strip() and not _parse(cell)), "") for row in rows]
    grid = _Grid(table, block, first, heads, labels)
    caption = _UNIT_IN_HEAD.search(table.caption)
    common = (caption[2] or caption[1] or "") if caption else ""
    unit_column = next((c for c, head in enumerate(heads) if re.fullmatch(r"(?:计量)?单\s*位", head.strip())), None)
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


def _parse(cell: str) -> re.Match[str] | None:
    return _CELL.fullmatch(normal(cell).text.strip()) if len(cell) <= 40 else None


def _is_serial(parsed: Sequence[Sequence[re.Match[str] | None]], first: int, column: int) -> bool:
    """1, 2, 3 … down the first column number the rows."""
    values = [row[column]["digits"] if column < len(row) and row[column] else "" for row in parsed[first:]]  # type: ignore[index]
    counted = [value for value in values if value]
    return bool(counted) and counted == [str(i) for i in range(1, len(counted) + 1)]


def _number(grid: _Grid, row: int, column: int, match: re.Match[str], common: str) -> Number:
    text = grid.table.rows[row][column]
    place = Place(grid.block, 0, len(text), grid.table.line_of(row), row, column)
    number = Number(f"b{grid.block}:r{row}:c{column}", place, text, Kind.MEASURE, end=len(text))
    head = grid.heads[column]
    inside = _UNIT_IN_HEAD.search(head)
    unit = match["unit"] or ((inside[1] or inside[2]) if inside else "")
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


def _is_total(grid: _Grid, row: int) -> bool:
    cells = grid.table.rows[row][:2]
    return any(_TOTAL.match(normal(cell).text.replace(" ", "")) for cell in cells if cell) and not _SUBTOTAL.search(
        "".join(cells)
    )


def _additive(grid: _Grid) -> list[int]:
    return [
        c
        for c in grid.columns
        if not _RATE_HEAD.search(re.sub(r"[（(](?!%|％)[^（）()]*[）)]", "", grid.heads[c]))
        and 2 * sum(n.dimension == units.PERCENT for (_, col), n in grid.cells.items() if col == c)
        < sum(col == c for _, col in grid.cells)
    ]


def _sum_rows(grid: _Grid, totals: Sequence[int], ledger: Ledger) -> None:
    """Each total against the rows it may be the sum of; the choice that works in most columns is taken for all of them."""
    columns = _additive(grid)
    subtotals = [row for row in grid.rows if any(_SUBTOTAL.search(cell) for cell in grid.table.rows[row][:2])]
    columns = [c for c in columns if not _never_adds_up(grid, c, [*subtotals, *totals], totals, subtotals)]
    _nested(grid, columns, totals, ledger)
    for total_row in (*subtotals, *totals):
        best: tuple[int, list[int]] = (-1, [])
        for choice in _choices(grid, total_row, totals, subtotals):
            fits = sum(_column_closes(grid, total_row, choice, c) for c in columns)
            if fits > best[0]:
                best = fits, choice
        fits, choice = best
        tried = [c for c in columns if grid.at(total_row, c) is not None and sum(grid.at(r, c) is not None for r in choice) >= 2]
        if not tried or len(choice) < 2:
            continue
        simple = (
            not subtotals
            and total_row in totals
            and len(totals) == 1
            and not any(_UNDER.match(grid.table.rows[r][0]) for r in choice)
        )
        for c in tried:
            _judge_sum(grid, total_row, choice, c, ledger, sure=fits > 0, simple=simple)


def _choices(grid: _Grid, total_row: int, totals: Sequence[int], subtotals: Sequence[int]) -> Iterator[list[int]]:
    levels = _levels(grid, totals)
    if levels and total_row in totals and (top_level := min(levels.values())) < _BARE:
        yield [r for r, level in levels.items() if level == top_level]
    plain = [
        r
        for r in grid.rows
        if r not in totals
        and r not in subtotals
        and not _UNDER.match(grid.table.rows[r][0])
        and not _NO_PART.search(grid.labels[r])
    ]
    above = [r for r in plain if r < total_row]
    below = [r for r in plain if r > total_row]
    before = [r for r in (*totals, *subtotals) if r < total_row]
    after = [r for r in (*totals, *subtotals) if r > total_row]
    if before:
        yield [r for r in above if r > max(before)]
    if total_row in totals and subtotals:
        last = max((r for r in subtotals if r < total_row), default=-1)
        grouped = [r for r in subtotals if r < total_row]
        yield grouped
        yield grouped + [r for r in above if r > last]
        first = min(subtotals)
        yield [r for r in below if r < first] if below and first > total_row else subtotals_below(subtotals, total_row)
        yield subtotals_below(subtotals, total_row) + [r for r in below if r > max(subtotals)]
    yield above
    yield below
    if after:
        yield [r for r in below if r < min(after)]
    # Rows that are set in or name a part of the row before them.
    top = [r for r in above if not grid.labels[r].startswith(("　", " "))]
    if top != above:
        yield top


_NO_PART = re.compile(r"平均|均值|占比|比重|增长|增幅|同比|排名|上年|去年|备注")
_PREFIXES = (
    re.compile(r"^\s*[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\s*\d{1,2}[.、．](?!\d)"),
    re.compile(r"^\s*[（(]\d{1,2}[)）]"),
)
_BARE = 5


def _levels(grid: _Grid, totals: Sequence[int]) -> dict[int, int]:
    """How deep each row stands, by what its label is numbered with; nothing where no label is numbered."""
    levels: dict[int, int] = {}
    for r in grid.rows:
        if r in totals or _NO_PART.search(grid.labels[r]):
            continue
        levels[r] = next((level for level, prefix in enumerate(_PREFIXES, 1) if prefix.match(grid.labels[r])), _BARE)
    return levels if any(level < _BARE for level in levels.values()) else {}


def _nested(grid: _Grid, columns: Sequence[int], totals: Sequence[int], ledger: Ledger) -> None:
    """A numbered row against the rows below it that are numbered deeper: 一、税收收入 and what it is made of."""
    levels = _levels(grid, totals)
    rows = list(levels)
    families: list[tuple[int, list[int]]] = []
    for at, r in enumerate(rows):
        below: list[int] = []
        for other in rows[at + 1 :]:
            if levels[other] <= levels[r] or any(r < total_row < other for total_row in totals):
                break
            below.append(other)
        if below and levels[r] < _BARE:
            families.append((r, [b for b in below if levels[b] == min(levels[b] for b in below)]))
    for c in columns:
        proven = any(_column_closes(grid, r, below, c) for r, below in families)
        for r, below in families:
            whole = grid.at(r, c)
            parts = [
                n for b in below if (n := grid.at(b, c)) is not None and whole is not None and n.dimension == whole.dimension
            ]
            if whole is None or len(parts) < 2 or len(parts) != len(below):
                continue
            value = sum(((n.figure or Fraction(0)) for n in parts), Fraction(0))
            exceeds = value - (whole.figure or Fraction(0)) > _slack([*parts, whole])
            closes = any(_column_closes(grid, r, below, other) for other in columns if other != c)
            _judge_sum(grid, r, below, c, ledger, sure=exceeds or proven or closes, simple=False)


def _never_adds_up(grid: _Grid, c: int, sums: Sequence[int], totals: Sequence[int], subtotals: Sequence[int]) -> bool:
    """Whether a column adds up in none of several sum rows: then it is no column of amounts."""
    rows = [r for r in sums if grid.at(r, c) is not None]
    if len(rows) < 2:
        return False
    return not any(_column_closes(grid, r, choice, c) for r in rows for choice in _choices(grid, r, totals, subtotals))


def subtotals_below(subtotals: Sequence[int], row: int) -> list[int]:
    return [r for r in subtotals if r > row]


def _column_closes(grid: _Grid, total_row: int, choice: Sequence[int], column: int) -> bool:
    whole = grid.at(total_row, column)
    parts = [n for r in choice if (n := grid.at(r, column)) is not None]
    if whole is None or len(parts) < 2 or whole.figure is None:
        return False
    value = sum(((n.figure or Fraction(0)) for n in parts), Fraction(0))
    return abs(value - whole.figure) <= _slack([*parts, whole])


def _slack(numbers: Sequence[Number]) -> Fraction:
    """Half a step of the last digit each, where amounts are rounded; counts are whole."""
    steps = [n.quantum / (n.factor or 1) for n in numbers]
    if all(step == 1 and units.is_counted(n.dimension) and n.factor == 1 for n, step in zip(numbers, steps, strict=True)):
        return Fraction(0)
    # A column of whole numbers in 万元 is rounded; one without any unit is taken as counted.
    return sum(steps, Fraction(0)) / 2


def _judge_sum(
    grid: _Grid, total_row: int, choice: Sequence[int], column: int, ledger: Ledger, *, sure: bool, simple: bool
) -> None:
    whole = grid.at(total_row, column)
    parts = [n for r in choice if (n := grid.at(r, column)) is not None]
    if whole is None or whole.figure is None:
        return
    value = sum(((n.figure or Fraction(0)) for n in parts), Fraction(0))
    gap = value - whole.figure
    head = grid.heads[column]
    shown = "+".join(decimal(n.figure or Fraction(0)) for n in parts[:10]) + ("+…" if len(parts) > 10 else "")
    line = f"“{head}”列：{shown}={decimal(value)}"
    numbers = [whole, *parts]
    if not gap:
        ledger.holds("table_sum", numbers, f"{line}，与{grid.labels[total_row]}相符")
    elif abs(gap) <= _slack(numbers):
        ledger.rounds("table_sum", numbers, f"{line}，{grid.labels[total_row]}为{said(whole)}，在四舍五入范围内")
    elif any(number.key in ledger.failed for number in numbers):
        ledger.unclear("table_sum", numbers, f"{line}；其中有数已另行指出")
    elif sure or simple:
        line += f"，{grid.labels[total_row] or '合计'}写{said(whole)}，相差{decimal(abs(gap))}"
        proposal = f"若各行无误，应为{decimal(value)}。{difference_hint(gap * whole.factor, whole)}"
        ledger.fails("table_sum", Severity.ERROR if sure or len(parts) > 2 else Severity.DOUBTFUL, numbers, line, proposal)


def _columns(grid: _Grid, totals: Sequence[int], ledger: Ledger) -> set[int]:
    """Columns that follow from others: differences, growth, ratios, shares of the total, products."""
    explained: set[int] = set()
    columns = [c for c in grid.columns if sum(grid.at(r, c) is not None for r in grid.rows) >= 2][:14]
    for c in columns:
        best: tuple[int, int, str, int, int] | None = None
        for kind, a, b in _laws(grid, c, columns, totals):
            fits = tried = 0
            for r in grid.rows:
                outcome = _law_holds(grid, kind, r, a, b, c, totals)
                if outcome is not None:
                    tried += 1
                    fits += outcome
            known = fits >= 3 or (fits == 2 and _hinted(kind, grid.heads[c]))
            if known and fits * 10 >= tried * 6 and (best is None or fits > best[0]):
                best = fits, tried, kind, a, b
        if best is not None:
            explained.add(c)
            _, _, kind, a, b = best
            for r in grid.rows:
                _judge_law(grid, kind, r, a, b, c, totals, ledger)
    return explained


def _laws(grid: _Grid, c: int, columns: Sequence[int], totals: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    head = grid.heads[c]
    others = [o for o in columns if o != c]
    rate = bool(re.search(r"%|％|率|比|增长|增幅|增速|升降|变动|构成", head)) or any(
        n.dimension == units.PERCENT for (_, col), n in grid.cells.items() if col == c
    )
    for a in others:
        if rate and len(totals) == 1:
            yield "share", a, a
        for b in others:
            if a == b:
                continue
            if rate:
                yield "growth", a, b
                yield "part", a, b
                if re.search("增减|变动|提高|百分点", head) and _is_difference(grid, a, b, c):
                    yield "difference", a, b
            elif _is_difference(grid, a, b, c):
                yield "difference", a, b
                if a < b and re.search(r"金额|总额|合计|小计|总价|费用|补贴|资金|应发", head):
                    yield "product", a, b
    # A change stands beside its rate: from both the base is known.


def _is_difference(grid: _Grid, a: int, b: int, c: int) -> bool:
    """Of 本期, 上年同期 and 增减 only the last is reckoned; where no head says so, what stands behind both."""
    if _CHANGE_HEAD.search(grid.heads[c]):
        return True
    # 合计 less 男 is 女, but that is for the sum to say.
    if re.search("合计|总计|小计|总数|总额", grid.heads[a]):
        return False
    return not _CHANGE_HEAD.search(grid.heads[a] + grid.heads[b]) and c > a and c > b


def _hinted(kind: str, head: str) -> bool:
    pattern = {
        "share": _SHARE_HEAD,
        "growth": re.compile(r"增|升降|变动|同比|±"),
        "difference": _CHANGE_HEAD,
        "product": re.compile(r"金额|总额|总价|合计|小计"),
    }.get(kind)
    return bool(pattern.search(head)) if pattern else bool(re.search(r"完成|率|比例|进度|占|%", head))


def _expected(grid: _Grid, kind: str, r: int, a: int, b: int, totals: Sequence[int]) -> tuple[Fraction, Fraction, str] | None:
    """What a cell should say, how far rounding may carry it, and how it is reckoned."""
    left, right = grid.at(r, a), grid.at(r, b)
    if kind == "share":
        right = grid.at(totals[0], a)
    if left is None or right is None or left.figure is None or right.figure is None:
        return None
    x, y = left.figure, right.figure
    dx, dy = left.quantum / (left.factor or 1) / 2, right.quantum / (right.factor or 1) / 2
    if kind != "share" and left.dimension != right.dimension and kind in ("difference", "growth"):
        return None
    if kind == "difference":
        return x - y, dx + dy, f"{decimal(x)}-{decimal(y)}"
    if kind == "product":
        scale = Fraction(1)
        return x * y * scale, dx * abs(y) + dy * abs(x), f"{decimal(x)}×{decimal(y)}"
    if y <= 0:
        return None
    if kind == "growth":
        return (x - y) / y * 100, (dx + abs(x / y) * dy) / y * 100, f"（{decimal(x)}-{decimal(y)}）÷{decimal(y)}"
    return x / y * 100, (dx + abs(x / y) * dy) / y * 100, f"{decimal(x)}÷{decimal(y)}"


def _law_holds(grid: _Grid, kind: str, r: int, a: int, b: int, c: int, totals: Sequence[int]) -> bool | None:
    cell, expected = grid.at(r, c), _expected(grid, kind, r, a, b, totals)
    if cell is None or expected is None or cell.figure is None:
        return None
    value, slack, _ = expected
    if kind == "difference" and not value and not cell.figure:
        return None
    step = cell.quantum / (cell.factor or 1)
    return abs(value - cell.figure) <= slack + step / 2


def _judge_law(grid: _Grid, kind: str, r: int, a: int, b: int, c: int, totals: Sequence[int], ledger: Ledger) -> None:
    cell, expected = grid.at(r, c), _expected(grid, kind, r, a, b, totals)
    if cell is None or expected is None or cell.figure is None:
        return
    value, slack, reckoned = expected
    rule = "share" if kind in ("share", "part") else "count_times_price" if kind == "product" else "table_change"
    other = grid.at(totals[0], a) if kind == "share" else grid.at(r, b)
    numbers = [n for n in (cell, grid.at(r, a), other) if n is not None]
    rate = kind in ("share", "part", "growth")
    shown = percent(value) if rate else decimal(value)
    line = f"“{grid.labels[r]}”行“{grid.heads[c]}”：{reckoned}={shown}"
    step = cell.quantum / (cell.factor or 1)
    gap = abs(value - cell.figure)
    if gap <= slack + step / 2:
        ledger.holds(rule, numbers, f"{line}，与表中{said(cell)}相符")
    elif rate and 0 <= abs(value) - abs(cell.figure) < step + slack and value * cell.figure >= 0:
        ledger.fails(
            rule, Severity.DOUBTFUL, numbers, f"{line}，表中{said(cell)}是舍去尾数", "请统一按四舍五入取整。", rounding=True
        )
    else:
        proposal = f"若其余各数无误，应为{shown}；请核对这一行。"
        ledger.fails(rule, Severity.ERROR, numbers, f"{line}，表中写{said(cell)}", proposal)


def _sum_columns(grid: _Grid, explained: set[int], ledger: Ledger) -> None:
    """A column headed 合计 or 小计 is the sum of the others of its unit."""
    columns = [c for c in _additive(grid) if c not in explained]
    for c in columns:
        if not re.search(r"合计|总计|小计|总数", grid.heads[c]):
            continue
        sides = [[o for o in columns if o < c and not re.search("合计|总计", grid.heads[o])], [o for o in columns if o > c]]
        for side in sides:
            rows = [r for r in grid.rows if grid.at(r, c) is not None and sum(grid.at(r, o) is not None for o in side) >= 2]
            fits = [r for r in rows if _row_closes(grid, r, c, side)]
            if len(rows) >= 2 and len(fits) * 10 >= len(rows) * 6:
                for r in rows:
                    _judge_row(grid, r, c, side, ledger)
                break


def _row_closes(grid: _Grid, r: int, c: int, side: Sequence[int]) -> bool:
    whole, parts = grid.at(r, c), [n for o in side if (n := grid.at(r, o)) is not None]
    if whole is None or whole.figure is None:
        return False
    return abs(sum(((n.figure or Fraction(0)) for n in parts), Fraction(0)) - whole.figure) <= _slack([whole, *parts])


def _judge_row(grid: _Grid, r: int, c: int, side: Sequence[int], ledger: Ledger) -> None:
    whole, parts = grid.at(r, c), [n for o in side if (n := grid.at(r, o)) is not None]
    if whole is None or whole.figure is None:
        return
    value = sum(((n.figure or Fraction(0)) for n in parts), Fraction(0))
    line = f"“{grid.labels[r]}”行：{'+'.join(decimal(n.figure or Fraction(0)) for n in parts)}={decimal(value)}"
    numbers = [whole, *parts]
    if value == whole.figure:
        ledger.holds("table_sum", numbers, f"{line}，与“{grid.heads[c]}”相符")
    elif _row_closes(grid, r, c, side):
        ledger.rounds("table_sum", numbers, f"{line}，“{grid.heads[c]}”为{said(whole)}，在四舍五入范围内")
    else:
        line += f"，“{grid.heads[c]}”写{said(whole)}，相差{decimal(abs(value - whole.figure))}"
        ledger.fails("table_sum", Severity.ERROR, numbers, line, f"若各列无误，应为{decimal(value)}。")
