"""A folder decided by a compiled program gives the file that it gives without one, reasons and what is missing included."""

import csv
from pathlib import Path

import pytest

from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import ORDER, Chain
from anmin.ground.policy.compiled.machine import installed
from anmin.ground.policy.engines import assess_folder
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.table_files import folder_tables, write_tables
from tests.ground.policy import made_up

JUNE = Month.parse("2024-06")
MONTHLY = Chain(DECIDED[address] for address in ORDER)


@pytest.mark.skipif(not installed(), reason="llvmlite is not installed")
@pytest.mark.parametrize("granted_only", [False, True])
def test_a_compiled_program_writes_the_same_file(tmp_path: Path, granted_only: bool) -> None:
    folder = tmp_path / "facts"
    write_tables(folder, folder_tables(made_up.tables(MONTHLY.facts, 300), MONTHLY.facts, in_fen=False), ending="csv")
    told, files = [], []
    for engine in ("numpy", "compiled"):
        out = tmp_path / "out.csv"
        told.append(assess_folder(MONTHLY, folder, JUNE, policy(), out, engine=engine, granted_only=granted_only))
        files.append(out.read_text(encoding="utf-8"))
    assert told[0] == told[1]
    assert files[0] == files[1]
    assert "undetermined" in files[0]


def test_parquet_holds_the_rows_that_csv_holds_in_plain_words_and_fen(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path / "facts"
    write_tables(folder, folder_tables(made_up.tables(MONTHLY.facts, 300), MONTHLY.facts, in_fen=False), ending="csv")
    for ending in ("csv", "parquet"):
        assess_folder(MONTHLY, folder, JUNE, policy(), tmp_path / f"out.{ending}")
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    read = parquet.read_table(tmp_path / "out.parquet")
    assert {str(field.type) for field in read.schema} == {"string", "int64"}
    assert [format_yuan(each, grouped=False) for each in read["amount_fen"].to_pylist()] == [row.pop("amount") for row in rows]
    assert read.drop_columns("amount_fen").to_pylist() == rows
