"""How long our asking side takes about a whole roll at our own server: ``pace.py <folder> <scenario> <persons>``.

Works on a copy. The disability register is asked by `registry/sync/search`, twenty persons a message, one message
after another.
"""

import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import yaml
from run import free_port, started

from anmin.cli.demo import live_in, refuse_unbuilt

CLIENT = "pace.client"
FIELDS = {
    "name": "demographic_info.name.full_name",
    "identity_number": "member_identifier.0.identifier_value",
    "birth_on": "demographic_info.birth_date",
    "kind": "disability_details.0.disability_type",
    "grade": "disability_details.0.disability_grade",
}


def secret_of_a_machine() -> str:
    """The secret of a machine that may ask everything in the whole county."""
    from django.core.management import call_command

    from anmin.base import clock
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.areas.models import Area
    from anmin.ground.registry import actions
    from anmin.ground.registry.vocabulary import Register

    call_command("migrate", verbosity=0)
    today = clock.today()
    machine = actions.register_client(
        client_id=CLIENT,
        name="测速",
        registers=list(Register),
        areas=list(Area.objects.filter(parent__isnull=True)),
        basis="测速",
        purpose="测速",
        purpose_code="TEST",
        needs_consent=False,
        identity_numbers=True,
        callback_uri="",
        valid_from=today,
        valid_until=date(today.year + 1, today.month, 1),
        actor=SYSTEM,
        on=today,
    )
    return machine.secret or ""


def main(folder: Path, scenario: str, most: int) -> int:
    with tempfile.TemporaryDirectory(prefix="anmin-pace-") as made, ExitStack() as running:
        work = Path(made)
        county = work / "county"
        shutil.copytree(folder, county)
        refuse_unbuilt(*live_in(scenario, county))
        (work / "secret").write_text(secret_of_a_machine())
        port = free_port()
        said = {
            "url": f"http://127.0.0.1:{port}/api/dci/dr/",
            "token_url": f"http://127.0.0.1:{port}/api/dci/oauth2/token",
            "client_id": CLIENT,
            "secret_file": str(work / "secret"),
            "receiver_id": "anmin",
            "purpose_code": "TEST",
            "fields": FIELDS,
        }
        (work / "registries.yaml").write_text(yaml.safe_dump({"disability_cards": said}))
        ours = [sys.executable, "-m", "anmin.cli", "demo", "serve", "--scenario", scenario, "--folder", str(county)]
        pace = {"ANMIN_DCI_REQUESTS_PER_MINUTE": "1000000"} if "--no-limit" in sys.argv else {}
        url = f"http://127.0.0.1:{port}/api/dci/openapi.json"
        server = started([*ours, "--port", str(port)], url, work / "server.log", None, **os.environ, **pace)
        running.callback(server.wait, timeout=20)
        running.callback(server.terminate)
        return asked(work / "registries.yaml", most)


def asked(registries: Path, most: int) -> int:
    from django.conf import settings

    from anmin.base import clock
    from anmin.ground.people.models import HouseholdMember
    from anmin.ground.verification.persons import persons_table
    from anmin.ground.verification.registry_interface import ask, connections

    settings.REGISTRIES_PATH = registries
    rows = HouseholdMember.objects.filter(superseded_at__isnull=True).order_by("id").values_list("person_id", "household_id")
    persons = persons_table(dict(list(dict(rows).items())[:most])).to_pylist()
    began = time.monotonic()
    answer = ask(connections()["disability_cards"], persons, ground="测速", consented_on={}, on=clock.today())
    took = time.monotonic() - began
    print(f"{len(persons)} persons, {len(answer.answered)} answered, {answer.rows.num_rows} records: {took:.1f} s")
    return 0 if len(answer.answered) == len(persons) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
