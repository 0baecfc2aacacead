"""Anybody who holds a report may prove it; nobody learns anything of the family."""

import pytest
from django.test import Client

from anmin.ground.verification.actions import issue_report
from anmin.ground.verification.models import VerificationReport
from anmin.ground.verification.reports.proof import code_text
from tests.checked_families import Checked
from tests.conftest import TODAY, Cast

PROOF = "/verification/proof"


@pytest.fixture
def report(checked: Checked, cast: Cast) -> VerificationReport:
    finding = checked.with_a_car()
    assert finding.household is not None
    return issue_report(inquiry=finding.inquiry, household=finding.household, actor=cast.reviewer, on=TODAY)


@pytest.mark.capability("SA-12")
def test_number_and_seal_prove_the_paper_to_whoever_asks(report: VerificationReport) -> None:
    answers = [Client().get(PROOF, {"number": report.number, "seal": seal}) for seal in (report.seal, report.seal[:16].upper())]
    for answer in answers:
        page = answer.content.decode()
        assert ("没有改动" in page, "2024年7月1日" in page) == (True, True)
        assert [word in page for word in ("张桂兰", report.household.number, "苏F")] == [False] * 3


def test_what_the_code_says_is_pasted_whole(report: VerificationReport) -> None:
    assert "没有改动" in Client().get(PROOF, {"number": code_text(report.number, report.seal), "seal": ""}).content.decode()


def test_another_seal_proves_nothing_and_tells_nothing(report: VerificationReport) -> None:
    wrong = "0" * 16
    for number, seal in ((report.number, wrong), ("海民核〔2024〕9999号", wrong), (report.number, report.seal[:4])):
        page = Client().get(PROOF, {"number": number, "seal": seal}).content.decode()
        assert ("不能证明" in page, "2024年7月1日" in page) == (True, False)


def test_page_asks_for_both(db: None) -> None:
    assert "输入纸面上的报告编号和校验码" in Client().get(PROOF).content.decode()
    answer = Client().get(PROOF, {"number": "海民核〔2024〕0001号", "seal": ""})
    assert (answer.status_code, "请填写校验码，在报告末尾二维码旁。" in answer.content.decode()) == (422, True)
