"""`anmin policy assess` decides all programmes on a folder of tables; `anmin policy facts` writes the platform's own as one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anmin.cli.start import with_policy, with_records

if TYPE_CHECKING:
    from anmin.ground.policy.chain import Chain

MonthOption = Annotated[str, typer.Option(help="The benefit month, such as 2024-06.")]
Programmes = Annotated[
    list[str] | None,
    typer.Option("--programme", help="Only this programme; may be given several times."),
]
FactsFolder = Annotated[Path, typer.Option(help="A folder of tables (households, persons, …) in CSV or Parquet.")]


@with_policy
def assess(
    facts: FactsFolder,
    month: MonthOption,
    out: Annotated[Path, typer.Option(help="The file to write, .csv or .parquet; with --engine spark a folder.")],
    programme: Programmes = None,
    engine: Annotated[
        str, typer.Option(help="auto, numpy, compiled, spark, or duckdb: the same rules and rows, worked in other ways.")
    ] = "auto",
    known_on: Annotated[str | None, typer.Option(help="By the policy as far as it was published on this day.")] = None,
    granted_only: Annotated[bool, typer.Option("--granted-only", help="Without those to whom nothing is granted.")] = False,
) -> None:
    """Decide all programmes for the families of a folder, without any database. docs/reference/facts.md says what it holds."""
    from datetime import date

    from anmin.base.errors import BadValue
    from anmin.base.periods import Month
    from anmin.ground.policy.book import policy
    from anmin.ground.policy.engines import ENGINES, assess_folder

    if engine not in ENGINES:
        raise BadValue(f"没有名为“{engine}”的计算引擎，可选：{'、'.join(ENGINES)}。")
    try:
        known = date.fromisoformat(known_on) if known_on else None
    except ValueError:
        raise BadValue(f"日期“{known_on}”无法识别，请写成 2024-06-30 的样子。") from None
    told = assess_folder(
        chosen(programme), facts, Month.parse(month), policy(), out, engine=engine, known_on=known, granted_only=granted_only
    )
    typer.echo(told)


@with_records
def facts(
    out: Annotated[Path, typer.Option(help="The folder to write; tables that are there already are replaced.")],
    month: MonthOption,
    ending: Annotated[str, typer.Option("--format", help="csv or parquet.")] = "csv",
    named: Annotated[bool, typer.Option("--names", help="With the names of people; otherwise only their numbers here.")] = False,
) -> None:
    """Write the platform's own families as the tables that `assess` and `simulate` read: as they are in one month."""
    from anmin.base.errors import BadValue
    from anmin.base.periods import Month
    from anmin.ground.entitlements.register import write_facts

    if ending not in ("csv", "parquet"):
        raise BadValue(f"不能写成“{ending}”格式，可选：csv、parquet。")
    written = write_facts(chosen(None), Month.parse(month), out, ending=ending, named=named)
    for path, rows in written:
        typer.echo(f"{path}  {rows} 行")


def chosen(addresses: list[str] | None) -> "Chain":
    """The registered programmes of these addresses, all when none is named, in the order in which they are decided."""
    from anmin.ground.policy.chain import Chain
    from anmin.ground.policy.programmes import DECIDED

    return Chain(DECIDED.values()).only(addresses or [])
