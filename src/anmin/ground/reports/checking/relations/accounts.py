"""Tables that tell of a stock (期初、增加、减少、期末), and rows behind 其中 that make up the row before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import takewhile

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.cells import UNDER, Grid, additive, slack_of
from anmin.ground.reports.checking.relations.ledger import Ledger, said
from anmin.ground.reports.checking.vocabulary import Severity

_OPENS = re.compile(r"期初|年初|月初|季初|上[年期月季]末?(?:结[存余转]|库存|余额)?$|上年末|上期末|上月末|旧存")
_COMES = re.compile(r"增加|新增|收入|购入|转入|调入|新收|入库|纳入|新登记|流入")
_GOES = re.compile(r"减少|支出|核销|报废|转出|调出|退出|注销|办结|审结|出库|流出|取消")
_CLOSES = re.compile(r"期末|年末|月末|季末|结余|结存|结转下年|未结")
_COMPARED = re.compile(r"增减|增长|同比|比上年|较上年|%|％|率")


def judge_account_columns(grid: Grid, ledger: Ledger) -> None:
    """期初 and what came, less what went, is 期末, where it comes out right in at least half of the rows."""
    named: list[list[int]] = [[], [], [], []]
    for c in additive(grid):
        head = grid.heads[c]
        kinds = [at for at, pattern in enumerate((_OPENS, _COMES, _GOES, _CLOSES)) if pattern.search(head)]
        # 上月结存 opens what 月末结存 closes.
        kinds = [0] if kinds == [0, 3] else kinds
        if len(kinds) == 1 and not _COMPARED.search(head):
            named[kinds[0]].append(c)
    opening, came, went, closing = named
    if len(opening) != 1 or len(closing) != 1 or not came or not went or len(came) + len(went) > 6:
        return
    rows = [r for r in grid.rows if all(grid.at(r, c) is not None for c in (*opening, *came, *went, *closing))]
    outcomes = {r: _account(grid, r, opening[0], came, went, closing[0]) for r in rows}
    if len(rows) < 2 or 2 * sum(holds for _, holds, _ in outcomes.values()) < len(rows):
        return
    for r, (numbers, holds, value) in outcomes.items():
        figures = [decimal(n.figure or Fraction(0)) for n in numbers[1:]]
        signs = ["", *["+"] * len(came), *["-"] * len(went)]
        line = f"“{grid.labels[r]}”行：{''.join(s + f for s, f in zip(signs, figures, strict=True))}={decimal(value)}"
        if holds:
            ledger.holds("stock_and_flow", numbers, f"{line}，与“{grid.heads[closing[0]]}”相符")
        elif not any(n.key in ledger.failed for n in numbers):
            line += f"，“{grid.heads[closing[0]]}”写{said(numbers[0])}"
            ledger.fails("stock_and_flow", Severity.ERROR, numbers, line, f"若其余各数无误，应为{decimal(value)}。")


def _account(
    grid: Grid, r: int, opening: int, came: Sequence[int], went: Sequence[int], closing: int
) -> tuple[list[Number], bool, Fraction]:
    numbers = [n for c in (closing, opening, *came, *went) if (n := grid.at(r, c)) is not None]
    figures = [n.figure or Fraction(0) for n in numbers]
    value = sum(figures[1 : 2 + len(came)], Fraction(0)) - sum(figures[2 + len(came) :], Fraction(0))
    return numbers, abs(value - figures[0]) <= slack_of(numbers), value


def judge_rows_under(grid: Grid, ledger: Ledger) -> None:
    """The rows from 其中 on make up the row before them: how many they are shows from a column in which they do."""
    columns = additive(grid)
    for r, behind in _headed(grid):
        if grid.labels[r] == "":
            continue
        for count in range(2, len(behind) + 1):
            rows = behind[:count]
            told = [c for c in columns if all(grid.at(row, c) is not None for row in (r, *rows))]
            closing = [c for c in told if _adds_up(grid, r, rows, c)]
            if not closing or 2 * len(closing) < len(told):
                continue  # in one column of three they may do so by chance
            for c in told:
                if c not in closing:
                    _judge_under(grid, r, rows, c, ledger)
            break
        else:
            _judge_excess(grid, r, list(takewhile(lambda row: UNDER.match(grid.labels[row]), behind)), columns, ledger)


def _headed(grid: Grid) -> Iterator[tuple[int, Sequence[int]]]:
    """Each row that one with 其中 stands behind, with the dozen rows that may be under it."""
    for at, r in enumerate(grid.rows[:-1]):
        if not UNDER.match(grid.labels[r]) and UNDER.match(grid.labels[grid.rows[at + 1]]):
            yield r, grid.rows[at + 1 : at + 13]


def rows_under(grid: Grid) -> set[int]:
    """The rows that make up the one before them, from 其中 on: 税收收入, 其中：增值税, 企业所得税, 其他各税."""
    columns = additive(grid)
    under: set[int] = set()
    for r, behind in _headed(grid):
        sizes = range(2, len(behind) + 1)
        size = next((size for size in sizes if any(_adds_up(grid, r, behind[:size], c) for c in columns)), 0)
        under |= set(behind[:size])
    return under


def _judge_excess(grid: Grid, r: int, rows: Sequence[int], columns: Sequence[int], ledger: Ledger) -> None:
    """#社会团体, #民办非企业单位, #基金会: side by side they may be less than the row above, but not more."""
    for c in columns:
        whole, parts = grid.at(r, c), [n for row in rows if (n := grid.at(row, c)) is not None]
        if whole is None or len(parts) < 2 or len(parts) != len(rows) or lists.overlap(parts):
            continue
        value = sum(((n.figure or Fraction(0)) for n in parts), Fraction(0))
        if value - (whole.figure or Fraction(0)) > slack_of([whole, *parts]) and {n.dimension for n in parts} == {
            whole.dimension
        }:
            _judge_under(grid, r, rows, c, ledger, "分项之和不能大于总数，请核对总数和各行。")


def _adds_up(grid: Grid, r: int, rows: Sequence[int], c: int) -> bool:
    numbers = [n for row in (r, *rows) if (n := grid.at(row, c)) is not None]
    gap = sum(((n.figure or Fraction(0)) for n in numbers[1:]), Fraction(0)) - (numbers[0].figure or Fraction(0))
    return len({n.dimension for n in numbers}) == 1 and abs(gap) <= slack_of(numbers) and bool(numbers[0].figure)


def _judge_under(grid: Grid, r: int, rows: Sequence[int], c: int, ledger: Ledger, proposal: str = "") -> None:
    numbers = [n for row in (r, *rows) if (n := grid.at(row, c)) is not None]
    if any(n.key in ledger.failed for n in numbers) or len({n.dimension for n in numbers}) != 1:
        return
    value = sum(((n.figure or Fraction(0)) for n in numbers[1:]), Fraction(0))
    line = f"“{grid.heads[c]}”列：{'+'.join(decimal(n.figure or Fraction(0)) for n in numbers[1:])}={decimal(value)}"
    line += f"，“{grid.labels[r]}”写{said(numbers[0])}"
    proposal = proposal or f"其他列各项相加与之相符；若各项无误，应为{decimal(value)}。"
    ledger.fails("table_sum", Severity.ERROR, numbers, line, proposal)
