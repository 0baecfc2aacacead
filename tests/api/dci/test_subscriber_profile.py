"""The social profile's other two roles, by the ids of the public compliance suite: who receives what is sent back, and who asks.

That an answer to a question of ours is taken, and what follows, `test_answers_sent_back.py` and `test_events_told_to_us.py` show.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from anmin.base.dci.posting import NotAnswered, post_json
from anmin.ground.verification.registry_interface import Connection, connections, messages
from anmin.ground.verification.registry_interface.answers import accepted
from tests.api.dci.test_answers_sent_back import OURS
from tests.api.dci.test_social_profile import Response
from tests.api.registry_stage import Stage
from tests.ground.verification.registry_interface.test_asking import PERSONS, declare
from tests.listening import Listener, listening


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _search() -> dict[str, Any]:
    item = {"reference_id": "ref-1", "timestamp": _now(), "status": "succ", "data": {"version": "1.0.0", "reg_records": []}}
    return {"transaction_id": str(uuid4()), "correlation_id": str(uuid4()), "search_response": [item]}


def _subscribe() -> dict[str, Any]:
    told = [{"code": "sub-1", "status": "subscribe", "timestamp": _now()}]
    item = {"reference_id": "ref-1", "timestamp": _now(), "status": "succ", "subscriptions": told}
    return {"transaction_id": str(uuid4()), "correlation_id": str(uuid4()), "subscribe_response": [item]}


def _unsubscribe() -> dict[str, Any]:
    return {
        "transaction_id": str(uuid4()), "correlation_id": str(uuid4()), "timestamp": _now(), "status": "succ",
        "subscription_status": [{"code": "sub-test-001", "status": "unsubscribe"}],
    }  # fmt: skip


def _status() -> dict[str, Any]:
    told = {"transaction_id": str(uuid4()), "correlation_id": str(uuid4()), "search_response": []}
    return {
        "transaction_id": str(uuid4()), "correlation_id": str(uuid4()),
        "txnstatus_response": {"txn_type": "search", "txn_status": told},
    }  # fmt: skip


def _notice() -> dict[str, Any]:
    data = {"version": "1.0.0", "reg_record_type": "SRPerson", "reg_records": {}}
    return {"transaction_id": str(uuid4()), "notify_event": [{"reference_id": "ref-1", "timestamp": _now(), "data": data}]}


BACKS = {
    "ON-SEARCH": ("on-search", "on-search", _search),
    "ON-SUBSCRIBE": ("on-subscribe", "on-subscribe", _subscribe),
    "ON-UNSUBSCRIBE": ("on-unsubscribe", "on-unsubscribe", _unsubscribe),
    "TXN-ON-STATUS": ("txn/on-status", "txn-on-status", _status),
    "NOTIFY": ("notify", "notify", _notice),
}


def sent(stage: Stage, name: str, **changed: Any) -> tuple[str, dict[str, Any]]:
    path, action, message = BACKS[name]
    body = {"header": stage.machine.header(action, status="succ"), "message": message(), **changed}
    return f"back/registry/{path}", body


@pytest.mark.parametrize("name", BACKS)
def test_core_what_is_sent_back_is_answered_in_form_and_refused_where_nobody_asked(stage: Stage, name: str) -> None:
    """SR-CORE-SP-{ON-SEARCH,ON-SUBSCRIBE,ON-UNSUBSCRIBE,TXN-ON-STATUS,NOTIFY}-01."""
    answer = stage.machine.post(*sent(stage, name))
    said = Response.model_validate_json(answer.content).message
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, "application/json")
    assert said.error is not None
    assert (said.ack_status, said.error.code) == ("ERR", "err.request.not_found")


@pytest.mark.parametrize("name", BACKS)
def test_core_what_has_no_message_is_refused(stage: Stage, name: str) -> None:
    """SR-CORE-SP-…-NEG-01."""
    path, body = sent(stage, name)
    del body["message"]
    answer = stage.machine.post(path, body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "err.request.bad")


@pytest.mark.parametrize("name", BACKS)
def test_security_what_bears_no_token_is_refused(stage: Stage, name: str) -> None:
    """SR-SEC-AUTH-SP-{ON-SEARCH,ON-SUBSCRIBE,ON-UNSUBSCRIBE,TXN-ON-STATUS,NOTIFY}-01."""
    answer = stage.machine.post(*sent(stage, name), token="")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (401, "err.request.unauthorized")


@pytest.mark.parametrize("name", BACKS)
def test_security_an_invalid_signature_is_refused(stage: Stage, name: str) -> None:
    """SR-SEC-SIG-SP-01, tried on all of them."""
    answer = stage.machine.post(*sent(stage, name, signature="a..b"))
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "err.signature.invalid")


# --- the side that asks --------------------------------------------------------------------------------------------


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


@pytest.fixture
def connection(listener: Listener, tmp_path: Path, settings: Any) -> Connection:
    fields = {"name": "name", "identity_number": "number", "died_on": "death_date"}
    declare(
        listener, tmp_path, settings, source="deaths", each=None, fields=fields, record_type="Person",
        callback_uri=OURS, caller="hrss.haian", watched_event="DEATH",
    )  # fmt: skip
    return connections()["deaths"]


def bodies(connection: Connection) -> dict[str, dict[str, Any]]:
    one = {"r-1": PERSONS[0]}
    return {
        "search": messages.search(connection, one, transaction_id="t-1", ground="某法", consented_on={}),
        "subscribe": messages.subscribe(connection, one, transaction_id="t-1", ground="某法"),
        "unsubscribe": messages.unsubscribe(connection, ["sub-1"], transaction_id="t-1"),
    }


@pytest.mark.parametrize(
    ("action", "back", "held"),
    [
        ("search", "registry/on-search", "search_request"),
        ("subscribe", "registry/on-subscribe", "subscribe_request"),
        ("unsubscribe", "registry/on-unsubscribe", "subscription_codes"),
    ],
)
def test_core_client_messages_say_who_asks_whom_and_where_the_answer_goes(
    connection: Connection, action: str, back: str, held: str
) -> None:
    """SP-CORE-CL-{SEARCH,SUBSCRIBE,UNSUBSCRIBE,HEADER-VERSION,HEADER-SENDERID,HEADER-RECEIVERID,HEADER-SENDERURI,MSG-TXNID}-01."""
    body = bodies(connection)[action]
    header = {
        name: body["header"][name]
        for name in ("version", "action", "sender_id", "receiver_id", "sender_uri", "total_count", "is_msg_encrypted")
    }
    assert header == {
        "version": "1.0.0", "action": action, "sender_id": "mzj.haian", "receiver_id": "jgj", "sender_uri": f"{OURS}/{back}",
        "total_count": 1, "is_msg_encrypted": False,
    }  # fmt: skip
    assert body["message"]["transaction_id"] == "t-1"
    assert len(body["message"][held]) == 1


def test_core_client_asks_by_identity_number(connection: Connection) -> None:
    """SP-CORE-CL-QUERY-IDTYPE-01; we ask about persons only, so no expressions and no predicates."""
    criteria = bodies(connection)["search"]["message"]["search_request"][0]["search_criteria"]
    assert (criteria["query_type"], criteria["query"]) == (
        "idtype-value", {"type": "NationalID", "value": PERSONS[0]["identity_number"]},
    )  # fmt: skip


def test_core_client_sends_json_with_its_token_and_understands_both_answers(connection: Connection, listener: Listener) -> None:
    """SP-CORE-CL-{CONTENTTYPE,SEARCH-ACK,SEARCH-ERR}-01, SP-SEC-CL-AUTH-01."""

    def sent() -> dict[str, Any]:
        return accepted(post_json(connection.at("registry/search"), bodies(connection)["search"], seconds=5, token="t0ken"))

    assert sent()["message"]["ack_status"] == "ACK"
    (_, headers, _) = listener.got[0]
    assert (headers["Content-Type"], headers["Authorization"]) == ("application/json; charset=utf-8", "Bearer t0ken")
    error = {"ack_status": "ERR", "error": {"code": "err.request.bad", "message": "no"}}
    listener.answers = lambda path, body: (200, {"message": error})
    with pytest.raises(NotAnswered) as refused:
        sent()
    assert refused.value.sentence == "对方拒绝了查询（err.request.bad）"
