"""The social profile, requirement by requirement, by the ids of the public compliance suite; each with a real answer behind it.

The shapes are those of the standard's OpenAPI description, written anew: what must be there, of which kind, from which list.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from anmin.base.dci.messages import AnswerEnvelope
from anmin.ground.registry import errands
from anmin.ground.registry.models import Subscription
from anmin.ground.registry.vocabulary import Fault
from tests.api.registry_stage import Machine, Stage, by_id, names, number_of
from tests.listening import Listener, listening

Code = Annotated[str, StringConstraints(min_length=1, max_length=99)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Error(Shape):
    code: Literal[tuple(each.value for each in Fault)]  # type: ignore[valid-type]  # the standard's list, as we hold it
    message: Annotated[str, StringConstraints(max_length=999)]


class Ack(Shape):
    ack_status: Literal["ACK", "NACK", "ERR"]
    timestamp: AwareDatetime
    correlation_id: Code
    error: Error | None = None


class Response(Shape):
    message: Ack


class Told(Shape):
    reference_id: str
    timestamp: AwareDatetime
    status: Literal["rcvd", "pdng", "succ", "rjct"]


class SubscriptionTold(Shape):
    code: Code
    status: Literal["subscribe", "unsubscribe"]
    timestamp: AwareDatetime


class SubscribeTold(Told):
    subscriptions: list[SubscriptionTold] = []


class OnSubscribe(Shape):
    transaction_id: Code
    correlation_id: Code
    subscribe_response: list[SubscribeTold] = Field(min_length=1)


class Ended(Shape):
    code: Code
    status: Literal["unsubscribe"]


class OnUnsubscribe(Shape):
    transaction_id: Code
    correlation_id: Code
    timestamp: AwareDatetime
    status: Literal["rcvd", "pdng", "succ", "rjct"]
    subscription_status: list[Ended] = []


class TxnStatus(Shape):
    transaction_id: Code
    correlation_id: Code
    search_response: list[Told]


class TxnTold(Shape):
    txn_type: Literal["search", "subscribe", "receipt"]
    txn_status: TxnStatus


class OnStatus(Shape):
    transaction_id: Code
    correlation_id: Code
    txnstatus_response: TxnTold


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


@pytest.fixture
def machine(stage: Stage, listener: Listener) -> Machine:
    """A machine on trial, as the suite is one: it cannot sign."""
    return stage.machine_of(stage.let_in("test-client", callback_uri=f"{listener.url}/", placeholder="unsigned-stub"))


def now() -> str:
    return datetime.now(UTC).isoformat()


def search(machine: Machine, stage: Stage, criteria: dict[str, Any] | None = None) -> dict[str, Any]:
    asked = criteria or by_id("UIN", number_of(stage.head))
    message = {"transaction_id": "t", "search_request": [{"reference_id": "r", "timestamp": now(), "search_criteria": asked}]}
    return {"signature": "unsigned-stub", **machine.message("search", message)}


def subscribe(machine: Machine, stage: Stage) -> dict[str, Any]:
    criteria = {
        "reg_event_type": "REGISTER", "filter": {"type": "UIN", "value": number_of(stage.head)}, "notify_record_type": "Member",
    }  # fmt: skip
    message = {
        "transaction_id": "t",
        "subscribe_request": [{"reference_id": "r", "timestamp": now(), "subscribe_criteria": criteria}],
    }
    return {"signature": "unsigned-stub", **machine.message("subscribe", message)}


def unsubscribe(machine: Machine, stage: Stage) -> dict[str, Any]:
    codes = list(Subscription.objects.values_list("code", flat=True)) or ["sub-test-001"]
    message = {"transaction_id": "t", "timestamp": now(), "subscription_codes": codes}
    return {"signature": "unsigned-stub", **machine.message("unsubscribe", message)}


def txn_status(machine: Machine, stage: Stage) -> dict[str, Any]:
    asked = {"reference_id": "q", "txn_type": "search", "attribute_type": "transaction_id", "attribute_value": "t"}
    message = {"transaction_id": "t2", "txnstatus_request": asked}
    return {"signature": "unsigned-stub", **machine.message("txn-status", message)}


Make = Callable[[Machine, Stage], dict[str, Any]]
OPERATIONS: dict[str, tuple[str, Make]] = {
    "ASYNC-SEARCH": ("registry/search", search),
    "ASYNC-SUBSCRIBE": ("registry/subscribe", subscribe),
    "ASYNC-UNSUBSCRIBE": ("registry/unsubscribe", unsubscribe),
    "ASYNC-TXNSTATUS": ("registry/txn/status", txn_status),
    "SYNC-SEARCH": ("registry/sync/search", search),
    "SYNC-TXNSTATUS": ("registry/sync/txn/status", txn_status),
}
QUERIES = {
    "EXPRESSION": {
        "query_type": "expression",
        "query": {
            "type": "ns:org:QueryType:expression",
            "value": {
                "expression": {
                    "collection": "Group",
                    "query": {"$and": [{"group_size": {"$lt": 5}}, {"location": {"$eq": "曲塘镇"}}]},
                }
            },
        },
    },
    "PREDICATE": {
        "query_type": "predicate",
        "query": [
            {
                "seq_num": 1,
                "expression1": {"attribute_name": "age", "operator": "lt", "attribute_value": "25"},
                "condition": "and",
                "expression2": {"attribute_name": "location", "operator": "eq", "attribute_value": "曲塘镇"},
            }
        ],
    },
}  # fmt: skip


def post(machine: Machine, path: str, body: Any, **more: Any) -> Any:
    answer = machine.post(f"social/{path}", body, **more)
    assert answer["Content-Type"].split(";")[0] == "application/json"
    return answer


@pytest.mark.parametrize("operation", [name for name in OPERATIONS if name.startswith("ASYNC")])
def test_core_async_operations_are_acknowledged(stage: Stage, machine: Machine, operation: str) -> None:
    """SR-CORE-RG-ASYNC-{SEARCH,SUBSCRIBE,UNSUBSCRIBE,TXNSTATUS}-01."""
    path, make = OPERATIONS[operation]
    answer = post(machine, path, make(machine, stage))
    assert answer.status_code == 200
    assert Response.model_validate(answer.json()).message.ack_status == "ACK"


def test_core_sync_operations_are_answered_with_real_records(stage: Stage, machine: Machine) -> None:
    """SR-CORE-RG-SYNC-SEARCH-01, SR-CORE-RG-SYNC-TXNSTATUS-01, SR-EXTRA-RG-SYNC-SEARCH-REGRECORDS-01."""
    answer = post(machine, "registry/sync/search", search(machine, stage)).json()
    told = TypeAdapter(AnswerEnvelope).validate_python(answer, strict=False)
    assert (told.header.action, told.header.status) == ("on-search", "succ")
    assert names(answer["message"]["search_response"][0]["data"]["reg_records"]) == ["顾长明"]
    status = post(machine, "registry/sync/txn/status", txn_status(machine, stage)).json()
    assert status["header"]["action"] == "txn-on-status"
    (before,) = OnStatus.model_validate(status["message"]).txnstatus_response.txn_status.search_response
    assert (before.reference_id, before.status) == ("r", "succ")


@pytest.mark.parametrize("kind", QUERIES)
def test_core_query_types_find_records_both_ways(stage: Stage, machine: Machine, listener: Listener, kind: str) -> None:
    """SR-CORE-RG-{SYNC,ASYNC}-SEARCH-{EXPRESSION,PREDICATE}-01."""
    at_once = post(machine, "registry/sync/search", search(machine, stage, QUERIES[kind])).json()
    assert Response.model_validate(post(machine, "registry/search", search(machine, stage, QUERIES[kind])).json())
    assert errands.deliver_due() == (1, 0)
    for answer in (at_once, listener.got[-1][2]):
        TypeAdapter(AnswerEnvelope).validate_python(answer, strict=False)
        (record,) = answer["message"]["search_response"][0]["data"]["reg_records"]
        if kind == "EXPRESSION":
            assert record["group_identifier"][0]["identifier_value"] == "HA000001"
        else:
            assert record["demographic_info"]["name"]["full_name"] == "顾小雨"


@pytest.mark.parametrize(
    ("operation", "path", "action", "shape"),
    [
        ("ASYNC-SUBSCRIBE", "/registry/on-subscribe", "on-subscribe", OnSubscribe),
        ("ASYNC-UNSUBSCRIBE", "/registry/on-unsubscribe", "on-unsubscribe", OnUnsubscribe),
        ("ASYNC-TXNSTATUS", "/registry/txn/on-status", "txn-on-status", OnStatus),
        ("ASYNC-SEARCH", "/registry/on-search", "on-search", None),
    ],
)
def test_core_workflows_call_back_with_matching_ids(
    stage: Stage, machine: Machine, listener: Listener, operation: str, path: str, action: str, shape: type[Shape] | None
) -> None:
    """SR-CORE-RG-ASYNC-{SEARCH,SUBSCRIBE,UNSUBSCRIBE,TXNSTATUS}-CB-01: the address is the sender's, the ids are the message's."""
    post(machine, "registry/sync/search", search(machine, stage))
    if operation == "ASYNC-UNSUBSCRIBE":
        post(machine, "registry/subscribe", subscribe(machine, stage))
        errands.deliver_due()
    where, make = OPERATIONS[operation]
    body = make(machine, stage)
    body["header"]["sender_uri"] = f"{listener.url}{path}"
    ack = Response.model_validate(post(machine, where, body).json()).message
    assert errands.deliver_due() == (1, 0)
    got, _, told = listener.got[-1]
    assert (got, told["header"]["action"], told["header"]["status"]) == (path, action, "succ")
    assert told["message"]["transaction_id"] == body["message"]["transaction_id"]
    assert told["message"]["correlation_id"] == ack.correlation_id
    if shape is None:
        TypeAdapter(AnswerEnvelope).validate_python(told, strict=False)
    else:
        shape.model_validate(told["message"])
    assert told["header"]["sender_id"] == "anmin"
    assert told["header"]["total_count"] == 1


@pytest.mark.parametrize("operation", OPERATIONS)
def test_core_invalid_and_unauthorised_messages_are_refused(stage: Stage, machine: Machine, operation: str) -> None:
    """SR-CORE-RG-…-NEG-01 and SR-SEC-AUTH-RG-…-01, each with the error in the standard's shape."""
    path, make = OPERATIONS[operation]
    body = make(machine, stage)
    for token in ("", "invalid-token"):
        refused = post(machine, path, body, token=token)
        assert refused.status_code == 401
        error = Response.model_validate(refused.json()).message.error
        assert error is not None
        assert error.code == "err.request.unauthorized"
    del body["message"]
    refused = post(machine, path, body)
    assert refused.status_code == 400
    assert Response.model_validate(refused.json()).message.ack_status == "ERR"


