"""`anmin policy`: the figures of the law by day, each with its document, and why a household gets what it gets."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from anmin.cli.policy import deciding, discovering, simulating
from anmin.cli.start import acting, show_table, with_policy, with_records

if TYPE_CHECKING:
    from anmin.ground.policy.explanation import Explanation
    from anmin.ground.policy.queries import Figure, Row

app = typer.Typer(no_args_is_help=True, help="The figures of the law by day, with their documents; why an amount is what it is.")

app.command()(deciding.assess)
app.command()(deciding.facts)
app.command()(simulating.simulate)
app.command()(discovering.discover)

On = Annotated[str | None, typer.Option("--on", help="As in force on this day, such as 2024-06-30; otherwise today.")]
Json = Annotated[bool, typer.Option("--json", help="For a machine.")]


@app.command("list")
@with_policy
def list_figures(
    text: Annotated[str, typer.Option(help="Words in the name, the document or the note.")] = "",
    unconfirmed: Annotated[bool, typer.Option("--unconfirmed", help="Only what no document confirms yet.")] = False,
    on: On = None,
    as_json: Json = False,
) -> None:
    """List the figures of the law as in force on a day, each with the document it rests on."""
    from rich.table import Table

    from anmin.ground.policy import queries

    found = queries.figures(on=_day(on), text=text, confidence="assumed" if unconfirmed else "")
    if as_json:
        _print([_plain(each, each.current) for each in found])
        return
    table = Table("编号", "名称", "数值", "起", "依据", "可信程度")
    for each in found:
        row = each.current
        table.add_row(
            each.address, each.label, row.shown if row else "当日尚无数值", *(_founded(row) if row else ("—", "—", "—"))
        )
    show_table(table)


@app.command()
@with_policy
def show(
    address: Annotated[str, typer.Argument(help="The address of a figure, such as assistance.dibao.standard.")],
    on: On = None,
    as_json: Json = False,
) -> None:
    """Show one figure of the law through time, the latest first, and which value is in force on a day."""
    from rich.table import Table

    from anmin.ground.policy import queries

    found = queries.figure(address, on=_day(on))
    if as_json:
        _print({**_plain(found, found.current), "rows": [_row(each) for each in found.rows]})
        return
    table = Table("", "数值", "起", "依据", "可信程度", title=f"{found.label}（{found.address}）", title_justify="left")
    for row in found.rows:
        table.add_row("现行" if row.in_force else "", row.shown, *_founded(row))
    show_table(table)


@app.command()
@with_records
def why(
    household: Annotated[str, typer.Argument(help="The number of a household, such as HA000001.")],
    month: Annotated[str, typer.Option(help="The benefit month, such as 2024-06.")],
    programme: Annotated[str, typer.Option(help="Of which programme, such as disability.living.")] = "assistance.dibao",
    person: Annotated[str, typer.Option(help="Of whom, by name, where a benefit is held by persons; otherwise the head.")] = "",
    username: Annotated[str | None, typer.Option("--as", help="See with the eyes of this account.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also the steps that made no difference.")] = False,
    as_json: Json = False,
) -> None:
    """Explain what a household or person gets in a month: each value with its article and document, what would change it."""
    from anmin.base import clock
    from anmin.base.errors import BadValue
    from anmin.base.periods import Month
    from anmin.ground.entitlements import reasons
    from anmin.ground.people import queries as people
    from anmin.ground.policy.programmes import DECIDED

    actor, at = acting(username, clock.today()), Month.parse(month)
    found = people.household_by_number(actor, household)
    if found is None:
        raise BadValue(f"没有编号为“{household}”的家庭，或者不在您的管辖范围内。")
    if DECIDED[programme].unit == "household":
        made = reasons.why(actor, programme, household=found, month=at)
        made.turns = reasons.turns(actor, programme, household=found, month=at)
    else:
        members = people.counted_members(actor, found, at.first_day)
        whom = next((each for each in members if each.name == person or (not person and each.pk == found.head_id)), None)
        if whom is None:
            raise BadValue(f"{household}户没有名为“{person or '户主'}”的成员，可选：{'、'.join(each.name for each in members)}。")
        made = reasons.why(actor, programme, person=whom, month=at)
        made.turns = reasons.turns(actor, programme, person=whom, month=at)
    if as_json:
        _print(made.as_dict())
    else:
        _tell(made, everything)


def _tell(made: "Explanation", everything: bool) -> None:
    from rich.table import Table

    from anmin.ground.policy import queries
    from anmin.ground.policy.vocabulary import CONFIDENCE

    typer.echo(made.paragraph)
    told = [(each.sentence, each.source) for each in made.findings] + [(each.sentence, each.source) for each in made.lacking]
    for sentence, source in told:
        typer.echo(f"· {sentence}（{source}）")
    for turn in made.turns:
        typer.echo(f"→ {turn.sentence}")
    chosen = made.steps if everything else made.essential()
    steps = Table("项目", "对象", "结果", "怎样得出", "依据")
    for each in chosen:
        steps.add_row(each.label, each.who, each.shown, each.working, each.source)
    figures = Table("标准", "数值", "起", "依据", "可信程度")
    for entry in {(entry.address, entry.valid_from): entry for each in chosen for entry in each.parameters}.values():
        figures.add_row(
            entry.label, queries.shown(entry), str(entry.valid_from), str(entry.document), CONFIDENCE[entry.confidence]
        )
    show_table(steps, figures)


def _day(text: str | None) -> date:
    from anmin.base import clock
    from anmin.base.errors import BadValue

    try:
        return clock.today() if text is None else date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"日期“{text}”无法识别，请写成 2024-06-30 的样子。") from None


def _founded(row: "Row") -> tuple[str, str, str]:
    return str(row.entry.valid_from), str(row.entry.document), row.confidence


def _row(row: "Row") -> dict[str, Any]:
    return {**row.entry.as_dict(), "shown": row.shown, "valid_until": row.valid_until and row.valid_until.isoformat()}


def _plain(figure: "Figure", row: "Row | None") -> dict[str, Any]:
    return {
        "address": figure.address,
        "label": figure.label,
        "programme": figure.programme_label,
        "purpose": figure.purpose,
        "in_force": _row(row) if row else None,
    }


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
