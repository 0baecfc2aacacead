"""`anmin policy discover`: whom the rules point to, and to whom another way would give more. Lists only; nothing is decided."""

from pathlib import Path
from typing import Annotated, Any

import typer

from anmin.cli.start import acting, show_table, with_records

SHOWN = 30


@with_records
def discover(
    month: Annotated[str, typer.Option(help="The month that is looked at, such as 2024-06.")],
    username: Annotated[str | None, typer.Option("--as", help="See with the eyes of this account.")] = None,
    programme: Annotated[str, typer.Option(help="Only this programme, such as disability.nursing.")] = "",
    kind: Annotated[str, typer.Option(help="entitled, no_longer, or ways: another way that would give more.")] = "",
    out: Annotated[Path | None, typer.Option(help="All of it as a table, .csv or .parquet.")] = None,
) -> None:
    """List who appears entitled and holds nothing, who holds what the facts no longer carry, and to whom a better way is open."""
    from rich.table import Table

    from anmin.base import clock
    from anmin.base.errors import BadValue
    from anmin.base.money import format_yuan
    from anmin.base.periods import Month
    from anmin.ground.entitlements import foresight
    from anmin.ground.policy.discovery import KINDS
    from anmin.ground.policy.table_files import write_table

    if kind not in ("", "ways", *KINDS):
        raise BadValue(f"没有“{kind}”这类线索，可选：{'、'.join((*KINDS, 'ways'))}。")
    if out is not None and out.suffix not in (".csv", ".parquet"):
        raise BadValue(f"线索应写成 .csv 或 .parquet 文件，现在是“{out.name}”。")
    actor, at = acting(username, clock.today()), Month.parse(month)
    rows: list[tuple[Any, ...]]
    head: tuple[str, ...]
    if kind == "ways":
        head = ("家庭编号", "镇（街道）", "说明")
        rows = [(each.number, each.town, each.sentence) for each in foresight.better_ways(actor, at)]
    else:
        head = ("线索", "项目", "姓名", "家庭编号", "镇（街道）", "测算金额", "理由")
        found = foresight.chosen(foresight.worklist(actor, at), programme=programme, kind=kind)
        rows = [
            (x.kind, x.programme, x.name, x.number, x.lead.area, format_yuan(x.lead.amount, grouped=False), x.lead.reasons)
            for x in found
        ]
    if out is not None:
        columns: list[list[Any]] = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in head]
        write_table(out, dict(zip(head, columns, strict=True)))
        typer.echo(f"{at.label}：{len(rows)} 条，已写入 {out}。")
        return
    table = Table(*head)
    for row in rows[:SHOWN]:
        table.add_row(*map(str, row))
    show_table(table)
    more = f"，以上为前 {SHOWN} 条，全部请用 --out 导出" if len(rows) > SHOWN else ""
    typer.echo(f"{at.label}：{len(rows)} 条线索{more}。线索须经入户核实和审核确认，系统不会自动认定或停发。")