def test_security_an_invalid_signature_is_refused(stage: Stage, machine: Machine) -> None:
    """SR-SEC-SIG-RG-01."""
    refused = post(machine, "registry/search", {**search(machine, stage), "signature": "invalid-signature"})
    error = Response.model_validate(refused.json()).message.error
    assert refused.status_code == 400
    assert error is not None
    assert error.code == "err.signature.invalid"


# --- the features common to all profiles: formats, bounds, pages, headers ---------------------------------------------

FIRST = ("search_request", 0)
COMMON: dict[str, tuple[str, tuple[str | int, ...], Any, bool]] = {
    "DCI-VAL-FMT-TS-01": ("ASYNC-SEARCH", (*FIRST, "timestamp"), "not-a-timestamp", False),
    "DCI-VAL-FMT-TS-02": ("ASYNC-SEARCH", (*FIRST, "timestamp"), "2024-01-15T10:30:00.000Z", True),
    "DCI-VAL-FMT-TS-03": ("ASYNC-SUBSCRIBE", ("subscribe_request", 0, "timestamp"), "2024-01-15T10:30:00", False),
    "DCI-VAL-FMT-LOC-01": ("ASYNC-SEARCH", (*FIRST, "locale"), "eng", True),
    "DCI-VAL-FMT-LOC-02": ("ASYNC-SEARCH", (*FIRST, "locale"), "en", False),
    "DCI-VAL-FMT-LOC-03": ("ASYNC-SEARCH", (*FIRST, "locale"), "ENG", False),
    "DCI-VAL-BND-TXN-01": ("ASYNC-SEARCH", ("transaction_id",), "x" * 99, True),
    "DCI-VAL-BND-TXN-02": ("ASYNC-SEARCH", ("transaction_id",), "x" * 100, False),
    "DCI-VAL-BND-REF-01": ("ASYNC-SEARCH", (*FIRST, "reference_id"), "r" * 50, True),
    "DCI-VAL-BND-SUB-01": ("ASYNC-UNSUBSCRIBE", ("subscription_codes",), ["s" * 99], True),
    "DCI-VAL-BND-SUB-02": ("ASYNC-UNSUBSCRIBE", ("subscription_codes",), ["s" * 100], False),
    "DCI-CORE-PAG-01": ("ASYNC-SEARCH", (*FIRST, "pagination"), {"page_size": 10, "page_number": 1}, True),
    "DCI-CORE-PAG-02": ("SYNC-SEARCH", (*FIRST, "pagination"), {"page_size": 5, "page_number": 1}, True),
    "DCI-CORE-PAG-03": ("ASYNC-SEARCH", (*FIRST, "pagination"), {"page_size": 10, "page_number": 2}, True),
    "DCI-VAL-PAG-01": ("ASYNC-SEARCH", (*FIRST, "pagination"), {"page_size": 0, "page_number": 1}, False),
    "DCI-VAL-PAG-02": ("ASYNC-SEARCH", (*FIRST, "pagination"), {"page_size": 10, "page_number": 0}, False),
    "DCI-VAL-PAG-03": ("ASYNC-SEARCH", (*FIRST, "pagination"), {"page_size": -1, "page_number": 1}, False),
}


