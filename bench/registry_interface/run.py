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
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import yaml

from anmin.cli.demo import live_in, refuse_unbuilt

CLIENT = "test-client"
HOUSEHOLD = "TEST-001"
CALLBACK_PORT = 3336
MOCK_PORT = 3335
RUNS = (
    ("registry", "not @profile=spmis-subscriber and not @profile=spmis-client", "social", False),
    ("subscriber", "@profile=spmis-subscriber", "back", False),
    ("subscriber, message required", "@profile=spmis-subscriber", "back", True),
    ("client", "@profile=spmis-client", "social", False),
)
"""Name, tags, which of our addresses, and whether by the description of the interface that is free of the contradiction below."""
IMPOSSIBLE = {
    # These take the message out and expect that to break the description, which asks for the header only; no request is sent.
    "SR-CORE-SP-ON-SEARCH-NEG-01": "the suite's own description does not require what it takes away",
    "SR-CORE-SP-TXN-ON-STATUS-NEG-01": "the suite's own description does not require what it takes away",
    "SR-CORE-SP-NOTIFY-NEG-01": "the suite's own description does not require what it takes away",
    # Its last step is found among those of another feature, which looks at a recording that this one never makes.
    "SP-CORE-CL-CONTENTTYPE-01": "the suite's own steps clash",
}
"""By requirement, why nobody can pass its scenario."""
PACE = {"ANMIN_DCI_REQUESTS_PER_MINUTE": "6000"}
FIELDS = {"name": "name.full_name", "identity_number": "identifier.0.identifier_value"}


def stage() -> tuple[str, str]:
    """The household and the machine that the suite speaks of are in the county; the machine's secret and a token of it."""
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
    return machine.secret or "", token


def connections(folder: Path, secret: str, port: int) -> Path:
    """The file by which our asking side takes the suite's mock registry for that of another office."""
    (folder / "secret").write_text(secret)
    common = {
        "url": f"http://127.0.0.1:{MOCK_PORT}/",
        "token_url": f"http://127.0.0.1:{port}/api/dci/oauth2/token",
        "client_id": CLIENT,
        "secret_file": str(folder / "secret"),
        "receiver_id": "mock-registry",
        "purpose_code": "TEST",
        "callback_uri": f"http://127.0.0.1:{port}/api/dci/back",
        "caller": CLIENT,
    }
    said = {
        "vehicles": {**common, "fields": {**FIELDS, "plate": "plate"}},
        "deaths": {**common, "watched_event": "DEATH", "fields": {**FIELDS, "died_on": "death_date"}},
    }
    path = folder / "registries.yaml"
    path.write_text(yaml.safe_dump(said))
    return path


def with_messages_required(suite: Path, folder: Path) -> Path:
    """The suite's description of the interface in which everything that is sent back has a message."""
    said = yaml.safe_load((suite / "spec" / "social_api_v1.0.0.yaml").read_text(encoding="utf-8"))
    for path in ("on-search", "txn/on-status", "notify"):
        body = said["paths"][f"/registry/{path}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        body["required"] = ["header", "message"]
    found = folder / "required.yaml"
    found.write_text(yaml.safe_dump(said), encoding="utf-8")
    return found


def run(suite: Path, tags: str, results: Path, **wanted: str) -> list[dict[str, Any]]:
    """The scenarios with these tags, as the suite reports them."""
    command = ["npx", "cucumber-js", "--config", "cucumber.cjs", "--tags", tags, "--format", f"json:{results}"]
    subprocess.run(command, cwd=suite, env=os.environ | wanted, check=False, stdout=subprocess.DEVNULL)
    features: list[dict[str, Any]] = json.loads(results.read_text(encoding="utf-8"))
    return [scenario for feature in features for scenario in feature["elements"]]


def told(scenarios: list[dict[str, Any]]) -> tuple[str, int]:
    """How many passed of how many, and how many others somebody could pass; those are printed with the first reason."""
    by_requirement: dict[str, list[bool]] = defaultdict(list)
    passed = missed = 0
    for each in scenarios:
        wrong = [step for step in each["steps"] if step["result"]["status"] != "passed"]
        names = [tag["name"].removeprefix("@req=") for tag in each["tags"] if tag["name"].startswith("@req=")]
        passed += not wrong
        for name in names:
            by_requirement[name].append(not wrong)
        if wrong:
            missed += not IMPOSSIBLE.keys() & set(names)
            words = wrong[0]["result"].get("error_message", wrong[0]["result"]["status"]).splitlines()
            why = next((IMPOSSIBLE[name] for name in names if name in IMPOSSIBLE), " ".join(words[:3])[:300])
            print(f"  {'、'.join(names)} {each['name']}: {wrong[0].get('name', 'hook')}: {why}")
    met = sum(all(each) for each in by_requirement.values())
    return f"{passed} of {len(scenarios)} scenarios, {met} of {len(by_requirement)} requirements", missed


def started(command: list[str], url: str, log: Path, cwd: Path | None = None, **wanted: str) -> "subprocess.Popen[bytes]":
    """A server, once it answers at the address."""
    with log.open("wb") as told:
        server = subprocess.Popen(command, cwd=cwd, env=os.environ | wanted, stdout=told, stderr=told)
    for _ in range(120):
        try:
            with urlopen(url):  # noqa: S310 -- an address of this machine, made above
                return server
        except HTTPError:
            return server
        except (URLError, OSError):
            time.sleep(0.5)
    server.kill()
    raise SystemExit(f"{command[-1]} did not start: {log.read_text(encoding='utf-8')[-500:]}")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def main(folder: Path, suite: Path) -> int:
    missed = 0
    with tempfile.TemporaryDirectory(prefix="anmin-dci-") as made, ExitStack() as running:
        work = Path(made)
        county = work / "county"
        shutil.copytree(folder, county)
        refuse_unbuilt(*live_in("tiny", county))
        (secret, token), port, trigger = stage(), free_port(), free_port()
        ours = [sys.executable, "-m", "anmin.cli", "demo", "serve", "--scenario", "tiny", "--folder", str(county)]
        asking = [sys.executable, str(Path(__file__).with_name("trigger.py")), str(county), str(trigger)]
        mock = ["node", "common/mock-server/server.mjs"]
        registries = {"ANMIN_REGISTRIES_PATH": str(connections(work, secret, port))}
        for command, url, cwd, wanted in (
            ([*ours, "--port", str(port)], f"http://127.0.0.1:{port}/api/dci/openapi.json", None, registries | PACE),
            (mock, f"http://127.0.0.1:{MOCK_PORT}/admin/healthcheck", suite, {"DOMAIN": "social"}),
            (asking, f"http://127.0.0.1:{trigger}/", None, registries),
        ):
            server = started(command, url, work / "server.log", cwd, **wanted)
            running.callback(server.wait, timeout=20)
            running.callback(server.terminate)
        for name, tags, place, required in RUNS:
            given = {
                "DOMAIN": "social",
                "API_BASE_URL": f"http://127.0.0.1:{port}/api/dci/{place}/",
                "DCI_AUTH_TOKEN": token,
                "CALLBACK_SERVER_ENABLED": "true",
                "CALLBACK_SERVER_PORT": str(CALLBACK_PORT),
                "CLIENT_TRIGGER_URL": f"http://127.0.0.1:{trigger}",
                "QUIET_LOGS": "1",
            }
            if required:
                given["OPENAPI_SPEC_PATH"] = str(with_messages_required(suite, work))
            words, short = told(run(suite, tags, work / "results.json", **given))
            missed += short
            print(f"{name}: {words}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]).resolve()))
