"""What is asked now and answered later: acknowledged, kept encrypted, sent to the registered address, tried again."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
import yaml

from anmin.base import clock
from anmin.base.dci.posting import Reply, post_json
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.secrecy import decrypt
from anmin.ground.registry import actions, callbacks, errands
from anmin.ground.registry.callbacks import PUT_OFF_FOR, WAITS
from anmin.ground.registry.models import Callback, Subscription
from tests.api.dci.test_door import fault
from tests.api.registry_stage import BACK, Machine, Stage, by_id, join, make_person, number_of
from tests.conftest import TODAY
from tests.listening import Listener, listening


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


def machine_at(stage: Stage, listener: Listener, **grant: Any) -> Machine:
    return stage.machine_of(stage.let_in("calls.back", callback_uri=f"{listener.url}/back", **grant))


def acknowledged(answer: Any) -> str:
    """The correlation id of an acknowledgement, which holds nothing else."""
    assert answer.status_code == 200, answer.content
    (message,) = answer.json().values()
    assert sorted(message) == ["ack_status", "correlation_id", "timestamp"]
    assert message["ack_status"] == "ACK"
    return str(message["correlation_id"])


def test_a_search_is_acknowledged_and_answered_at_the_registered_address(stage: Stage, listener: Listener) -> None:
    machine = machine_at(stage, listener)
    correlation = acknowledged(machine.search(by_id("UIN", number_of(stage.head)), way="search"))
    waiting = Callback.objects.get()
    assert number_of(stage.head).encode() not in bytes(waiting.body_cipher or b"")
    assert number_of(stage.head) in decrypt(waiting.body_cipher or b"")
    assert errands.deliver_due() == (1, 0)
    ((path, _, body),) = listener.got
    assert path == "/back/registry/on-search"
    assert (body["header"]["action"], body["header"]["status"]) == ("on-search", "succ")
    assert (body["message"]["transaction_id"], body["message"]["correlation_id"]) == ("t-1", correlation)
    (item,) = body["message"]["search_response"]
    assert item["data"]["reg_records"][0]["demographic_info"]["name"]["full_name"] == "顾长明"
    waiting.refresh_from_db()
    assert (waiting.state, waiting.body_cipher) == ("delivered", None)
    assert errands.deliver_due() == (0, 0)


def test_what_is_sent_back_bears_the_token_of_who_receives_it(
    stage: Stage, listener: Listener, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    said = {"token_url": f"{listener.url}/token", "client_id": "mzj.haian", "secret_file": str(tmp_path / "secret")}
    settings.DCI_CALLBACKS_PATH = tmp_path / "callbacks.yaml"
    settings.DCI_CALLBACKS_PATH.write_text(yaml.safe_dump({"calls.back": said}))
    listener.answers = lambda path, body: (200, {"access_token": "t0ken"} if path == "/token" else {})
    machine_at(stage, listener).search(by_id("UIN", number_of(stage.head)), way="search")
    assert errands.deliver_due() == (1, 0)
    (_, _, asked), (path, headers, _) = listener.got
    assert parse_qs(asked) == {
        "grant_type": ["client_credentials"], "client_id": ["mzj.haian"], "client_secret": ["s3cret"],
    }  # fmt: skip
    assert (path, headers["Authorization"]) == ("/back/registry/on-search", "Bearer t0ken")


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("calls.back: {token_url: http://elsewhere/token}", "回调令牌的配置无法读取"),
        ("[", "回调令牌的配置无法读取"),
        ("calls.back: {token_url: 'http://elsewhere/t', client_id: a, secret_file: SECRET}", "回调令牌的地址不是 https 地址"),
        ("calls.back: {token_url: 'http://127.0.0.1:9/t', client_id: a, secret_file: SECRET}", "连接不上对方系统"),
        ("another: {}", ""),
    ],
)
def test_without_a_token_that_was_agreed_nothing_is_sent_back(
    stage: Stage, listener: Listener, tmp_path: Path, settings: Any, written: str, problem: str
) -> None:
    (tmp_path / "secret").write_text("s3cret")
    settings.DCI_CALLBACKS_PATH = tmp_path / "callbacks.yaml"
    settings.DCI_CALLBACKS_PATH.write_text(written.replace("SECRET", str(tmp_path / "secret")))
    machine_at(stage, listener).search(by_id("UIN", number_of(stage.head)), way="search")
    assert errands.deliver_due() == ((0, 1) if problem else (1, 0))
    assert (len(listener.got), Callback.objects.get().problem) == (0 if problem else 1, problem)


def test_an_answer_that_was_received_and_refused_has_not_arrived(stage: Stage, listener: Listener) -> None:
    machine_at(stage, listener).search(by_id("UIN", number_of(stage.head)), way="search")
    listener.answers = lambda path, body: (200, {"message": {"ack_status": "ERR"}})
    assert errands.deliver_due() == (0, 1)
    assert Callback.objects.get().problem == "对方收到后没有接收"


def test_the_sender_may_name_an_address_below_the_registered_one_and_no_other(stage: Stage, listener: Listener) -> None:
    machine = machine_at(stage, listener)
    question = by_id("UIN", number_of(stage.head))
    acknowledged(machine.search(question, way="search", sender_uri=f"{listener.url}/back/mine"))
    assert Callback.objects.get().uri == f"{listener.url}/back/mine"
    for other in (
        "http://127.0.0.1:1/back", f"{listener.url}/elsewhere", f"{listener.url}/back/../x", f"{listener.url}/backdoor",
        "file:///etc/passwd", "http://169.254.169.254/back", f"http://u:p@{listener.url[7:]}/back", "nothing",
    ):  # fmt: skip
        assert fault(machine.search(question, way="search", sender_uri=other)) == (400, "err.sender_uri.invalid")
    assert Callback.objects.count() == 1


def test_without_a_registered_address_nothing_is_promised(stage: Stage) -> None:
    machine = stage.machine_of(stage.let_in(callback_uri=""))
    assert fault(machine.search(by_id("UIN", "x"), way="search")) == (400, "err.sender_uri.invalid")


def test_what_does_not_arrive_is_tried_again_and_given_up_in_the_end(stage: Stage, listener: Listener) -> None:
    listener.answers = lambda path, body: (503, {})
    acknowledged(machine_at(stage, listener).search(by_id("UIN", number_of(stage.head)), way="search"))
    waiting = Callback.objects.get()
    for place, wait in enumerate(WAITS, 1):
        errands.deliver(waiting)
        waiting.refresh_from_db()
        assert (waiting.state, waiting.tries, waiting.problem) == ("waiting", place, "对方以 503 答复")
        assert waiting.next_try_at - clock.true_instant() > wait - timedelta(seconds=30)
    assert errands.deliver_due() == (0, 0), "it is not due yet"
    errands.deliver(waiting)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.body_cipher) == ("given_up", None)


def test_an_answer_follows_no_redirection(stage: Stage, listener: Listener) -> None:
    listener.answers = lambda path, body: (307, {})
    acknowledged(machine_at(stage, listener).search(by_id("UIN", number_of(stage.head)), way="search"))
    assert errands.deliver_due() == (0, 1)
    assert [path for path, _, _ in listener.got] == ["/back/registry/on-search"]


# --- what became of it ---------------------------------------------------------------------------------------------


def status_of(machine: Machine, kind: str, value: Any, way: str = "sync/txn/status") -> Any:
    question = {"reference_id": "q", "txn_type": "search", "attribute_type": kind, "attribute_value": value}
    message = {"transaction_id": "t-status", "txnstatus_request": question}
    return machine.post(f"social/registry/{way}", machine.message("txn-status", message))


def test_earlier_messages_are_told_of_by_transaction_correlation_and_reference(stage: Stage) -> None:
    machine = stage.machine
    before = machine.search(by_id("UIN", number_of(stage.head)), by_id("PASSPORT", "1")).json()
    correlation = before["message"]["correlation_id"]
    for kind, value in (("transaction_id", "t-1"), ("correlation_id", correlation), ("reference_id_list", ["r-1", "r-2"])):
        said = status_of(machine, kind, value).json()
        assert (said["header"]["action"], said["header"]["status"]) == ("txn-on-status", "succ")
        told = said["message"]["txnstatus_response"]
        assert told["txn_type"] == "search"
        assert (told["txn_status"]["transaction_id"], told["txn_status"]["correlation_id"]) == ("t-1", correlation)
        items = told["txn_status"]["search_response"]
        assert [(each["reference_id"], each["status"]) for each in items] == [("r-1", "succ"), ("r-2", "rjct")]
        assert "data" not in json.dumps(items)
    only = status_of(machine, "reference_id_list", ["r-2"]).json()["message"]["txnstatus_response"]["txn_status"]
    assert [each["reference_id"] for each in only["search_response"]] == ["r-2"]


def test_an_unknown_transaction_and_that_of_another_machine_have_no_status(stage: Stage) -> None:
    stage.machine.search(by_id("UIN", "x"))
    other = stage.machine_of(stage.let_in())
    for machine, value in ((stage.machine, "t-unknown"), (other, "t-1")):
        said = status_of(machine, "transaction_id", value).json()
        assert said["header"]["status"] == "rjct"
        assert said["message"]["txnstatus_response"]["txn_status"]["search_response"] == []


def test_a_status_may_be_asked_for_later_too(stage: Stage, listener: Listener) -> None:
    machine = machine_at(stage, listener)
    machine.search(by_id("UIN", number_of(stage.head)))
    correlation = acknowledged(status_of(machine, "transaction_id", "t-1", way="txn/status"))
    assert errands.deliver_due() == (1, 0)
    ((path, _, body),) = listener.got
    assert (path, body["header"]["action"]) == ("/back/registry/txn/on-status", "txn-on-status")
    assert body["message"]["correlation_id"] == correlation


# --- subscriptions -------------------------------------------------------------------------------------------------


def wish(machine: Machine, kind: str, value: str, event: str = "NewHouseHoldMember", **criteria: Any) -> Any:
    said = {"reg_event_type": event, "filter": {"type": kind, "value": value}, "notify_record_type": "Member", **criteria}
    item = {"reference_id": "w", "timestamp": datetime.now(UTC).isoformat(), "subscribe_criteria": said}
    message = {"transaction_id": "t-sub", "subscribe_request": [item]}
    return machine.post("social/registry/subscribe", machine.message("subscribe", message))


def told(listener: Listener) -> dict[str, Any]:
    """The last message the listener was sent, after everything that waits was delivered."""
    errands.deliver_due()
    return dict(listener.got[-1][2]["message"])


def test_a_subscriber_is_told_once_of_a_new_member(stage: Stage, listener: Listener) -> None:
    machine = machine_at(stage, listener)
    correlation = acknowledged(wish(machine, "HOUSEHOLD_ID", "HA000001"))
    (item,) = told(listener)["subscribe_response"]
    assert item["status"] == "succ"
    assert (listener.got[-1][0], told(listener)["correlation_id"]) == ("/back/registry/on-subscribe", correlation)
    assert errands.notify_due() == 0
    grandchild = make_person(stage.county.liuqiao, "顾念祖", date(2024, 6, 1), 77)
    member = join(stage.home, grandchild, "grandchild", date(2024, 6, 1))
    member.recorded_at = clock.instant(TODAY)
    member.save()
    assert errands.notify_due() == 1
    (event,) = told(listener)["notify_event"]
    assert listener.got[-1][0] == "/back/registry/notify"
    assert event["data"]["reg_event_type"] == "NewHouseHoldMember"
    assert event["data"]["reg_records"]["demographic_info"]["name"]["full_name"] == "顾念祖"
    assert errands.notify_due() == 0
    assert AuditLine.objects.get(verb="registry.notified").details == {"shown": 1}


def test_a_subscription_ends_when_its_owner_wants_and_nobody_else(stage: Stage, listener: Listener) -> None:
    machine = machine_at(stage, listener)
    wish(machine, "UIN", number_of(stage.head), event="REGISTER")
    code = told(listener)["subscribe_response"][0]["subscriptions"][0]["code"]
    stranger = stage.machine

    def leave(who: Machine) -> Any:
        message = {"transaction_id": "t-u", "timestamp": datetime.now(UTC).isoformat(), "subscription_codes": [code]}
        return who.post("social/registry/unsubscribe", who.message("unsubscribe", message))

    acknowledged(leave(stranger))
    assert Subscription.objects.get().ended_at is None
    acknowledged(leave(machine))
    said = told(listener)
    assert (said["status"], said["subscription_status"]) == ("succ", [{"code": code, "status": "unsubscribe"}])
    acknowledged(leave(machine))
    again = told(listener)
    assert (again["status"], again["status_reason_code"]) == ("rjct", "rjct.subscription_code.invalid")


@pytest.mark.parametrize(
    ("kind", "value", "more", "code"),
    [
        ("UIN", "320699199901010017", {}, "rjct.person_id.invalid"),
        ("HOUSEHOLD_ID", "HA999999", {}, "rjct.person_id.invalid"),
        ("HOUSEHOLD_ID", "HA000001", {"reg_event_type": "BIRTH"}, "rjct.notify_types.invalid"),
        ("HOUSEHOLD_ID", "HA000001", {"filter_type": "graphql"}, "rjct.notify_types.invalid"),
    ],
)
def test_a_wish_that_cannot_be_met_is_rejected(
    stage: Stage, listener: Listener, kind: str, value: str, more: dict[str, Any], code: str
) -> None:
    acknowledged(wish(machine_at(stage, listener), kind, value, **more))
    (item,) = told(listener)["subscribe_response"]
    assert (item["status"], item["status_reason_code"]) == ("rjct", code)
    assert Subscription.objects.count() == 0


def test_nobody_subscribes_twice_and_who_is_put_out_hears_nothing(stage: Stage, listener: Listener) -> None:
    machine = machine_at(stage, listener)
    for expected in ("succ", "rjct"):
        acknowledged(wish(machine, "HOUSEHOLD_ID", "HA000001"))
        assert told(listener)["subscribe_response"][0]["status"] == expected
    client = Subscription.objects.get().client
    actions.revoke_client(client=client, reason="协议终止", actor=stage.cast.administrator, on=TODAY)
    assert Subscription.objects.filter(ended_at__isnull=True).count() == 0


def test_only_the_social_register_tells_events(stage: Stage) -> None:
    for register in ("ibr", "dr"):
        for path in ("subscribe", "unsubscribe"):
            assert fault(stage.machine.post(f"{register}/registry/{path}", {})) == (404, "err.request.bad")


# --- disability ----------------------------------------------------------------------------------------------------


def disabled(machine: Machine, value: str, path: str = "disabled", name: str = "member.member_identifier") -> Any:
    criteria = {"query_type": "expression", "query": {name: {"eq": value}}}
    body = machine.message("search", {"transaction_id": "t-d", "disabled_criteria": criteria})
    return machine.post(f"dr/registry/sync/{path}", body)


def test_whether_and_how_somebody_is_disabled(stage: Stage) -> None:
    machine = stage.machine
    for person, expected in ((stage.neighbour, "yes"), (stage.head, "no")):
        (item,) = disabled(machine, number_of(person)).json()["message"]["disabled_response"]
        assert (item["status"], item["disabled_status"]) == ("succ", expected)
    (item,) = disabled(machine, number_of(stage.neighbour), "get-disability-details").json()["message"]["search_response"]
    assert item["data"]["reg_records"][0]["disability_details"][0]["disability_type"] == "visual"
    (item,) = disabled(machine, "邹冯村", name="location").json()["message"]["disabled_response"]
    assert item["disabled_status"] == "yes"
    (item,) = disabled(machine, "x", name="income").json()["message"]["disabled_response"]
    assert (item["status"], item["status_reason_code"]) == ("rjct", "rjct.search_criteria.invalid")
    assert BACK not in str(item)


# --- more than one process, and who is asked to wait ---------------------------------------------------------------


def test_an_answer_that_another_process_is_sending_is_not_sent_again(
    stage: Stage, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine_at(stage, listener).search(by_id("UIN", number_of(stage.head)), way="search")
    read_by_another = Callback.objects.get()
    meanwhile: list[tuple[int, int]] = []

    def post(*said: Any, **more: Any) -> Reply:
        meanwhile.append(errands.deliver_due())
        return post_json(*said, **more)

    monkeypatch.setattr(callbacks, "post_json", post)
    assert errands.deliver_due() == (1, 0)
    assert (meanwhile, len(listener.got)) == ([(0, 0)], 1)
    assert errands.deliver(read_by_another) is None
    assert len(listener.got) == 1


def test_who_asks_us_to_wait_is_left_alone_for_a_minute_and_nothing_is_given_up(stage: Stage, listener: Listener) -> None:
    machine = machine_at(stage, listener)
    for _ in range(3):
        machine.search(by_id("UIN", number_of(stage.head)), way="search")
    listener.answers = lambda path, body: (429, {})
    assert errands.deliver_due() == (0, 1)
    put_off = Callback.objects.order_by("id")[0]
    assert (put_off.state, put_off.tries, put_off.problem) == ("waiting", 0, "对方请我们稍后再送")
    assert [each.problem for each in Callback.objects.order_by("id")[1:]] == ["", ""]
    Callback.objects.update(made_at=clock.true_instant() - PUT_OFF_FOR, next_try_at=clock.true_instant())
    assert errands.deliver_due() == (0, 1)
    put_off.refresh_from_db()
    assert put_off.tries == 1


def test_a_token_is_used_until_it_expires_or_is_turned_down(
    stage: Stage, listener: Listener, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    said = {"token_url": f"{listener.url}/token", "client_id": "mzj.haian", "secret_file": str(tmp_path / "secret")}
    settings.DCI_CALLBACKS_PATH = tmp_path / "callbacks.yaml"
    settings.DCI_CALLBACKS_PATH.write_text(yaml.safe_dump({"calls.back": said}))
    machine, statuses = machine_at(stage, listener), [200, 200, 401, 200]

    def answers(path: str, body: Any) -> tuple[int, Any]:
        if path == "/token":
            return 200, {"access_token": f"t-{len(listener.got)}", "expires_in": 3600}
        return statuses.pop(0), {"message": {"ack_status": "ACK"}}

    listener.answers = answers
    for _ in range(3):
        machine.search(by_id("UIN", number_of(stage.head)), way="search")
    assert errands.deliver_due() == (2, 1)
    Callback.objects.update(next_try_at=clock.true_instant())
    assert errands.deliver_due() == (1, 0)
    bearers = [headers.get("Authorization", path) for path, headers, _ in listener.got]
    assert bearers == ["/token", "Bearer t-1", "Bearer t-1", "Bearer t-1", "/token", "Bearer t-5"]
