"""Anybody who holds a report may prove it; nobody learns anything of the family."""

from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anmin.ground.documents.models import DocumentFile
from anmin.ground.documents.storage import read
from anmin.ground.documents.vocabulary import DOCX
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


def test_a_paper_with_another_result_under_the_same_code_is_seen(report: VerificationReport) -> None:
    page = Client().get(PROOF, {"number": report.number, "seal": report.seal}).content.decode()
    assert "核对对象 1 人，核对发现 1 条，核对结果：疑似超标，需入户核实。" in page
    assert "纸面上的人数、发现和结果与以上不同的，纸面已被改动。" in page


@pytest.mark.capability("SA-12")
def test_a_file_proves_itself_and_a_changed_one_does_not(report: VerificationReport) -> None:
    for lies in DocumentFile.objects.filter(document=report.document).order_by("id"):
        content = read(lies.sha256)
        page = handed_in(content)
        assert (f"这个文件就是{report.number}出具时的文件，没有改动" in page, "2024年7月1日" in page) == (True, True)
        assert [word in page for word in ("张桂兰", report.household.number, "苏F")] == [False] * 3
        changed = handed_in(content.replace(content[-40:], bytes(40)))
        assert ("这个文件不是本机关出具时的文件" in changed, "2024年7月1日" in changed) == (True, False)


def test_an_edited_word_file_that_keeps_its_code_is_found_out(report: VerificationReport) -> None:
    lies = DocumentFile.objects.filter(document=report.document, media_type=DOCX).get()
    paper = docx.Document(BytesIO(read(lies.sha256)))
    result = next(each for each in paper.paragraphs if each.text.startswith("疑似超标"))
    result.runs[0].text = "未发现超标情形。"
    saved = BytesIO()
    paper.save(saved)
    assert "这个文件不是本机关出具时的文件" in handed_in(saved.getvalue())


def test_a_file_is_asked_for_and_a_giant_is_refused(db: None, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    answer = Client().post(PROOF, {"file": SimpleUploadedFile("大.pdf", bytes(1024 * 1024 + 1))})
    assert (answer.status_code, "超过1 MB 的上限，核对报告不会这样大" in answer.content.decode()) == (422, True)
    assert Client().post(PROOF, {}).status_code == 422


def handed_in(content: bytes) -> str:
    return Client().post(PROOF, {"file": SimpleUploadedFile("报告", content)}).content.decode()
