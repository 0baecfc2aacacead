"""`anmin cases`: the worklist and one case, as the web shows them, for a terminal or another program."""

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer

from anmin.cli.start import acting, show_table, with_records

app = typer.Typer(no_args_is_help=True, help="Cases: what is due, what happened, what may be done next.")

As = Annotated[str | None, typer.Option("--as", help="See with the eyes of this account; otherwise of the whole county.")]
On = Annotated[str | None, typer.Option("--on", help="As of this day, such as 2024-06-30; otherwise today.")]
Json = Annotated[bool, typer.Option("--json", help="For a machine.")]


def as_day(text: str | None) -> date:
    """The day that was typed, or today."""
    from anmin.base import clock
    from anmin.base.errors import BadValue

    try:
        return clock.today() if text is None else date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"日期“{text}”无法识别，请写成 2024-06-30 的样子。") from None


def _plain(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


@app.command("list")
@with_records
def list_cases(
    overdue: Annotated[bool, typer.Option("--overdue", help="Only what is overdue.")] = False,
    kind: Annotated[str, typer.Option(help="Only cases of this kind, such as assistance.dibao.application.")] = "",
    limit: Annotated[int, typer.Option(help="At most so many lines.")] = 50,
    by: As = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """List open cases, what is due first on top."""
    from rich.table import Table

    from anmin.ground.cases import queries

    day = as_day(on)
    found = queries.worklist(acting(by, day), day, queries.Filters(kind=kind, overdue=overdue))
    rows = found[:limit]
    if as_json:
        typer.echo(_plain([asdict(row) for row in rows]))
        return
    table = Table("编号", "事项", "镇（街道）", "申请人", "状态", "时限", "截止", "剩余工作日")
    for row in rows:
        left = "—" if row.days_left is None else str(row.days_left)
        table.add_row(
            row.number, row.kind_label, row.town, row.applicant, row.state_label, row.clock_label,
            str(row.due_on or "—"), f"[red]超期 {-row.days_left}[/red]" if row.overdue and row.days_left else left,
        )  # fmt: skip
    show_table(table)
    typer.echo(f"共 {len(found)} 件，列出 {len(rows)} 件。")


@app.command()
@with_records
def show(
    number: Annotated[str, typer.Argument(help="The number of the case.")], by: As = None, on: On = None, as_json: Json = False
) -> None:
    """Show one case: its course, its clocks, what may be done next and why not."""
    from rich.table import Table

    from anmin.ground.cases import queries

    day = as_day(on)
    page = queries.case(acting(by, day), number, day)
    if as_json:
        said = {
            "case": asdict(page.row),
            "actions": [
                {
                    "on": each.on,
                    "step": each.step,
                    "label": each.label,
                    "actor": each.actor,
                    "answers": dict(each.answers),
                    "outcome": dict(each.outcome),
                }
                for each in page.actions
            ],
            "clocks": [asdict(each) for each in page.clocks],
            "steps": [{"name": each.name, "label": each.label, "refusal": each.refusal} for each in page.steps],
        }
        typer.echo(_plain(said))
        return
    where = f"{page.row.town}{page.row.area}"
    typer.echo(f"{page.row.kind_label} {number}：{page.row.applicant}（{where}），{page.row.state_label}")
    course = Table("日期", "环节", "办理人", "内容", title="办理经过")
    for each in page.actions:
        told = "；".join(f"{label}：{said}" for label, said in (*each.answers, *each.outcome))
        course.add_row(str(each.on), each.label, each.actor, told)
    clocks = Table("时限", "规定", "起算", "截止", "停算", "状态", title="时限")
    for clock in page.clocks:
        state = "已停算" if clock.suspended else ("已完成" if clock.stopped_on else "计时中")
        clocks.add_row(
            clock.label, clock.limit, str(clock.started_on), str(clock.due_on or "—"), str(clock.suspended_days),
            f"[red]超期 {clock.late_days}[/red]" if clock.late_days else state,
        )  # fmt: skip
    steps = Table("下一步", "能否办理", title="可办环节")
    for step in page.steps:
        steps.add_row(step.label, step.refusal or "可以办理")
    show_table(course, clocks, steps)


@app.command()
@with_records
def towns(by: As = None, on: On = None, as_json: Json = False) -> None:
    """Count open, urgent and overdue cases by town."""
    from rich.table import Table

    from anmin.ground.cases import queries

    day = as_day(on)
    counts = queries.due_counts_by_town(acting(by, day), day)
    if as_json:
        typer.echo(_plain([asdict(each) for each in counts]))
        return
    table = Table("镇（街道）", "在办", "即将到期", "超期", "停算")
    for each in counts:
        table.add_row(each.town, str(each.open), str(each.soon), str(each.overdue), str(each.stopped))
    show_table(table)
