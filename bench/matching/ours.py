"""Ours on one folder: ``ours.py <folder> [normalised]``; prints JSON.

Writes hits.parquet, and with a second word the normalised columns of both sides for the peer.
CPU and wall seconds are of normalising (both sides) and of the two stages with the hits as a table, apart.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet

from anmin.ground.verification.matching import match, prepare
from anmin.ground.verification.matching.duck import Duck

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


def main(folder: Path, memory: str, *, normalised: bool) -> dict[str, Any]:
    """Every figure of the run."""
    spent: dict[str, list[float]] = {"normalise": [0.0, 0.0], "match": [0.0, 0.0]}
    make = Duck.make

    def timed(self: Duck, step: Any) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        make(self, step)
        kind = "match" if step.table.endswith(_STAGES) else "normalise"
        spent[kind][0] += time.process_time() - cpu
        spent[kind][1] += time.perf_counter() - wall

    Duck.make = timed  # type: ignore[method-assign]  # every statement is timed
    persons, extract = parquet.read_table(folder / "persons.parquet"), parquet.read_table(folder / "extract.parquet")
    cpu, wall = time.process_time(), time.perf_counter()
    ready = prepare(persons, memory=memory)
    del persons
    hits = match(ready, extract)
    total = [time.process_time() - cpu, time.perf_counter() - wall]
    # Reading the hits out belongs to the stages.
    spent["match"] = [whole - one for whole, one in zip(total, spent["normalise"], strict=True)]
    memory_mib = peak_mib()
    parquet.write_table(hits, folder / "hits.parquet")
    if normalised:
        for side, more in (("persons", ", s.person_id"), ("extract", "")):
            parquet.write_table(ready.engine.read(NORMALISED.format(side=side, more=more)), folder / f"{side}_normalised.parquet")
    return {
        "persons": ready.count,
        "rows": len(extract),
        "cpu": {name: round(one, 2) for name, (one, _) in spent.items()},
        "wall": {name: round(one, 2) for name, (_, one) in spent.items()},
        "peak_mib": memory_mib,
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), os.environ.get("MEMORY", "3GB"), normalised=len(sys.argv) > 2)))
