"""`anmin report`: write the bureau's report from the records, check it, issue it, and see what has changed since."""

import json
from pathlib import Path
from typing import Annotated

import typer

from anmin.cli.start import show_table, with_records

app = typer.Typer(no_args_is_help=True, help="The report: written from the records, issued frozen.")

Period = Annotated[str, typer.Option("--period", "-p", help="A half-year: 2024H1.")]
Format = Annotated[str, typer.Option("--format", "-f", help="md, html or docx.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of standard output.")]
Account = Annotated[str | None, typer.Option("--as", help="Count what this account may see; the system sees everything.")]
Json = Annotated[bool, typer.Option("--json", help="For a machine.")]


@app.command()
@with_records
def write(period: Period, format: Format = "md", output: Output = None, username: Account = None) -> None:
    """Write the report from the records; what the check finds and what had to be left out is said on standard error."""
    from anmin.base import clock
    from anmin.base.periods import parse_period
    from anmin.cli.start import acting
    from anmin.ground.reports import queries

    chosen = queries.as_format(format)
    draft = queries.draft(acting(username), parse_period(period), on=clock.today())
    _put(queries.file_of(draft, chosen), output, draft.title, chosen.value)
    for sentence in draft.left_out:
        typer.echo(f"未写入：{sentence}。", err=True)
    for finding in draft.findings:
        typer.echo(f"校验不通过：{finding}", err=True)


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A text to check: txt, md, docx, html; - for standard input.")] = "",
    period: Annotated[str, typer.Option("--period", "-p", help="A half-year: 2024H1.")] = "",
    against: Annotated[str | None, typer.Option(help="An earlier report: figures copied whole from it are told.")] = None,
    off: Annotated[list[str] | None, typer.Option(help="Switch a rule off and say why: rule=reason. May be repeated.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="A JSON list of readings put right, by key.")] = None,
    username: Account = None,
    as_json: Json = False,
) -> None:
    """Check the arithmetic of a text, or without FILE the draft of a period.

    Of a text: every number against the others that it states a relation to; with --period also against the records.
    Of a draft: parts within their wholes, opening + entries − exits = closing, and what the check of its text finds.
    Exit status 0 when it is clean, 1 when something is wrong, 2 when there is nothing that can be read.
    """
    if file:
        from anmin.cli.checking import Asked, check_file

        check_file(Asked(file, against, off or [], corrections, period, username, as_json))
    if not period:
        typer.echo("请给出要检查的文件，或者用 --period 2024H1 说明检查哪个期间的草稿。", err=True)
        raise typer.Exit(2)
    _check_draft(period, username, as_json)


@with_records
def _check_draft(period: str, username: str | None, as_json: bool) -> None:
    from anmin.base import clock
    from anmin.base.periods import parse_period
    from anmin.cli.start import acting
    from anmin.ground.indicators import queries as indicators
    from anmin.ground.reports import queries

    actor, asked = acting(username), parse_period(period)
    draft = queries.draft(actor, asked, on=clock.today())
    accounts = [each.sentence for each in indicators.balances(actor, asked, on=clock.today())]
    if as_json:
        said = {"findings": draft.findings, "doubts": draft.doubts, "left_out": draft.left_out, "balances": accounts}
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        for account in accounts:
            typer.echo(account)
        for sentence in draft.left_out:
            typer.echo(f"未写入：{sentence}。")
        for doubt in draft.doubts:
            typer.echo(f"请核对：{doubt}")
        for finding in draft.findings:
            typer.echo(f"校验不通过：{finding}")
        if not draft.findings:
            typer.echo("校验通过。")
    if draft.findings:
        raise typer.Exit(1)


@app.command()
@with_records
def issue(
    period: Period, username: Annotated[str, typer.Option("--as", help="The account of the leader who issues it.")]
) -> None:
    """Issue the report: give it a number and freeze its text and every figure."""
    from anmin.base import clock
    from anmin.base.periods import parse_period
    from anmin.cli.start import acting
    from anmin.ground.reports import actions

    report = actions.issue_report(period=parse_period(period), actor=acting(username), on=clock.today())
    typer.echo(f"已印发：{report}，{len(report.figures)} 项数据。")


@app.command("list")
@with_records
def list_issued(username: Account = None, as_json: Json = False) -> None:
    """List the issued reports, the latest first."""
    from rich.table import Table

    from anmin.cli.start import acting
    from anmin.ground.reports import queries

    found = queries.issued(acting(username)).select_related("issued_by")
    if as_json:
        said = [
            {
                "number": report.number,
                "period": report.period,
                "title": report.title,
                "issued_on": report.issued_on.isoformat(),
                "figures": report.figures,
                "seal": report.seal,
            }
            for report in found
        ]
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    table = Table("文号", "标题", "印发日期", "印发人")
    for report in found:
        table.add_row(
            report.number, report.title, report.issued_on.isoformat(), report.issued_by.name if report.issued_by else "系统"
        )
    show_table(table)


@app.command()
@with_records
def show(
    number: Annotated[str, typer.Argument(help="The number of an issued report.")],
    format: Format = "md",
    output: Output = None,
    username: Account = None,
) -> None:
    """Write an issued report again, as it was issued."""
    from anmin.cli.start import acting
    from anmin.ground.reports import queries

    report = queries.issued_report(acting(username), number)
    _put(queries.issued_file(report, format), output, report.title, queries.as_format(format).value)


@app.command()
@with_records
def changes(
    number: Annotated[str, typer.Argument(help="The number of an issued report.")],
    username: Account = None,
    as_json: Json = False,
) -> None:
    """Say which figures of an issued report would read differently now."""
    from rich.table import Table

    from anmin.cli.start import acting
    from anmin.ground.reports import queries

    found = queries.changes_since(queries.issued_report(acting(username), number))
    if as_json:
        said = [
            {"id": each.id, "label": each.label, "then": each.then, "now": each.now, "rows_changed": each.rows_changed}
            for each in found
        ]
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo("印发以来，各项数据没有变化。")
        return
    table = Table("编号", "指标", "印发时", "现在", "所依据的记录")
    for each in found:
        table.add_row(each.id, each.label, each.then, each.now, "有变化" if each.rows_changed else "无变化")
    show_table(table)


def _put(file: bytes, output: Path | None, title: str, suffix: str) -> None:
    """To the named file; text otherwise to standard output, and what is not text to a file named after the title."""
    if output is None and suffix == "docx":
        output = Path(f"{title}.docx")
    if output is None:
        typer.echo(file.decode(), nl=False)
        return
    output.write_bytes(file)
    typer.echo(f"已写入 {output}。", err=True)
