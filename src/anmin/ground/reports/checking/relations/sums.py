"""Sum rows, sum columns, and rows numbered under each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.relations.accounts import rows_under
from anmin.ground.reports.checking.relations.cells import SUBTOTAL, UNDER, Grid, additive, is_total, slack_of
from anmin.ground.reports.checking.relations.ledger import Ledger, difference_hint, said
from anmin.ground.reports.checking.relations.misprints import weight_of
from anmin.ground.reports.checking.vocabulary import Severity, State


def judge_rows(grid: Grid, totals: Sequence[int], ledger: Ledger) -> None:
    """Each total against the rows it may be the sum of; the choice that works in most columns is taken for all of them."""
    columns = additive(grid)
    subtotals = [row for row in grid.rows if any(SUBTOTAL.search(cell) for cell in grid.table.rows[row][:2])]
    columns = [c for c in columns if not _never_adds_up(grid, c, [*subtotals, *totals], totals, subtotals)]
    _nested(grid, columns, totals, ledger)
    for total_row in (*subtotals, *totals):
        best: tuple[int, list[int]] = (-1, [])
        for choice in _choices(grid, total_row, totals, subtotals):
            fits = sum(_column_closes(grid, total_row, choice, c) for c in columns)
            if fits > best[0] or (fits == best[0] and len(best[1]) < 2 <= len(choice)):
                best = fits, choice
        fits, choice = best
        tried = [c for c in columns if grid.at(total_row, c) is not None and sum(grid.at(r, c) is not None for r in choice) >= 2]
        if not tried or len(choice) < 2:
            continue
        simple = len(totals) + len(subtotals) == 1 and not any(UNDER.match(grid.table.rows[r][0]) for r in choice)
        for c in tried:
            _judge_sum(grid, total_row, choice, c, ledger, sure=fits > 0, simple=simple)


def _choices(grid: Grid, total_row: int, totals: Sequence[int], subtotals: Sequence[int]) -> Iterator[list[int]]:
    levels = _levels(grid, totals)
    if levels and total_row in totals and (top_level := min(levels.values())) < _BARE:
        yield [r for r, level in levels.items() if level == top_level]
    plain = [
        r
        for r in grid.rows
        if r not in totals
        and r not in subtotals
        and not UNDER.match(grid.table.rows[r][0])
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
    for at in [place for place, r in enumerate(grid.rows) if UNDER.match(grid.labels[r])]:
        for size in (1, 2, 3):
            # 其中：增值税, 企业所得税: what goes on behind 其中 without the word.
            yield [r for r in above if r not in grid.rows[at + 1 : at + 1 + size]]
    if under := rows_under(grid):
        yield [r for r in above if r not in under]
    yield above
    yield below
    if after:
        yield [r for r in below if r < min(after)]
    # Rows that are set in or name a part of the row before them.
    top = [r for r in above if not grid.labels[r].startswith(("　", " "))]
    if top != above:
        yield top


_NO_PART = re.compile(r"平均|均值|占比|比重|[^比利汇税]率|增长|增幅|同比|排名|上年|去年|备注")
_PREFIXES = (
    re.compile(r"^\s*[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\s*\d{1,2}[.、．](?!\d)"),
    re.compile(r"^\s*[（(]\d{1,2}[)）]"),
)
_BARE = 5


def heads_rows_below(grid: Grid, row: int) -> bool:
    """Whether 一、收入合计 is a heading of what is numbered below it, and no total of what stands above."""
    below = _depth(grid.labels[row + 1]) if row + 1 < len(grid.labels) else _BARE
    return _depth(grid.labels[row]) < below < _BARE


def _depth(label: str) -> int:
    return next((level for level, prefix in enumerate(_PREFIXES, 1) if prefix.match(label)), _BARE)


def _levels(grid: Grid, totals: Sequence[int]) -> dict[int, int]:
    """How deep each row stands, by what its label is numbered with; nothing where no label is numbered."""
    levels: dict[int, int] = {}
    # A heading without a number (二、社会工作) ends what stands above it, too.
    for r in range(grid.first, len(grid.labels)):
        if r in totals or not grid.labels[r].strip() or _NO_PART.search(grid.labels[r]):
            continue
        levels[r] = _depth(grid.labels[r])
    return levels if any(level < _BARE for level in levels.values()) else {}


def _nested(grid: Grid, columns: Sequence[int], totals: Sequence[int], ledger: Ledger) -> None:
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
            exceeds = value - (whole.figure or Fraction(0)) > slack_of([*parts, whole])
            closes = any(_column_closes(grid, r, below, other) for other in columns if other != c)
            if not exceeds and not closes and _is_proven(whole, parts, value, ledger):
                line = f"{grid.labels[r]}{said(whole)}，下列各行合计{decimal(value)}"
                ledger.asks("table_sum", [whole, *parts], line, "若下列各行已列全，请核对；没有列全的，建议写明“其中”。")
                continue
            _judge_sum(grid, r, below, c, ledger, sure=exceeds or proven or closes, simple=False)


def _is_proven(whole: Number, parts: Sequence[Number], value: Fraction, ledger: Ledger) -> bool:
    """Whether a row that its own rows fall short of adds up with those beside it, and no slip in one of them explains the rest.

    2.社会救助332398.2, of which four kinds are told, and with 1. and 3. to 5. it makes up the total.
    """
    held = any(whole.key in told.numbers and told.state is State.HOLDS for told in ledger.relations if told.rule == "table_sum")
    rest = ((whole.figure or Fraction(0)) - value) * whole.factor
    return held and rest > 0 and not any(weight_of(n, (n.value or Fraction(0)) + rest) for n in parts)


def _never_adds_up(grid: Grid, c: int, sums: Sequence[int], totals: Sequence[int], subtotals: Sequence[int]) -> bool:
    """Whether a column adds up in none of several sum rows: then it is no column of amounts."""
    rows = [r for r in sums if grid.at(r, c) is not None]
    if len(rows) < 2:
        return False
    return not any(_column_closes(grid, r, choice, c) for r in rows for choice in _choices(grid, r, totals, subtotals))


def subtotals_below(subtotals: Sequence[int], row: int) -> list[int]:
    return [r for r in subtotals if r > row]


def _column_closes(grid: Grid, total_row: int, choice: Sequence[int], column: int) -> bool:
    whole = grid.at(total_row, column)
    parts = [n for r in choice if (n := grid.at(r, column)) is not None]
    if whole is None or len(parts) < 2 or whole.figure is None:
        return False
    value = sum(((n.figure or Fraction(0)) for n in parts), Fraction(0))
    return abs(value - whole.figure) <= slack_of([*parts, whole])


def _judge_sum(
    grid: Grid, total_row: int, choice: Sequence[int], column: int, ledger: Ledger, *, sure: bool, simple: bool
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
    elif abs(gap) <= slack_of(numbers):
        ledger.rounds("table_sum", numbers, f"{line}，{grid.labels[total_row]}为{said(whole)}，在四舍五入范围内")
    elif any(number.key in ledger.failed for number in numbers):
        ledger.unclear("table_sum", numbers, f"{line}；其中有数已另行指出")
    elif sure or simple:
        line += f"，{grid.labels[total_row] or '合计'}写{said(whole)}，相差{decimal(abs(gap))}"
        proposal = f"若各行无误，应为{decimal(value)}。{difference_hint(gap * whole.factor, whole)}"
        ledger.fails("table_sum", Severity.ERROR if sure or len(parts) > 2 else Severity.DOUBTFUL, numbers, line, proposal)


_SUM_HEAD = re.compile(r"合计|总计|小计|总数|^全[省市县区镇乡州国年]$|^(?:全年|年度|累计)(?:累计|数|总量|总额)?$|^总?计$")


_SPANS = {
    "上半年": ("一季度", "二季度"),
    "前三季度": ("一季度", "二季度", "三季度"),
    "全年": ("一季度", "二季度", "三季度", "四季度"),
}


def _stretches(grid: Grid, columns: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Columns of a stretch of time with those of the quarters that make it up."""
    heads = {re.sub(r"[（(].*?[)）]|\s|20\d{2}年", "", grid.heads[c]).removeprefix("第"): c for c in columns}
    for name, quarters in _SPANS.items():
        if name in heads and all(quarter in heads for quarter in quarters):
            yield heads[name], [heads[quarter] for quarter in quarters]


