"""OpenFisca's side, one process a run; prints JSON.

    peer.py <folder> calculation|path|path-adbc|columns|columns-spells <months> <repeats>

path: what its users do, pandas from SQLite and back, a row for each unit and month with something granted or open. columns:
the same from Parquet to Parquet. path-adbc and columns-spells: our reader and writer around its simulation, results as spells, to
show which part is the calculation's.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import peer_layers  # noqa: F401  # its rules, after the path
import peer_persons  # noqa: F401  # its rules
import peer_rules
from households import RESULTS, TABLES, YEAR, peak_mib
from in_and_out import Spells, Writers, read, write

Columns = dict[str, np.ndarray]
SLICE = 20_000
WANTED = {unit: [name.removeprefix("dibao_") for name in names[3:]] for unit, names in RESULTS.items()}


class OneByOne(dict[str, np.ndarray]):
    """A table whose columns are read when they are taken, so that no more of them are held than is needed."""

    def __init__(self, read: Callable[[str], np.ndarray]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, name: str) -> np.ndarray:
        self[name] = self._read(name)
        return self[name]

    def pop(self, name: str) -> np.ndarray:  # type: ignore[override]  # what is there for all names has no default
        """A column that nobody needs again."""
        return super().pop(name, None) if name in self else self._read(name)


def months(many: int) -> list[str]:
    """The last months of the year."""
    return [f"{YEAR}-{number:02d}" for number in range(13 - many, 13)]


def span(many: int) -> str:
    """The same as one period of OpenFisca."""
    return f"month:{YEAR}-{13 - many:02d}:{many}"


def month_of(simulation: Any, month: str) -> dict[str, list[np.ndarray]]:
    """The results of both levels; intermediate values are dropped, so that the next month does not add to them."""
    made = {unit: [simulation.calculate(name, month) for name in names] for unit, names in WANTED.items()}
    peer_rules.forget(simulation, month)
    return made


def paid(made: dict[str, list[np.ndarray]]) -> int:
    """What a month costs."""
    return sum(
        int(column.sum(dtype=np.int64))
        for unit, names in WANTED.items()
        for name, column in zip(names, made[unit], strict=True)
        if name.endswith("amount")
    )


def calculation(folder: Path, many: int, repeats: int) -> dict[str, object]:
    """Seconds of each repeat, the set-up of the simulation apart; the results of the last are kept for comparison."""
    wall, cpu = time.perf_counter(), time.process_time()
    tables = {table: OneByOne(lambda name, table=table: np.load(folder / "columns" / f"{table}.{name}.npy")) for table in TABLES}
    simulation = peer_rules.simulation(tables, span(many))
    set_up = time.process_time() - cpu, time.perf_counter() - wall
    measured = []
    for _ in range(repeats):
        wall, cpu, sums = time.perf_counter(), time.process_time(), []
        for month in months(many):
            made = month_of(simulation, month)
            sums.append(paid(made))
        measured.append((time.process_time() - cpu, time.perf_counter() - wall))
    peak = peak_mib()
    for unit, columns in made.items():
        np.save(folder / f"peer.{unit}.npy", np.stack(columns).astype(np.int64))
    return {
        "cpu": [each[0] for each in measured],
        "wall": [each[1] for each in measured],
        "peak_mib": peak,
        "set_up_cpu": set_up[0],
        "set_up_wall": set_up[1],
        "paid_fen": sums,
    }


def assessed(tables: dict[str, Columns], many: int, sums: list[int]) -> Iterator[tuple[int, dict[str, list[np.ndarray]]]]:
    """The results of each month."""
    simulation = peer_rules.simulation(tables, span(many))
    for number, month in enumerate(months(many), 13 - many):
        made = month_of(simulation, month)
        sums.append(paid(made))
        yield YEAR * 12 + number - 1, made


def rows_of(unit: str, ids: np.ndarray, month: int, made: list[np.ndarray]) -> Columns:
    """The rows of a month of whom something is granted or open."""
    something = np.zeros(len(ids), dtype=bool)
    for name, column in zip(WANTED[unit], made, strict=True):
        if name.endswith("outcome"):
            something |= column != 0
    rows = np.flatnonzero(something)
    numbers = np.full(len(rows), month)
    return dict(zip(RESULTS[unit], (ids[rows], numbers, numbers, *(each[rows] for each in made)), strict=True))


def spelled(tables: dict[str, Columns], many: int, sums: list[int]) -> Iterator[tuple[str, Columns]]:
    """The same as spells, as ours writes them."""
    held = {unit: Spells(unit, tables[unit]["id"]) for unit in RESULTS}
    for month, made in assessed(tables, many, sums):
        for unit, columns in made.items():
            if ended := held[unit].turn(columns, month, None):
                yield unit, ended
    for unit, each in held.items():
        yield unit, each.rows(np.arange(len(each.ids)), month)


def path(folder: Path, many: int) -> dict[str, object]:
    """CPU and wall seconds of reading, assessing and writing, in slices so that memory stays small."""
    import pandas as pd

    wall, cpu, sums = time.perf_counter(), time.process_time(), []
    with sqlite3.connect(folder / "households.sqlite3") as database:
        tables = {}
        for table, names in TABLES.items():
            asked = f"SELECT {', '.join(names)} FROM {table} ORDER BY id"  # noqa: S608  # own names
            frame = pd.concat([each.astype(np.int32) for each in pd.read_sql_query(asked, database, chunksize=SLICE)])
            tables[table] = {name: frame[name].to_numpy() for name in names}
            del frame
        read_at = time.process_time()
        for month, made in assessed(tables, many, sums):
            for unit, columns in made.items():
                rows = pd.DataFrame(rows_of(unit, tables[unit]["id"], month, columns))
                rows.to_sql(f"{unit}_result", database, if_exists="append", index=False, chunksize=SLICE)
    database.close()
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "read_cpu": read_at - cpu, "paid_fen": sums,
    }  # fmt: skip


def path_adbc(folder: Path, many: int) -> dict[str, object]:
    """The same with our reader and writer."""
    import adbc_driver_sqlite.dbapi

    wall, cpu, sums = time.perf_counter(), time.process_time(), []
    with (
        adbc_driver_sqlite.dbapi.connect(str(folder / "households.sqlite3"), autocommit=True) as database,
        database.cursor() as at,
    ):
        at.execute("BEGIN")
        tables = {table: read(at, table, names) for table, names in TABLES.items()}
        read_at = time.process_time()
        for unit, rows in spelled(tables, many, sums):
            write(at, unit, rows)
        at.execute("COMMIT")
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "read_cpu": read_at - cpu, "paid_fen": sums,
    }  # fmt: skip


def columns(folder: Path, many: int, *, as_spells: bool = False) -> dict[str, object]:
    """From Parquet to Parquet, a row for each unit and month, or as ours writes them."""
    import pyarrow
    import pyarrow.parquet as parquet

    pyarrow.set_cpu_count(1)
    wall, cpu, sums = time.perf_counter(), time.process_time(), []
    files = {table: parquet.ParquetFile(folder / f"{table}.parquet", memory_map=True) for table in TABLES}
    tables = {
        table: OneByOne(lambda name, file=file: file.read([name], use_threads=False).column(0).to_numpy())
        for table, file in files.items()
    }

    def by_month() -> Iterator[tuple[str, Columns]]:
        for month, made in assessed(tables, many, sums):
            for unit, each in made.items():
                yield unit, rows_of(unit, tables[unit]["id"], month, each)

    writers = Writers(folder, "peer")
    for unit, rows in spelled(tables, many, sums) if as_spells else by_month():
        writers.write(unit, {name: column.astype(np.int32, copy=False) for name, column in rows.items()})
    writers.close()
    return {"cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "paid_fen": sums}


if __name__ == "__main__":
    folder, part, many, repeats = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    peer_rules.load_parameters(Path(__file__).resolve().parents[2] / "policy")
    if part == "calculation":
        said = calculation(folder, many, repeats)
    elif part == "columns-spells":
        said = columns(folder, many, as_spells=True)
    else:
        said = {"path": path, "path-adbc": path_adbc, "columns": columns}[part](folder, many)
    print(json.dumps({"peak_mib": peak_mib(), **said}))
