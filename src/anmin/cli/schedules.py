"""`anmin schedules`: lays what must be done, as often as one likes; meant to be run every night."""

import json
from typing import Annotated

import typer

from anmin.cli.cases import As, Json, On, as_day
from anmin.cli.start import acting, with_records

app = typer.Typer(no_args_is_help=True, help="Rhythms: reviews and whatever else must be done at intervals.")


@app.command()
@with_records
def lay(
    start: Annotated[bool, typer.Option(help="Also begin the work that falls due this month, such as reviews.")] = True,
    by: As = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Lay the tasks of every schedule; what is there already stays as it is."""
    from anmin.ground.schedules.clockwork import lay_all

    day = as_day(on)
    said = lay_all(actor=acting(by, day), on=day, start=start)
    if as_json:
        typer.echo(
            json.dumps(
                {
                    name: {"laid": laying.laid, "done": laying.done, "dropped": laying.dropped, "begun": begun}
                    for name, (laying, begun) in said.items()
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    for name, (laying, begun) in said.items():
        typer.echo(f"{name}：新增任务 {laying.laid} 项，办结 {laying.done} 项，取消 {laying.dropped} 项，启动办理 {begun} 件。")


@app.command()
@with_records
def towns(by: As = None, on: On = None, as_json: Json = False) -> None:
    """Count open and overdue tasks by town."""
    from dataclasses import asdict

    from anmin.ground.schedules import queries

    day = as_day(on)
    counts = queries.counts_by_town(acting(by, day), day)
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in counts], ensure_ascii=False, indent=2))
        return
    for each in counts:
        typer.echo(f"{each.town}：待办 {each.open} 项，其中超期 {each.overdue} 项。")
