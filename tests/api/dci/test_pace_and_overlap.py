"""Answers come no faster than agreed, and two errands that overlap ask nothing twice."""

from typing import Any

import pytest

from anmin.base.dci.posting import Reply, post_json
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.models import Person
from anmin.ground.registry.queries import last_messages
from anmin.ground.verification import late, sending
from anmin.ground.verification.models import Finding, Inquiry, RegistryQuestion
from anmin.ground.verification.questions import put
from anmin.ground.verification.sending import send_due
from tests.api.dci import test_answers_sent_back as before
from tests.api.dci.test_answers_sent_back import Other
from tests.api.registry_stage import Stage

listener, other, inquiry = before.listener, before.other, before.inquiry


def test_answers_are_paced_like_questions(stage: Stage, other: Other, inquiry: Inquiry, settings: Any) -> None:
    settings.DCI_ANSWERS_PER_MINUTE = 2
    for _ in range(2):
        # Still being worked on, again and again: in due form, and taken each time.
        assert other.sends(other.answer(status="pdng")).json()["message"]["ack_status"] == "ACK"
    late = other.sends(other.answer((stage.head, "苏F00001")))
    assert (late.status_code, late["Retry-After"]) == (429, "60")
    assert RegistryQuestion.objects.get().state == "asked"
    settings.DCI_ANSWERS_PER_MINUTE = 3
    assert other.sends(other.answer((stage.head, "苏F00001"))).json()["message"]["ack_status"] == "ACK"
    lines = AuditLine.objects.filter(verb="registry.answer_taken")
    assert lines.count() == 3
    # Who only answers us has written too.
    assert last_messages(stage.cast.administrator)[stage.client.pk] == lines.latest("sequence").at


def test_a_question_that_another_process_is_sending_is_not_sent_again(
    stage: Stage, other: Other, inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = len(other.listener.got)
    put("vehicles", [(inquiry.pk, stage.head.pk)])
    went: list[tuple[int, int]] = []

    def post(*said: Any, **more: Any) -> Reply:
        went.append(send_due())
        return post_json(*said, **more)

    monkeypatch.setattr(sending, "post_json", post)
    assert send_due() == (1, 0)
    assert went == [(0, 0)]
    assert [path for path, _, _ in other.listener.got[asked:] if path.endswith("/search")] == ["/dci/registry/search"]


def test_once_a_register_has_begun_each_answer_is_only_about_its_own_people(
    stage: Stage, other: Other, inquiry: Inquiry, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = RegistryQuestion.objects.get()
    of_person = {person: reference for reference, person in question.references.items()}

    def about(person: Person, *owners: tuple[Person, str], status: str = "succ") -> dict[str, Any]:
        body = other.answer(*owners, status=status)
        items = body["message"]["search_response"]
        body["message"]["search_response"] = [each for each in items if each["reference_id"] == of_person[person.pk]]
        return body

    asked: list[list[int]] = []

    class Seen(late.Search):
        def __init__(self, people: Any, answers: Any) -> None:
            asked.append([each.person_id for each in people])
            super().__init__(people, answers)

    monkeypatch.setattr(late, "Search", Seen)
    for body in (about(stage.head), about(stage.wife, (stage.wife, "苏F00002")), about(stage.child, status="rjct")):
        assert other.sends(body).json()["message"]["ack_status"] == "ACK"
    # The first says that it answers at all, of everybody; then only of whom it is about.
    assert asked == [[stage.head.pk, stage.wife.pk, stage.child.pk], [stage.wife.pk], [stage.child.pk]]
    assert before.line() == ("searched", 2, 1, 1)
    assert before.said_of(stage, inquiry) == ["未查到记录", "有记录", "数据源暂不可用"]
    assert [(each.person, each.kind) for each in Finding.objects.all()] == [(stage.wife, "undeclared_vehicle")]