@pytest.mark.parametrize("requirement", COMMON)
def test_common_formats_bounds_and_pages(stage: Stage, machine: Machine, requirement: str) -> None:
    operation, place, value, is_taken = COMMON[requirement]
    path, make = OPERATIONS[operation]
    body = make(machine, stage)
    inner = body["message"]
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    answer = post(machine, path, body)
    if not is_taken:
        assert (answer.status_code, Response.model_validate(answer.json()).message.ack_status) == (400, "ERR")
    elif operation.startswith("SYNC"):
        assert (answer.status_code, answer.json()["header"]["status"]) == (200, "succ")
    else:
        assert (answer.status_code, Response.model_validate(answer.json()).message.ack_status) == (200, "ACK")


def test_common_security_headers(stage: Stage, machine: Machine) -> None:
    """SPDCI-SEC-AUTH-01 to -03, SPDCI-SEC-CONTENT-01 and -02."""

    def status(kind: str, token: str) -> int:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = json.dumps(search(machine, stage))
        return machine.http.post("/api/dci/social/registry/search", body, content_type=kind, headers=headers).status_code

    said = [status("application/json", token) for token in ("", "invalid-token", machine.token)]
    assert (said, status("", machine.token)) == ([401, 401, 200], 415)


def test_a_query_for_what_our_register_never_holds_has_a_well_formed_answer(stage: Stage, machine: Machine) -> None:
    """The suite's own queries name a poverty score; the answer is of the standard's shape, and says that it cannot be."""
    asked = {
        "query_type": "predicate",
        "query": [
            {
                "seq_num": 1,
                "expression1": {"attribute_name": "age", "operator": "lt", "attribute_value": "25"},
                "condition": "and",
                "expression2": {"attribute_name": "poverty_score", "operator": "lt", "attribute_value": "2.5"},
            }
        ],
    }
    answer = post(machine, "registry/sync/search", search(machine, stage, asked))
    told = TypeAdapter(AnswerEnvelope).validate_python(answer.json(), strict=False)
    (item,) = told.message.search_response
    assert (answer.status_code, item.status, item.status_reason_code) == (200, "rjct", "rjct.search_criteria.invalid")
