"""`anmin import …`: bring in a file, make an empty one, list the forms."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from anmin.cli.start import acting, show_table, with_records

NAME = "import"
"""A module cannot bear the name of the command."""


class FormFirst(TyperGroup):
    """`anmin import people.persons FILE` is `anmin import file people.persons FILE`: what is no subcommand is a form."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            args = ["file", *args]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=FormFirst, no_args_is_help=True, help="Files that towns and departments send: bring them in, all of it or nothing."
)

_SHOWN = 30


@app.command("file")
@with_records
def import_file(
    form: Annotated[str, typer.Argument(help="The form, such as people.persons; see `anmin import forms`.")],
    path: Annotated[Path, typer.Argument(help="A .csv (UTF-8 or GBK) or .xlsx file.")],
    username: Annotated[str | None, typer.Option("--as", help="Sign-in name of who brings it; if none, the system.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a machine: one object.")] = False,
) -> None:
    """Bring in a file. Exit status 1 when it is refused; every row to mend is listed, nothing of it is loaded."""
    from rich.console import Console

    from anmin.base import clock
    from anmin.ground.imports import actions

    today = clock.today()
    # A file is read and loaded as a whole, so there is no telling how far it is, only that it goes on.
    with Console(stderr=True).status(f"正在读取、检查并导入 {path.name} …"):
        batch = actions.import_file(form=form, path=path, name=path.name, actor=acting(username, today), on=today)
    if as_json:
        said: dict[str, Any] = {
            "form": batch.form,
            "file": batch.file_name,
            "state": batch.state,
            "rows": batch.rows,
            "counts": batch.counts,
            "problem_count": batch.problem_count,
            "problems": batch.problems,
        }
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
    elif batch.is_refused:
        typer.echo(f"没有导入任何一行：{path.name} 有 {batch.problem_count} 处需要修改。", err=True)
        for problem in batch.problems[:_SHOWN]:
            typer.echo(f"  {problem}", err=True)
        if len(batch.problems) > _SHOWN:
            typer.echo(f"  另有 {batch.problem_count - _SHOWN} 处，用 --json 查看全部。", err=True)
    else:
        counts = "，".join(f"{what} {number}" for what, number in batch.counts.items() if number)
        typer.echo(f"已导入 {path.name}：{batch.rows} 行{f'（{counts}）' if counts else ''}。")
    if batch.is_refused:
        raise typer.Exit(1)


@app.command("template")
@with_records
def template(
    form: Annotated[str, typer.Argument(help="The form, such as people.persons.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Where the .xlsx is written.")],
) -> None:
    """Write the empty workbook of a form, with a sheet that explains every column."""
    from anmin.ground.imports import queries, templates

    output.write_bytes(templates.template(queries.form(form)))
    typer.echo(f"已写入 {output}。")


@app.command("forms")
@with_records
def forms(as_json: Annotated[bool, typer.Option("--json", help="For a machine: a list of objects.")] = False) -> None:
    """List the forms and their columns, in the order in which they build on one another."""
    from rich.table import Table

    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.imports import queries

    known = queries.forms(SYSTEM)
    if as_json:
        said = [
            {
                "name": form.name,
                "label": form.label,
                "sender": form.sender,
                "columns": [
                    {"header": column.header, "kind": column.kind, "required": column.required} for column in form.columns
                ],
            }
            for form in known
        ]
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    table = Table()
    table.add_column("表", no_wrap=True)
    for title in ("名称", "报送单位", "列（* 必填）"):
        table.add_column(title, overflow="fold")
    for form in known:
        table.add_row(
            form.name, form.label, form.sender, "、".join(f"{each.header}{'*' if each.required else ''}" for each in form.columns)
        )
    show_table(table)
