"""The same functions on Apache Spark give the same rows, on a small set and two cores of this machine."""

import csv
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.engines import assess_folder
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.table_files import folder_tables, write_table, write_tables
from tests.ground.policy import made_up

JUNE = Month.parse("2024-06")

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(shutil.which("java") is None, reason="no Java is installed: Spark needs one (openjdk-17-jre-headless)"),
    pytest.mark.filterwarnings("ignore"),  # Spark's own, by the dozen
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Two cores of this machine."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed: uv sync --group spark")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = sql.SparkSession.builder.master("local[2]").appName("anmin-tests")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.memory": "1g",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
    }.items():
        builder = builder.config(key, value)
    # Its connections are closed when this process ends, after the logs: what they say then goes nowhere.
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    session = builder.getOrCreate()
    yield session
    session.stop()


def test_spark_writes_the_rows_of_one_machine(tmp_path: Path, spark: Any) -> None:
    import pyarrow.parquet as parquet

    from anmin.ground.policy.spark import assess_with_spark

    chain = Chain(DECIDED.values()).only(["assistance.dibao", "disability.living", "children.stipend"])
    facts = chain.facts
    made = made_up.tables(facts, 200)
    folder = tmp_path / "facts"
    write_tables(folder, folder_tables(made, facts, in_fen=True), ending="parquet")
    write_table(folder / "facts.csv", {"person": ["P1", "P2"], "fact": ["illness_severe", "dead"], "value": ["yes", "yes"]})
    write_table(folder / "holdings.csv", {"person": ["P3"], "benefit": ["assistance.tekun"], "valid_from": ["2020-01-01"]})
    assess_folder(chain, folder, JUNE, policy(), tmp_path / "one.csv")
    assess_with_spark(chain, folder, JUNE, policy(), tmp_path / "many", None, session=spark)
    with (tmp_path / "one.csv").open(encoding="utf-8") as file:
        one = sorted(tuple(row.values()) for row in csv.DictReader(file))
    many = sorted(
        tuple(f"{cell / 100:.2f}" if name == "amount_fen" else cell for name, cell in row.items())
        for row in parquet.read_table(tmp_path / "many").to_pylist()
    )
    assert many == one

    # What one machine refuses, Spark refuses in the same words.
    write_table(folder / "holdings.csv", {"person": ["P3"], "benefit": ["assistance.tekun"], "valid_from": ["前年"]})
    with pytest.raises(BadValue, match="在享待遇 第 2 行“valid_from”：“前年”不是日期，请写成 2024-07-01 的样子。"):
        assess_with_spark(chain, folder, JUNE, policy(), tmp_path / "none", None, session=spark)
