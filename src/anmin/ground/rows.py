"""Many rows in a handful of statements: COPY on PostgreSQL, one prepared statement on SQLite; constraints hold as ever."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db import connection, models


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """The rows are in the model's table; values as the database keeps them (dates and JSON as text).

    `columns` are database columns; those with neither value nor default in the database must be among them.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", cast(Any, rows))  # noqa: S608  # names of our own columns
