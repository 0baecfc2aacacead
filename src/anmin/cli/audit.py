"""`anmin audit`: read the log, and prove that nobody has touched it."""

import json
from datetime import date
from typing import Annotated

import typer

from anmin.base.errors import BadValue
from anmin.cli.start import show_table, with_records

app = typer.Typer(no_args_is_help=True, help="The log of who did what, on what basis.")


@app.command()
@with_records
def verify(
    seal: Annotated[str, typer.Option(help="A seal noted earlier, which must still be in the log.")] = "",
) -> None:
    """Walk the whole chain; list each place where a line was changed, removed or inserted, and exit with status 1.

    Ends with the last seal: note it outside this machine, and give it with --seal the next time.
    """
    from rich.console import Console
    from rich.progress import Progress

    from anmin.ground.audit import queries

    total = queries.length()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("核对审计日志", total=total)
        # A screen cannot show more than a few steps a second, and asking costs more than checking a line.
        found = list(queries.breaks(lambda number: progress.update(task, completed=number) if number % 500 == 0 else None))
    problems = [each.problem for each in found]
    if seal and not queries.holds_seal(seal):
        problems.append("记下的封印不在日志中：日志可能被换成了较早的状态")
    for problem in problems:
        typer.echo(problem)
    if problems:
        typer.echo(f"审计日志不完整：共 {total} 条，发现 {len(problems)} 处问题。", err=True)
        raise typer.Exit(1)
    typer.echo(f"审计日志完整：共 {total} 条，逐条相接。链尾封印：{queries.last_seal() or '（空）'}")


@app.command("list")
@with_records
def list_lines(
    verb: Annotated[str, typer.Option(help="A verb, or its first part: staff, case.accepted.")] = "",
    since: Annotated[str, typer.Option(help="First business day, 2024-06-01.")] = "",
    until: Annotated[str, typer.Option(help="Last business day, 2024-06-30.")] = "",
    text: Annotated[str, typer.Option(help="Words in the summary, the basis or the name.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many lines, the latest.")] = 50,
    username: Annotated[str | None, typer.Option("--as", help="Read as this account; the system reads everything.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a machine: a list of objects.")] = False,
) -> None:
    """List lines of the log, the latest first."""
    from rich.table import Table

    from anmin.cli.start import acting
    from anmin.ground.audit import queries

    rows = queries.lines(acting(username), verb=verb, since=_day(since), until=_day(until), text=text)[:limit]
    if as_json:
        said = [
            {
                "sequence": row.sequence,
                "at": row.at.isoformat(),
                "on": row.on.isoformat(),
                "actor": row.actor_name,
                "verb": row.verb,
                "subject": [row.subject_kind, row.subject_id],
                "area": row.area.name if row.area else None,
                "summary": row.summary,
                "basis": row.basis,
                "details": row.details,
                "seal": row.seal,
            }
            for row in rows
        ]
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    table = Table("序号", "业务日期", "操作人", "动作", "内容", "依据")
    for row in rows:
        table.add_row(str(row.sequence), row.on.isoformat(), row.actor_name, row.verb, row.summary, row.basis)
    show_table(table)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"“{text}”不是日期，请写成 2024-06-30 的样子。") from None
