"""`anmin figures`: the bureau's figures, each with its definition and the rows it stands on."""

import json
from pathlib import Path
from typing import Annotated

import typer

from anmin.cli.start import show_table, with_records

app = typer.Typer(no_args_is_help=True, help="Figures: value, definition, and the rows behind each.")

Period = Annotated[str, typer.Option("--period", "-p", help="2024H1, 2024Q2, 2024-06 or 2024.")]
Account = Annotated[str | None, typer.Option("--as", help="Count what this account may see; the system sees everything.")]
Json = Annotated[bool, typer.Option("--json", help="For a machine.")]


@app.command("list")
@with_records
def list_figures(
    period: Period,
    everything: Annotated[bool, typer.Option("--all", help="Also the parts of figures, such as removals by reason.")] = False,
    username: Account = None,
    as_json: Json = False,
) -> None:
    """List every figure of a period with last year's value and the number of rows behind it."""
    from rich.table import Table

    from anmin.base import clock
    from anmin.base.periods import parse_period
    from anmin.cli.start import acting
    from anmin.ground.indicators import queries

    asked = parse_period(period)
    ids = queries.ids() if everything else None
    found = queries.figures(acting(username), asked, on=clock.today(), ids=ids)
    if as_json:
        typer.echo(json.dumps([figure.as_dict() for figure in found], ensure_ascii=False, indent=2))
        return
    table = Table(title=found[0].window.label if found else asked.label)
    table.add_column("编号", no_wrap=True)
    table.add_column("指标", overflow="fold")
    for header in ("数值", "上年同期", "记录条数"):
        table.add_column(header, justify="right", no_wrap=True)
    for figure in found:
        table.add_row(figure.id, figure.label, figure.shown, figure.indicator.shown(figure.previous), f"{figure.row_count:,}")
    show_table(table)


@app.command("rows")
@with_records
def list_rows(
    id: Annotated[str, typer.Argument(metavar="ID", help="A figure's id, as `anmin figures list` shows it.")],
    period: Period,
    xlsx: Annotated[Path | None, typer.Option(help="Write all rows to this workbook.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Show at most so many rows on the screen.")] = 50,
    username: Account = None,
    as_json: Json = False,
) -> None:
    """List the rows a figure stands on: the very ones it is counted over."""
    from rich.table import Table

    from anmin.base import clock
    from anmin.base.periods import parse_period
    from anmin.cli.start import acting
    from anmin.ground.indicators import queries
    from anmin.ground.indicators.workbook import workbook

    listing = queries.listing(acting(username), id, parse_period(period), on=clock.today())
    if xlsx is not None:
        xlsx.write_bytes(workbook(listing))
        typer.echo(f"已写入 {xlsx}：{listing.figure.label}，{len(listing)} 条。", err=True)
        return
    if as_json:
        rows = [dict(zip(listing.headers, (cell.shown for cell in line), strict=True)) for line in listing[:]]
        typer.echo(json.dumps({**listing.figure.as_dict(), "list": rows}, ensure_ascii=False, indent=2))
        return
    table = Table(title=f"{listing.figure.label}（{listing.figure.window.label}）：{listing.figure.shown}")
    for header in listing.headers:
        table.add_column(header)
    for line in listing[:limit]:
        table.add_row(*(cell.shown for cell in line))
    show_table(table)
    if len(listing) > limit:
        typer.echo(f"共 {len(listing)} 条，只显示前 {limit} 条；全部请用 --xlsx 导出。", err=True)
