"""A case asks, the platform compares, the report is taken over; the hard stop before the opinion sees it like any other."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.audit.models import AuditLine
from anmin.ground.cases import queries as cases
from anmin.ground.verification.actions import Letter, issue_report, record_consent, run_requests, withdraw_consent
from anmin.ground.verification.models import Finding, Inquiry, VerificationRequest
from anmin.ground.verification.requests import requests_of
from tests.conftest import Cast, County
from tests.dibao_counter import Counter
from tests.verification_stage import Stage

MARCH, LATER = date(2024, 3, 4), date(2024, 3, 8)


@pytest.fixture
def stage(cast: Cast, county: County, settings: Any, tmp_path: Path) -> Stage:
    settings.DATA_DIR = tmp_path
    return Stage(cast, county.liuqiao)


@pytest.fixture
def counter(stage: Stage) -> Counter:
    """A couple applies; the town has asked for verification."""
    couple = [stage.person("张桂兰", date(1957, 3, 1)), stage.person("李国强", date(1956, 5, 1))]
    made = Counter(stage.cast, stage.area, members=couple)
    made.apply(MARCH)
    for step in ("accept", "start_survey", "request_verification"):
        made.take(step, MARCH)
    return made


@pytest.mark.capability("SA-12")
def test_the_platforms_report_is_taken_over_by_the_case(stage: Stage, counter: Counter, county: County) -> None:
    with pytest.raises(Refused, match="核对请求尚未与部门数据核对"):
        counter.take("take_over_report", LATER, actor=stage.cast.reviewer)
    husband = counter.members[1]
    stage.deliver("social_insurance", stage.row(husband, employer="海安纺织厂", wage="1200"), as_of=date(2024, 2, 20), on=MARCH)
    run_requests(requests=list(VerificationRequest.objects.all()), area=county.county, actor=stage.cast.reviewer, on=LATER)
    finding = Finding.objects.get()
    # As a family that applies: two times the standard, and then less the wage but for the cost of earning it.
    assert (finding.amount_before, finding.amount_after) == (164_000, 68_600)
    with pytest.raises(Refused, match="核对报告尚未出具，请先在“信息核对”中出具核对报告"):
        counter.take("take_over_report", LATER, actor=stage.cast.reviewer)
    report = issue_report(inquiry=Inquiry.objects.get(), household=counter.home, actor=stage.cast.reviewer, on=LATER)
    counter.take("take_over_report", LATER, actor=stage.cast.reviewer)
    (request,) = requests_of(counter.case)
    assert (request.report_number, request.answered_on, request.valid_until) == (report.number, LATER, date(2024, 9, 8))
    assert request.findings == {
        "result": "doubtful",
        "sources": "社会保险参保",
        "as_of": "2024-02-20",
        "summary": "李国强：工资收入与申报不符（社会保险参保：海安纺织厂，每月1,200.00元，待处理）",
    }
    counter.take("record_visit", LATER)
    assert counter.take("examine", LATER, opinion="grant", route="household", review_class="A").state == "examined"


@pytest.mark.capability("SA-12")
def test_a_county_without_deliveries_asks_by_hand_as_ever(stage: Stage, counter: Counter) -> None:
    counter.take("receive_verification", LATER)
    (request,) = requests_of(counter.case)
    assert (request.source, request.inquiry, request.valid_until) == ("by_hand", None, date(2024, 9, 8))


def test_an_answered_request_is_not_answered_again(stage: Stage, counter: Counter) -> None:
    counter.take("receive_verification", LATER)
    with pytest.raises(Refused, match="尚未提请信息核对，或者核对报告已经出具"):
        counter.take("take_over_report", LATER, actor=stage.cast.reviewer)


def test_for_a_child_without_a_grown_up_the_guardians_letter_comes_first(stage: Stage) -> None:
    child = stage.person("张小宝", date(2014, 5, 1))
    alone = Counter(stage.cast, stage.area, members=[child])
    alone.apply(MARCH)
    for step in ("accept", "start_survey"):
        alone.take(step, MARCH)
    with pytest.raises(Refused, match="张小宝未成年，家庭中没有成年人代为签署；请先登记监护人签署的核对授权书"):
        alone.take("request_verification", MARCH)
    letter = Letter(child, MARCH, signed_by=stage.person("张桂兰"))
    record_consent(letter=letter, area=stage.area, actor=stage.cast.clerk, on=MARCH)
    alone.take("request_verification", MARCH)
    assert requests_of(alone.case)[0].persons == 1


def test_a_letter_older_than_its_withdrawal_is_not_filed_again_and_the_refusal_is_on_record(stage: Stage) -> None:
    applicant = stage.person("张桂兰")
    home = Counter(stage.cast, stage.area, members=[applicant])
    letter = record_consent(letter=Letter(applicant, MARCH), area=stage.area, actor=stage.cast.clerk, on=MARCH)
    home.apply(MARCH)
    for step in ("accept", "start_survey"):
        home.take(step, MARCH)
    withdraw_consent(consent=letter, reason="本人撤回", area=stage.area, actor=stage.cast.clerk, on=LATER)
    with pytest.raises(Refused, match="张桂兰在2024-03-08没有有效的核对授权书。没有核对授权书不得查询，请先取得授权。"):
        home.take("request_verification", LATER, consent_on=str(MARCH))
    assert AuditLine.objects.latest("sequence").verb == "verification.refused"
    assert requests_of(home.case) == []
    # Nor is one made out of the day alone, where the letter was withdrawn that day.
    with pytest.raises(Refused, match="张桂兰在2024-03-08没有有效的核对授权书。"):
        home.take("request_verification", LATER, consent_on=str(LATER))
    record_consent(letter=Letter(applicant, LATER), area=stage.area, actor=stage.cast.clerk, on=LATER)
    home.take("request_verification", LATER, consent_on=str(LATER))
    assert requests_of(home.case)[0].persons == 1


def test_what_the_report_says_is_read_by_those_who_decide_and_watch(stage: Stage, counter: Counter, cast: Cast) -> None:
    counter.take(
        "receive_verification", LATER, actor=cast.reviewer, result="doubtful", sources="银行", as_of=LATER, summary="存款超标"
    )

    def read(actor: Actor) -> str:
        return str(
            next(each for each in cases.case(actor, counter.case.number, LATER).actions if each.step == "receive_verification")
        )

    readers = (cast.clerk, cast.reviewer, cast.decision_maker, cast.leader, cast.auditor)
    assert ["存款超标" in read(each) for each in readers] == [True] * 5
    assert ["存款超标" in read(cast.cashier), "只供办理和监督的岗位查阅" in read(cast.cashier)] == [False, True]
