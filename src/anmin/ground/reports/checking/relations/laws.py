"""What a column means is learnt from the rows in which it works out; the rows in which it does not are the findings."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.relations.cells import Grid
from anmin.ground.reports.checking.relations.ledger import Ledger, percent, said
from anmin.ground.reports.checking.vocabulary import Severity

_SHARE_HEAD = re.compile(r"占|比重|构成|比例")
_EACH_HEAD = re.compile(r"均|单产|亩产|单价|每|[\u4e00-\u9fff]比$")
_REST_HEAD = re.compile(r"未|余|剩|缺|空|欠|净|差|自然增|顺差|逆差")
_CHANGE_HEAD = re.compile(r"增减|增加|增量|变动|变化|净增|比上年|较上年|同比|差额|增长额|±")


def judge_columns(grid: Grid, totals: Sequence[int], ledger: Ledger) -> set[int]:
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


def _laws(grid: Grid, c: int, columns: Sequence[int], totals: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    head = grid.heads[c]
    others = [o for o in columns if o != c]
    rate = bool(re.search(r"%|％|率|比|增长|增幅|增速|升降|变动|构成", head)) or any(
        n.dimension == units.PERCENT for (_, col), n in grid.cells.items() if col == c
    )
    for a in others:
        if rate and (len(totals) == 1 or (not totals and _SHARE_HEAD.search(head) and _is_whole(grid, a))):
            yield "share", a, a
        for b in others:
            if a == b:
                continue
            if _EACH_HEAD.search(head) and (scale := _scale(grid, c, a, b)) is not None:
                yield f"quotient:{scale}", a, b
            if rate:
                if not (_is_rate(grid, a) or _is_rate(grid, b)):
                    # 拉动增长 by 同比 comes near 构成, and means nothing.
                    yield "growth", a, b
                    yield "part", a, b
                if re.search("增减|变动|提高|百分点|自然增|净增", head) and _is_difference(grid, a, b, c):
                    yield "difference", a, b
            elif _is_difference(grid, a, b, c):
                yield "difference", a, b
                if a < b and re.search(r"金额|总额|合计|小计|总价|费用|补贴|资金|应发", head):
                    yield "product", a, b


def _is_rate(grid: Grid, c: int) -> bool:
    told = re.search(r"[%％]|百分点|率(?:$|[（(])|同比|环比|增幅|增速|占比|比重|构成", grid.heads[c])
    return bool(told) or any(n.dimension == units.PERCENT for (_, col), n in grid.cells.items() if col == c)


def _is_whole(grid: Grid, a: int) -> bool:
    """Whether a column that no row sums up is told in every row, so that its sum is what shares are of."""
    return len(grid.rows) > 2 and all(grid.at(r, a) is not None for r in grid.rows)


def _summed(grid: Grid, a: int, totals: Sequence[int]) -> Number | None:
    """What shares of a column are of: its sum row, or all of its rows added up."""
    if totals:
        return grid.at(totals[0], a)
    cells = [n for r in grid.rows if (n := grid.at(r, a)) is not None]
    return replace(cells[0], figure=sum((n.figure or Fraction(0) for n in cells), Fraction(0))) if cells else None


def _scale(grid: Grid, c: int, a: int, b: int) -> int | None:
    """By which power of ten the units of an average differ from those of what it is reckoned from."""
    seen: dict[int, int] = {}
    for r in grid.rows[:40]:
        cell, left, right = grid.at(r, c), grid.at(r, a), grid.at(r, b)
        if cell is None or left is None or right is None or not left.figure or not right.figure or not cell.figure:
            continue
        if cell.figure < 0 or left.figure < 0 or right.figure < 0:
            return None
        power = round(math.log10(cell.figure * right.figure / left.figure))
        seen[power] = seen.get(power, 0) + 1
    return max(seen, key=lambda power: seen[power]) if seen else None


def _is_difference(grid: Grid, a: int, b: int, c: int) -> bool:
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
        "difference": re.compile(f"{_CHANGE_HEAD.pattern}|{_REST_HEAD.pattern}"),
        "product": re.compile(r"金额|总额|总价|合计|小计"),
        "quotient": _EACH_HEAD,
    }.get(kind.partition(":")[0])
    return bool(pattern.search(head)) if pattern else bool(re.search(r"完成|率|比例|进度|占|%", head))


def _expected(grid: Grid, kind: str, r: int, a: int, b: int, totals: Sequence[int]) -> tuple[Fraction, Fraction, str] | None:
    """What a cell should say, how far rounding may carry it, and how it is reckoned."""
    left, right = grid.at(r, a), grid.at(r, b)
    if kind == "share":
        right = _summed(grid, a, totals)
    if left is None or right is None or left.figure is None or right.figure is None:
        return None
    x, y = left.figure, right.figure
    dx, dy = left.quantum / (left.factor or 1) / 2, right.quantum / (right.factor or 1) / 2
    if kind != "share" and left.dimension != right.dimension and kind in ("difference", "growth"):
        return None
    if kind == "difference":
        return x - y, dx + dy, f"{decimal(x)}-{decimal(y)}"
    if kind == "product":
        # Whole numbers of things at whole prices are exact.
        dx, dy = (Fraction(0) if z.denominator == 1 else dz for z, dz in ((x, dx), (y, dy)))
        return x * y, dx * abs(y) + dy * abs(x), f"{decimal(x)}×{decimal(y)}"
    if y <= 0:
        return None
    if kind.startswith("quotient"):
        scale = Fraction(10) ** int(kind.partition(":")[2])
        return x / y * scale, (dx + abs(x / y) * dy) / y * scale, f"{decimal(x)}÷{decimal(y)}"
    if kind == "growth":
        return (x - y) / y * 100, (dx + abs(x / y) * dy) / y * 100, f"（{decimal(x)}-{decimal(y)}）÷{decimal(y)}"
    return x / y * 100, (dx + abs(x / y) * dy) / y * 100, f"{decimal(x)}÷{decimal(y)}"


def _law_holds(grid: Grid, kind: str, r: int, a: int, b: int, c: int, totals: Sequence[int]) -> bool | None:
    cell, expected = grid.at(r, c), _expected(grid, kind, r, a, b, totals)
    if cell is None or expected is None or cell.figure is None:
        return None
    value, slack, _ = expected
    if kind == "difference" and not value and not cell.figure:
        return None
    step = cell.quantum / (cell.factor or 1)
    return abs(value - cell.figure) <= slack + step / 2


def _judge_law(grid: Grid, kind: str, r: int, a: int, b: int, c: int, totals: Sequence[int], ledger: Ledger) -> None:
    cell, expected = grid.at(r, c), _expected(grid, kind, r, a, b, totals)
    if cell is None or expected is None or cell.figure is None:
        return
    value, slack, reckoned = expected
    rule = (
        "share"
        if kind in ("share", "part") and not re.search("增|升|降", grid.heads[c])
        else "count_times_price"
        if kind.startswith(("product", "quotient"))
        else "table_change"
    )
    other = (grid.at(totals[0], a) if totals else None) if kind == "share" else grid.at(r, b)
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
