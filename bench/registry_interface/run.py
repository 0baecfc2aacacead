"""The public compliance suite, run as it stands against a copy of the demo county: ``run.py <folder> <suite>``.

Prints each requirement that did not pass and why, and how many of how many passed, by profile; 1 where one did not.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from anmin.cli.demo import live_in, refuse_unbuilt

CLIENT = "test-client"
HOUSEHOLD = "TEST-001"
CALLBACK_PORT = 3336
RUNS = (
    ("registry", "not @profile=spmis-subscriber and not @profile=spmis-client", "social"),
    ("subscriber", "@profile=spmis-subscriber", "back"),
    ("client", "@profile=spmis-client", "social"),
)


def stage(folder: Path) -> str:
    """The household and the machine that the suite speaks of are in the county; a token of the machine."""
    from datetime import date

    from django.core.management import call_command

    from anmin.base import clock
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.areas.models import Area
    from anmin.ground.people.models import Household
    from anmin.ground.registry import actions, queries
    from anmin.ground.registry.vocabulary import Register

    call_command("migrate", verbosity=0)
    today = clock.today()
    home = Household.objects.filter(members__isnull=False).order_by("id").first()
    assert home is not None, "the county has no household"
    Household.objects.filter(pk=home.pk).update(number=HOUSEHOLD)
    machine = actions.register_client(
        client_id=CLIENT,
        name="合规测试",
        registers=list(Register),
        areas=list(Area.objects.filter(parent__isnull=True)),
        basis="合规测试",
        purpose="合规测试",
        purpose_code="TEST",
        needs_consent=False,
        callback_uri=f"http://127.0.0.1:{CALLBACK_PORT}/",
        placeholder="unsigned unsigned-stub",
        valid_from=today,
        valid_until=date(today.year + 1, today.month, 1),
        actor=SYSTEM,
        on=today,
    )
    token = queries.token(CLIENT, machine.secret or "", actor=SYSTEM, now=int(time.time()), on=today)
    assert token is not None, "the machine got no token"
    return token


def run(suite: Path, tags: str, base: str, token: str, results: Path) -> list[dict[str, Any]]:
    """The scenarios with these tags, as the suite reports them."""
    wanted = {
        "DOMAIN": "social",
        "API_BASE_URL": base,
        "DCI_AUTH_TOKEN": token,
        "CALLBACK_SERVER_ENABLED": "true",
        "CALLBACK_SERVER_PORT": str(CALLBACK_PORT),
        "CALLBACK_WAIT_MS": "20000",
        "QUIET_LOGS": "1",
    }
    command = ["npx", "cucumber-js", "--config", "cucumber.cjs", "--tags", tags, "--format", f"json:{results}"]
    subprocess.run(command, cwd=suite, env=os.environ | wanted, check=False, stdout=subprocess.DEVNULL)
    features: list[dict[str, Any]] = json.loads(results.read_text(encoding="utf-8"))
    return [scenario for feature in features for scenario in feature["elements"]]


def told(scenarios: list[dict[str, Any]]) -> tuple[int, int, int, int]:
    """Scenarios and requirements, passed and in all; those that did not pass are printed with the first reason."""
    by_requirement: dict[str, list[bool]] = defaultdict(list)
    passed = 0
    for each in scenarios:
        wrong = [step for step in each["steps"] if step["result"]["status"] != "passed"]
        names = [tag["name"].removeprefix("@req=") for tag in each["tags"] if tag["name"].startswith("@req=")]
        passed += not wrong
        for name in names:
            by_requirement[name].append(not wrong)
        if wrong:
            words = wrong[0]["result"].get("error_message", wrong[0]["result"]["status"]).splitlines()
            print(f"  {'、'.join(names)} {each['name']}: {wrong[0].get('name', 'hook')}: {' '.join(words[:3])[:300]}")
    met = sum(all(each) for each in by_requirement.values())
    return passed, len(scenarios), met, len(by_requirement)


def serving(folder: Path, port: int, log: Path) -> "subprocess.Popen[bytes]":
    """The county's server, once it answers."""
    command = [
        sys.executable,
        "-m",
        "anmin.cli",
        "demo",
        "serve",
        "--scenario",
        "tiny",
        "--folder",
        str(folder),
        "--port",
        str(port),
    ]
    wanted = {"ANMIN_DCI_REQUESTS_PER_MINUTE": "6000"}
    with log.open("wb") as told:
        server = subprocess.Popen(command, env=os.environ | wanted, stdout=told, stderr=told)
    for _ in range(120):
        try:
            with urlopen(f"http://127.0.0.1:{port}/api/dci/openapi.json"):
                return server
        except HTTPError:
            return server
        except (URLError, OSError):
            time.sleep(0.5)
    server.kill()
    raise SystemExit("the server did not start")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main(folder: Path, suite: Path) -> int:
    missed = 0
    with tempfile.TemporaryDirectory(prefix="anmin-dci-") as made:
        county = Path(made) / "county"
        shutil.copytree(folder, county)
        refuse_unbuilt(*live_in("tiny", county))
        token, port = stage(county), free_port()
        server = serving(county, port, Path(made) / "server.log")
        try:
            for name, tags, place in RUNS:
                base = f"http://127.0.0.1:{port}/api/dci/{place}/"
                passed, scenarios, met, requirements = told(run(suite, tags, base, token, Path(made) / f"{name}.json"))
                missed += scenarios - passed
                print(f"{name}: {passed} of {scenarios} scenarios, {met} of {requirements} requirements")
        finally:
            server.terminate()
            server.wait(timeout=20)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]).resolve()))
