"""OpenFisca's side, one process a run; prints JSON.

    peer.py <folder> calculation|path|path-by-hand|path-adbc <months> <repeats>

path: what its users do, pandas from SQLite and back. path-by-hand: ``sqlite3`` in slices into numpy and ``executemany``
of plain rows, written for speed. path-adbc: our reader and writer around its simulation, to show which part is the calculation's.
"""

import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

import peer_rules  # after the path
from households import HOUSEHOLD, PERSON, RESULT, SUPPORTER, YEAR, peak_mib  # after the path

Columns = dict[str, np.ndarray]
TABLES = {
    "household": ("id", *HOUSEHOLD),
    "person": ("id", "household_id", *PERSON),
    "supporter": ("id", "person_id", *SUPPORTER),
}
SLICE = 20_000
WANTED = RESULT[2:]


def months(many: int) -> list[str]:
    """The last months of the year."""
    return [f"{YEAR}-{number:02d}" for number in range(13 - many, 13)]


def span(many: int) -> str:
    """The same as one period of OpenFisca."""
    return f"month:{YEAR}-{13 - many:02d}:{many}"


def calculation(folder: Path, many: int, repeats: int) -> dict[str, object]:
    """Seconds of each repeat, the set-up of the simulation apart; the results of the last are kept for comparison."""
    tables: dict[str, Columns] = {}
    for path in sorted((folder / "columns").glob("*.npy")):
        table, name, _ = path.name.split(".")
        tables.setdefault(table, {})[name] = np.load(path)
    wall, cpu = time.perf_counter(), time.process_time()
    simulation = peer_rules.simulation(tables, span(many))
    set_up = time.process_time() - cpu, time.perf_counter() - wall
    measured = []
    for _ in range(repeats):
        wall, cpu, sums = time.perf_counter(), time.process_time(), []
        for month in months(many):
            made = [simulation.calculate(name, month) for name in WANTED]
            sums.append(int(made[WANTED.index("amount")].sum(dtype=np.int64)))
            peer_rules.forget(simulation, month)
        measured.append((time.process_time() - cpu, time.perf_counter() - wall))
    peak = peak_mib()
    ids = tables["household"]["id"]
    np.save(folder / "peer.npy", np.stack([ids, np.full(len(ids), YEAR * 12 + 11), *made]).astype(np.int64))
    return {
        "cpu": [each[0] for each in measured],
        "wall": [each[1] for each in measured],
        "peak_mib": peak,
        "set_up_cpu": set_up[0],
        "set_up_wall": set_up[1],
        "paid_fen": sums,
    }


def assessed(tables: dict[str, Columns], many: int, sums: list[int]) -> Iterator[list[np.ndarray]]:
    """The columns of the results of each month."""
    simulation = peer_rules.simulation(tables, span(many))
    ids = tables["household"]["id"]
    for number, month in enumerate(months(many), 13 - many):
        made = [simulation.calculate(name, month) for name in WANTED]
        sums.append(int(made[WANTED.index("amount")].sum(dtype=np.int64)))
        peer_rules.forget(simulation, month)
        yield [ids, np.full(len(ids), YEAR * 12 + number - 1), *made]


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
        for columns in assessed(tables, many, sums):
            made = pd.DataFrame(dict(zip(RESULT, columns, strict=True)))
            made.to_sql("result", database, if_exists="append", index=False, chunksize=SLICE)
    database.close()
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "read_cpu": read_at - cpu, "paid_fen": sums,
    }  # fmt: skip


def path_by_hand(folder: Path, many: int) -> dict[str, object]:
    """The same with no more than ``sqlite3`` and numpy."""
    wall, cpu, sums = time.perf_counter(), time.process_time(), []
    with sqlite3.connect(folder / "households.sqlite3") as database:
        tables = {table: read(database, table, names) for table, names in TABLES.items()}
        read_at = time.process_time()
        marks = ", ".join("?" * len(RESULT))
        for columns in assessed(tables, many, sums):
            for lower in range(0, len(columns[0]), SLICE):
                rows = zip(*(column[lower : lower + SLICE].tolist() for column in columns), strict=True)
                database.executemany(f"INSERT INTO result VALUES ({marks})", rows)  # noqa: S608  # own marks
    database.close()
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "read_cpu": read_at - cpu, "paid_fen": sums,
    }  # fmt: skip


def read(database: sqlite3.Connection, table: str, names: tuple[str, ...]) -> Columns:
    """A table in columns of 32 bits, as OpenFisca holds whole numbers."""
    cursor = database.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")  # noqa: S608  # own names
    parts = []
    while rows := cursor.fetchmany(SLICE):
        parts.append(np.array(rows, dtype=np.int32).T)
    return dict(zip(names, np.concatenate(parts, axis=1), strict=True))


def path_adbc(folder: Path, many: int) -> dict[str, object]:
    """The same with our reader and writer."""
    import adbc_driver_sqlite.dbapi
    import pyarrow

    wall, cpu, sums = time.perf_counter(), time.process_time(), []
    with (
        adbc_driver_sqlite.dbapi.connect(str(folder / "households.sqlite3"), autocommit=True) as database,
        database.cursor() as at,
    ):
        at.execute("BEGIN")
        tables = {}
        for table, names in TABLES.items():
            at.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": "16384"})
            at.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")  # noqa: S608  # own names
            parts = [[column.to_numpy().astype(np.int32) for column in batch.columns] for batch in at.fetch_record_batch()]
            tables[table] = {name: np.concatenate(part) for name, part in zip(names, zip(*parts, strict=True), strict=True)}
        read_at = time.process_time()

        def batches() -> Iterator[pyarrow.RecordBatch]:
            for columns in assessed(tables, many, sums):
                cells = [pyarrow.array(column.astype(np.int64)) for column in columns]
                yield pyarrow.record_batch(cells, names=list(RESULT))

        schema = pyarrow.schema([(name, pyarrow.int64()) for name in RESULT])
        at.adbc_ingest("result", pyarrow.RecordBatchReader.from_batches(schema, batches()), mode="append")
        at.execute("COMMIT")
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "read_cpu": read_at - cpu, "paid_fen": sums,
    }  # fmt: skip


if __name__ == "__main__":
    folder, part, many, repeats = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    peer_rules.load_parameters(Path(__file__).resolve().parents[2] / "policy/assistance/dibao")
    if part == "calculation":
        said = calculation(folder, many, repeats)
    else:
        said = {"path": path, "path-by-hand": path_by_hand, "path-adbc": path_adbc}[part](folder, many)
    print(json.dumps({"peak_mib": peak_mib(), **said}))