def judge_sum_columns(grid: Grid, explained: set[int], ledger: Ledger) -> None:
    """A column headed 合计 or 小计 is the sum of the others of its unit."""
    columns = [c for c in additive(grid) if c not in explained]
    stretches = dict(_stretches(grid, columns))
    for c, side in stretches.items():
        rows = [
            r for r in grid.rows if all(grid.at(r, o) is not None for o in (c, *side)) and not _NO_PART.search(grid.labels[r])
        ]
        if len(rows) > 1 and 2 * sum(_row_closes(grid, r, c, side) for r in rows) >= len(rows):
            for r in rows:
                _judge_row(grid, r, c, side, ledger)
    for c in columns:
        if c in stretches or not _SUM_HEAD.search(grid.heads[c]):
            continue
        sides = [[o for o in columns if o < c and not re.search("合计|总计", grid.heads[o])], [o for o in columns if o > c]]
        for side in sides:
            rows = [r for r in grid.rows if grid.at(r, c) is not None and sum(grid.at(r, o) is not None for o in side) >= 2]
            rows = [r for r in rows if not _NO_PART.search(grid.labels[r]) and grid.cells[r, c].dimension != units.PERCENT]
            fits = [r for r in rows if _row_closes(grid, r, c, side)]
            if len(rows) >= 2 and len(fits) * 10 >= len(rows) * 6:
                carried = sum((_row_gap(grid, r, c, side) for r in rows if not is_total(grid, r)), Fraction(0))
                for r in rows:
                    # What is wrong in one row is carried into the sums; it is told where it stands.
                    if not (is_total(grid, r) and carried and _row_gap(grid, r, c, side) == carried):
                        _judge_row(grid, r, c, side, ledger)
                break


def _row_gap(grid: Grid, r: int, c: int, side: Sequence[int]) -> Fraction:
    whole = grid.at(r, c)
    parts = [n for o in side if (n := grid.at(r, o)) is not None]
    return sum(((n.figure or Fraction(0)) for n in parts), Fraction(0)) - ((whole.figure if whole else None) or Fraction(0))


def _row_closes(grid: Grid, r: int, c: int, side: Sequence[int]) -> bool:
    whole, parts = grid.at(r, c), [n for o in side if (n := grid.at(r, o)) is not None]
    if whole is None or whole.figure is None:
        return False
    return abs(sum(((n.figure or Fraction(0)) for n in parts), Fraction(0)) - whole.figure) <= slack_of([whole, *parts])


def _judge_row(grid: Grid, r: int, c: int, side: Sequence[int], ledger: Ledger) -> None:
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
