"""Requests that are run, full checks that go on source by source, what one inquiry says of a family, and its report."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.ground.verification.declarations import ROLLS, Listed, Roll
from anmin.ground.verification.models import Finding, Inquiry, VerificationReport, VerificationRequest
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Answered, Capacity
from anmin.web.verification import tasks
from tests.checked_families import JUNE, Checked
from tests.conftest import TODAY, Cast, County
from tests.dibao_counter import Counter
from tests.web.signed_in import browser_of

INQUIRIES = "/verification/inquiries"


@pytest.fixture
def roll(monkeypatch: pytest.MonkeyPatch) -> list[Listed]:
    """The people of the only roll there is."""
    people: list[Listed] = []
    for name in list(ROLLS):
        monkeypatch.delitem(ROLLS, name)
    monkeypatch.setitem(ROLLS, "assistance.dibao", Roll("assistance.dibao", "低保", lambda on, path: people, lambda *_: 0))
    return people


@pytest.mark.capability("SA-12")
def test_all_requests_that_wait_are_run_together(checked: Checked, cast: Cast) -> None:
    homes = [checked.family(checked.person(name)) for name in ("张桂兰", "李秀英")]
    for home in homes:
        checked.request(home)
    browser = browser_of(cast.reviewer)
    assert "核对 2 件请求" in browser.get(INQUIRIES).content.decode()
    browser.post(f"{INQUIRIES}/run")
    assert [each.inquiry is not None for each in VerificationRequest.objects.all()] == [True, True]
    page = browser.get(INQUIRIES).content.decode()
    assert "没有待核对的请求。" in page
    assert [each.number in page for each in Inquiry.objects.all()] == [True, True]


@pytest.mark.capability("SA-12")
def test_an_inquiry_says_who_asked_for_which_case_and_on_what_ground(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    counter.apply(date(2024, 6, 28))
    for step in ("accept", "start_survey", "request_verification"):
        counter.take(step, TODAY)
    browser = browser_of(cast.reviewer)
    browser.post(f"{INQUIRIES}/run")
    inquiry, case = Inquiry.objects.get(), counter.case
    page = browser.get(f"{INQUIRIES}/{inquiry.number}").content.decode()
    links = (f"/cases/{case.number}", f"{INQUIRIES}/{inquiry.number}/families/{case.household_id}")
    assert [f'href="{link}"' in page for link in links] == [True, True]
    assert (cast.clerk.name in page, inquiry.ground in page) == (True, True)


def test_clerk_sees_what_waits_and_runs_nothing(checked: Checked, cast: Cast) -> None:
    checked.request(checked.family(checked.person("张桂兰")))
    browser = browser_of(cast.clerk)
    page = browser.get(INQUIRIES).content.decode()
    assert ("张桂兰" in page, "件请求</button>" in page, "发起全量核对" in page) == (True, False, False)
    assert browser.post(f"{INQUIRIES}/run").status_code == 403
    assert browser.get(f"{INQUIRIES}/new").status_code == 403


@pytest.mark.capability("SA-12")
def test_full_check_goes_on_source_by_source_where_it_stopped(
    checked: Checked, cast: Cast, roll: list[Listed], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = checked.person("张桂兰")
    home = checked.family(owner)
    roll.append(Listed(owner.pk, home.pk, Capacity.APPLICANT))
    checked.cars(("张桂兰", owner.identity_number or "", "苏F12345"))
    browser = browser_of(cast.reviewer)
    area = checked.county.county.pk
    answer = browser.post(f"{INQUIRIES}/new", {"occasion": "full", "area": area, "ground": "上半年全量核对", "rolls": []})
    inquiry = Inquiry.objects.get()
    assert answer["Location"] == f"{INQUIRIES}/{inquiry.number}?run=on"
    assert f'hx-post="{INQUIRIES}/{inquiry.number}/step"' in browser.get(answer["Location"]).content.decode()
    # Half of it, then somebody leaves and comes back.
    monkeypatch.setattr(tasks, "AT_A_TIME", 0.0)
    for _ in range(3):
        browser.post(f"{INQUIRIES}/{inquiry.number}/step", headers={"HX-Request": "true"})
    page = browser.get(f"{INQUIRIES}/{inquiry.number}").content.decode()
    assert f"尚未完成：已核对 3 个数据源，共 {len(SOURCES)} 个。" in page
    monkeypatch.setattr(tasks, "AT_A_TIME", 60.0)
    browser.post(f"{INQUIRIES}/{inquiry.number}/step", headers={"HX-Request": "true"})
    last = browser.post(f"{INQUIRIES}/{inquiry.number}/step", headers={"HX-Request": "true"})
    assert last["HX-Redirect"] == f"{INQUIRIES}/{inquiry.number}"
    inquiry.refresh_from_db()
    assert (inquiry.done_on, inquiry.sources.count()) == (TODAY, len(SOURCES))
    assert Finding.objects.get().kind == "undeclared_vehicle"
    shown = browser.get(f"{INQUIRIES}/{inquiry.number}")
    assert shown.context["kinds"] == [("名下有未申报车辆", 1, 1, "undeclared_vehicle")]
    assert [(town["area__parent__name"], town["all"]) for town in shown.context["towns"]] == [("曲塘镇", 1)]


def test_full_check_without_a_ground_comes_back(checked: Checked, cast: Cast, roll: list[Listed]) -> None:
    given = {"occasion": "full", "area": checked.county.county.pk, "ground": ""}
    answer = browser_of(cast.reviewer).post(f"{INQUIRIES}/new", given)
    assert (answer.status_code, Inquiry.objects.count()) == (422, 0)
    nobody = browser_of(cast.reviewer).post(f"{INQUIRIES}/new", {**given, "ground": "核对"})
    assert "没有在册对象" in nobody.content.decode()


def test_source_that_comes_late_is_asked_again(checked: Checked, cast: Cast) -> None:
    owner = checked.person("张桂兰")
    inquiry = checked.run(checked.family(owner))[0]
    browser = browser_of(cast.reviewer)
    assert "补充核对" in browser.get(f"{INQUIRIES}/{inquiry.number}").content.decode()
    checked.cars(("张桂兰", owner.identity_number or "", "苏F12345"))
    browser.post(f"{INQUIRIES}/{inquiry.number}/late")
    assert Finding.objects.get().inquiry == inquiry


def test_inquiry_says_why_a_source_did_not_answer(checked: Checked, cast: Cast) -> None:
    inquiry = checked.run(checked.family(checked.person("张桂兰")))[0]
    inquiry.sources.filter(source="vehicles").update(answered=Answered.UNAVAILABLE, problem="对方以 503 答复")
    assert "对方以 503 答复" in browser_of(cast.reviewer).get(f"{INQUIRIES}/{inquiry.number}").content.decode()


@pytest.mark.capability("SA-12")
def test_family_is_rolled_up_and_nothing_found_is_not_said_of_what_was_not_asked(checked: Checked, cast: Cast) -> None:
    owner, other = checked.person("张桂兰"), checked.person("张小宝", born=date(2014, 5, 1))
    home = checked.family(owner, other, letters=False)
    checked.sign([owner])
    checked.cars(("张桂兰", owner.identity_number or "", "苏F12345"))
    inquiry = checked.run(home)[0]
    answer = browser_of(cast.clerk).get(f"{INQUIRIES}/{inquiry.number}/families/{home.pk}")
    answers = {row["label"]: [label for label, _, _ in row["answers"]] for row in answer.context["sources"]}
    assert (answers["机动车"], answers["银行存款"]) == (["有记录", "未授权，未查询"], ["部门未提供数据", "未授权，未查询"])
    assert "“未查到”只对“未查到记录”的各项成立" in answer.content.decode()
    assert browser_of(cast.clerk_next_door).get(f"{INQUIRIES}/{inquiry.number}/families/{home.pk}").status_code == 404


@pytest.mark.capability("SA-12")
def test_report_is_issued_shown_and_proved_by_anybody(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    home, inquiry = finding.household, finding.inquiry
    assert home is not None
    browser = browser_of(cast.reviewer)
    answer = browser.post(f"{INQUIRIES}/{inquiry.number}/families/{home.pk}/report")
    report = VerificationReport.objects.get()
    page = browser.get(answer["Location"]).content.decode()
    assert [words in page for words in (report.number, "疑似超标，需入户核实", "居民家庭经济状况核对报告", "苏F")] == [True] * 4
    assert [(each.media_type.endswith("pdf"), each.size > 0) for each in report.document.files.order_by("id")] == [  # type: ignore[union-attr]  # issued
        (False, True),
        (True, True),
    ]
    stranger = browser_of(cast.clerk_next_door)
    assert stranger.get(answer["Location"]).status_code == 404
    again = browser.post(f"{INQUIRIES}/{inquiry.number}/families/{home.pk}/report")
    assert (again.status_code, VerificationReport.objects.count()) == (403, 1)


def test_reports_are_listed_narrowed_and_exported(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    browser = browser_of(cast.reviewer)
    browser.post(f"{INQUIRIES}/{finding.inquiry.number}/families/{finding.household_id}/report")
    number = VerificationReport.objects.get().number
    asked_of = ({}, {"text": "张桂兰"}, {"text": "李"}, {"result": "incomplete"}, {"valid": "yes"}, {"valid": "no"})
    shown = [number in browser.get("/verification/reports", asked).content.decode() for asked in asked_of]
    assert shown == [True, True, False, False, True, False]
    assert browser.get("/verification/reports", {"export": "xlsx"}).content.startswith(b"PK")
    assert number not in browser_of(cast.clerk_next_door).get("/verification/reports").content.decode()


def test_family_page_tells_letters_findings_and_inquiries(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    page = browser_of(cast.clerk).get(f"/verification/families/{finding.household_id}").content.decode()
    told = ("授权齐全", "名下有未申报车辆", finding.inquiry.number, "没有核对报告")
    assert [words in page for words in told] == [True] * 4
    assert browser_of(cast.clerk_next_door).get(f"/verification/families/{finding.household_id}").status_code == 404


def test_household_page_leads_to_its_verification(checked: Checked, cast: Cast) -> None:
    home = checked.family(checked.person("张桂兰"))
    page = browser_of(cast.clerk).get(f"/households/{home.pk}").content.decode()
    assert f'href="/verification/families/{home.pk}"' in page


def test_pages_ask_a_fixed_number_of_questions(checked: Checked, cast: Cast, county: County) -> None:
    browser = browser_of(cast.reviewer)
    counts = []
    for names in (("赵",), ("钱", "孙", "李")):
        findings = [checked.with_a_car(f"{name}某某") for name in names]
        inquiry, home = findings[0].inquiry, findings[0].household_id
        checked.request(findings[-1].household)  # type: ignore[arg-type]  # it has one
        paths = (
            INQUIRIES,
            f"{INQUIRIES}/{inquiry.number}",
            f"{INQUIRIES}/{inquiry.number}/families/{home}",
            f"/verification/families/{home}",
            "/verification/reports",
            "/verification/watch",
        )
        asked_of = []
        for path in paths:
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(path).status_code == 200
            asked_of.append(len(asked.captured_queries))
        counts.append(asked_of)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 20


def test_family_reads_of_which_day_each_answer_is(checked: Checked, cast: Cast) -> None:
    owner, other = checked.person("张桂兰"), checked.person("李秀英")
    home = checked.family(owner, other)
    head, later = "姓名,公民身份号码,号牌号码", date(2024, 6, 25)
    checked.deliver("vehicles", head, f"张桂兰,{owner.identity_number},苏F00001", "王五,320621197001030017,苏F00003")
    checked.deliver("vehicles", head, f"李秀英,{other.identity_number},苏F00002", as_of=later, partial=True)
    inquiry = checked.run(home)[0]
    answer = browser_of(cast.reviewer).get(f"{INQUIRIES}/{inquiry.number}/families/{home.pk}")
    cars = next(row for row in answer.context["sources"] if row["label"] == "机动车")
    assert (cars["as_of"], cars["parts"]) == (JUNE, ["2024-06-25"])
    assert [(label, day) for label, _, day in cars["answers"]] == [("有记录", None), ("有记录", later)]
    assert "部分数据 2024-06-25" in browser_of(cast.reviewer).get(f"{INQUIRIES}/{inquiry.number}").content.decode()
