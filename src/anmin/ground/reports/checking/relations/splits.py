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
    """Two columns side by side whose heads leave nothing out make up the column before them."""
    columns = additive(grid)
    for a, b in pairwise(columns):
        if not are_opposites(grid.heads[a], grid.heads[b]):
            continue
        for whole in [c for c in columns if c < a and not are_opposites(grid.heads[c], grid.heads[a])][-1:]:
            rows = [r for r in grid.rows if grid.at(r, whole) and grid.at(r, a) and grid.at(r, b)]
            closing = [r for r in rows if _gap(grid, r, whole, a, b)[1]]
            if len(rows) < 2 or not closing or len(closing) * 2 < len(rows):
                continue
            carried = sum((_gap(grid, r, whole, a, b)[0] for r in rows if r not in totals), Fraction(0))
            for r in rows:
                # What is wrong in one row is carried into the sums; it is told where it stands.
                if r in totals and r not in closing and _gap(grid, r, whole, a, b)[0] == carried:
                    continue
                _judge_split(grid, r, whole, a, b, ledger)


def _judge_split(grid: Grid, r: int, whole: int, a: int, b: int, ledger: Ledger) -> None:
    gap, holds = _gap(grid, r, whole, a, b)
    numbers = [n for n in (grid.at(r, whole), grid.at(r, a), grid.at(r, b)) if n is not None]
    value = (numbers[1].figure or Fraction(0)) + (numbers[2].figure or Fraction(0))
    line = f"“{grid.labels[r]}”行：{said(numbers[1])}+{said(numbers[2])}={decimal(value)}"
    if holds:
        ledger.holds("table_sum", numbers, f"{line}，与“{grid.heads[whole]}”相符")
    elif not any(n.key in ledger.failed for n in numbers):
        line += f"，“{grid.heads[whole]}”写{said(numbers[0])}，相差{decimal(abs(gap))}"
        ledger.fails("table_sum", Severity.ERROR, numbers, line, "请核对这一行的总数和两个分项。")


def _gap(grid: Grid, r: int, whole: int, a: int, b: int) -> tuple[Fraction, bool]:
    numbers = [n for n in (grid.at(r, whole), grid.at(r, a), grid.at(r, b)) if n is not None]
    figures = [n.figure or Fraction(0) for n in numbers]
    gap = figures[1] + figures[2] - figures[0]
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
