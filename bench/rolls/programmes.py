"""All rolls of the demonstration's half-year, every programme, as its staff generate, check and approve them.

    python bench/rolls/programmes.py [2024H1]

Plays the whole demonstration in a folder of its own, since a roll is a difference against what stood before it, and adds up the
rolls alone: processor seconds and seconds by the clock.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))
GOAL = 60


def measure(name: str, folder: Path) -> dict[str, Any]:
    """Seconds by programme and by what was done with its rolls, and the lines that were written."""
    from anmin.cli.demo import live_in

    scenario, place = live_in(name, folder)
    from anmin.demo import build, player, story
    from anmin.ground.payments.models import RollLine

    spent: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0, 0]))
    kinds = {story.GENERATE: "generate", story.CHECK: "check", story.APPROVE: "approve"}
    played = player.Player.play

    def timed(self: player.Player, entry: story.Entry) -> None:
        if entry.what not in kinds:
            played(self, entry)
            return
        clock, used = time.perf_counter(), time.process_time()
        played(self, entry)
        each = spent[entry.about.partition("|")[0]][kinds[entry.what]]
        each[0] += time.process_time() - used
        each[1] += time.perf_counter() - clock
        each[2] += 1

    player.Player.play = timed  # type: ignore[method-assign]  # what is measured is what the demonstration plays
    place.folder.mkdir(parents=True, exist_ok=True)
    build.plan_and_write(scenario, place)
    build.play_files(scenario, place, lambda what, done, total: None)
    rows = [
        {"programme": benefit, "what": what, "rolls": int(each[2]), "cpu_s": round(each[0], 2), "clock_s": round(each[1], 2)}
        for benefit, of in sorted(spent.items())
        for what, each in of.items()
    ]
    total = {what: round(sum(row["cpu_s"] for row in rows if row["what"] == what), 2) for what in kinds.values()}
    clock = round(sum(row["clock_s"] for row in rows if row["what"] == "generate"), 2)
    return {"scenario": name, "lines": RollLine.objects.count(), "cpu_s": total, "generate_clock_s": clock, "rolls": rows}


if __name__ == "__main__":
    where = Path(tempfile.mkdtemp(prefix="anmin-programmes-"))
    try:
        made = measure(sys.argv[1] if len(sys.argv) > 1 else "2024H1", where / "demo")
    finally:
        shutil.rmtree(where)
    made["load"] = [round(each, 1) for each in os.getloadavg()]
    print(json.dumps(made, ensure_ascii=False, indent=2))
    print(f"all rolls generated in {made['cpu_s']['generate']} processor seconds; the goal is {GOAL}", file=sys.stderr)
    sys.exit(made["cpu_s"]["generate"] > GOAL)
