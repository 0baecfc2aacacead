"""The report on a household: what it says, that it never changes, and that whoever holds the paper can have it proved."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.ground.documents.models import DocumentFile
from anmin.ground.documents.storage import read
from anmin.ground.people.models import Household
from anmin.ground.verification import actions, queries
from anmin.ground.verification.models import Finding, Inquiry, VerificationReport
from anmin.ground.verification.reports.proof import code_text, printed, seal_of
from tests.conftest import TODAY
from tests.verification_stage import Stage


@pytest.fixture
def home(stage: Stage) -> Household:
    alone = stage.person("李国强", date(1956, 5, 1))
    made = stage.family(alone)
    stage.sign(alone)
    return made


def issue(stage: Stage, home: Household) -> VerificationReport:
    return actions.issue_report(inquiry=Inquiry.objects.get(), household=home, actor=stage.cast.reviewer, on=TODAY)


@pytest.mark.capability("SA-12")
def test_a_report_says_who_was_checked_where_as_of_when_and_what_was_found(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345", vehicle_kind="小型轿车"))
    report = issue(stage, home)
    assert (report.number, report.result, report.valid_until) == ("海民核〔2024〕0001号", "doubtful", date(2025, 7, 1))
    content = report.content
    assert content["persons"] == [{"name": "李国强", "identity": home.head.identity_mask, "capacity": "家庭成员"}]
    assert content["sources"] == [
        {"label": "机动车", "department": "公安机关交通管理部门", "as_of": "2024-06-15", "answered": "已比对"}
    ]
    assert content["answers"] == [["有记录"]]
    assert content["findings"] == [
        {
            "person": "李国强", "kind": "名下有未申报车辆", "declared": "未登记", "found": "机动车1辆：苏F12345（小型轿车）",
            "effect": "", "state": "待处理",
        }
    ]  # fmt: skip
    assert report.seal == seal_of(content)
    assert stage.clear[home.head_id] not in str(content)


@pytest.mark.capability("SA-12")
def test_the_paper_is_written_as_docx_and_pdf_with_the_code(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345"))
    report = issue(stage, home)
    files = {
        each.media_type.rpartition(".")[2]: read(each.sha256) for each in DocumentFile.objects.filter(document=report.document)
    }
    assert sorted(files) == ["application/pdf", "document"]
    assert files["application/pdf"].startswith(b"%PDF-")
    paper = docx.Document(BytesIO(files["document"]))
    words = "\n".join(
        [each.text for each in paper.paragraphs] + [cell.text for grid in paper.tables for row in grid.rows for cell in row.cells]
    )
    assert {"居民家庭经济状况核对报告", report.number} <= set(words.split("\n"))
    assert f"校验码：{printed(report.seal)}" in words
    assert "疑似超标，需入户核实。" in words
    assert len(paper.inline_shapes) == 1


@pytest.mark.capability("SA-12")
def test_number_and_seal_prove_a_paper_and_name_nobody(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345"))
    report = issue(stage, home)
    for seal in (report.seal, printed(report.seal), report.seal[:16].upper()):
        proof = queries.proves(report.number, seal)
        assert (proof.known, proof.unchanged, proof.issued_on, proof.valid_until) == (True, True, TODAY, report.valid_until)
    other = queries.proves(report.number, "0" * 64)
    assert (other.known, other.unchanged, other.issued_on) == (True, False, None)
    assert queries.proves("海民核〔2024〕9999号", report.seal) == queries.Proof(known=False, unchanged=False)
    assert queries.proves(report.number, report.seal[:8]) == queries.Proof(known=False, unchanged=False)
    assert code_text(report.number, report.seal) == f"{report.number} {report.seal}"


def test_a_content_that_was_changed_in_the_database_is_no_longer_proved(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345"))
    report = issue(stage, home)
    with pytest.raises(IntegrityError, match="verification_report_never_changes"), transaction.atomic():
        VerificationReport.objects.filter(pk=report.pk).update(content={**report.content, "result": "未发现超标情形"})
    forged = VerificationReport.objects.create(
        number="海民核〔2024〕0777号", inquiry=report.inquiry, household=home, area=home.area, result="nothing_over",
        content={**report.content, "result": "未发现超标情形"}, seal=report.seal, issued_on=TODAY, valid_until=TODAY,
    )  # fmt: skip
    assert queries.proves(forged.number, report.seal) == queries.Proof(known=True, unchanged=False)


def test_without_our_key_nobody_seals_another_content(stage: Stage, home: Household, settings: Any) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345"))
    report = issue(stage, home)
    assert seal_of(report.content) == report.seal
    settings.IDENTITY_KEY = bytes(range(16))
    assert seal_of(report.content) != report.seal
    assert queries.proves(report.number, report.seal) == queries.Proof(known=True, unchanged=False)


def test_nothing_found_in_sources_that_all_answered_is_no_finding(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, vehicle_kind="残疾人代步车"))
    assert issue(stage, home).result == "nothing_over"


@pytest.mark.capability("SA-12")
def test_a_source_that_could_not_answer_makes_the_report_incomplete(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, vehicle_kind="残疾人代步车"))
    Inquiry.objects.get().sources.create(source="deposits", answered="not_delivered")
    report = issue(stage, home)
    assert report.result == "incomplete"
    assert report.content["answers"] == [["有记录", "部门未提供数据"]]


def test_a_rejected_finding_leaves_no_doubt(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345"))
    finding = Finding.objects.get()
    actions.propose_finding(finding=finding, proposal="rejected", reason="车已过户", actor=stage.cast.clerk, on=TODAY)
    actions.decide_finding(finding=finding, accept=False, reason="已见过户证明", actor=stage.cast.reviewer, on=TODAY)
    assert issue(stage, home).result == "nothing_over"


def test_a_report_says_the_same_only_once_and_anew_after_a_decision(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345"))
    first = issue(stage, home)
    with pytest.raises(Refused, match="已于2024-07-01出具海民核〔2024〕0001号，此后没有变化，不必重复出具"):
        issue(stage, home)
    actions.propose_finding(
        finding=Finding.objects.get(), proposal="accepted", reason="见行驶证", actor=stage.cast.clerk, on=TODAY
    )
    second = issue(stage, home)
    assert (second.number, queries.proves(first.number, first.seal).unchanged) == ("海民核〔2024〕0002号", True)


def test_doubtful_records_and_contradictions_come_first(stage: Stage, home: Household) -> None:
    hit = stage.found(home, "companies", stage.row(home.head, company="某公司"), tier="queue")
    with pytest.raises(Refused, match="该家庭还有1条疑似记录没有辨认是否本人"):
        issue(stage, home)
    actions.identify_hit(hit=hit, is_person=False, reason="同名", actor=stage.cast.clerk, on=TODAY)
    stage.found(home, "deaths", stage.row(home.head, died_on="2024-03-02"))
    stage.found(home, "pensions", stage.row(home.head, pension="200", from_on="2024-05-01"))
    with pytest.raises(Refused, match="该家庭还有1处数据源之间不一致没有裁定"):
        issue(stage, home)


def test_only_of_a_family_that_was_asked_about_and_only_by_the_county(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345"))
    stranger = stage.family(stage.person("周秀英"))
    with pytest.raises(BadValue, match=f"没有核对家庭{stranger.number}"):
        issue(stage, stranger)
    with pytest.raises(Refused, match="只有县级民政部门的审核人员可以出具核对报告"):
        actions.issue_report(inquiry=Inquiry.objects.get(), household=home, actor=stage.cast.clerk, on=TODAY)
    Inquiry.objects.update(done_on=None)
    with pytest.raises(Refused, match="尚未完成，不能出具核对报告"):
        issue(stage, home)


def test_reports_are_seen_where_the_family_lives(stage: Stage, home: Household) -> None:
    stage.found(home, "vehicles", stage.row(home.head, plate="苏F12345"))
    report = issue(stage, home)
    assert list(queries.reports(stage.cast.clerk, text="李国", result="doubtful")) == [report]
    assert queries.report(stage.cast.clerk, report.number) == report
    assert queries.report(stage.cast.clerk_next_door, report.number) is None
