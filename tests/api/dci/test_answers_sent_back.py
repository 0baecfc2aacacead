"""A register answers later than it was asked: what belongs to our question is taken; the rest is refused and kept nowhere."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from anmin.base import clock
from anmin.base.dci.posting import Reply, post_json
from anmin.base.dci.signatures import sign
from anmin.base.errors import Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.models import Person
from anmin.ground.verification import sending
from anmin.ground.verification.models import Consent, Hit, Inquiry, InquirySource, RegistryQuestion, VerificationRequest
from anmin.ground.verification.queries import household_roll_up
from anmin.ground.verification.questions import put
from anmin.ground.verification.running import answer_requests, ask_late
from anmin.ground.verification.sending import send_due
from anmin.ground.verification.sources import SOURCES
from tests.api.registry_stage import Stage, by_id, number_of
from tests.conftest import TODAY
from tests.ground.verification.registry_interface.test_asking import answering, declare, item, owner
from tests.listening import Listener, listening

OURS = "http://127.0.0.1:9/api/dci/back"


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        found.answers = answering(acknowledge)
        yield found


def acknowledge(body: dict[str, Any]) -> tuple[int, Any]:
    return 200, {"message": {"ack_status": "ACK", "timestamp": datetime.now(UTC).isoformat(), "correlation_id": "c-1"}}


class Other:
    """The register of vehicles as it answers later: what it was asked, and what it sends back."""

    def __init__(self, stage: Stage, listener: Listener) -> None:
        self.stage, self.listener = stage, listener

    def asked(self, path: str = "/dci/registry/search") -> dict[str, Any]:
        """The latest message that came in."""
        return next(dict(body) for where, _, body in reversed(self.listener.got) if where == path)

    def answer(self, *owners: tuple[Person, str], status: str = "succ", **changed: Any) -> dict[str, Any]:
        """An answer about everybody who was asked about: the vehicles of these, and none of the others."""
        body, cars = self.asked(), {number_of(person): (person, plate) for person, plate in owners}
        items = []
        for question in body["message"]["search_request"]:
            found = cars.get(question["search_criteria"]["query"]["value"])
            record = [owner({"name": found[0].name, "identity_number": number_of(found[0])}, found[1])] if found else []
            items.append(item(question, *record) if status == "succ" else item(question, status=status, data=None))
        message = {"transaction_id": body["message"]["transaction_id"], "correlation_id": "c-1", "search_response": items}
        return self.message("on-search", message | changed)

    def message(self, action: str, message: dict[str, Any]) -> dict[str, Any]:
        header = {
            "version": "1.0.0", "message_id": f"b-{len(self.listener.got)}", "message_ts": datetime.now(UTC).isoformat(),
            "action": action, "status": "succ", "total_count": 1, "sender_id": "jgj", "receiver_id": "mzj.haian",
        }  # fmt: skip
        return {"header": header, "message": message}

    def sends(self, body: Any, path: str = "back/registry/on-search", **more: Any) -> Any:
        return self.stage.machine.post(path, body, **more)


@pytest.fixture
def other(stage: Stage, listener: Listener, tmp_path: Path, settings: Any) -> Other:
    declare(listener, tmp_path, settings, callback_uri=OURS, caller="hrss.haian")
    return Other(stage, listener)


def consent(person: Person) -> Consent:
    return Consent.objects.create(
        person=person, signed_by=person, sources=list(SOURCES), valid_from=date(2024, 6, 1),
        valid_until=date(2025, 5, 31), recorded_on=date(2024, 6, 1),
    )  # fmt: skip


@pytest.fixture
def inquiry(stage: Stage, other: Other) -> Inquiry:
    """Whose registers were asked about the three of the family, at the request of a case."""
    for person in (stage.head, stage.wife, stage.child):
        consent(person)
    request = VerificationRequest.objects.create(
        household=stage.home, purpose="other", subject_kind="cases.case", subject_id=1, source="by_hand",
        persons=3, consent_on=TODAY, area=stage.home.area, requested_on=TODAY,
    )  # fmt: skip
    answer_requests(requests=[request], area=stage.county.county, actor=stage.cast.reviewer, on=TODAY)
    request.refresh_from_db()
    assert request.inquiry is not None
    return request.inquiry


def line() -> tuple[str, int, int, int]:
    found = InquirySource.objects.get(source="vehicles")
    return found.answered, found.persons, found.unanswered, found.hits


def said_of(stage: Stage, inquiry: Inquiry) -> list[str]:
    found = household_roll_up(stage.cast.reviewer, stage.home, inquiry)
    assert found is not None
    place = [label for label, _, _ in found.people[0].answers].index("机动车")
    return [str(each.answers[place][1].label) for each in found.people]


@pytest.mark.capability("SA-12")
def test_until_it_answers_nobody_has_an_answer_and_then_they_have(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    question = RegistryQuestion.objects.get()
    assert (question.state, question.correlation_id, question.inquiry) == ("asked", "c-1", inquiry)
    assert set(question.references.values()) == {stage.head.pk, stage.wife.pk, stage.child.pk}
    header = other.asked()["header"]
    assert (header["action"], header["sender_uri"]) == ("search", f"{OURS}/registry/on-search")
    assert line() == ("awaited", 0, 0, 0)
    assert said_of(stage, inquiry) == ["等待答复"] * 3

    answer = other.sends(other.answer((stage.head, "苏F00001")))
    assert (answer.status_code, answer.json()["message"]["ack_status"]) == (200, "ACK")
    assert answer.json()["message"]["correlation_id"] == "c-1"
    assert line() == ("searched", 3, 0, 1)
    assert said_of(stage, inquiry) == ["有记录", "未查到记录", "未查到记录"]
    assert [hit.person for hit in Hit.objects.filter(source="vehicles")] == [stage.head]
    question.refresh_from_db()
    assert question.state == "answered"
    told = AuditLine.objects.get(verb="verification.register_answered")
    assert "向登记接口查询机动车 3 人，答复 3 人" in told.summary
    assert told.actor_name == "外部系统：县人力资源和社会保障局"


def unknown(other: Other) -> dict[str, Any]:
    return other.answer(transaction_id="0b8b0b8e-0000-4000-8000-000000000000")


def of_another_exchange(other: Other) -> dict[str, Any]:
    return other.answer(correlation_id="c-2")


def from_another_sender(other: Other) -> dict[str, Any]:
    body = other.answer()
    return {**body, "header": {**body["header"], "sender_id": "gaj"}}


def to_another(other: Other) -> dict[str, Any]:
    body = other.answer()
    return {**body, "header": {**body["header"], "receiver_id": "gaj"}}


@pytest.mark.parametrize(
    ("wrong", "code", "words"),
    [
        (unknown, "err.request.not_found", "没有与这一答复对应的查询"),
        (of_another_exchange, "err.request.bad", "关联编号"),
        (from_another_sender, "err.sender_id.invalid", "不是所查询的登记"),
        (to_another, "err.receiver_id.invalid", "不是发给本系统的"),
    ],
)
def test_what_answers_no_question_of_ours_is_refused_and_kept_nowhere(
    stage: Stage, other: Other, inquiry: Inquiry, wrong: Callable[[Other], dict[str, Any]], code: str, words: str
) -> None:
    answer = other.sends(wrong(other))
    said = answer.json()["message"]
    assert (answer.status_code, said["ack_status"], said["error"]["code"]) == (200, "ERR", code)
    assert words in said["error"]["message"]
    assert line() == ("awaited", 0, 0, 0)
    assert RegistryQuestion.objects.get().state == "asked"
    assert AuditLine.objects.filter(verb="registry.refused").count() == 1


def test_another_machine_may_not_answer_and_is_not_told_that_there_is_a_question(
    stage: Stage, other: Other, inquiry: Inquiry
) -> None:
    stranger = stage.machine_of(stage.let_in("gaj.haian"))
    answer = stranger.post("back/registry/on-search", other.answer((stage.head, "苏F00009")))
    assert answer.json()["message"]["error"]["code"] == "err.request.not_found"
    assert other.sends(other.answer(), token="").status_code == 401
    assert line() == ("awaited", 0, 0, 0)


def test_a_machine_that_may_ask_nothing_may_still_answer(
    stage: Stage, other: Other, inquiry: Inquiry, tmp_path: Path, settings: Any
) -> None:
    declare(other.listener, tmp_path, settings, callback_uri=OURS, caller="jgj.haian")
    machine = stage.machine_of(stage.let_in("jgj.haian", registers=[], areas=[]))
    assert machine.search(by_id("UIN", number_of(stage.head))).status_code == 403
    body = other.answer((stage.head, "苏F00001"))
    assert machine.post("back/registry/on-search", body).json()["message"]["ack_status"] == "ACK"
    assert line() == ("searched", 3, 0, 1)


def test_a_register_that_fails_keeps_the_others_waiting_for_nothing(
    stage: Stage, other: Other, listener: Listener, inquiry: Inquiry
) -> None:
    put("vehicles", [(inquiry.pk, stage.head.pk)])
    put("vehicles", [(inquiry.pk, stage.wife.pk)])
    listener.answers = answering(lambda body: (503, {}))
    before = len(listener.got)
    assert send_due() == (0, 1)
    # One token and one message: the second question was not even tried.
    assert len(listener.got) - before == 2


def test_an_answer_counts_once(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    other.sends(other.answer((stage.head, "苏F00001")))
    again = other.sends(other.answer((stage.wife, "苏F00002"))).json()["message"]
    assert (again["ack_status"], again["error"]["message"]) == ("ERR", "这一查询已经答复过，或者已不再等待，答复没有接收。")
    assert line() == ("searched", 3, 0, 1)


@pytest.mark.parametrize("hostile", ["[]", "{", '{"header":1}', '{"message":{"transaction_id":"\\u0000"}}', '{"header":{}}'])
def test_what_is_no_message_is_refused_in_plain_words(other: Other, hostile: str) -> None:
    answer = other.sends(hostile)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "err.request.bad"


def test_a_register_that_signs_must_sign(stage: Stage, other: Other, inquiry: Inquiry, tmp_path: Path, settings: Any) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    declare(other.listener, tmp_path, settings, callback_uri=OURS, caller="hrss.haian", key_file=str(tmp_path / "key.pem"))
    # The machine's own grant lets this word stand for a signature; the connection does not.
    type(stage.client).objects.update(placeholder="unsigned")
    body = other.answer((stage.head, "苏F00001"))
    codes = [other.sends(each).json()["message"]["error"]["code"] for each in (body, {**body, "signature": "unsigned"})]
    assert codes == ["err.signature.missing", "err.signature.invalid"]
    assert line()[0] == "awaited"
    type(stage.client).objects.update(placeholder="", verification_key=pem.decode())
    signature = sign(body["header"], body["message"], key, key_id="jgj", at=int(datetime.now(UTC).timestamp()))
    assert other.sends({**body, "signature": signature}).json()["message"]["ack_status"] == "ACK"
    assert line() == ("searched", 3, 0, 1)


def test_somebody_elses_record_is_no_answer(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    stranger = owner({"name": "卢德才", "identity_number": number_of(stage.neighbour)}, "苏F00003")
    body = other.answer()
    body["message"]["search_response"][0]["data"] = {"reg_records": [stranger]}
    other.sends(body)
    assert line() == ("searched", 2, 1, 0)
    assert sorted(said_of(stage, inquiry)) == ["数据源暂不可用", "未查到记录", "未查到记录"]
    assert Hit.objects.count() == 0


def test_a_number_that_the_register_quotes_is_covered(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    body = other.answer(status="rjct")
    for each in body["message"]["search_response"]:
        each["status_reason_message"] = f"{number_of(stage.head)} 无此人"
    assert other.sends(body).json()["message"]["ack_status"] == "ACK"
    told = AuditLine.objects.get(verb="verification.register_answered").summary
    assert (number_of(stage.head) in told, f"{number_of(stage.head)[:3]}***********" in told) == (False, True)


def test_what_is_still_being_worked_on_is_still_awaited(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    assert other.sends(other.answer(status="pdng")).json()["message"]["ack_status"] == "ACK"
    assert line() == ("awaited", 0, 0, 0)
    assert other.sends(other.answer((stage.wife, "苏F00002"))).json()["message"]["ack_status"] == "ACK"
    assert line() == ("searched", 3, 0, 1)


def test_whose_letter_has_ended_meanwhile_is_not_answered_about(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    Consent.objects.filter(person=stage.head).update(withdrawn_on=TODAY, withdrawal_reason="本人撤回")
    other.sends(other.answer((stage.head, "苏F00001")))
    assert line() == ("searched", 2, 1, 0)
    assert Hit.objects.count() == 0


def test_nobody_is_asked_twice_while_an_answer_is_awaited(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    with pytest.raises(Refused, match="已提出机动车查询，正在等待答复"):
        ask_late(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY)
    assert RegistryQuestion.objects.count() == 1


def test_a_question_that_could_not_be_sent_goes_with_the_next_errand_and_at_last_is_given_up(
    stage: Stage, other: Other, listener: Listener, inquiry: Inquiry
) -> None:
    RegistryQuestion.objects.update(state="to_send", correlation_id="", tries=0)
    listener.answers = answering(lambda body: (503, {}))
    later = clock.true_instant()
    for _ in range(5):
        later += timedelta(days=1)
        assert send_due(later) == (0, 1)
        question = RegistryQuestion.objects.get()
        assert (question.state, question.problem, line()[0]) == ("to_send", "对方以 503 答复", "awaited")
    send_due(later + timedelta(days=1))
    assert (RegistryQuestion.objects.get().state, line()) == ("without", ("unavailable", 0, 0, 0))
    # And it may be asked again, like any source that was unavailable.
    listener.answers = answering(acknowledge)
    ask_late(inquiry=inquiry, actor=stage.cast.reviewer, on=TODAY)
    assert line()[0] == "awaited"
    other.sends(other.answer((stage.child, "苏F00005")))
    assert line() == ("searched", 3, 0, 1)


def standing(other: Other, **statuses: str) -> dict[str, Any]:
    """What became of the question, by person."""
    question = RegistryQuestion.objects.get()
    items = [
        {"reference_id": ref, "timestamp": datetime.now(UTC).isoformat(), "status": statuses.get(f"p{person}", "pdng")}
        for ref, person in question.references.items()
    ]
    told = {"transaction_id": question.transaction_id, "correlation_id": "c-1", "search_response": items}
    asked = other.asked("/dci/registry/txn/status")
    message = {
        "transaction_id": asked["message"]["transaction_id"], "correlation_id": "s-1",
        "txnstatus_response": {"txn_type": "search", "txn_status": told},
    }  # fmt: skip
    return other.message("txn-on-status", message)


def test_a_silent_register_is_asked_what_became_of_it(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    assert send_due() == (0, 0)
    later = clock.true_instant() + timedelta(hours=5)
    assert send_due(later) == (1, 0)
    asked = other.asked("/dci/registry/txn/status")
    question = RegistryQuestion.objects.get()
    assert asked["header"]["sender_uri"] == f"{OURS}/registry/txn/on-status"
    assert asked["message"]["txnstatus_request"]["attribute_value"] == question.transaction_id
    path = "back/registry/txn/on-status"
    head, wife = f"p{stage.head.pk}", f"p{stage.wife.pk}"
    assert other.sends(standing(other, **{head: "succ"}), path).json()["message"]["ack_status"] == "ACK"
    question.refresh_from_db()
    assert (question.state, question.problem) == ("asked", "对方称已答复1人，答复没有送达")
    assert other.sends(standing(other, **{wife: "rjct"}), path).json()["message"]["ack_status"] == "ACK"
    assert line() == ("awaited", 0, 0, 0)
    other.sends(other.answer((stage.head, "苏F00001")))
    assert (line(), said_of(stage, inquiry)[1]) == (("searched", 2, 1, 1), "数据源暂不可用")


def test_who_is_still_awaited_is_told_from_who_got_no_answer(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    body = other.answer((stage.head, "苏F00001"))
    references = RegistryQuestion.objects.get().references
    for each in body["message"]["search_response"]:
        each["status"] = {stage.head.pk: "succ", stage.wife.pk: "pdng", stage.child.pk: "rjct"}[references[each["reference_id"]]]
    other.sends(body)
    assert line() == ("searched", 1, 2, 1)
    assert said_of(stage, inquiry) == ["有记录", "等待答复", "数据源暂不可用"]


def test_what_it_calls_answered_is_told_beside_what_it_rejected(stage: Stage, other: Other, inquiry: Inquiry) -> None:
    send_due(clock.true_instant() + timedelta(hours=5))
    told = standing(other, **{f"p{stage.head.pk}": "succ", f"p{stage.wife.pk}": "rjct"})
    assert other.sends(told, "back/registry/txn/on-status").json()["message"]["ack_status"] == "ACK"
    assert RegistryQuestion.objects.get().problem == "对方称已答复1人，答复没有送达"
    assert said_of(stage, inquiry) == ["等待答复", "数据源暂不可用", "等待答复"]


def test_a_standing_may_come_before_its_acknowledgement(
    stage: Stage, other: Other, inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    came: list[str] = []

    def post(*said: Any, **more: Any) -> Reply:
        reply = post_json(*said, **more)
        told = other.sends(standing(other, **{f"p{stage.head.pk}": "succ"}), "back/registry/txn/on-status")
        came.append(told.json()["message"]["ack_status"])
        return reply

    monkeypatch.setattr(sending, "post_json", post)
    assert send_due(clock.true_instant() + timedelta(hours=5)) == (1, 0)
    assert (came, RegistryQuestion.objects.get().problem) == (["ACK"], "对方称已答复1人，答复没有送达")


def test_after_a_month_nothing_is_waited_for_and_nothing_asked(other: Other, inquiry: Inquiry) -> None:
    RegistryQuestion.objects.update(put_at=clock.true_instant() - timedelta(days=31))
    assert send_due(clock.true_instant() + timedelta(hours=5)) == (0, 0)
    question = RegistryQuestion.objects.get()
    assert (question.state, question.problem, line()) == ("without", "等待30天没有答复", ("unavailable", 0, 0, 0))
    assert [where for where, _, _ in other.listener.got if where.endswith("txn/status")] == []


def test_a_fault_in_our_own_declarations_is_not_told_to_who_answers(other: Other, inquiry: Inquiry, settings: Any) -> None:
    body = other.answer()
    settings.REGISTRIES_PATH.write_text("vehicles: nothing of the kind", encoding="utf-8")
    answer = other.sends(body)
    assert (answer.status_code, answer.json()["message"]["error"]["message"]) == (500, "系统暂时不能处理，请稍后再试。")
    assert RegistryQuestion.objects.get().state == "asked"


def test_a_standing_nobody_asked_for_is_refused(other: Other, inquiry: Inquiry) -> None:
    send_due(clock.true_instant() + timedelta(hours=5))
    body = standing(other)
    body["message"]["transaction_id"] = "another"
    answer = other.sends(body, "back/registry/txn/on-status").json()["message"]
    assert (answer["ack_status"], answer["error"]["code"]) == ("ERR", "err.request.not_found")
