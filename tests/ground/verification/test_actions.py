"""Verification by hand: with consent only, answered once, and only for those who may know."""

from datetime import date

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.verification import queries
from anmin.ground.verification.actions import record_report, request_verification
from anmin.ground.verification.models import VerificationRequest
from tests.conftest import Cast, County
from tests.dibao_counter import Counter

MARCH = date(2024, 3, 4)


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    made = Counter(cast, county.liuqiao)
    made.apply(MARCH)
    return made


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
def test_no_consent_no_request(counter: Counter) -> None:
    with pytest.raises(Refused, match="没有核对授权书不得查询，请先取得授权。"):
        ask(counter, persons=[])


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
