"""The same statements on Apache Spark, for a province: only the five named functions are told anew."""

import logging
import os
import sys
from types import TracebackType
from typing import Any

import pyarrow as pa

from anmin.base.errors import BadValue
from anmin.ground.verification.matching.given import Given
from anmin.ground.verification.matching.steps import Step

_NAMED = (
    "CREATE OR REPLACE TEMPORARY FUNCTION is_like(text STRING, pattern STRING) RETURNS BOOLEAN RETURN regexp_like(text, pattern)",
    "CREATE OR REPLACE TEMPORARY FUNCTION swapped(text STRING, pattern STRING, other STRING) RETURNS STRING "
    "RETURN regexp_replace(text, pattern, other)",
    "CREATE OR REPLACE TEMPORARY FUNCTION whole(a BIGINT, b BIGINT) RETURNS BIGINT RETURN a div b",
)


class Spark:
    """A Spark session: the one that is given or active, or on all cores of this machine where there is none."""

    def __init__(self, session: Any = None) -> None:
        self.session = session or _session()
        for named in _NAMED:
            self.session.sql(named)
        self.session.udf.register("typing_distance", typing_distance, "int")
        self.session.udf.register("changed_places", changed_places, "int")
        self._kept: dict[str, Any] = {}

    def __enter__(self) -> "Spark":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.drop(*list(self._kept))

    def make(self, step: Step) -> None:
        """The table stands, in memory and on disk where memory is short."""
        self._keep(step.table, self.session.sql(step.select))

    def drop(self, *tables: str) -> None:
        """The tables are gone."""
        for table in tables:
            frame = self._kept.pop(table, None)
            if frame is not None:
                frame.unpersist()
            self.session.catalog.dropTempView(table)

    def given(self, name: str, table: pa.Table) -> None:
        """A small table of our own."""
        self._keep(name, self.session.createDataFrame(table))

    def view(self, name: str, given: Given) -> None:
        """What was given: a file is read by the workers, a column at a time, and never passes through here."""
        if isinstance(given, pa.Table):
            self._keep(name, self.session.createDataFrame(given))
            return
        columns = given.columns(quote="`", position="_metadata.row_index")
        self.session.read.parquet(str(given.path)).selectExpr(*columns).createOrReplaceTempView(name)

    def forget(self, name: str) -> None:
        """What was given is not held any longer."""
        self.drop(name)

    def read(self, select: str) -> pa.Table:
        """The rows of a question."""
        return self.session.sql(select).toArrow()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.session.sql(f"SELECT count(*) FROM {table}").collect()[0][0])  # noqa: S608  a name of ours

    def _keep(self, name: str, frame: Any) -> None:
        # Worked out now and cut off from what it was made of: plans upon plans are soon longer to read than the rows.
        held = frame.localCheckpoint(eager=True)
        self.drop(name)
        self._kept[name] = held
        held.createOrReplaceTempView(name)


def typing_distance(one: str | None, other: str | None) -> int | None:
    """Places changed, left out, put in, or exchanged with the next."""
    if one is None or other is None:
        return None
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, mine in enumerate(one, 1):
        now = [row]
        for place, theirs in enumerate(other, 1):
            least = min(last[place] + 1, now[place - 1] + 1, last[place - 1] + (mine != theirs))
            if row > 1 and place > 1 and mine == other[place - 2] and one[row - 2] == theirs:
                least = min(least, before[place - 2] + 1)
            now.append(least)
        before, last = last, now
    return last[-1]


def changed_places(one: str | None, other: str | None) -> int | None:
    """In how many places two texts of one length differ."""
    if one is None or other is None or len(one) != len(other):
        return None
    return sum(mine != theirs for mine, theirs in zip(one, other, strict=True))


def _session() -> Any:
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise BadValue("用 Spark 计算需要先安装：pip install 'anmin[spark]'，并安装 Java 17 或更高版本。") from None
    # Workers must be the Python that has our functions.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    logging.getLogger("py4j").setLevel(logging.WARNING)
    try:
        return SparkSession.builder.appName("anmin").getOrCreate()
    except PySparkRuntimeError as error:
        raise BadValue("没有找到可以运行 Spark 的 Java，请安装 Java 17 或更高版本后再试。") from error
