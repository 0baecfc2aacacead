"""Tests that commit are cleaned up by emptying every table; on SQLite the rows that never change would refuse it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations  # its own module cannot be imported first


@contextmanager
def unlocked() -> Iterator[None]:
    """Within, emptying a SQLite database lays its triggers aside; PostgreSQL truncates, which asks no row."""
    flush = DatabaseOperations.execute_sql_flush

    def flush_without_triggers(operations: DatabaseOperations, sql_list: list[str]) -> None:
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            flush(operations, sql_list)
        finally:
            with operations.connection.cursor() as cursor:
                for _, sql in triggers:
                    cursor.execute(sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_without_triggers)
        yield
