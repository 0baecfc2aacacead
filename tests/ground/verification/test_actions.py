"""Verification by hand: with consent only, answered once, and only for those who may know."""

from datetime import date

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.audit.models import AuditLine
from anmin.ground.verification import queries
from anmin.ground.verification.actions import Letter, record_consents, record_report, request_verification, withdraw_consent
from anmin.ground.verification.models import Consent, VerificationRequest
from tests.conftest import Cast, County
from tests.dibao_counter import Counter

MARCH = date(2024, 3, 4)


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    made = Counter(cast, county.liuqiao)
    made.apply(MARCH)
    sign(made)
    return made


def sign(counter: Counter, on: date = MARCH) -> None:
    """Everybody's letter is on record; the grandmother signs for the child."""
    grandmother, child = counter.members
    letters = [Letter(grandmother, on), Letter(child, on, signed_by=grandmother)]
    record_consents(letters=letters, area=counter.area, actor=counter.cast.clerk, on=on)


def ask(counter: Counter, persons: list[int] | None = None, consent_on: date = MARCH) -> VerificationRequest:
    ids = [member.pk for member in counter.members] if persons is None else persons
    return request_verification(
        case=counter.case, purpose="assistance.dibao.application", person_ids=ids, consent_on=consent_on,
        actor=counter.cast.clerk, on=MARCH,
    )  # fmt: skip


def answer(counter: Counter, request: VerificationRequest, actor: Actor | None = None) -> VerificationRequest:
    return record_report(
        request=request, result="nothing_over", sources="不动产登记中心", as_of=MARCH, summary="未发现。", valid_months=6,
        actor=actor or counter.cast.reviewer, on=date(2024, 8, 31),
    )  # fmt: skip


@pytest.mark.capability("SA-12")
def test_a_request_counts_the_persons_and_says_who_consented(counter: Counter) -> None:
    request = ask(counter)
    assert (request.persons, request.consented_by) == (2, sorted(member.pk for member in counter.members))


@pytest.mark.capability("SA-12")
def test_nobody_named_no_request(counter: Counter) -> None:
    with pytest.raises(Refused, match=r"^没有核对授权书不得查询，请先取得授权。$"):
        ask(counter, persons=[])


@pytest.mark.capability("SA-12")
def test_without_a_letter_in_force_the_request_is_refused_and_that_stands_in_the_log(counter: Counter) -> None:
    child = counter.members[1]
    letter = Consent.objects.get(person=child)
    withdraw_consent(consent=letter, reason="监护人撤回", area=counter.area, actor=counter.cast.clerk, on=MARCH)
    with pytest.raises(Refused, match="张小宝在2024-03-04没有有效的核对授权书。没有核对授权书不得查询"):
        ask(counter)
    assert not VerificationRequest.objects.exists()
    line = AuditLine.objects.latest("sequence")
    assert (line.verb, line.actor_id, line.subject_kind, line.subject_id, line.details["persons"]) == (
        "verification.refused", counter.cast.clerk.id, "cases.case", str(counter.case.pk), [child.pk],
    )  # fmt: skip


@pytest.mark.capability("SA-12")
def test_a_letter_that_has_run_out_is_none(counter: Counter) -> None:
    a_year_on = date(2025, 3, 4)
    with pytest.raises(Refused, match="张桂兰、张小宝在2025-03-04没有有效的核对授权书"):
        request_verification(
            case=counter.case, purpose="assistance.dibao.application", person_ids=[each.pk for each in counter.members],
            consent_on=MARCH, actor=counter.cast.clerk, on=a_year_on,
        )  # fmt: skip


@pytest.mark.capability("SA-12")
def test_a_step_of_a_case_that_is_refused_for_want_of_consent_leaves_its_line(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    counter.apply(MARCH)
    counter.take("accept", MARCH)
    counter.take("start_survey", MARCH)
    with pytest.raises(Refused, match="没有有效的核对授权书"):
        counter.take("request_verification", date(2025, 6, 2), consent_on=date(2024, 4, 1))
    assert AuditLine.objects.latest("sequence").verb == "verification.refused"
    assert not VerificationRequest.objects.exists()


@pytest.mark.capability("SA-12")
def test_the_step_files_the_letters_that_were_signed_at_the_counter(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    counter.apply(MARCH)
    for step in ("accept", "start_survey", "request_verification"):
        counter.take(step, MARCH)
    grandmother, child = counter.members
    assert list(Consent.objects.order_by("id").values_list("person", "signed_as", "signed_by", "valid_from", "valid_until")) == [
        (grandmother.pk, "self", grandmother.pk, MARCH, date(2025, 3, 3)),
        (child.pk, "guardian", grandmother.pk, MARCH, date(2025, 3, 3)),
    ]


def test_consent_comes_before_the_request(counter: Counter) -> None:
    with pytest.raises(BadValue, match="授权日期2024-03-05晚于提请核对的日期2024-03-04，请核对。"):
        ask(counter, consent_on=date(2024, 3, 5))


def test_a_report_is_valid_to_the_same_day_or_the_last_of_a_shorter_month(counter: Counter) -> None:
    report = answer(counter, ask(counter))
    assert (report.report_number, report.valid_until) == ("海民核〔2024〕0001号", date(2025, 2, 28))


def test_a_request_is_answered_once(counter: Counter) -> None:
    report = answer(counter, ask(counter))
    with pytest.raises(Refused, match="核对报告已于2024-08-31出具，不能重复出具"):
        answer(counter, report)


def test_a_clerk_does_not_answer_the_own_request(counter: Counter) -> None:
    with pytest.raises(Refused, match="只有县级民政部门的审核人员可以出具核对报告"):
        answer(counter, ask(counter), actor=counter.cast.clerk)


def test_requests_are_seen_in_the_own_town_only(counter: Counter, cast: Cast) -> None:
    request = ask(counter)
    assert list(queries.requests(cast.clerk, since=MARCH, until=MARCH)) == [request]
    assert list(queries.requests(cast.clerk_next_door)) == []
