"""Our own asking side, started by the suite: ``trigger.py <folder> <port>``; POST /search and /subscribe send one message each.

It asks whomever ``ANMIN_REGISTRIES_PATH`` names (the suite's mock registry), about somebody of the county who consented, by
the same code that asks other offices.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from uuid import uuid4

from anmin.cli.demo import live_in, refuse_unbuilt


def search() -> str:
    """What became of a question about one person: blank, or what was wrong."""
    from anmin.ground.verification.models import RegistryQuestion
    from anmin.ground.verification.questions import put
    from anmin.ground.verification.sending import send

    put("vehicles", [(_inquiry(), _person())])
    return send(RegistryQuestion.objects.latest("id")).problem


def subscribe() -> str:
    """What became of a subscription about one person: blank, or what was wrong."""
    from anmin.base import clock
    from anmin.ground.verification.models import RegistryWatch
    from anmin.ground.verification.sending import watch_due

    RegistryWatch.objects.all().delete()
    RegistryWatch.objects.create(
        source="deaths",
        person_id=_person(),
        reference_id=str(uuid4()),
        transaction_id=str(uuid4()),
        put_on=clock.today(),
        next_try_at=clock.true_instant(),
    )
    watch_due()
    return RegistryWatch.objects.get().problem


def _inquiry() -> int:
    from anmin.ground.verification.models import Inquiry

    return int(Inquiry.objects.latest("id").pk)


def _person() -> int:
    """Somebody whose letter names every source."""
    from anmin.base import clock
    from anmin.ground.verification.models import Consent

    today = clock.today()
    held = Consent.objects.filter(
        valid_from__lte=today, valid_until__gte=today, withdrawn_on__isnull=True, person__identity_cipher__isnull=False
    )
    return int(next(each.person_id for each in held.order_by("id") if {"vehicles", "deaths"} <= set(each.sources)))


class Trigger(BaseHTTPRequestHandler):
    """Sends what is asked for, and tells how it was received."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        problem = {"/search": search, "/subscribe": subscribe}[self.path]()
        content = json.dumps({"ack_status": "ERR" if problem else "ACK", "error": problem}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


if __name__ == "__main__":
    refuse_unbuilt(*live_in("tiny", Path(sys.argv[1])))
    HTTPServer(("127.0.0.1", int(sys.argv[2])), Trigger).serve_forever()
