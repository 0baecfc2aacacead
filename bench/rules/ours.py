"""Our side of the measurement, one process a run; prints JSON.

    ours.py <folder> calculation|path|columns[-numpy] <months> <repeats>

calculation: columns in memory to results in memory. path: from SQLite to results in SQLite, through ADBC both ways. columns: from
Parquet to Parquet. With -numpy nothing is compiled. Files are read, decided and written part after part. Never open the same file
through ``sqlite3`` here: two SQLites in one process drop each other's locks.
"""

import contextlib
import itertools
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(Path(__file__).parent)]

from households import HOUSEHOLD, PERSON, SUPPORTER, TABLES, YEAR, peak_mib  # noqa: E402  # after the path
from in_and_out import Feed, Spells, Writers, batches_of, narrowed, write  # noqa: E402  # after the path

from anmin.base.periods import Month  # noqa: E402  # after the path
from anmin.ground.policy.assessing import Assessed  # noqa: E402  # after the path
from anmin.ground.policy.batch import Batch  # noqa: E402  # after the path
from anmin.ground.policy.chain import Chain  # noqa: E402  # after the path
from anmin.ground.policy.compiled.engine import Compiled, Compiler  # noqa: E402  # after the path
from anmin.ground.policy.compiled.machine import Machine, llvm  # noqa: E402  # after the path
from anmin.ground.policy.layouts import layouts_of  # noqa: E402  # after the path
from anmin.ground.policy.months import MonthOfPart, decide_months, decide_parts, in_parts  # noqa: E402  # after the path
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
WITH_NUMPY = sys.argv[2].endswith("-numpy") if len(sys.argv) > 2 else False
if not WITH_NUMPY:
    llvm()  # a library like numpy: loaded before anything is timed
KEPT = ROOT / "var/bench/rules/compiled"
ROWS = 131_072
"""Families that are read, decided and written at once."""
BUFFER = 65_536
"""Bytes of a column that are held while it is read."""
UNITS = {"household": (DIBAO, MARGIN, HARDSHIP), "person": (TEKUN, STIPEND, LIVING, NURSING, ALLOWANCE)}


def months(many: int) -> list[Month]:
    """The last months of the year."""
    return [Month(YEAR, number) for number in range(13 - many, 13)]


