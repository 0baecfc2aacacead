"""A process killed while it generates a roll leaves the whole roll with its audit line, or nothing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[3]


@pytest.mark.capability("SA-18")
def test_a_killed_process_leaves_the_roll_complete_or_absent(tmp_path: Path) -> None:
    found = on_postgresql() if connection.vendor == "postgresql" else run(f"sqlite:///{tmp_path}/county.sqlite3")
    complete = found["complete"]
    assert complete == [1, 400, 1]
    assert {tuple(each) for each in found["after_kill"]} <= {(0, 0, 0), (1, 400, 1)}
    assert (0, 0, 0) in {tuple(each) for each in found["after_kill"]}


def run(address: str) -> dict[str, list[list[int]]]:
    script = Path(__file__).with_name("killed_roll.py")
    done = subprocess.run(  # noqa: S603  our own script
        [sys.executable, str(script), address],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    made: dict[str, list[list[int]]] = json.loads(done.stdout)
    return made


def on_postgresql() -> dict[str, list[list[int]]]:
    import psycopg

    kept = settings.DATABASES["default"]
    server = {"host": kept["HOST"], "port": kept["PORT"], "user": kept["USER"], "password": kept["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as own:
        own.execute("DROP DATABASE IF EXISTS anmin_killed_roll WITH (FORCE)")
        own.execute("CREATE DATABASE anmin_killed_roll")
        try:
            return run("postgresql://{user}:{password}@{host}:{port}/anmin_killed_roll".format(**server))
        finally:
            own.execute("DROP DATABASE IF EXISTS anmin_killed_roll WITH (FORCE)")
