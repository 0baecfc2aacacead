"""`anmin areas`: load the county's map of towns and villages, and read it."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from anmin.cli.start import show_table, with_records

app = typer.Typer(no_args_is_help=True, help="Towns, streets, villages and communities.")


@app.command()
@with_records
def load(
    path: Annotated[Path | None, typer.Argument(help="areas.csv; the county's own when not given.")] = None,
) -> None:
    """Load the areas with their codes and outlines. Safe to repeat: says what has changed."""
    from django.conf import settings

    from anmin.base import clock
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.areas import actions
    from anmin.ground.audit import queries

    actions.load_areas(path=path or settings.COUNTY_DIR / "areas.csv", actor=SYSTEM, on=clock.today())
    # What the log says is what is told here.
    line = queries.lines(SYSTEM, verb="area.loaded").first()
    typer.echo(line.summary if line else "")


@app.command("list")
@with_records
def list_areas(
    villages: Annotated[bool, typer.Option("--villages", help="The villages and communities too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For a machine: a list of objects.")] = False,
) -> None:
    """List the county, its towns, streets and offices, with the number of their villages and communities."""
    from rich.table import Table

    from anmin.base import clock
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.areas import queries
    from anmin.ground.areas.vocabulary import Level

    today = clock.today()
    said: list[dict[str, Any]] = []
    for county in queries.areas(SYSTEM, Level.COUNTY, on=today):
        entry = {"code": county.code, "name": county.name, "villages": 0, "note": county.note}
        said.append({**entry, "names": []} if villages else entry)
    for town in queries.towns(SYSTEM, on=today):
        below = list(queries.villages(SYSTEM, town, on=today).values_list("code", "name"))
        entry = {"code": town.code, "name": town.name, "villages": len(below), "note": town.note}
        said.append({**entry, "names": [name for _, name in below]} if villages else entry)
    if as_json:
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    table = Table("代码", "镇（街道）", "村（社区）数", "名称" if villages else "说明")
    for each in said:
        table.add_row(each["code"], each["name"], str(each["villages"]), "、".join(each["names"]) if villages else each["note"])
    show_table(table)
