"""An inquiry whose source is another office's register: hits follow as from a delivery, silence never reads as nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from anmin.base.errors import Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.models import Household, Person
from anmin.ground.verification.gathering import gather_for
from anmin.ground.verification.models import Consent, Extract, Hit, InquirySource, VerificationRequest
from anmin.ground.verification.queries import household_roll_up
from anmin.ground.verification.running import answer_requests, ask_late
from anmin.ground.verification.sealed import delivered
from anmin.ground.verification.sources import SOURCES
from tests.api.registry_stage import make_household, make_person, number_of
from tests.conftest import TODAY, Cast, County
from tests.ground.verification.registry_interface.test_asking import answering, declare, envelope, item, owner
from tests.listening import Listener, listening


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as found:
        yield found


@pytest.fixture
def family(county: County) -> tuple[Household, Person, Person]:
    head = make_person(county.liuqiao, "顾长明", date(1960, 5, 20), 11)
    wife = make_person(county.liuqiao, "丁秀兰", date(1962, 7, 1), 22)
    return make_household("HA000001", head, {wife: "spouse"}), head, wife


def consent(person: Person, *sources: str) -> Consent:
    return Consent.objects.create(
        person=person, signed_by=person, sources=list(sources or SOURCES), valid_from=date(2024, 6, 1),
        valid_until=date(2025, 5, 31), recorded_on=date(2024, 6, 1),
    )  # fmt: skip


def request_for(home: Household) -> VerificationRequest:
    return VerificationRequest.objects.create(
        household=home, purpose="other", subject_kind="cases.case", subject_id=1, source="by_hand",
        persons=2, consent_on=TODAY, area=home.area, requested_on=TODAY,
    )  # fmt: skip


def who(body: dict[str, Any]) -> list[str]:
    return [each["search_criteria"]["query"]["value"] for each in body["message"]["search_request"]]


def owning(person: Person, plate: str) -> Any:
    """A register in which one person has a vehicle and nobody else has any."""

    def answer(body: dict[str, Any]) -> tuple[int, Any]:
        record = owner({"name": person.name, "identity_number": number_of(person)}, plate)
        questions = body["message"]["search_request"]
        return 200, envelope(
            body,
            *(
                item(each, *([record] if each["search_criteria"]["query"]["value"] == number_of(person) else []))
                for each in questions
            ),
        )

    return answering(answer)


@pytest.mark.capability("SA-12")
def test_what_a_register_answers_is_a_hit_and_its_rows_are_not_kept(
    family: tuple[Household, Person, Person], cast: Cast, county: County, listener: Listener, tmp_path: Path, settings: Any
) -> None:
    home, head, wife = family
    consent(head)
    consent(wife)
    declare(listener, tmp_path, settings)
    listener.answers = owning(head, "苏F00001")
    answer_requests(requests=[request_for(home)], area=county.county, actor=cast.reviewer, on=TODAY)
    source = InquirySource.objects.get(source="vehicles")
    assert (source.answered, source.persons, source.hits) == ("searched", 2, 1)
    hit = Hit.objects.get()
    assert (hit.person, hit.tier, delivered(hit.delivered_cipher)["plate"]) == (head, "A", "苏F00001")
    extract = Extract.objects.get()
    assert (extract.as_of, extract.rows, extract.kept_as) == (TODAY, 1, "")
    line = AuditLine.objects.get(verb="verification.requests_run")
    assert "向登记接口查询机动车 2 人，答复 2 人" in line.summary
    # Somebody else asked about tomorrow is not looked for in it.
    assert InquirySource.objects.filter(answered="searched").count() == 1


def test_nobody_without_consent_is_asked_about(
    family: tuple[Household, Person, Person], cast: Cast, county: County, listener: Listener, tmp_path: Path, settings: Any
) -> None:
    home, head, wife = family
    consent(head, "vehicles")
    consent(wife, "deposits")
    declare(listener, tmp_path, settings)
    listener.answers = owning(wife, "苏F00002")
    answer_requests(requests=[request_for(home)], area=county.county, actor=cast.reviewer, on=TODAY)
    (_, (_, _, body)) = listener.got
    assert who(body) == [number_of(head)]
    assert body["message"]["search_request"][0]["search_criteria"]["consent"]["ts"] == "2024-06-01T00:00:00+08:00"
    source = InquirySource.objects.get(source="vehicles")
    assert (source.answered, source.persons, source.hits) == ("searched", 1, 0)


@pytest.mark.capability("SA-12")
def test_a_register_that_does_not_answer_is_unavailable_and_may_be_asked_later(
    family: tuple[Household, Person, Person], cast: Cast, county: County, listener: Listener, tmp_path: Path, settings: Any
) -> None:
    home, head, wife = family
    consent(head)
    consent(wife)
    declare(listener, tmp_path, settings)
    listener.answers = answering(lambda body: (503, {}))
    request = request_for(home)
    answer_requests(requests=[request], area=county.county, actor=cast.reviewer, on=TODAY)
    source = InquirySource.objects.get(source="vehicles")
    assert (source.answered, source.persons, source.hits, source.extract) == ("unavailable", 0, 0, None)
    assert source.problem == "对方以 503 答复"
    assert Extract.objects.count() == 0
    said = AuditLine.objects.get(verb="verification.requests_run").summary
    assert "2 人没有得到有效答复（对方以 503 答复），不视为未查到" in said
    listener.answers = owning(head, "苏F00001")
    request.refresh_from_db()
    assert request.inquiry is not None
    ask_late(inquiry=request.inquiry, actor=cast.reviewer, on=TODAY)
    source.refresh_from_db()
    assert (source.answered, source.hits, source.problem) == ("searched", 1, "")


def test_one_stranger_among_the_answers_makes_the_family_unanswered_and_leaves_others(
    family: tuple[Household, Person, Person], cast: Cast, county: County, listener: Listener, tmp_path: Path, settings: Any
) -> None:
    home, head, wife = family
    other = make_person(county.zoufeng, "卢德才", date(1955, 1, 31), 55)
    next_door = make_household("HA000002", other, {})
    for each in (head, wife, other):
        consent(each)
    declare(listener, tmp_path, settings)

    def answer(body: dict[str, Any]) -> tuple[int, Any]:
        # Whoever is asked about, it answers with 卢德才.
        record = owner({"name": "卢德才", "identity_number": number_of(other)}, "苏F00003")
        return 200, envelope(body, *(item(each, record) for each in body["message"]["search_request"]))

    listener.answers = answering(answer)
    answer_requests(requests=[request_for(home), request_for(next_door)], area=county.county, actor=cast.reviewer, on=TODAY)
    found = {each.inquiry.requests.get().household_id: each for each in InquirySource.objects.filter(source="vehicles")}
    assert (found[home.pk].answered, found[home.pk].hits) == ("unavailable", 0)
    assert (found[next_door.pk].answered, found[next_door.pk].hits) == ("searched", 1)
    assert [hit.person for hit in Hit.objects.all()] == [other]


@pytest.mark.capability("SA-12")
def test_one_answer_that_failed_is_that_persons_and_only_they_are_asked_about_again(
    family: tuple[Household, Person, Person], cast: Cast, county: County, listener: Listener, tmp_path: Path, settings: Any
) -> None:
    home, head, wife = family
    consent(head)
    consent(wife)
    declare(listener, tmp_path, settings)
    car = owner({"name": head.name, "identity_number": number_of(head)}, "苏F00001")

    def answer(body: dict[str, Any]) -> tuple[int, Any]:
        # Whoever is asked about, it answers with 顾长明.
        return 200, envelope(body, *(item(each, car) for each in body["message"]["search_request"]))

    listener.answers = answering(answer)
    request = request_for(home)
    answer_requests(requests=[request], area=county.county, actor=cast.reviewer, on=TODAY)
    source = InquirySource.objects.get(source="vehicles")
    assert (source.answered, source.persons, source.unanswered, source.hits) == ("searched", 1, 1, 1)
    request.refresh_from_db()
    assert request.inquiry is not None

    def said() -> tuple[list[str], bool]:
        found = household_roll_up(cast.reviewer, home, request.inquiry)  # type: ignore[arg-type]  # it was run
        assert found is not None
        place = [label for label, _, _ in found.people[0].answers].index("机动车")
        return [str(each.answers[place][1].label) for each in found.people], found.incomplete

    assert said() == (["有记录", "数据源暂不可用"], True)
    listener.answers = owning(head, "苏F00001")
    ask_late(inquiry=request.inquiry, actor=cast.reviewer, on=TODAY)
    (*_, (_, _, body)) = listener.got
    assert who(body) == [number_of(wife)]
    source.refresh_from_db()
    assert (source.answered, source.persons, source.unanswered, source.hits) == ("searched", 2, 0, 1)
    assert said()[0] == ["有记录", "未查到记录"]


def test_who_may_not_ask_reaches_nobody(
    family: tuple[Household, Person, Person], cast: Cast, county: County, listener: Listener, tmp_path: Path, settings: Any
) -> None:
    home, head, _ = family
    consent(head)
    declare(listener, tmp_path, settings)
    with pytest.raises(Refused, match="只有县级民政部门的审核人员可以开展信息核对"):
        answer_requests(requests=[request_for(home)], area=county.county, actor=cast.clerk, on=TODAY)
    assert listener.got == []


def test_without_a_declaration_nothing_is_sent(family: tuple[Household, Person, Person]) -> None:
    assert gather_for([request_for(family[0])], ground="x", on=TODAY) == {}
