"""Another office's register is asked over the wire; whatever it does, no answer is never "nothing found"."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from anmin.base.dci.signatures import holds, sign
from anmin.base.errors import BadValue
from anmin.ground.verification.registry_interface import Answer, Connection, ask, connections
from tests.conftest import TODAY
from tests.listening import Listener, listening

PERSONS: list[dict[str, Any]] = [
    {"person_id": 7, "name": "顾长明", "identity_number": "320699196005200113", "birth_date": "1960-05-20"},
    {"person_id": 8, "name": "丁秀兰", "identity_number": "320699196207010221", "birth_date": "1962-07-01"},
]
FIELDS = {
    "name": "owner.name.full_name",
    "identity_number": "owner.identifier.0.identifier_value",
    "plate": "each.plate",
    "registered_on": "each.registration_date",
}
Answering = Callable[[dict[str, Any]], tuple[int, Any]]


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


def declare(listener: Listener, tmp_path: Path, settings: Any, source: str = "vehicles", **changed: Any) -> Path:
    (tmp_path / "secret").write_text("s3cret\n")
    said = {
        "url": f"{listener.url}/dci/",
        "token_url": f"{listener.url}/token",
        "client_id": "mzj.haian",
        "secret_file": str(tmp_path / "secret"),
        "receiver_id": "jgj",
        "record_type": "VehicleOwner",
        "purpose_code": "SOCIAL-ASSISTANCE",
        "seconds": 5.0,
        "each": "vehicles",
        "fields": FIELDS,
        **changed,
    }
    path = tmp_path / "registries.yaml"
    path.write_text(yaml.safe_dump({source: {name: value for name, value in said.items() if value is not None}}))
    settings.REGISTRIES_PATH = path
    return path


@pytest.fixture
def connected(listener: Listener, tmp_path: Path, settings: Any) -> Connection:
    declare(listener, tmp_path, settings)
    return connections()["vehicles"]


def owner(person: dict[str, Any], *plates: str, **changed: Any) -> dict[str, Any]:
    said = {
        "name": {"full_name": person["name"]},
        "identifier": [{"identifier_type": "NationalID", "identifier_value": person["identity_number"]}],
        **changed,
    }
    return {"owner": said, "vehicles": [{"plate": plate, "registration_date": "2020-03-04T00:00:00+08:00"} for plate in plates]}


def item(question: dict[str, Any], *records: dict[str, Any], **changed: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    said = {"reference_id": question["reference_id"], "timestamp": now, "status": "succ", "data": {"reg_records": list(records)}}
    return {**said, **changed}


def envelope(body: dict[str, Any], *items: dict[str, Any], **message: Any) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    header = {"message_id": "a", "message_ts": now, "action": "on-search", "status": "succ", "sender_id": "jgj"}
    said = {
        "transaction_id": body["message"]["transaction_id"], "correlation_id": "c", "search_response": list(items), **message,
    }  # fmt: skip
    return {"header": header, "message": said}


def known(body: dict[str, Any]) -> dict[str, Any]:
    """顾长明 has two vehicles, 丁秀兰 none."""
    numbers = {each["identity_number"]: each for each in PERSONS}
    items = []
    for question in body["message"]["search_request"]:
        person = numbers[question["search_criteria"]["query"]["value"]]
        items.append(item(question, owner(person, *(("苏F00001", "苏F00002") if person["person_id"] == 7 else ()))))
    return envelope(body, *items)


def answering(answer: Answering) -> Callable[[str, Any], tuple[int, Any]]:
    return lambda path, body: (200, {"access_token": "t0ken"}) if path == "/token" else answer(body)


def asked(connection: Connection, persons: list[dict[str, Any]] = PERSONS) -> Answer:
    return ask(connection, persons, ground="民发〔2021〕57号第十八条", consented_on={7: date(2024, 6, 3)}, on=TODAY)


def test_rows_come_as_a_departments_file_would_be_read(listener: Listener, connected: Connection) -> None:
    listener.answers = answering(lambda body: (200, known(body)))
    answer = asked(connected)
    assert (answer.answered, answer.failed) == ({7, 8}, {})
    kept = [{name: value for name, value in row.items() if value is not None} for row in answer.rows.to_pylist()]
    assert kept == [
        {
            "row": place, "name": "顾长明", "identity_number": "320699196005200113", "plate": plate,
            "registered_on": date(2020, 3, 4),
        }
        for place, plate in enumerate(("苏F00001", "苏F00002"), 1)
    ]  # fmt: skip
    assert answer.sentence == "向登记接口查询机动车 2 人，答复 2 人。"


def test_what_is_sent_says_who_asks_on_what_ground_and_with_whose_consent(listener: Listener, connected: Connection) -> None:
    listener.answers = answering(lambda body: (200, known(body)))
    asked(connected)
    (_, _, form), (path, headers, body) = listener.got
    assert form == "grant_type=client_credentials&client_id=mzj.haian&client_secret=s3cret"
    assert (path, headers["Authorization"]) == ("/dci/registry/sync/search", "Bearer t0ken")
    assert (body["header"]["sender_id"], body["header"]["receiver_id"], body["header"]["total_count"]) == ("mzj.haian", "jgj", 2)
    first, second = (each["search_criteria"] for each in body["message"]["search_request"])
    assert first["query"] == {"type": "NationalID", "value": "320699196005200113"}
    assert first["authorize"]["purpose"] == {"text": "民发〔2021〕57号第十八条", "code": "SOCIAL-ASSISTANCE"}
    assert first["consent"]["ts"] == "2024-06-03T00:00:00+08:00"
    assert "consent" not in second


def test_a_register_that_is_asked_too_often_is_left_alone_and_asked_again(listener: Listener, connected: Connection) -> None:
    told: list[int] = []

    def busy(body: dict[str, Any]) -> tuple[int, Any]:
        told.append(429 if len(told) < 2 else 200)
        return told[-1], known(body) if told[-1] == 200 else {"message": {"ack_status": "ERR"}}

    listener.answers, listener.headers = answering(busy), {"Retry-After": "0"}
    answer = asked(connected)
    assert (answer.answered, answer.failed, told) == ({7, 8}, {}, [429, 429, 200])


def test_who_is_always_busy_is_not_waited_for_without_end(
    listener: Listener, connected: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anmin.ground.verification.registry_interface.asking.PATIENCE", 2.0)
    listener.answers, listener.headers = answering(lambda body: (429, {})), {"Retry-After": "0"}
    answer = asked(connected)
    assert (answer.answered, answer.failed) == (set(), {7: "对方以 429 答复", 8: "对方以 429 答复"})
    assert len(listener.got) == 4  # the token, the message, and two more tries: each counts a second at least
    listener.headers = {}  # who does not say how long wants a minute
    asked(connected)
    assert len(listener.got) == 6


def _drop(body: dict[str, Any]) -> dict[str, Any]:
    said = known(body)
    del said["message"]["search_response"][0]
    return said


def _change(place: int, **changed: Any) -> Answering:
    def answer(body: dict[str, Any]) -> tuple[int, Any]:
        said = known(body)
        said["message"]["search_response"][place] |= changed
        return 200, said

    return answer


def _record(record: Any) -> Answering:
    return _change(0, data={"reg_records": [record]})


STRANGER = {"name": "别人", "identity_number": "320699197001010015"}
ONE = PERSONS[0]


@pytest.mark.capability("SA-12")
@pytest.mark.parametrize(
    ("answer", "failed", "why"),
    [
        (lambda body: (200, b"<html>"), {7, 8}, "答复不是约定的报文（200）"),
        (lambda body: (200, b"[]"), {7, 8}, "答复不是约定的报文（200）"),
        (lambda body: (500, {}), {7, 8}, "对方以 500 答复"),
        (lambda body: (302, {}), {7, 8}, "对方以 302 答复"),
        (
            lambda body: (400, {"message": {"ack_status": "ERR", "error": {"code": "err.request.bad"}}}),
            {7, 8},
            "对方拒绝了查询（err.request.bad）",
        ),
        (lambda body: (200, {"header": {}, "message": {}}), {7, 8}, "答复不符合登记接口规范"),
        (lambda body: (200, {"message": "ERR"}), {7, 8}, "答复不符合登记接口规范"),
        (lambda body: (200, envelope(body, transaction_id="another")), {7, 8}, "答复的不是这一次查询"),
        (lambda body: (200, envelope(body)), {7, 8}, "答复中没有这个人的查询结果"),
        (lambda body: (200, _drop(body)), {7}, "答复中没有这个人的查询结果"),
        (_change(0, status="rjct", data=None, status_reason_message="系统维护"), {7}, "对方没有答复：系统维护"),
        (_change(0, status="pdng", data=None), {7}, "对方没有答复：pdng"),
        (_change(0, data=None), {7}, "对方没有答复：succ"),
        (_change(0, pagination={"page_size": 1, "page_number": 1, "total_count": 2}), {7}, "对方没有给出全部记录"),
        (_record(owner(STRANGER, "苏F1")), {7}, "答复的是其他人的记录"),
        (_record(owner({**ONE, "identity_number": "32069919600520****"}, "苏F1") | {"x": 1}), set(), ""),
        (_record(owner({**ONE, "identity_number": "32069919500520****"}, "苏F1")), {7}, "答复的是其他人的记录"),
        (_record(owner({**ONE, "identity_number": "garbled"}, "苏F1")), {7}, "答复的是其他人的记录"),
        (_record(owner({**ONE, "identity_number": ""}, "苏F1")), {7}, "答复的是其他人的记录"),
        (
            _record({**owner(ONE), "vehicles": [{"plate": "苏F1", "registration_date": "yesterday"}]}),
            {7},
            "答复的内容无法读取：“初次登记日期”",
        ),
        (_record({**owner(ONE), "vehicles": [{"plate": {"a": 1}}]}), {7}, "答复的内容无法读取：“号牌号码”不是一个值"),
        (_record({**owner(ONE), "vehicles": "many"}), {7}, "答复的内容无法读取：“vehicles”不是列表"),
        (_record(owner(ONE, *["苏F1"] * 201)), {7}, "答复的内容无法读取：一个人有 201 条记录"),
    ],
)
def test_who_got_no_proper_answer_is_named_with_the_reason(
    listener: Listener, connected: Connection, answer: Answering, failed: set[int], why: str
) -> None:
    listener.answers = answering(answer)
    found = asked(connected)
    assert set(found.failed) == failed
    assert found.answered == {7, 8} - failed
    assert all(sentence.startswith(why) for sentence in found.failed.values())
    if failed:
        assert found.sentence.startswith(
            f"向登记接口查询机动车 2 人，答复 {2 - len(failed)} 人，{len(failed)} 人没有得到有效答复（{why}"
        )
        assert found.sentence.endswith("，不视为未查到。")


def test_a_register_that_is_late_or_gone_is_asked_once(listener: Listener, tmp_path: Path, settings: Any) -> None:
    declare(listener, tmp_path, settings, seconds=0.2)
    many = [{**PERSONS[0], "person_id": number} for number in range(50)]
    listener.answers = answering(lambda body: (200, known(body)))
    listener.waits = 0.4
    found = asked(connections()["vehicles"], many)
    assert set(found.failed.values()) == {"0.2 秒内没有答复"}
    assert len(found.failed) == 50
    assert len(listener.got) == 1
    declare(listener, tmp_path, settings, token_url="http://127.0.0.1:1/token")
    assert set(asked(connections()["vehicles"]).failed.values()) == {"连接不上对方系统"}


def test_a_refused_token_and_a_missing_number_are_said(listener: Listener, connected: Connection) -> None:
    listener.answers = lambda path, body: (401, {"error": "invalid_client"})
    found = asked(connected, [PERSONS[0], {**PERSONS[1], "identity_number": None}])
    assert found.failed == {7: "没有取得访问令牌（401）", 8: "本系统没有身份证号码，无法查询"}


def test_a_failure_half_way_keeps_what_was_answered(listener: Listener, connected: Connection) -> None:
    many = [{**PERSONS[0], "person_id": number} for number in range(25)]
    calls: list[int] = []

    def answer(body: dict[str, Any]) -> tuple[int, Any]:
        calls.append(len(body["message"]["search_request"]))
        return (200, known(body)) if len(calls) == 1 else (503, {})

    listener.answers = answering(answer)
    found = asked(connected, many)
    assert calls == [20, 5]
    assert (len(found.answered), len(found.failed), found.rows.num_rows) == (20, 5, 40)


def test_answers_are_believed_only_with_the_agreed_signature(listener: Listener, tmp_path: Path, settings: Any) -> None:
    key, other = ed25519.Ed25519PrivateKey.generate(), ed25519.Ed25519PrivateKey.generate()
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    (tmp_path / "key.pem").write_bytes(key.public_key().public_bytes(serialization.Encoding.PEM, form))
    declare(listener, tmp_path, settings, key_file=str(tmp_path / "key.pem"))
    settings.DCI_KEY = other
    for signer, good in ((key, True), (other, False), (None, False)):

        def answer(body: dict[str, Any], signer: Any = signer) -> tuple[int, Any]:
            said = known(body)
            if signer is not None:
                said["signature"] = sign(said["header"], said["message"], signer, key_id="k", at=int(time.time()))
            return 200, said

        listener.answers = answering(answer)
        found = asked(connections()["vehicles"])
        assert bool(found.answered) is good
        assert good or set(found.failed.values()) == {"答复的签名无效"}
    sent = listener.got[-1][2]
    assert holds(sent["signature"], sent["header"], sent["message"], other.public_key(), now=int(time.time()))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"url": "http://jgj.example/dci"}, "登记接口“vehicles”的地址应以 https:// 开头。"),
        ({"token_url": None}, "登记接口“vehicles”的配置有误：token_url。"),
        ({"seconds": 0}, "登记接口“vehicles”的配置有误：seconds。"),
        ({"password": "x"}, "登记接口“vehicles”的配置有误：password。"),
        ({"secret_file": "/nowhere"}, "登记接口“vehicles”的密钥文件无法读取。"),
        ({"fields": {"plate": "plate"}}, "登记接口“vehicles”的配置中，fields 至少要有 name 和一项机动车数据。"),
        ({"fields": {"name": "n", "colour": "c"}}, "登记接口“vehicles”的配置中，“机动车”数据没有“colour”这一项。"),
    ],
)
def test_a_wrong_declaration_is_refused_by_name(
    listener: Listener, tmp_path: Path, settings: Any, changed: dict[str, Any], sentence: str
) -> None:
    declare(listener, tmp_path, settings, **changed)
    with pytest.raises(BadValue) as refused:
        connections()
    assert refused.value.message == sentence


def test_a_file_that_is_none_and_an_unknown_source_are_refused(tmp_path: Path, settings: Any) -> None:
    for text, sentence in (("- a", "应以数据源名称为键。"), ("moon: {}", "没有名为“moon”的数据源。"), ("{", "无法读取：")):
        path = tmp_path / f"{len(text)}.yaml"
        path.write_text(text)
        settings.REGISTRIES_PATH = path
        with pytest.raises(BadValue, match=sentence):
            connections()
    settings.REGISTRIES_PATH = None
    assert connections() == {}


def test_a_register_that_answers_later_must_say_whose_token_its_answers_bear(
    listener: Listener, tmp_path: Path, settings: Any
) -> None:
    declare(listener, tmp_path, settings, callback_uri="http://127.0.0.1:9/back", key_file="key.pem")
    with pytest.raises(BadValue, match="caller"):
        connections()
