"""A province's families on Apache Spark: the tables are put together into one row for each family, and every part of them is
decided by the same functions as on one machine (`mapInArrow`).

Nothing of a rule is written again. Reading, checking and deciding happen where a part of the rows lies; what cannot be read ends
the run with the same sentence as on one machine, its rows counted within the part.
"""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.arrow import INNER_TABLES, arrow, arrow_of, tables_in_families
from anmin.ground.policy.chain import Chain, decide
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.results import COLUMNS, in_fen, result_parts
from anmin.ground.policy.table_files import paths_of
from anmin.ground.policy.table_reading import KEY_OF_LABEL, tables_of

SCHEMA = ", ".join("amount_fen bigint" if name == "amount" else f"{name} string" for name in COLUMNS)
HOME = "__household"


def assess_with_spark(
    chain: Chain,
    folder: Path,
    month: Month,
    parameters: Parameters,
    out: Path,
    known_on: date | None,
    *,
    granted_only: bool = False,
    session: Any = None,
) -> str:
    """The decisions are Parquet files in the folder `out`; returns a sentence that says how many.

    Runs in the Spark session that is given or active, and on all cores of this machine where there is none. Refuses where Spark
    or Java is not installed, and what the tables of facts must not hold.
    """
    paths_of(folder)  # what is not there is said before Spark has begun
    spark = session or _session()
    decided = families(spark, folder).mapInArrow(_deciding(chain, month, parameters, known_on, granted_only), SCHEMA)
    try:
        decided.write.mode("overwrite").parquet(str(out))
    except Exception as error:
        raise _told(error) from error
    count = spark.read.parquet(str(out)).count()
    return f"{month.label}，共 {count} 行结论。结果已写入 {out}。"


_REFUSED = f"{BadValue.__module__}.{BadValue.__qualname__}: "


def _told(error: Exception) -> Exception:
    """The sentence with which a worker refused a value; whatever else went wrong stays what it is."""
    _, refused, said = str(error).partition(_REFUSED)
    lines = [line for line in said.splitlines() if line.strip()]
    sentences = [line for line in lines if not line.lstrip().startswith("at ")]
    kept = []
    for line in sentences:
        if not line.endswith(("。", '。"')):
            break
        kept.append(line)
    return BadValue("\n".join(kept)) if refused and kept else error


def families(spark: Any, folder: Path) -> Any:
    """The tables of a folder as one row for each family, its persons and what is theirs as lists."""
    from pyspark.sql import functions as f

    read = {name: _read(spark, path).withColumnsRenamed(KEY_OF_LABEL[name]) for name, path in paths_of(folder).items()}
    homes = read["persons"].select(f.col("household").alias(HOME), f.col("person").alias("__person")).distinct()
    made = read["households"]
    for name in INNER_TABLES:
        if name not in read:
            continue
        table = read[name]
        if name == "persons":
            kept = [column for column in table.columns if column != "household"]
            placed = table.withColumn(HOME, f.col("household"))
        else:
            kept = list(table.columns)
            placed = table.join(homes, table["person"] == homes["__person"]) if "person" in table.columns else None
            own = table.filter(f.col("person").isNull()) if name == "facts" and "household" in table.columns else None
            if own is not None:
                own = own.withColumn(HOME, f.col("household")).select(*kept, HOME)
                placed = own if placed is None else placed.select(*kept, HOME).unionByName(own)
            elif placed is None and name == "facts":
                placed = table.withColumn(HOME, f.col("household"))
        lists = placed.groupBy(HOME).agg(f.collect_list(f.struct(*[f.col(column) for column in kept])).alias(name))
        made = made.join(lists, made["household"] == lists[HOME], "left").drop(HOME)
    return made


def _deciding(
    chain: Chain, month: Month, parameters: Parameters, known_on: date | None, granted_only: bool
) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """What a worker does with a part of the families."""
    facts, known = chain.facts, chain.known_facts

    def decided(parts: Iterator[Any]) -> Iterator[Any]:
        pa = arrow()
        for part in parts:
            snapshot = tables_of(tables_in_families(part), facts, known=known).snapshot(month, facts.values())
            found = decide(chain, snapshot.batch, month, parameters, known_on, with_findings=True)
            for each in result_parts(found, snapshot, granted_only=granted_only):
                columns = {name: arrow_of(column, with_words=True) for name, column in in_fen(each).items()}
                yield pa.RecordBatch.from_pydict(columns)

    return decided


def _read(spark: Any, path: Path) -> Any:
    if path.suffix == ".parquet":
        return spark.read.parquet(str(path))
    # Every cell as text: what it means is for the same reader as everywhere.
    return spark.read.option("header", True).option("encoding", "UTF-8").csv(str(path))


def _session() -> Any:
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise BadValue("用 Spark 计算需要先安装：pip install 'anmin[spark]'，并安装 Java 17 或更高版本。") from None
    # Workers must be the Python that has our rules.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        return SparkSession.builder.appName("anmin").getOrCreate()
    except PySparkRuntimeError as error:
        raise BadValue("没有找到可以运行 Spark 的 Java，请安装 Java 17 或更高版本后再试。") from error
