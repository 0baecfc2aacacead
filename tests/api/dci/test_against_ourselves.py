"""Our client asks our server: the two sides, written apart, understand each other; and no question breaks the door."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import yaml
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anmin.ground.verification.registry_interface import ask, connections
from tests.api.registry_stage import Stage, number_of
from tests.conftest import TODAY
from tests.listening import Listener, listening


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


def served(stage: Stage, path: str, body: Any) -> tuple[int, Any]:
    """What our server answers to what our client sent. The bearer is the machine's own: the listener keeps no headers for it."""
    if path == "/oauth2/token":
        form = {name: values[0] for name, values in parse_qs(body).items()}
        given_back = Client().post(f"/api/dci{path}", body, content_type="application/x-www-form-urlencoded")
        assert form["grant_type"] == "client_credentials"
        return given_back.status_code, given_back.json()
    answer = stage.machine.post(path.removeprefix("/"), body)
    return answer.status_code, answer.json()


def people(*persons: Any) -> list[dict[str, Any]]:
    return [
        {"person_id": each.pk, "name": each.name, "identity_number": number_of(each), "birth_date": each.birth_on.isoformat()}
        for each in persons
    ]


def test_our_client_understands_our_server(stage: Stage, listener: Listener, tmp_path: Path, settings: Any) -> None:
    """The test's database belongs to this thread, so what the client sends is recorded first and answered from here."""
    (tmp_path / "secret").write_text(stage.client.secret or "")
    said = {
        "url": f"{listener.url}/dr", "token_url": f"{listener.url}/oauth2/token", "client_id": "hrss.haian",
        "secret_file": str(tmp_path / "secret"), "receiver_id": "anmin", "purpose_code": "EMPLOYMENT",
        "fields": {
            "name": "demographic_info.name.full_name",
            "identity_number": "member_identifier.0.identifier_value",
            "birth_on": "demographic_info.birth_date",
            "kind": "disability_details.0.disability_type",
            "grade": "disability_details.0.disability_grade",
        },
    }  # fmt: skip
    (tmp_path / "registries.yaml").write_text(yaml.safe_dump({"disability_cards": said}))
    settings.REGISTRIES_PATH = tmp_path / "registries.yaml"
    asked = people(stage.head, stage.neighbour)
    recorded: list[Any] = []
    listener.answers = lambda path, body: recorded.append((path, body)) or (200, {"access_token": "x"})
    ask(connections()["disability_cards"], asked, ground="某法第一条", consented_on={}, on=TODAY)
    (token_path, form), (path, body) = recorded
    assert served(stage, token_path, form)[0] == 200
    status, answer = served(stage, path, body)
    assert status == 200, answer
    # The second time the client gets what our server answered, under the names it now gives its questions.
    references = [each["reference_id"] for each in body["message"]["search_request"]]

    def again(path: str, body: Any) -> tuple[int, Any]:
        if path == "/oauth2/token":
            return 200, {"access_token": "x"}
        text = json.dumps(answer)
        for old, new in zip(references, body["message"]["search_request"], strict=True):
            text = text.replace(old, new["reference_id"])
        told = json.loads(text)
        told["message"]["transaction_id"] = body["message"]["transaction_id"]
        return 200, told

    listener.answers = again
    found = ask(connections()["disability_cards"], asked, ground="某法第一条", consented_on={}, on=TODAY)
    assert (found.answered, found.failed) == ({stage.head.pk, stage.neighbour.pk}, {})
    (row,) = found.rows.to_pylist()
    assert (row["name"], row["kind"], row["grade"], row["birth_on"]) == ("卢德才", "visual", 1, "1955-01-31")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["age", "birth_date", "$and", "$not", "$lt", "in", "UIN", "HOUSEHOLD_ID", "name", "0000-00-00", "9999999"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["$and", "$or", "$not", "$lt", "$in", "age", "name", "group_size", "type", "value", "expression", "query",
                         "expression1", "attribute_name", "operator", "attribute_value", "condition", "collection"]),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(query=_JSON, kind=st.sampled_from(["idtype-value", "expression", "predicate"]), register=st.sampled_from(["social", "dr"]))
def test_no_query_breaks_the_door(stage: Stage, settings: Any, query: Any, kind: str, register: str) -> None:
    settings.DCI_REQUESTS_PER_MINUTE = 10_000
    answer = stage.machine.search({"query_type": kind, "query": query}, register=register)
    assert answer.status_code in (200, 400), answer.content
    if answer.status_code == 200:
        (item,) = answer.json()["message"]["search_response"]
        assert item["status"] in ("succ", "rjct")
