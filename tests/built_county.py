"""The smallest county as `anmin demo build` leaves it: built by whoever needs it first, once for the whole suite."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

ANMIN = (sys.executable, "-m", "anmin.cli.__main__")


def environment(folder: Path) -> dict[str, str]:
    """No settings but these: a command in a process of its own lives in that folder."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("ANMIN_", "DJANGO_"))},
        "DJANGO_SETTINGS_MODULE": "anmin.settings.dev",
        "ANMIN_DATA_DIR": str(folder),
        "ANMIN_LOG_LEVEL": "WARNING",
    }


def built_once(where: Path) -> Path:
    """The folder of the tiny county, for looking at and copying; whoever comes while it is being built waits."""
    built = where / "built"
    with (where / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (built / "whole").exists():
            subprocess.run([*ANMIN, "demo", "build", "--scenario", "tiny"], env=environment(built), check=True, timeout=400)  # noqa: S603  our own command
            (built / "whole").touch()
    return built
