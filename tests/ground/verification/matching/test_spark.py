"""The same statements on Apache Spark find the same hits, on a small set and two cores of this machine."""

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet
import pytest

from anmin.ground.verification.matching import match
from anmin.ground.verification.matching.columns import PERSONS
from anmin.ground.verification.matching.reading import read_side
from anmin.ground.verification.matching.spark import changed_places, typing_distance
from tests.ground.verification.matching.test_matching import DAMAGED, PEOPLE, exchanged, extract, persons

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
    }.items():
        builder = builder.config(key, value)
    # Its connections are closed when this process ends, after the logs: what they say then goes nowhere.
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    session = builder.getOrCreate()
    yield session
    session.stop()


def test_spark_finds_the_hits_of_one_machine_and_reads_a_file_by_itself(spark: Any, tmp_path: Path) -> None:
    rows = [row for row, *_ in DAMAGED]
    rows += [{"name": str(each["name"]), "identity_number": exchanged(str(each["identity_number"]), 13)} for each in PEOPLE[:40]]
    rows += [
        {"name": str(each["name"]), "telephone": str(each["telephone"]), "village": str(each["village"])} for each in PEOPLE[:40]
    ]
    rows += [{"name": str(PEOPLE[1]["name"]), "identity_number": str(PEOPLE[0]["identity_number"])}, {"name": "无"}]
    people, given = persons(PEOPLE[:200]), extract(*rows)
    parquet.write_table(people, tmp_path / "人员.parquet")
    on_disk = read_side(tmp_path / "人员.parquet", PERSONS, tmp_path)
    assert match(on_disk, given, engine="spark").equals(match(people, given), check_metadata=True)


@pytest.mark.parametrize(
    ("one", "other", "distance", "changed"),
    [("1234", "1234", 0, 0), ("1234", "1324", 1, 2), ("1234", "1934", 1, 1), ("1234", "134", 1, None), ("12", "345", 3, None)],
)
def test_the_named_functions_say_what_duckdb_says(one: str, other: str, distance: int, changed: int | None) -> None:
    import duckdb

    assert (typing_distance(one, other), changed_places(one, other)) == (distance, changed)
    assert duckdb.sql(f"SELECT damerau_levenshtein('{one}', '{other}')").fetchall() == [(distance,)]
