"""`anmin homechecks`: the draw of a round, made again by anybody from the records or from the roll's plain file."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from anmin.cli.cases import As, Json, On, as_day
from anmin.cli.start import acting, told_plainly, with_records

app = typer.Typer(no_args_is_help=True, help="Home checks: draws that anybody can repeat.")


@app.command("list")
@with_records
def list_plans(by: As = None, on: On = None, as_json: Json = False) -> None:
    """List the rounds with their numbers, hash of the roll, seed and progress."""
    from anmin.lines.assistance.homechecks import queries

    plans: Any = queries.plans(acting(by, as_day(on)))
    found = [
        {
            "number": plan.pk,
            "title": plan.title,
            "state": plan.get_state_display(),
            "roll_sha256": plan.roll_sha256,
            "seed": plan.seed,
            "villages": plan.villages,
            "households_of_each": plan.households,
            "households": plan.seen,
            "checked": plan.checked,
        }
        for plan in plans
    ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in found:
        typer.echo(
            f"{each['number']} {each['title']}（{each['state']}）：名单 {each['households']} 户，已核查 {each['checked']} 户；"
            f"名册摘要 {each['roll_sha256']}，种子 {each['seed'] or '尚未公布'}，抽取 {each['villages']} 个村（社区）、"
            + (f"每村至多 {each['households_of_each']} 户" if each["households_of_each"] else "各村全部户")
        )
    if not found:
        typer.echo("还没有入户核查计划。")


@app.command()
@with_records
def roll(
    number: int, out: Annotated[Path, typer.Option(help="Where to write the frozen roll.")], by: As = None, on: On = None
) -> None:
    """Write the frozen roll of a round as its plain file: `village,household`, no names."""
    found = _plan(number, by, on)
    out.write_text(found.roll, encoding="utf-8", newline="")
    typer.echo(f"已写出 {found.roll_households} 户，摘要 {found.roll_sha256}。")


@app.command("draw")
@with_records
def draw_again(number: int, by: As = None, on: On = None, as_json: Json = False) -> None:
    """Make the draw of a round anew from its frozen roll and its seed, and print it."""
    from anmin.base.errors import Refused

    found = _plan(number, by, on)
    if not found.seed:
        raise Refused(f"{found.title}还没有公布种子，没有抽取。")
    _print(found.roll, found.seed, found.villages, found.households, as_json)


@app.command("draw-file")
def draw_from_file(
    file: Annotated[Path, typer.Argument(help="The frozen roll: lines `village,household`.")],
    seed: Annotated[str, typer.Option(help="The published seed.")],
    villages: Annotated[int, typer.Option(help="How many villages.")],
    households: Annotated[int | None, typer.Option(help="How many households of each; all, where not given.")] = None,
    as_json: Json = False,
) -> None:
    """Make a draw from a plain file, without any records: for whoever wants to check one."""
    with told_plainly():
        _print(file.read_text(encoding="utf-8-sig"), seed, villages, households, as_json)


def _plan(number: int, by: str | None, on: str | None) -> Any:
    from anmin.base.errors import Refused
    from anmin.lines.assistance.homechecks import queries

    found = queries.plan(acting(by, as_day(on)), number)
    if found is None:
        raise Refused(f"没有编号为 {number} 的入户核查计划，请用 anmin homechecks list 查看。")
    return found


def _print(text: str, seed: str, villages: int, households: int | None, as_json: bool) -> None:
    from anmin.lines.assistance.homechecks.drawing import draw, read_roll, roll_hash

    lines = read_roll(text)
    drawn = draw(lines, seed=seed, villages=villages, households=households)
    if as_json:
        said = {"roll_sha256": roll_hash(lines), "seed": seed, "drawn": [list(line) for line in drawn]}
        typer.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    for place, line in enumerate(drawn, 1):
        typer.echo(f"{place},{line.village},{line.household}")
    typer.echo(f"名册摘要 {roll_hash(lines)}；{len({line.village for line in drawn})} 个村（社区），{len(drawn)} 户。", err=True)
