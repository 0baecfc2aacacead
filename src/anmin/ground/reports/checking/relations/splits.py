"""Columns that split another, and rows that compare two others: 其中男 and 其中女; 比上年增减%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.relations.cells import Grid, additive, slack_of
from anmin.ground.reports.checking.relations.ledger import Ledger, percent, said
from anmin.ground.reports.checking.relations.lists import are_opposites
from anmin.ground.reports.checking.vocabulary import Severity

_COMPARES = re.compile(r"增减|增长|增幅|升降|同比|变动|比.{0,8}[±%％]")
_PERCENT = re.compile(r"[%％]|率|幅|增速")


def judge_split_columns(grid: Grid, totals: Sequence[int], ledger: Ledger) -> None:
    """Columns side by side whose heads leave nothing out, or begin with 其中, make up the column before them."""
    columns = additive(grid)
    for at, whole in enumerate(columns):
        best: tuple[int, tuple[int, ...]] | None = None
        for parts in _divisions(grid, columns, at):
            rows = [r for r in grid.rows if grid.at(r, whole) and all(grid.at(r, c) for c in parts)]
            closing = [r for r in rows if _gap(grid, r, whole, parts)[1]]
            if len(rows) >= 2 and closing and len(closing) * 2 >= len(rows) and (best is None or len(closing) > best[0]):
                best = len(closing), parts
        if best is not None:
            _judge_splits(grid, whole, best[1], totals, ledger)


def _divisions(grid: Grid, columns: Sequence[int], at: int) -> Iterator[tuple[int, ...]]:
    """The columns behind one that may divide it: two opposites a little further on, or some behind 其中."""
    following = columns[at + 1 : at + 8]
    for a, b in pairwise(following):
        between = following[: following.index(a)]
        if are_opposites(grid.heads[a], grid.heads[b]) and all(are_opposites(grid.heads[c], grid.heads[a]) for c in between):
            yield a, b
    if following and "其中" in grid.heads[following[0]]:
        for size in range(2, len(following) + 1):
            yield tuple(following[:size])


def _judge_splits(grid: Grid, whole: int, parts: Sequence[int], totals: Sequence[int], ledger: Ledger) -> None:
    rows = [r for r in grid.rows if grid.at(r, whole) and all(grid.at(r, c) for c in parts)]
    carried = sum((_gap(grid, r, whole, parts)[0] for r in rows if r not in totals), Fraction(0))
    for r in rows:
        gap, holds = _gap(grid, r, whole, parts)
        # What is wrong in one row is carried into the sums; it is told where it stands.
        if not (r in totals and not holds and gap == carried):
            _judge_split(grid, r, whole, parts, ledger)


def _judge_split(grid: Grid, r: int, whole: int, parts: Sequence[int], ledger: Ledger) -> None:
    gap, holds = _gap(grid, r, whole, parts)
    numbers = [n for n in (grid.at(r, c) for c in (whole, *parts)) if n is not None]
    value = sum((n.figure or Fraction(0) for n in numbers[1:]), Fraction(0))
    line = f"“{grid.labels[r]}”行：{'+'.join(said(n) for n in numbers[1:])}={decimal(value)}"
    if holds:
        ledger.holds("table_sum", numbers, f"{line}，与“{grid.heads[whole]}”相符")
    elif not any(n.key in ledger.failed for n in numbers):
        line += f"，“{grid.heads[whole]}”写{said(numbers[0])}，相差{decimal(abs(gap))}"
        ledger.fails("table_sum", Severity.ERROR, numbers, line, "请核对这一行的总数和各分项。")


def _gap(grid: Grid, r: int, whole: int, parts: Sequence[int]) -> tuple[Fraction, bool]:
    numbers = [n for n in (grid.at(r, c) for c in (whole, *parts)) if n is not None]
    figures = [n.figure or Fraction(0) for n in numbers]
    gap = sum(figures[1:], Fraction(0)) - figures[0]
    return gap, abs(gap) <= slack_of(numbers)


def judge_comparing_rows(grid: Grid, ledger: Ledger) -> None:
    """A row of changes is of the two rows that make it come out right in at least half of its columns."""
    for r in grid.rows:
        if not _COMPARES.search(grid.labels[r]):
            continue
        rate = bool(_PERCENT.search(grid.labels[r]))
        best: tuple[int, int, int] | None = None
        columns = [c for c in grid.columns if grid.at(r, c) is not None]
        for new, old in _pairs(grid, r):
            fits = sum(_fits(grid, r, new, old, c, rate=rate) is True for c in columns)
            if best is None or fits > best[0]:
                best = fits, new, old
        if best is None or not best[0] or best[0] * 2 < len(columns):
            continue
        for c in columns:
            _judge_change(grid, r, best[1], best[2], c, ledger, rate=rate)


def _pairs(grid: Grid, r: int) -> Iterator[tuple[int, int]]:
    above = [row for row in grid.rows if row < r and not _COMPARES.search(grid.labels[row])][-4:]
    for new in reversed(above):
        for old in reversed(above):
            if new != old:
                yield new, old


def _expected(grid: Grid, new: int, old: int, c: int, *, rate: bool) -> tuple[Fraction, Fraction] | None:
    left, right = grid.at(new, c), grid.at(old, c)
    if left is None or right is None or left.figure is None or right.figure is None:
        return None
    x, y = left.figure, right.figure
    dx, dy = _step(left) / 2, _step(right) / 2
    if not rate:
        return x - y, dx + dy
    return ((x - y) / y * 100, (dx + abs(x / y) * dy) / y * 100) if y > 0 else None


def _fits(grid: Grid, r: int, new: int, old: int, c: int, *, rate: bool) -> bool | None:
    cell, expected = grid.at(r, c), _expected(grid, new, old, c, rate=rate)
    if cell is None or cell.figure is None or expected is None:
        return None
    return abs(expected[0] - cell.figure) <= expected[1] + _step(cell) / 2


def _step(cell: Number) -> Fraction:
    return cell.quantum / (cell.factor or 1)


def _judge_change(grid: Grid, r: int, new: int, old: int, c: int, ledger: Ledger, *, rate: bool) -> None:
    cell, expected = grid.at(r, c), _expected(grid, new, old, c, rate=rate)
    numbers = [n for n in (cell, grid.at(new, c), grid.at(old, c)) if n is not None]
    if cell is None or expected is None or cell.figure is None or len(numbers) < 3:
        return
    left, right = said(numbers[1]), said(numbers[2])
    shown = percent(expected[0]) if rate else decimal(expected[0])
    reckoned = f"（{left}-{right}）÷{right}" if rate else f"{left}-{right}"
    line = f"“{grid.heads[c]}”列：{reckoned}={shown}"
    if _fits(grid, r, new, old, c, rate=rate):
        ledger.holds("table_change", numbers, f"{line}，与表中{said(cell)}相符")
    elif rate and ("率" in grid.heads[c] or "%" in grid.heads[c]):
        # Of a rate the change is told in points as often as in per cent.
        ledger.unclear("table_change", numbers, f"{line}，表中写{said(cell)}；比率的增减口径不明，未作判断")
    else:
        proposal = f"若其余各数无误，应为{shown}；请核对这一列。"
        ledger.fails("table_change", Severity.ERROR, numbers, f"{line}，表中写{said(cell)}", proposal)
