"""The statements on DuckDB: everything in memory, or beside it on disk where memory is short."""

# ruff: noqa: S608  names of tables and columns are put together here, out of our own source; no value of a user is

import os
import tempfile
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from anmin.base.errors import BadValue
from anmin.ground.verification.matching.given import Given
from anmin.ground.verification.matching.steps import Step

_NAMED = (
    "CREATE MACRO is_like(text, pattern) AS regexp_matches(text, pattern)",
    "CREATE MACRO swapped(text, pattern, other) AS regexp_replace(text, pattern, other, 'g')",
    "CREATE MACRO whole(a, b) AS a // b",
    "CREATE MACRO typing_distance(a, b) AS damerau_levenshtein(a, b)",
    "CREATE MACRO changed_places(a, b) AS hamming(a, b)",
)


class Duck:
    """A DuckDB of its own, gone when it is left."""

    def __init__(self, *, memory: str, threads: int | None = None) -> None:
        self._beside = tempfile.TemporaryDirectory(prefix="anmin-matching-")
        self.base: Any = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": memory,
                "temp_directory": self._beside.name,
                "threads": threads or os.cpu_count() or 1,
                # Every result is ordered where its order is told; keeping the order of what came in costs memory.
                "preserve_insertion_order": False,
            },
        )
        for named in _NAMED:
            self.base.execute(named)
        self.statements: list[Step] = []
        self._files: dict[str, str] = {}

    def __enter__(self) -> "Duck":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.base.close()
        self._beside.cleanup()

    def make(self, step: Step) -> None:
        """The table stands."""
        self.statements.append(step)
        try:
            self.base.execute(f"CREATE OR REPLACE TABLE {step.table} AS {step.select}")
        except duckdb.OutOfMemoryException:
            raise BadValue("内存不够，没有比对完，也没有写出结果；请用 --memory 多给一些，或腾出临时文件夹的空间。") from None
        except duckdb.Error:
            broken = next((file for name, file in self._files.items() if name in step.select), None)
            if broken is None:
                raise
            raise BadValue(f"“{broken}”不是完整的 Parquet 文件，请重新导出。") from None

    def drop(self, *tables: str) -> None:
        """The tables are gone."""
        for table in tables:
            self.base.execute(f"DROP TABLE IF EXISTS {table}")

    def given(self, name: str, table: pa.Table) -> None:
        """A small table of our own."""
        self.base.register("given_here", table)
        self.base.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM given_here")
        self.base.unregister("given_here")

    def view(self, name: str, given: Given) -> None:
        """What was given is read where it lies."""
        if isinstance(given, pa.Table):
            self.base.register(name, given)
            return
        self._files[name] = given.path.resolve().name
        columns = ", ".join(given.columns(quote='"', position="file_row_number"))
        path = str(given.path).replace("'", "''")
        file = f"read_parquet('{path}', file_row_number = true)"
        self.base.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS SELECT {columns} FROM {file}")

    def forget(self, name: str) -> None:
        """What was given is not held any longer."""
        self._files.pop(name, None)
        self.base.unregister(name)
        self.base.execute(f"DROP VIEW IF EXISTS {name}")

    def read(self, select: str) -> pa.Table:
        """The rows of a question."""
        return self.base.sql(select).to_arrow_table()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.base.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
