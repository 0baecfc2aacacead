"""Our side of the measurement, one process a run: ``ours.py <folder> calculation|path <months> <repeats>``; prints JSON.

calculation: columns in memory to results in memory. path: from SQLite to results in SQLite, through ADBC both ways.
Never open the same file through ``sqlite3`` here: two SQLites in one process drop each other's locks.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from households import HOUSEHOLD, PERSON, RESULT, SUPPORTER, YEAR, peak_mib  # noqa: E402  # after the path

from anmin.base.periods import Month  # noqa: E402  # after the path
from anmin.ground.policy.parameters import Parameters  # noqa: E402  # after the path
from anmin.lines.assistance.dibao.rules import FACTS, Assessments, DibaoFacts, assess  # noqa: E402  # after the path

Columns = dict[str, np.ndarray]

ROWS_AT_ONCE = 16
SLICE = 4_096

LARGEST = {fact.name: fact.most for fact in FACTS}


def months(many: int) -> list[Month]:
    """The last months of the year."""
    return [Month(YEAR, number) for number in range(13 - many, 13)]


def facts_of(tables: dict[str, Columns], month: Month) -> DibaoFacts:
    """The facts of a month: the same columns, with the grace period as far as it has run."""
    household, person, supporter = tables["household"], tables["person"], tables["supporter"]
    since = household["grace_since"]
    elapsed = np.where(since < 0, -1, np.maximum(month.year * 12 + month.month - since, 0))
    return DibaoFacts(
        person_offsets=person["offsets"],
        supporter_offsets=supporter["offsets"],
        grace_elapsed=elapsed,
        **{name: household[name] for name in HOUSEHOLD if name != "grace_since"},
        **{name: person[name] for name in PERSON},
        **{name: supporter[name] for name in SUPPORTER},
    )


def set_up(tables: dict[str, Columns]) -> None:
    """Columns as narrow as the bounds of the facts allow, and where each group begins among rows sorted by their group."""
    for table in tables.values():
        for name in table:
            table[name] = narrowed(table[name], kind_of(name))
    for inner, around, belongs_to in (("person", "household", "household_id"), ("supporter", "person", "person_id")):
        groups = tables[inner][belongs_to]
        tables[inner]["offsets"] = np.append(np.searchsorted(groups, tables[around]["id"]), len(groups))


def results(ids: np.ndarray, month: Month, made: Assessments) -> Columns:
    """What is written for a month."""
    columns = (
        ids, np.full(len(ids), month.year * 12 + month.month - 1), made.outcome, made.route,
        made.amount_fen, made.covered_persons, made.countable_income_fen,
    )  # fmt: skip
    return dict(zip(RESULT, columns, strict=True))


def calculation(folder: Path, many: int, repeats: int) -> dict[str, object]:
    """Seconds of each repeat; the results of the last are kept for comparison."""
    tables: dict[str, Columns] = {}
    for path in sorted((folder / "columns").glob("*.npy")):
        table, name, _ = path.name.split(".")
        tables.setdefault(table, {})[name] = np.load(path)
    parameters = Parameters.load(ROOT / "policy")
    wall, cpu = time.perf_counter(), time.process_time()
    set_up(tables)
    set_up_took = time.process_time() - cpu, time.perf_counter() - wall
    measured = []
    for _ in range(repeats):
        wall, cpu, sums = time.perf_counter(), time.process_time(), []
        for month in months(many):
            made = assess(facts_of(tables, month), month, parameters, with_findings=False)
            sums.append(made.paid_total_fen)
        measured.append((time.process_time() - cpu, time.perf_counter() - wall))
    peak = peak_mib()
    kept = results(tables["household"]["id"], month, made)
    np.save(folder / "ours.npy", np.stack(list(kept.values())))
    return {
        "cpu": [each[0] for each in measured],
        "wall": [each[1] for each in measured],
        "peak_mib": peak,
        "set_up_cpu": set_up_took[0],
        "set_up_wall": set_up_took[1],
        "paid_fen": sums,
    }


def path(folder: Path, many: int) -> dict[str, object]:
    """CPU and wall seconds of reading, assessing and writing, everything in one transaction."""
    import adbc_driver_sqlite.dbapi

    parameters = Parameters.load(ROOT / "policy")
    wall, cpu, sums = time.perf_counter(), time.process_time(), []
    with (
        adbc_driver_sqlite.dbapi.connect(str(folder / "households.sqlite3"), autocommit=True) as database,
        database.cursor() as at,
    ):
        at.execute("BEGIN")
        tables = {
            "household": read(at, "household", ("id", *HOUSEHOLD)),
            "person": read(at, "person", ("id", "household_id", *PERSON)),
            "supporter": read(at, "supporter", ("id", "person_id", *SUPPORTER)),
        }
        set_up(tables)
        read_at = time.process_time()

        for month in months(many):
            made = assess(facts_of(tables, month), month, parameters, with_findings=False)
            sums.append(made.paid_total_fen)
            write(at, results(tables["household"]["id"], month, made))
        at.execute("COMMIT")
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "read_cpu": read_at - cpu, "paid_fen": sums,
    }  # fmt: skip


def read(at: object, table: str, names: tuple[str, ...]) -> Columns:
    """A table in columns as narrow as the bounds of the facts allow; refuses what does not fit instead of changing it."""
    at.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": "16384"})  # type: ignore[attr-defined]  # of the driver
    at.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")  # type: ignore[attr-defined]  # noqa: S608  # own names
    kinds = [kind_of(name) for name in names]
    parts: list[list[np.ndarray]] = [[] for _ in names]
    for batch in at.fetch_record_batch():  # type: ignore[attr-defined]  # of the driver
        for part, column, kind in zip(parts, batch.columns, kinds, strict=True):
            part.append(narrowed(column.to_numpy(zero_copy_only=True), kind))
    return {name: np.concatenate(part) for name, part in zip(names, parts, strict=True)}


def write(at: object, columns: Columns) -> None:
    """The rows of a month in the table of results: so many to a statement, for what a statement costs; the rest one by one."""
    import pyarrow

    names = [name for name in RESULT if name != "month"]
    # The month is the same in all rows: a word of the statement, not a value to bind a million times.
    row = f"({int(columns['month'][0])}, {', '.join('?' for _ in names)})"
    rows = len(columns["month"])
    together = rows // ROWS_AT_ONCE * ROWS_AT_ONCE
    for first, last, at_once in ((0, together, ROWS_AT_ONCE), (together, rows, 1)):
        if first == last:
            continue
        insert = f"INSERT INTO result (month, {', '.join(names)}) VALUES {', '.join([row] * at_once)}"  # noqa: S608  # own names
        parts = [columns[name][first:last].reshape(-1, at_once) for name in names]
        for lower in range(0, len(parts[0]), SLICE):
            slices = [part[lower : lower + SLICE] for part in parts]
            bound = [pyarrow.array(some[:, place].astype(np.int64)) for place in range(at_once) for some in slices]
            batch = pyarrow.record_batch(bound, names=[f"v{place}" for place in range(len(bound))])
            at.executemany(insert, batch)  # type: ignore[attr-defined]  # of the driver


def kind_of(name: str) -> type:
    """8 bits for codes and counts, 32 for money, dates and ids."""
    return np.int8 if LARGEST.get(name, 2**31) <= 127 else np.int32


def narrowed(cells: np.ndarray, kind: type) -> np.ndarray:
    """The same numbers in fewer bytes."""
    bounds = np.iinfo(kind)
    if len(cells) and (cells.min() < bounds.min or cells.max() > bounds.max):
        raise ValueError("a number does not fit its column")
    return cells.astype(kind, copy=False)


if __name__ == "__main__":
    folder, part, many, repeats = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    said = calculation(folder, many, repeats) if part == "calculation" else path(folder, many)
    print(json.dumps({"peak_mib": peak_mib(), **said}))
