"""Findings in the browser: the worklist, both sides of one, and two people who decide it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from anmin.base import clock
from anmin.ground.people.models import Fact
from anmin.ground.verification.models import Finding
from tests.checked_families import Checked, replied_on
from tests.conftest import TODAY, Cast, County
from tests.web.signed_in import browser_of


def address(finding: Finding, verb: str = "") -> str:
    return f"/verification/findings/{finding.pk}{f'/{verb}' if verb else ''}"


@pytest.mark.capability("SA-12")
def test_both_sides_and_the_evidence_stand_on_one_page(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    page = browser_of(cast.clerk).get(address(finding)).content.decode()
    told = (
        "机动车0辆",
        "如属实，每月可领取412.00元，而不是906.00元",
        f"苏F{finding.person_id:05d}",
        "身份证号码一致",
        "号码和姓名一致",
        "vehicles.csv",
        finding.person.identity_mask,
    )
    assert [words in page for words in told] == [True] * 7
    assert "3206851957" not in page


@pytest.mark.capability("SA-12")
def test_it_is_proposed_by_one_and_decided_by_another(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    first, second = browser_of(cast.reviewer), browser_of(cast.second_reviewer)
    proposal = {"propose-proposal": "accepted", "propose-reason": "车辆确在其名下。"}
    assert first.post(address(finding, "propose"), proposal)["Location"] == address(finding)
    assert "提出意见的人不能自己认定，请由另一名审核人员办理。" in first.get(address(finding)).content.decode()
    decision = {"decide-decision": "follow", "decide-reason": "情况属实。"}
    refused = first.post(address(finding, "decide"), decision)
    assert (refused.status_code, Finding.objects.get().state) == (422, "proposed")
    assert second.post(address(finding, "decide"), decision).status_code == 302
    assert Finding.objects.get().state == "accepted"
    assert Fact.objects.get(person=finding.person, kind="assets.vehicles", superseded_at=None).amount == 1
    page = second.get(address(finding)).content.decode()
    assert [words in page for words in ("认定属实", "提出处理意见：属实", "车辆确在其名下。")] == [True] * 3


def test_what_was_proposed_is_returned(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    proposal = {"propose-proposal": "rejected", "propose-reason": "车辆已过户。"}
    browser_of(cast.clerk).post(address(finding, "propose"), proposal)
    returned = {"decide-decision": "return", "decide-reason": "请附过户证明。"}
    browser_of(cast.reviewer).post(address(finding, "decide"), returned)
    assert Finding.objects.get().state == "open"


@pytest.mark.capability("SA-12")
def test_family_is_asked_and_its_answer_lies_there_with_the_evidence(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    browser = browser_of(cast.clerk)
    browser.post(address(finding, "ask"), {"ask-reason": "请说明车辆情况。"})
    due = replied_on(finding)
    listed = []
    for day in (due, due + timedelta(days=1)):
        clock.freeze(day)
        listed.append("张桂兰" in browser.get("/verification/findings", {"state": "overdue"}).content.decode())
    assert listed == [False, True]
    clock.freeze(TODAY)
    early = browser.post(address(finding, "propose"), {"propose-proposal": "accepted", "propose-reason": "不等了。"})
    assert "家庭说明之前、期限届满之前不能提出处理意见" in early.content.decode()
    assert "不等了。" in early.content.decode()
    file = SimpleUploadedFile("过户证明.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")
    browser.post(address(finding, "object"), {"object-reason": "车已卖给侄子。", "object-file": file})
    assert Finding.objects.get().state == "answered"
    assert "过户证明.pdf" in browser.get(address(finding)).content.decode()
    clock.freeze(replied_on(finding) + timedelta(days=1))
    browser.post(address(finding, "propose"), {"propose-proposal": "rejected", "propose-reason": "已过户。"})
    assert Finding.objects.get().state == "proposed"


def test_decided_finding_is_reopened_by_an_objection(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    Finding.objects.filter(pk=finding.pk).update(state="rejected")
    browser = browser_of(cast.reviewer)
    assert "重新核查" in browser.get(address(finding)).content.decode()
    browser.post(address(finding, "reopen"), {"reopen-reason": "有人举报车仍在用。"})
    assert Finding.objects.get().state == "open"


@pytest.mark.capability("SA-12")
def test_contradiction_of_two_sources_is_settled_by_a_named_person(checked: Checked, cast: Cast) -> None:
    finding = checked.contradiction()
    browser = browser_of(cast.reviewer)
    answer = browser.get(address(finding))
    assert [card["name"] for card in answer.context["cards"]] == ["settle"]
    assert ("来源一：机动车记录" in answer.content.decode(), "来源二：死亡、火化记录" in answer.content.decode()) == (True, True)
    refused = browser_of(cast.clerk).post(address(finding, "settle"), {"settle-holds": finding.against_id, "settle-reason": "x"})
    assert refused.status_code == 422
    browser.post(address(finding, "settle"), {"settle-holds": finding.against_id, "settle-reason": "户籍已注销。"})
    assert Finding.objects.get(pk=finding.pk).state == "rejected"
    assert "户籍已注销。" in browser.get(address(finding)).content.decode()


def test_who_only_reads_is_offered_nothing(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    answer = browser_of(cast.leader).get(address(finding))
    assert (answer.context["cards"], len(answer.context["refused"])) == ([], 3)
    assert browser_of(cast.leader).post(address(finding, "ask"), {"ask-reason": "问"}).status_code == 422
    assert browser_of(cast.clerk_next_door).get(address(finding)).status_code == 404
    assert browser_of(cast.administrator).get(address(finding)).status_code == 403


def test_worklist_is_narrowed_and_exported(checked: Checked, cast: Cast, county: County) -> None:
    checked.with_a_car("张桂兰")
    done = checked.with_a_car("李秀英", county.zoufeng)
    Finding.objects.filter(pk=done.pk).update(state="rejected")
    browser = browser_of(cast.reviewer)
    asked_of = (
        {}, {"state": ""}, {"state": "", "town": county.baidian.path}, {"state": "", "text": "李秀"},
        {"state": "", "kind": "deposit"}, {"state": "", "effect": "less"}, {"state": "", "effect": "ends"},
    )  # fmt: skip
    pages = [browser.get("/verification/findings", asked).content.decode() for asked in asked_of]
    shown = [tuple(name in page for name in ("张桂兰", "李秀英")) for page in pages]
    assert shown == [(True, False), (True, True), (False, True), (False, True), (False, False), (True, True), (False, False)]
    answer = browser.get("/verification/findings", {"state": "", "text": "李秀", "export": "xlsx"})
    book = load_workbook(BytesIO(answer.content))
    rows = list(book[book.sheetnames[0]].values)
    assert rows[1][:6] == ("李秀英", done.household.number, "白甸镇", "名下有未申报车辆", "机动车0辆", done.found)  # type: ignore[union-attr]  # it has one


def test_pages_ask_the_same_of_one_finding_as_of_many(checked: Checked, cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    counts = []
    for names in (("赵",), ("钱", "孙", "李")):
        findings = [checked.with_a_car(f"{name}某某") for name in names]
        paths = ("/verification/findings", address(findings[0]))
        asked_of = []
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            asked_of.append(len(asked.captured_queries))
        counts.append(asked_of)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20


def test_a_finding_that_goes_on_elsewhere_says_where_and_offers_nothing(checked: Checked, cast: Cast) -> None:
    owner = checked.person("张桂兰")
    home = checked.family(owner)
    checked.cars(("张桂兰", owner.identity_number or "", "苏F00001"))
    (first,), (second,) = checked.run(home), checked.run(home)
    before, now = Finding.objects.order_by("id")
    browser = browser_of(cast.clerk)
    answer = browser.get(address(before))
    page = answer.content.decode()
    assert (f"{second.number}的核对发现</a>" in page, address(now) in page, answer.context["cards"]) == (True, True, [])
    assert ("此前已发现" in (told := browser.get(address(now)).content.decode()), first.number in told) == (True, True)
    listed = browser.get("/verification/findings?state=")
    assert [row.record.pk for row in listed.context["table"].rows] == [now.pk]
    given = {"propose-proposal": "rejected", "propose-reason": "已过户"}
    refused = browser.post(address(before, "propose"), given, follow=True).content.decode()
    assert f"该疑点已并入后一次核对{second.number}，请在那里办理。" in refused
