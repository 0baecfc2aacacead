"""A folder decided by a compiled program gives the file that it gives without one, reasons and what is missing included."""

from pathlib import Path

import pytest

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