def offsets_of(around: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Where the rows of each begin, and the end; ids in a row are counted, others sought."""
    if len(around) and around[-1] - around[0] == len(around) - 1:
        return np.concatenate([[0], np.cumsum(np.bincount(groups - around[0], minlength=len(around)))])
    return np.append(np.searchsorted(groups, around), len(groups))


def part_of(household: Columns, person: Columns, supporter: Columns, many: int) -> dict[Month, Batch]:
    """The facts of some families in each month: the same columns, with the grace period as far as it has run."""
    offsets = {
        inner: offsets_of(around, groups)
        for inner, around, groups in (
            ("person", household["id"], person["household_id"]),
            ("supporter", person["id"], supporter["person_id"]),
        )
    }
    since = household["grace_since"]
    same = {
        "household": {name: household[name] for name in HOUSEHOLD if name != "grace_since"},
        "person": {name: person[name] for name in PERSON},
        "supporter": {name: supporter[name] for name in SUPPORTER},
    }
    first: Batch | None = None
    made = {}
    for month in months(many):
        elapsed = np.where(since < 0, -1, np.maximum(month.year * 12 + month.month - since, 0)).astype(np.int8)
        columns = {**same, "household": {**same["household"], "grace_elapsed": elapsed}}
        first = Batch(len(since), offsets, columns) if first is None else first.with_columns(columns)
        made[month] = first
    return made


def compiler() -> Compiler | None:
    """What compiles; None for numpy alone. What was compiled once for a law is kept for the next process."""
    return None if WITH_NUMPY else Compiler(Machine(kept=KEPT))


def results(part: MonthOfPart, unit: str) -> list[np.ndarray]:
    """The columns of the results of one level in a month, of those who were worked."""
    made: list[np.ndarray] = []
    for programme in UNITS[unit]:
        found: Assessed = part.assessed[programme.address]
        made.append(found.outcome)
        if programme.amount:
            made += [found.route, found.amount]
    return made


class Held:
    """What holds of the families of a part, and what the months cost."""

    def __init__(self, many: int) -> None:
        self.months = months(many)
        self.sums = dict.fromkeys(self.months, 0)
        self.units: dict[str, Spells] = {}

    def turn(self, part: MonthOfPart, ids: dict[str, np.ndarray]) -> Iterator[tuple[str, Columns]]:
        """The rows that end with a month, and after the last those that are left."""
        number = part.month.year * 12 + part.month.month - 1
        if part.month == self.months[0]:
            self.units = {unit: Spells(unit, ids[unit]) for unit in UNITS}
        for unit, spells in self.units.items():
            ended = spells.turn(results(part, unit), number, None if part.reached is None else part.reached[unit])
            self.sums[part.month] += spells.paid
            if ended:
                yield unit, ended
            if part.month == self.months[-1]:
                yield unit, spells.rows(None, number)


def loaded(folder: Path) -> dict[str, Columns]:
    """The columns in memory, as narrow as the bounds of the facts allow."""
    tables: dict[str, Columns] = {}
    for path in sorted((folder / "columns").glob("*.npy")):
        table, name, _ = path.name.split(".")
        tables.setdefault(table, {})[name] = narrowed(np.load(path), KINDS.get(name, np.int32))
    return tables


def calculation(folder: Path, many: int, repeats: int) -> dict[str, object]:
    """Seconds of each repeat; the results of the last month are kept for comparison."""
    wall, cpu = time.perf_counter(), time.process_time()
    tables = loaded(folder)
    batches = part_of(tables["household"], tables["person"], tables["supporter"], many)
    set_up_took = time.process_time() - cpu, time.perf_counter() - wall
    compiling = time.process_time()
    compiled = compiler()
    for _ in decide_parts(CHAIN, itertools.islice(in_parts(batches, ROWS), 1), PARAMETERS, compiler=compiled):
        pass  # what is compiled once for a law, before anything is timed
    compiling = time.process_time() - compiling
    measured = []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        held = Held(many)
        kept: dict[str, list[list[np.ndarray]]] = {unit: [] for unit in UNITS}
        at = dict.fromkeys(UNITS, 0)
        for part in decide_months(CHAIN, batches, PARAMETERS, rows=ROWS, compiler=compiled):
            if part.month == held.months[0]:
                sizes = {unit: len(results(part, unit)[0]) for unit in UNITS}
                ids = {unit: tables[unit]["id"][at[unit] : at[unit] + sizes[unit]] for unit in UNITS}
                at = {unit: at[unit] + sizes[unit] for unit in UNITS}
            for _ in held.turn(part, ids):
                pass
            if part.month == held.months[-1]:
                for unit, spells in held.units.items():
                    kept[unit].append(spells.values)
        measured.append((time.process_time() - cpu, time.perf_counter() - wall))
    peak = peak_mib()
    bounds = {} if compiled is None or many > 1 else bound(batches, compiled)
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
        "made_ready_cpu": compiling,
        "paid_fen": list(held.sums.values()),
        **bounds,
    }


def bound(batches: dict[Month, Batch], compiler: Compiler) -> dict[str, float]:
    """CPU seconds of the compiled loop alone, and of reading each byte of its columns and writing each of its results once."""
    ((month, batch),) = batches.items()
    layout = layouts_of(batches, CHAIN.facts)[month].with_room()
    ready = Compiled(compiler, CHAIN, layout, month, PARAMETERS, with_columns=False)
    asked = [batch.columns[layout.facts[name].entity][name] for name in ready.ready.program.columns]
    whole = [each[: len(each) // 8 * 8].view(np.int64) for each in asked]
    made = ready.ready.worked(batch, ready.numbers)

    def once() -> None:
        for column in whole:
            np.bitwise_xor.reduce(column)
        for column in made.values():
            column.fill(0)

    took: dict[str, float] = {}
    for name, what in (("loop_cpu", lambda: ready.ready.worked(batch, ready.numbers)), ("bytes_cpu", once)):
        times = []
        for _ in range(5):
            cpu = time.process_time()
            what()
            times.append(time.process_time() - cpu)
        took[name] = min(times)
    return took


def streamed(feeds: dict[str, Feed], many: int, held: Held) -> Iterator[tuple[str, Columns]]:
    """The rows of results of each level, part of the families after part, none of them kept."""
    ids: dict[str, np.ndarray] = {}

    def parts() -> Iterator[dict[Month, Batch]]:
        while len((household := feeds["household"].first(ROWS))["id"]):
            person = feeds["person"].until(household["id"][-1])
            ids.update(household=household["id"], person=person["id"])
            # Ids of persons rise with those of their households, so those of supporters with both.
            last = person["id"][-1] if len(person["id"]) else -1
            yield part_of(household, person, feeds["supporter"].until(last), many)

    waiting: dict[str, list[Columns]] = {unit: [] for unit in UNITS}
    for part in decide_parts(CHAIN, parts(), PARAMETERS, compiler=compiler()):
        for unit, rows in held.turn(part, ids):
            waiting[unit].append(rows)
        if part.month == held.months[-1]:
            for unit, some in waiting.items():
                yield unit, {name: np.concatenate([each[name] for each in some]) for name in some[0]}
                some.clear()


KEYS = {"household": "id", "person": "household_id", "supporter": "person_id"}


def path(folder: Path, many: int) -> dict[str, object]:
    """CPU and wall seconds of reading, assessing and writing, everything in one transaction."""
    import adbc_driver_sqlite.dbapi

    wall, cpu = time.perf_counter(), time.process_time()
    held = Held(many)
    with (
        adbc_driver_sqlite.dbapi.connect(str(folder / "households.sqlite3"), autocommit=True) as database,
        database.cursor() as at,
        contextlib.ExitStack() as open_until_read,
    ):
        at.execute("BEGIN")
        readers = {table: open_until_read.enter_context(database.cursor()) for table in TABLES}
        feeds = {
            table: Feed(batches_of(readers[table], table, names), names, KINDS, KEYS[table]) for table, names in TABLES.items()
        }
        for unit, rows in streamed(feeds, many, held):
            write(at, unit, rows)
        open_until_read.close()
        at.execute("COMMIT")
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "paid_fen": list(held.sums.values()),
    }  # fmt: skip


def groups_of(file: Any, names: Sequence[str]) -> Iterator[Any]:
    """The rows of a Parquet file, one of its groups after another."""
    for group in range(file.num_row_groups):
        yield from file.read_row_group(group, columns=list(names), use_threads=False).to_batches()


def columns(folder: Path, many: int) -> dict[str, object]:
    """The same from Parquet to Parquet."""
    import pyarrow
    import pyarrow.parquet as parquet  # before anything is timed

    pyarrow.set_cpu_count(1)
    wall, cpu = time.perf_counter(), time.process_time()
    held, writers, feeds = Held(many), Writers(folder, "ours"), {}
    for table, names in TABLES.items():
        file = parquet.ParquetFile(folder / f"{table}.parquet", buffer_size=BUFFER)
        batches = groups_of(file, names)
        feeds[table] = Feed(batches, names, KINDS, KEYS[table])
    for unit, rows in streamed(feeds, many, held):
        writers.write(unit, rows)
    writers.close()
    return {
        "cpu": [time.process_time() - cpu], "wall": [time.perf_counter() - wall], "paid_fen": list(held.sums.values()),
    }  # fmt: skip


if __name__ == "__main__":
    folder, part, many, repeats = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    part = part.removesuffix("-numpy")
    said = calculation(folder, many, repeats) if part == "calculation" else {"path": path, "columns": columns}[part](folder, many)
    print(json.dumps({"peak_mib": peak_mib(), **said}))
