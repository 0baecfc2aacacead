"""The page of a case: steps as forms, refusals, clocks, papers, materials; and who sees nothing of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from anmin.ground.accounts.gate import Actor
from anmin.ground.audit.models import AuditLine
from anmin.ground.cases.models import Case, CaseAction
from anmin.ground.documents.models import Document
from tests.conftest import TODAY, Cast, County
from tests.dibao_counter import Counter
from tests.web.signed_in import browser_of

PDF = b"%PDF-1.4\n%%EOF\n"
_CONSENTED = "request_verification-consented_by"


def page(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    made = Counter(cast, county.liuqiao)
    made.apply(date(2024, 6, 28))
    return made


@pytest.fixture
def address(counter: Counter) -> str:
    return f"/cases/{counter.case.number}"


@pytest.mark.capability("SA-01")
def test_case_shows_course_clock_family_and_next_steps(cast: Cast, address: str) -> None:
    shown = page(browser_of(cast.clerk).get(address))
    for words in ("年老体弱，没有收入来源。", "受理期限", "张小宝", "一次性告知补正", "最低生活保障申请书", "申请受理"):
        assert words in shown


def test_case_next_door_is_not_there(cast: Cast, address: str) -> None:
    browser = browser_of(cast.clerk_next_door)
    tails = ("", "/steps/accept", "/reckoned", "/papers/assistance.dibao.application_form")
    assert [browser.get(address + tail).status_code for tail in tails] == [404] * 4


def test_case_asks_few_questions(cast: Cast, address: str, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    browser = browser_of(cast.clerk)
    with django_assert_max_num_queries(20):
        browser.get(address)
    with django_assert_max_num_queries(20):
        browser.get(f"{address}/reckoned", headers={"hx-request": "true"})


def test_case_asks_the_same_after_three_steps_more(
    cast: Cast, counter: Counter, address: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    browser = browser_of(cast.leader)
    with django_assert_num_queries(12):
        browser.get(address)
    for step in ("request_papers", "supply_papers", "accept"):
        counter.take(step, TODAY)
    with django_assert_num_queries(12):
        browser.get(address)


@pytest.mark.capability("SA-01")
def test_step_is_taken_from_its_form(cast: Cast, address: str, counter: Counter) -> None:
    answer = browser_of(cast.clerk).post(f"{address}/steps/accept", {"accept-note": "当场受理"})
    counter.case.refresh_from_db()
    note = CaseAction.objects.get(case=counter.case, step="accept").note
    assert (answer.status_code, counter.case.state, note) == (302, "accepted", "当场受理")


def test_step_with_a_missing_answer_keeps_what_was_typed(cast: Cast, address: str, counter: Counter) -> None:
    given = {"request_papers-other": "租房合同"}
    answer = browser_of(cast.clerk).post(f"{address}/steps/request_papers", given)
    counter.case.refresh_from_db()
    assert (answer.status_code, 'value="租房合同"' in page(answer), counter.case.state) == (422, True, "applied")


def test_checklist_and_people_are_answered_by_boxes(cast: Cast, address: str, counter: Counter) -> None:
    for step in ("accept", "start_survey"):
        counter.take(step, TODAY)
    given = {
        "request_verification-consented_by": [member.pk for member in counter.members],
        "request_verification-consent_on": "2024-07-01",
    }
    browser_of(cast.clerk).post(f"{address}/steps/request_verification", given)
    taken = CaseAction.objects.get(case=counter.case, step="request_verification")
    assert taken.data["consented_by_names"] == ["张桂兰", "张小宝"]


def test_refusal_of_a_check_stands_in_the_form(cast: Cast, address: str, counter: Counter) -> None:
    for step in ("accept", "start_survey"):
        counter.take(step, TODAY)
    given = {_CONSENTED: [counter.members[0].pk], "request_verification-consent_on": "2024-07-01"}
    answer = browser_of(cast.clerk).post(f"{address}/steps/request_verification", given)
    assert (answer.status_code, "张小宝尚未签署核对授权书" in page(answer)) == (422, True)
    # Without anybody's consent as well; and that it was tried stands in the log.
    answer = browser_of(cast.clerk).post(f"{address}/steps/request_verification", given | {_CONSENTED: []})
    assert (answer.status_code, "张桂兰、张小宝尚未签署核对授权书" in page(answer)) == (422, True)
    lines = AuditLine.objects.filter(verb="verification.refused").order_by("sequence")
    assert [line.summary.partition("尚未")[0] for line in lines] == ["张小宝", "张桂兰、张小宝"]


def test_somebody_without_the_role_reads_why(cast: Cast, address: str) -> None:
    shown = page(browser_of(cast.reviewer).get(address))
    assert ("“受理”由镇（街道）经办人办理，您没有这一岗位。" in shown, f"{address}/steps/accept" in shown) == (True, False)


def test_step_posted_without_the_role_is_refused(cast: Cast, address: str, counter: Counter) -> None:
    answer = browser_of(cast.reviewer).post(f"{address}/steps/accept", {})
    counter.case.refresh_from_db()
    assert (answer.status_code, counter.case.state) == (422, "applied")


def test_step_of_another_state_leads_back_with_a_sentence(cast: Cast, address: str) -> None:
    answer = browser_of(cast.decision_maker).post(f"{address}/steps/confirm", {})
    assert (answer.status_code, "本件已经到了另一环节" in page(answer)) == (403, True)


def test_decision_asks_before_it_is_taken(cast: Cast, address: str, counter: Counter) -> None:
    shown = page(browser_of(cast.clerk).get(address))
    asked = {name: f'/steps/{name}" data-confirm=' in shown for name in ("accept", "decline", "withdraw")}
    assert asked == {"accept": False, "decline": True, "withdraw": True}


@pytest.mark.capability("SA-01")
def test_rules_are_asked_for_the_next_month(cast: Cast, address: str) -> None:
    shown = page(browser_of(cast.clerk).get(f"{address}/reckoned", headers={"hx-request": "true"}))
    assert ("规则测算（2024年8月）" in shown, "<html" in shown, "why?month=2024-08" in shown) == (True, False, True)


# --- papers ---------------------------------------------------------------------------------------------------------


def test_paper_is_shown_before_it_is_issued(cast: Cast, address: str) -> None:
    shown = page(browser_of(cast.clerk).get(f"{address}/papers/assistance.dibao.application_form"))
    assert ("尚未出具" in shown, "年老体弱，没有收入来源。" in shown) == (True, True)


def test_paper_of_a_step_not_taken_is_refused(cast: Cast, address: str) -> None:
    answer = browser_of(cast.clerk).get(f"{address}/papers/assistance.dibao.confirmation_notice")
    assert (answer.status_code, "尚未办理相应的步骤" in page(answer)) == (403, True)


def test_paper_is_issued_once_and_downloaded(cast: Cast, address: str) -> None:
    browser = browser_of(cast.clerk)
    for _ in range(2):
        browser.post(f"{address}/papers/assistance.dibao.application_form/issue")
    document = Document.objects.get()
    files = [browser.get(f"/documents/files/{file.pk}") for file in document.files.all()]
    assert [file.content[:4] for file in files] == [b"PK\x03\x04", b"%PDF"]
    assert document.number in page(browser.get(f"{address}/papers/assistance.dibao.application_form"))


def test_file_next_door_is_refused(cast: Cast, address: str) -> None:
    browser_of(cast.clerk).post(f"{address}/papers/assistance.dibao.application_form/issue")
    file = Document.objects.get().files.all()[0]
    assert browser_of(cast.clerk_next_door).get(f"/documents/files/{file.pk}").status_code == 403


def test_auditor_reads_but_does_not_issue(cast: Cast, address: str) -> None:
    browser = browser_of(cast.auditor)
    shown = page(browser.get(f"{address}/papers/assistance.dibao.application_form"))
    browser.post(f"{address}/papers/assistance.dibao.application_form/issue")
    assert ("编号出具" in shown, Document.objects.count()) == (False, 0)


def _hand_in(actor: Actor, address: str, name: str, content: bytes) -> Any:
    return browser_of(actor).post(f"{address}/files", {"title": "户口簿", "file": SimpleUploadedFile(name, content)})


def test_paper_handed_in_is_offered_by_the_steps(cast: Cast, address: str, counter: Counter) -> None:
    _hand_in(cast.clerk, address, "户口簿.pdf", PDF)
    counter.take("request_papers", TODAY)
    shown = page(browser_of(cast.clerk).get(address))
    assert (Document.objects.get().title, 'name="supply_papers-files"' in shown) == ("户口簿", True)


def test_file_that_is_not_what_it_says_is_told(cast: Cast, address: str) -> None:
    answer = _hand_in(cast.clerk, address, "照片.jpg", b"<script>")
    assert (answer.status_code, "不是允许的格式" in page(answer), Document.objects.count()) == (422, True, 0)


def test_no_case_is_made_by_looking(cast: Cast, address: str) -> None:
    browser_of(cast.leader).get(address)
    assert (Case.objects.count(), CaseAction.objects.count()) == (1, 1)


def test_paper_that_is_too_large_is_refused_before_it_is_read(cast: Cast, address: str, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    answer = _hand_in(cast.clerk, address, "户口簿.pdf", PDF + b" " * 1024 * 1024)
    assert ("文件“户口簿.pdf”超过1 MB 的上限" in page(answer), answer.status_code, Document.objects.count()) == (True, 422, 0)
