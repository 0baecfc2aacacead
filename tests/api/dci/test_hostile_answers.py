"""Whatever another register sends back, the door stands: taken, or refused in plain words, and nobody's record is made up."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from anmin.ground.verification.models import Hit, Inquiry, InquiryPerson, InquirySource, RegistryQuestion
from tests.api.dci.test_answers_sent_back import Other, inquiry, listener, other
from tests.api.registry_stage import Stage

__all__ = ["inquiry", "listener", "other"]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=8)
    | st.sampled_from(["320699196005200113", "3206************13", "9999-99-99", "0001-01-01", "顾长明", "succ", "1e400"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["owner", "name", "full_name", "identifier", "identifier_value", "vehicles", "plate", "registration_date",
                         "reg_records", "reg_record_type", "death_date", "0"]),
        inner, max_size=5,
    ),
    max_leaves=14,
)  # fmt: skip
RECORDS = st.dictionaries(st.sampled_from(["owner", "vehicles"]), JSON, max_size=2)
EXAMPLES = trying(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)  # fmt: skip


def again() -> str:
    """The question is open once more, as another one."""
    InquirySource.objects.filter(source="vehicles").update(answered="awaited", persons=0, unanswered=0, hits=0, extract=None)
    InquiryPerson.objects.update(unanswered=[])
    transaction_id = str(uuid4())
    RegistryQuestion.objects.update(transaction_id=transaction_id, state="asked", answered=[], done_at=None)
    return transaction_id


@EXAMPLES
@given(records=st.lists(RECORDS, max_size=3) | JSON)
def test_no_record_breaks_the_door_or_becomes_somebodys(
    stage: Stage, other: Other, inquiry: Inquiry, settings: Any, records: Any
) -> None:
    settings.DCI_REQUESTS_PER_MINUTE = 10_000
    body = other.answer(transaction_id=again())
    for each in body["message"]["search_response"]:
        each["data"] = {"reg_records": records}
    answer = other.sends(body)
    assert answer.status_code in (200, 400), answer.content
    assert InquirySource.objects.get(source="vehicles").answered in ("awaited", "searched", "unavailable")
    assert Hit.objects.exclude(person=stage.head).count() == 0


@EXAMPLES
@given(message=JSON, path=st.sampled_from(["on-search", "txn/on-status", "on-subscribe", "on-unsubscribe", "notify"]))
def test_no_message_breaks_the_door(stage: Stage, settings: Any, message: Any, path: str) -> None:
    settings.DCI_REQUESTS_PER_MINUTE = 10_000
    action = "txn-on-status" if path == "txn/on-status" else path
    body = {"header": stage.machine.header(action, status="succ"), "message": message}
    assert stage.machine.post(f"back/registry/{path}", body).status_code == 400


@pytest.mark.parametrize("path", ["on-search", "notify"])
def test_too_large_a_message_is_refused(stage: Stage, path: str) -> None:
    body = {"header": stage.machine.header(path, status="succ"), "message": {"filler": "x" * (4 * 1024 * 1024)}}
    answer = stage.machine.post(f"back/registry/{path}", body)
    assert (answer.status_code, answer.json()["message"]["error"]["message"]) == (413, "报文超过 4096 KB 的上限。")
