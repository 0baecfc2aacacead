"""A million households assessed here and by OpenFisca-Core in turn; a table, ``results.json``, and 1 where a goal is missed.

python bench/rules/run.py <python of the OpenFisca environment> [households]
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "var/bench/rules"
sys.path.insert(0, str(HERE))

from households import RESULTS, write  # noqa: E402  # after the path

REPEATS = {
    ("calculation", 1): 3, ("calculation", 12): 2, ("columns", 1): 5, ("columns", 12): 2, ("path", 1): 1, ("path", 12): 1,
}  # fmt: skip
"""Processes of each side for each measurement, in turn."""

WITHOUT = "ours, numpy alone"
OTHERS = {
    "calculation": {WITHOUT: "calculation-numpy"},
    "columns": {WITHOUT: "columns-numpy", "openfisca, our spells": "columns-spells"},
    "path": {"openfisca, our in and out": "path-adbc"},
}
"""Ours with nothing compiled; OpenFisca once more, with our way in and out: one process each."""

FASTER = {1: 3.0, 12: 5.0}
MEMORY = {1: 1.0, 12: 1 / 3}
"""Of the whole path; the calculation alone, all of whose columns are held, may take no more than the peer's."""
Said = dict[str, object]


def one(program: list[str], part: str, months: int) -> Said:
    """One process; what it printed. The path starts from a database whose table of results is empty."""
    folder = FOLDER
    if part.startswith("path"):
        folder = FOLDER / "copy"
        folder.mkdir(exist_ok=True)
        shutil.copyfile(FOLDER / "households.sqlite3", folder / "households.sqlite3")
    repeats = "3" if part.startswith("calculation") and months == 1 else "1"
    ran = subprocess.run(  # our own programs
        [*program, str(folder), part, str(months), repeats], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(f"{' '.join(program)} {part} failed:\n{ran.stderr}")
    said: Said = json.loads(ran.stdout)
    if part.startswith("path"):
        said["digest"] = digest(folder / "households.sqlite3")
    if part.startswith("columns"):
        said["digest"] = digest_of_files("ours" if program[-1].endswith("ours.py") else "peer")
    return said


MONTHS = "(until - since + 1)"
MIXED = f"((id % 9973) * {MONTHS} + {MONTHS} * (since + until) / 2)"
"""A number that differs with the unit and with each month from the first to the last."""


def digest(address: Path) -> str:
    """What was written: how many units in how many months, and sums that differ when any outcome, route or amount does."""
    import sqlite3

    made = []
    with sqlite3.connect(address) as database:
        for unit, names in RESULTS.items():
            sums = ", ".join(f"sum({name} * {MIXED})" for name in names[3:])
            made.append(database.execute(f"SELECT sum({MONTHS}), {sums} FROM {unit}_result").fetchone())  # noqa: S608  # constant
    database.close()
    return str(made)


def digest_of_files(side: str) -> str:
    """The same of files of columns."""
    import pyarrow.parquet as parquet

    made = []
    for unit, names in RESULTS.items():
        read = parquet.read_table(FOLDER / f"{side}.{unit}.parquet")
        rows = {name: read.column(name).to_numpy().astype(np.int64) for name in names}
        months = rows["until"] - rows["since"] + 1
        mixed = rows["id"] % 9973 * months + months * (rows["since"] + rows["until"]) // 2
        made.append((int(months.sum()), *(int((rows[name] * mixed).sum()) for name in names[3:])))
    return str(made)


def identical() -> None:
    """Both say the same of everybody, to the fen; ends the run with the first differences otherwise."""
    for unit, names in RESULTS.items():
        ours, peer = np.load(FOLDER / f"ours.{unit}.npy"), np.load(FOLDER / f"peer.{unit}.npy")
        for place, name in enumerate(names[3:]):
            differ = np.flatnonzero(ours[place] != peer[place])
            if len(differ):
                rows = "\n".join(f"  {unit} {i + 1}: {ours[place][i]} here, {peer[place][i]} there" for i in differ[:10])
                sys.exit(f"rules: {len(differ)} of a {unit} differ in {name}\n{rows}")


def figures(runs: list[Said]) -> dict[str, float]:
    """Least and median of the runs; a process that repeats counts each repeat."""
    cpu = [each for run in runs for each in run["cpu"]]  # type: ignore[attr-defined]  # of JSON
    wall = [each for run in runs for each in run["wall"]]  # type: ignore[attr-defined]  # of JSON
    made = {
        "cpu_min": min(cpu), "cpu_median": statistics.median(cpu), "wall_min": min(wall), "wall_median": statistics.median(wall),
        "peak_mib": statistics.median(run["peak_mib"] for run in runs),  # type: ignore[type-var]  # of JSON
    }  # fmt: skip
    if "set_up_cpu" in runs[0]:
        set_up = statistics.median(run["set_up_cpu"] for run in runs)  # type: ignore[type-var]  # of JSON
        first = statistics.median(run["cpu"][0] for run in runs)  # type: ignore[index]  # of JSON
        made |= {"set_up_cpu": set_up, "cpu_first": first, "cpu_with_set_up": set_up + first}
    return made


def main() -> int:
    """Everything measured, said and judged."""
    peer_python = sys.argv[1]
    households = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    rows = write(FOLDER, households)
    print(f"{rows[0]} households, {rows[1]} persons, {rows[2]} supporters", file=sys.stderr)
    ours, peer = [sys.executable, str(HERE / "ours.py")], [peer_python, str(HERE / "peer.py")]
    measured: dict[str, dict[str, dict[str, float]]] = {}
    bound: dict[str, float] = {}
    for (part, months), repeats in REPEATS.items():
        sides = {"ours": (ours, part), "openfisca": (peer, part)}
        others = {name: (ours if name == WITHOUT else peer, its_part) for name, its_part in OTHERS.get(part, {}).items()}
        sides |= others
        if part != "calculation":
            one(ours, part, months)  # what is compiled once for a law and a layout is there before anything is timed
        runs: dict[str, list[Said]] = {side: [] for side in sides}
        for turn in range(repeats):
            order = list(sides) if turn % 2 == 0 else list(reversed(sides))
            for side in order:
                if turn and side in others:
                    continue
                program, what = sides[side]
                runs[side].append(one(program, what, months))
        if part != "calculation":
            if len({run["digest"] for each in runs.values() for run in each}) != 1:
                sys.exit("rules: the tables of results differ")
        else:
            identical()
        if len({tuple(run["paid_fen"]) for each in runs.values() for run in each}) != 1:  # type: ignore[arg-type]  # of JSON
            sys.exit("rules: what the months cost differs")
        name = f"{part}, {months} month{'s' if months > 1 else ''}"
        measured[name] = {side: figures(each) for side, each in runs.items()}
        show(name, measured[name])
        if "loop_cpu" in runs["ours"][0]:
            bound = {key: min(run[key] for run in runs["ours"]) for key in ("loop_cpu", "bytes_cpu")}  # type: ignore[type-var]  # of JSON
            least = measured[name]["ours"]["cpu_min"]
            of_loop, of_bytes = least / bound["loop_cpu"], bound["loop_cpu"] / bound["bytes_cpu"]
            print(f"the compiled loop alone {bound['loop_cpu']:.3f}, each of its bytes once {bound['bytes_cpu']:.3f}")
            print(f"ours to the loop {of_loop:.2f}, the loop to its bytes {of_bytes:.1f}")
    goals = judged(measured)
    for goal in goals:
        print(f"{'met   ' if goal['met'] else 'MISSED'}  {goal['goal']}: {goal['value']:.2f}")
    said = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{processor()}, {os.cpu_count()} processors, Python {platform.python_version()}, numpy {np.__version__}",
        "rows": dict(zip(("households", "persons", "supporters"), rows, strict=True)),
        "identical": True,
        "load_average": os.getloadavg(),
        "measured": measured,
        "bound": bound,
        "goals": goals,
    }
    (HERE / "results.json").write_text(json.dumps(said, indent=2) + "\n")
    return 0 if all(goal["met"] for goal in goals) else 1


