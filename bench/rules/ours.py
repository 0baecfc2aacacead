"""Our side of the measurement, one process a run: ``ours.py <folder> calculation|path|columns <months> <repeats>``; prints JSON.

calculation: columns in memory to results in memory. path: from SQLite to results in SQLite, through ADBC both ways. columns: from
Parquet to Parquet. Never open the same file through ``sqlite3`` here: two SQLites in one process drop each other's locks.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from households import HOUSEHOLD, PERSON, SUPPORTER, TABLES, YEAR, peak_mib  # noqa: E402  # after the path
from in_and_out import Spells, narrowed, read, write  # noqa: E402  # after the path

from anmin.base.periods import Month  # noqa: E402  # after the path
from anmin.ground.policy.assessing import Assessed  # noqa: E402  # after the path
from anmin.ground.policy.batch import Batch  # noqa: E402  # after the path
from anmin.ground.policy.chain import Chain  # noqa: E402  # after the path
from anmin.ground.policy.months import MonthOfPart, decide_months  # noqa: E402  # after the path
from anmin.ground.policy.parameters import Parameters  # noqa: E402  # after the path
from anmin.lines.assistance.dibao.rules import PROGRAMME as DIBAO  # noqa: E402  # after the path
from anmin.lines.assistance.hardship.rules import PROGRAMME as HARDSHIP  # noqa: E402  # after the path
from anmin.lines.assistance.margin.rules import PROGRAMME as MARGIN  # noqa: E402  # after the path
from anmin.lines.assistance.tekun.rules import PROGRAMME as TEKUN  # noqa: E402  # after the path
from anmin.lines.children.stipend.rules import PROGRAMME as STIPEND  # noqa: E402  # after the path
from anmin.lines.disability.living.rules import PROGRAMME as LIVING  # noqa: E402  # after the path
from anmin.lines.disability.nursing.rules import PROGRAMME as NURSING  # noqa: E402  # after the path
from anmin.lines.eldercare.allowance.rules import PROGRAMME as ALLOWANCE  # noqa: E402  # after the path

Columns = dict[str, np.ndarray]

PARAMETERS = Parameters.load(ROOT / "policy")
CHAIN = Chain([TEKUN, DIBAO, MARGIN, HARDSHIP, STIPEND, LIVING, NURSING, ALLOWANCE])
KINDS = {name: np.int8 for name, fact in CHAIN.facts.items() if fact.most <= 127}
"""8 bits for codes and counts, 32 for money, dates and ids."""
UNITS = {"household": (DIBAO, MARGIN, HARDSHIP), "person": (TEKUN, STIPEND, LIVING, NURSING, ALLOWANCE)}


def months(many: int) -> list[Month]:
    """The last months of the year."""
    return [Month(YEAR, number) for number in range(13 - many, 13)]


def batches(tables: dict[str, Columns], many: int) -> dict[Month, Batch]:
    """The facts of each month: the same columns, with the grace period as far as it has run."""
    household, person, supporter = tables["household"], tables["person"], tables["supporter"]
    offsets = {"person": person["offsets"], "supporter": supporter["offsets"]}
    same = {
        "household": {name: household[name] for name in HOUSEHOLD if name != "grace_since"},
        "person": {name: person[name] for name in PERSON},
        "supporter": {name: supporter[name] for name in SUPPORTER},
    }
    since = household["grace_since"]
    made = {}
    for month in months(many):
        elapsed = np.where(since < 0, -1, np.maximum(month.year * 12 + month.month - since, 0)).astype(np.int8)
        made[month] = Batch(len(since), offsets, {**same, "household": {**same["household"], "grace_elapsed": elapsed}})
    return made


def set_up(tables: dict[str, Columns]) -> None:
    """Columns as narrow as the bounds of the facts allow, and where each group begins among rows sorted by their group."""
    for table in tables.values():
        for name in table:
            table[name] = narrowed(table[name], KINDS.get(name, np.int32))
    for inner, around, belongs_to in (("person", "household", "household_id"), ("supporter", "person", "person_id")):
        groups = tables[inner].pop(belongs_to)
        tables[inner]["offsets"] = np.append(np.searchsorted(groups, tables[around]["id"]), len(groups))


def decided(tables: dict[str, Columns], many: int) -> Iterator[MonthOfPart]:
    """What all programmes say, part after part and month after month."""
    return decide_months(CHAIN, batches(tables, many), PARAMETERS)


def results(part: MonthOfPart, unit: str) -> list[np.ndarray]:
    """The columns of the results of one level in a month."""
    made: list[np.ndarray] = []
    for programme in UNITS[unit]:
        found: Assessed = part.assessed[programme.address]
        made.append(found.outcome)
        if programme.amount:
            made += [found.route, found.amount]
    return made


def paid(part: MonthOfPart) -> int:
    """What a month costs."""
    return sum(int(found.amount.sum()) for found in part.assessed.values())


def calculation(folder: Path, many: int, repeats: int) -> dict[str, object]:
    """Seconds of each repeat; the results of the last month are kept for comparison."""
    tables: dict[str, Columns] = {}
    for path in sorted((folder / "columns").glob("*.npy")):
        table, name, _ = path.name.split(".")
        tables.setdefault(table, {})[name] = np.load(path)
    wall, cpu = time.perf_counter(), time.process_time()
    set_up(tables)
    set_up_took = time.process_time() - cpu, time.perf_counter() - wall
    last = months(many)[-1]
    measured = []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        sums = dict.fromkeys(months(many), 0)
        kept: dict[str, list[list[np.ndarray]]] = {unit: [] for unit in UNITS}
        for part in decided(tables, many):
            sums[part.month] += paid(part)
            if part.month == last:
                for unit in UNITS:
                    kept[unit].append(results(part, unit))
        measured.append((time.process_time() - cpu, time.perf_counter() - wall))
    peak = peak_mib()
    for unit, parts in kept.items():
        np.save(
            folder / f"ours.{unit}.npy", np.stack([np.concatenate(each) for each in zip(*parts, strict=True)]).astype(np.int64)
        )
    return {
        "cpu": [each[0] for each in measured],
        "wall": [each[1] for each in measured],
        "peak_mib": peak,
        "set_up_cpu": set_up_took[0],
        "set_up_wall": set_up_took[1],
        "paid_fen": list(sums.values()),
    }


def spelled(tables: dict[str, Columns], many: int, sums: dict[Month, int]) -> Iterator[tuple[str, Columns]]:
    """The rows of results of each level, as they end."""
    ids = {unit: tables[unit]["id"] for unit in UNITS}
    held: dict[str, Spells] = {}
    last = months(many)[-1]
    for part in decided(tables, many):
        sums[part.month] = sums.get(part.month, 0) + paid(part)
        number = part.month.year * 12 + part.month.month - 1
        for unit in UNITS:
            values = results(part, unit)
            if part.month == months(many)[0]:
                lower = part.lower if unit == "household" else int(tables["person"]["offsets"][part.lower])
                held[unit] = Spells(unit, ids[unit][lower : lower + len(values[0])])
            touched = None if part.reached is None else part.reached[unit]
            ended = held[unit].turn(values, number, touched)
            if ended:
                yield unit, ended
            if part.month == last:
                yield unit, held[unit].rows(np.arange(len(values[0])), number)


def path(folder: Path, many: int) -> dict[str, object]:
    """CPU and wall seconds of reading, assessing and writing, everything in one transaction."""
    import adbc_driver_sqlite.dbapi

    wall, cpu = time.perf_counter(), time.process_time()
    sums: dict[Month, int] = {}
    with (
        adbc_driver_sqlite.dbapi.connect(str(folder / "households.sqlite3"), autocommit=True) as database,
        database.cursor() as at,
    ):
        at.execute("BEGIN")
        tables = {table: read(at, table, names, KINDS) for table, names in TABLES.items()}
        set_up(tables)
        read_at = time.process_time()
        for unit, rows in spelled(tables, many, sums):
            write(at, unit, rows)
        at.execute("COMMIT")
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "read_cpu": read_at - cpu,
        "paid_fen": [sums[month] for month in months(many)],
    }  # fmt: skip


def columns(folder: Path, many: int) -> dict[str, object]:
    """The same from Parquet to Parquet."""
    import pyarrow
    import pyarrow.parquet as parquet

    pyarrow.set_cpu_count(1)
    wall, cpu = time.perf_counter(), time.process_time()
    sums: dict[Month, int] = {}
    tables: dict[str, Columns] = {}
    for table in TABLES:
        file = parquet.ParquetFile(folder / f"{table}.parquet")
        tables[table] = {
            name: narrowed(file.read([name]).column(0).combine_chunks().to_numpy(), KINDS.get(name, np.int32))
            for name in TABLES[table]
        }
    set_up(tables)
    read_at = time.process_time()
    writers = {}
    for unit, rows in spelled(tables, many, sums):
        made = pyarrow.table(rows)
        if unit not in writers:
            writers[unit] = parquet.ParquetWriter(folder / f"ours.{unit}.parquet", made.schema)
        writers[unit].write_table(made)
    for writer in writers.values():
        writer.close()
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "read_cpu": read_at - cpu,
        "paid_fen": [sums[month] for month in months(many)],
    }  # fmt: skip


if __name__ == "__main__":
    folder, part, many, repeats = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    said = calculation(folder, many, repeats) if part == "calculation" else {"path": path, "columns": columns}[part](folder, many)
    print(json.dumps({"peak_mib": peak_mib(), **said}))
