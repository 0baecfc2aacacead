"""Ours on one folder: ``ours.py <folder> [normalised]``; prints JSON.

Writes hits.parquet (row, person_id, tier, points), and with a second word the normalised columns of both sides for the peer.
CPU and wall seconds are of normalising (both files, from disk) and of the two stages until the hits have been read with all their
columns, apart. The most resident memory is of the whole process.
"""

import json
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as parquet

from anmin.ground.verification.matching import prepare
from anmin.ground.verification.matching.columns import EXTRACT, PERSONS
from anmin.ground.verification.matching.duck import Duck
from anmin.ground.verification.matching.reading import read_side

_STAGES = (
    "weights",
    "bearers",
    "exact",
    "surely",
    "borrowed",
    "settled",
    "loose",
    "unsettled",
    "pairs",
    "scored",
    "weighed",
    "hits",
)
"""The tables that come after normalising, by the ends of their names."""

NORMALISED = """
    SELECT s.key AS unique_id, coalesce(CAST(s.n17 AS VARCHAR), odd.number) AS number,
        CASE WHEN s.n17 IS NULL THEN 0 ELSE 1 END AS valid, names.name, names.reading, names.surname, names.last,
        CAST(s.birth AS VARCHAR) AS birth, s.sex, s.village, s.telephone {more}
    FROM {side}_side s LEFT JOIN {side}_odd odd ON odd.key = s.key
    LEFT JOIN {side}_names names ON names.name_id = s.name_id"""


def peak_mib() -> float:
    """Most resident memory of this process."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return round(int(line.split()[1]) / 1024, 1)


def main(folder: Path, memory: str, *, normalised: bool) -> dict[str, object]:
    """The figures of one run."""
    spent: dict[str, list[float]] = {"normalise": [0.0, 0.0], "match": [0.0, 0.0]}
    make = Duck.make

    def timed(self: Duck, step: Any) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        make(self, step)
        kind = "match" if step.table.endswith(_STAGES) else "normalise"
        spent[kind][0] += time.process_time() - cpu
        spent[kind][1] += time.perf_counter() - wall

    Duck.make = timed  # type: ignore[method-assign]  # every statement is timed
    cpu, wall = time.process_time(), time.perf_counter()
    with TemporaryDirectory() as beside:
        persons = read_side(folder / "persons.parquet", PERSONS, Path(beside))
        extract = read_side(folder / "extract.parquet", EXTRACT, Path(beside))
        checked = [time.process_time() - cpu, time.perf_counter() - wall]
        ready = prepare(persons, memory=memory)
        writer = None
        for part in ready.parts(extract):
            hits = part.select(["row", "person_id", "tier", "points"])
            writer = writer or parquet.ParquetWriter(folder / "hits.parquet", hits.schema)
            writer.write_table(hits)
        if writer is not None:
            writer.close()
        total = [time.process_time() - cpu, time.perf_counter() - wall]
        memory_mib = peak_mib()
        # Looking the files through belongs to normalising, and reading the hits out to the stages.
        spent["normalise"] = [one + more for one, more in zip(spent["normalise"], checked, strict=True)]
        spent["match"] = [whole - one for whole, one in zip(total, spent["normalise"], strict=True)]
        if normalised:
            for side, more in (("persons", ", s.person_id"), ("extract", "")):
                select = NORMALISED.format(side=side, more=more)
                ready.engine.base.execute(f"COPY ({select}) TO '{folder}/{side}_normalised.parquet' (FORMAT parquet)")
    return {
        "persons": persons.rows,
        "rows": extract.rows,
        "cpu": {name: round(one, 2) for name, (one, _) in spent.items()},
        "wall": {name: round(one, 2) for name, (_, one) in spent.items()},
        "peak_mib": memory_mib,
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), os.environ.get("MEMORY", "3GB"), normalised=len(sys.argv) > 2)))
