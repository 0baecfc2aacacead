"""Tables: sum rows and sum columns, changes, growth and shares."""

from __future__ import annotations

from anmin.ground.reports.checking.findings import Correction, Number
from anmin.ground.reports.checking.relations.accounts import judge_account_columns, judge_rows_under
from anmin.ground.reports.checking.relations.cells import grid_of, is_total
from anmin.ground.reports.checking.relations.laws import judge_columns
from anmin.ground.reports.checking.relations.ledger import Ledger
from anmin.ground.reports.checking.relations.splits import judge_comparing_rows, judge_split_columns
from anmin.ground.reports.checking.relations.sums import heads_rows_below, judge_rows, judge_sum_columns
from anmin.ground.reports.checking.texts import Table


def judge_table(table: Table, block: int, corrections: dict[str, Correction], ledger: Ledger) -> list[Number]:
    """The numbers of a table, its sums, changes and shares tried."""
    grid = grid_of(table, block, corrections)
    if len(grid.rows) < 2 or not grid.columns:
        return list(grid.cells.values())
    totals = [row for row in grid.rows if is_total(grid, row) and not heads_rows_below(grid, row)]
    found = judge_columns(grid, totals, ledger)
    judge_rows(grid, totals, ledger)
    judge_sum_columns(grid, found, ledger)
    judge_split_columns(grid, totals, ledger)
    judge_comparing_rows(grid, ledger)
    judge_account_columns(grid, ledger)
    judge_rows_under(grid, ledger)
    return list(grid.cells.values())
