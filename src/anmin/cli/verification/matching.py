"""`anmin verification match`: an extract of another department compared with a list of persons, on plain files."""

from pathlib import Path
from typing import Annotated

import typer


def match(
    persons: Annotated[Path, typer.Option(help="Our persons: .csv or .parquet, one row a person.")],
    extract: Annotated[Path, typer.Option(help="A department's extract: .csv or .parquet.")],
    source: Annotated[str, typer.Option(help="Which register it is of: its id, such as vehicles, or its Chinese name.")],
    out: Annotated[Path, typer.Option(help="The hits: .csv to read, .parquet to go on with.")],
    engine: Annotated[str, typer.Option(help="duckdb, or spark: the same statements on another engine.")] = "duckdb",
    memory: Annotated[str, typer.Option(help="How much memory DuckDB may take before it goes to disk.")] = "2GB",
) -> None:
    """Find the rows of an extract that may be about our persons, without a database; docs/reference/matching.md has the columns.

    A hit is a hint; nothing is decided by it. Identity numbers are covered in what is written.
    """
    import sys

    from anmin.base.errors import BadValue
    from anmin.ground.verification.matching.running import match_files

    try:
        told = match_files(persons, extract, source, out, engine=engine, memory=memory)
    except BadValue as error:
        print(error.message, file=sys.stderr)  # noqa: T201  the command line speaks through print
        raise typer.Exit(1) from None
    typer.echo(told)