def judged(measured: dict[str, dict[str, dict[str, float]]]) -> list[dict[str, object]]:
    """The goals, as ratios of medians of the same run."""
    goals = []
    for name, sides in measured.items():
        part, months = name.split(", ")[0], int(name.split()[1])
        ours, peer = sides["ours"], sides["openfisca"]
        faster, memory = peer["cpu_median"] / ours["cpu_median"], ours["peak_mib"] / peer["peak_mib"]
        goal, at_most = (1.0, 1.0) if part == "calculation" else (FASTER[months], MEMORY[months])
        goals.append({"goal": f"{name}: CPU, OpenFisca's to ours, at least {goal:g}", "value": faster, "met": faster >= goal})
        goals.append(
            {
                "goal": f"{name}: peak memory, ours to OpenFisca's, at most {at_most:.2f}",
                "value": memory,
                "met": memory <= at_most,
            }
        )
    return goals


def show(name: str, sides: dict[str, dict[str, float]]) -> None:
    """A table of one measurement."""
    columns = ("cpu_min", "cpu_median", "wall_min", "wall_median", "set_up_cpu", "cpu_with_set_up", "peak_mib")
    print(f"\n{name:34}" + "".join(f"{column.replace('_', ' '):>17}" for column in columns if column in sides["ours"]))
    for side, made in sides.items():
        cells = (
            f"{made[column]:17.0f}" if column == "peak_mib" else f"{made[column]:17.3f}" for column in columns if column in made
        )
        print(f"{side:34}" + "".join(cells))
    sys.stdout.flush()


def processor() -> str:
    """What the machine calls its processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    sys.exit(main())
