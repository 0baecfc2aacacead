"""`anmin policy simulate`: what a change of the law would cost and whom it would bring in or put out. Nothing is written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anmin.cli.policy.deciding import Programmes, chosen
from anmin.cli.start import records_ready, show_table, with_policy

if TYPE_CHECKING:
    from anmin.ground.policy.chain import Chain
    from anmin.ground.policy.families import Families
    from anmin.ground.policy.simulation import Simulated, Total


@with_policy
def simulate(
    changes: Annotated[list[str], typer.Option("--set", help="A figure and its value, such as assistance.dibao.standard=860.")],
    since: Annotated[str, typer.Option("--from", help="The first month in which it holds, such as 2024-07.")],
    months: Annotated[int, typer.Option(min=1, max=60, help="For how many months.")] = 12,
    facts: Annotated[Path | None, typer.Option(help="On this folder of tables instead of the records.")] = None,
    programme: Programmes = None,
    out: Annotated[Path | None, typer.Option(help="Also as a spreadsheet, .xlsx.")] = None,
) -> None:
    """Reckon a change of the law beforehand: people and money before and after, month by month; the records stay as they are."""
    from anmin.base.errors import BadValue
    from anmin.base.periods import Month
    from anmin.ground.policy.book import policy
    from anmin.ground.policy.simulation import simulate as reckon
    from anmin.ground.policy.simulation_sheets import write_workbook
    from anmin.ground.policy.supposed import read_change

    first = Month.parse(since)
    read = [read_change(policy(), each, first) for each in changes]
    if out is not None and out.suffix != ".xlsx":
        raise BadValue(f"测算结果应写成 .xlsx 文件，现在是“{out.name}”。")
    chain = chosen(programme) if programme else chosen(programme).lasting()
    made = reckon(chain, _families(chain, facts, first, months), policy(), read, first, months)
    _tell(made)
    if out is not None:
        write_workbook(made, out)
        typer.echo(f"测算结果已写入 {out}。")


def _families(chain: "Chain", facts: Path | None, first: "Month", months: int) -> "Families":
    if facts is not None:
        from anmin.ground.policy.table_files import read_tables

        return read_tables(facts, chain.facts, chain.known_facts)
    records_ready()
    from anmin.ground.entitlements.register import Register

    return Register(chain, first, first + (months - 1))


def _tell(made: "Simulated") -> None:
    from rich.table import Table

    for change in made.changes:
        typer.echo(f"{change.sentence}；测算{made.months[0].label}至{made.months[-1].label}。")
    if made.untouched:
        typer.echo(f"不受影响：{'、'.join(made.untouched)}。")
    for sentence in made.left_out:
        typer.echo(sentence)
    tables = []
    for title, totals in (
        ("分项目（期末人数，期间金额）", made.by_programme()),
        ("逐月", made.by_month()),
        ("按保障方式", made.by_category()),
        ("按地区", made.by_town()),
        ("按资金来源", made.by_source()),
    ):
        table = Table(title, "户数前", "户数后", "人数前", "人数后", "金额前（元）", "金额后（元）", "增加（元）")
        for total in totals:
            table.add_row(*_row(total))
        tables.append(table)
    show_table(*tables)
    entering = sum(mover.enters for mover in made.movers)
    typer.echo(f"因调整新进入 {entering} 户（人）次，退出 {len(made.movers) - entering} 户（人）次。")


def _row(total: "Total") -> tuple[str, ...]:
    from anmin.base.money import format_yuan

    before, after = total.before, total.after
    counts = (before.households, after.households, before.persons, after.persons)
    return (
        total.label,
        *(str(each) if total.counted else "—" for each in counts),
        format_yuan(before.fen),
        format_yuan(after.fen),
        format_yuan(total.more),
    )


if TYPE_CHECKING:
    from anmin.base.periods import Month
