"""The bound of the machine, run: ``fused.py <folder> <loop.py> <repeats>``; prints JSON. Its own environment holds numba."""

import importlib.util
import json
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from households import RESULTS, peak_mib  # after the path

YEAR_MONTH = 2023 * 12 + 12


def main(folder: Path, loop: Path, repeats: int) -> dict[str, object]:
    """Seconds of compiling and of each repeat over columns as narrow as ours; whether it says what ours says."""
    spec = importlib.util.spec_from_file_location("loop", loop)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    tables: dict[str, dict[str, np.ndarray]] = {}
    for path in sorted((folder / "columns").glob("*.npy")):
        table, name, _ = path.name.split(".")
        column = np.load(path)
        tables.setdefault(table, {})[name] = column.astype(np.int8) if column.max(initial=0) <= 127 else column
    offsets = {}
    for inner, around, belongs_to in (("person", "household", "household_id"), ("supporter", "person", "person_id")):
        groups = tables[inner][belongs_to]
        offsets[inner] = np.append(np.searchsorted(groups, tables[around]["id"]), len(groups))
    since = tables["household"]["grace_since"]
    tables["household"]["grace_elapsed"] = np.where(since < 0, -1, np.maximum(YEAR_MONTH - since, 0)).astype(np.int8)
    columns = [tables[entity][name] for name, entity in made.COLUMNS]
    out = {name: np.zeros(len(tables[unit]["id"]), dtype=np.int32 if "amount" in name else np.int8) for name, unit in made.OUT}
    cpu = time.process_time()
    made.work(offsets["person"][:2], offsets["supporter"], *columns, *out.values())
    compiled = time.process_time() - cpu
    measured = []
    for _ in range(repeats):
        cpu = time.process_time()
        made.work(offsets["person"], offsets["supporter"], *columns, *out.values())
        measured.append(time.process_time() - cpu)
    differ = {}
    for unit, names in RESULTS.items():
        ours = np.load(folder / f"ours.{unit}.npy")
        found = [column for (name, its), column in zip(made.OUT, out.values(), strict=True) if its == unit]
        order = [name for name, its in made.OUT if its == unit]
        for place, (name, column) in enumerate(zip(order, found, strict=True)):
            if wrong := int((ours[place] != column).sum()):
                differ[f"{name} ({names[3 + place]})"] = wrong
    return {"cpu": measured, "compiled": compiled, "differ": differ, "peak_mib": peak_mib()}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
