"""The report in the browser: written from the records, every figure a link, frozen when issued."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from anmin.ground.reports.models import IssuedReport
from tests.conftest import Cast, County
from tests.small_register import SmallRegister
from tests.web.signed_in import browser_of

DRAFT = "/report?period=2024H1"


@pytest.fixture
def two_families(county: County) -> SmallRegister:
    register = SmallRegister()
    for area in (county.liuqiao, county.zoufeng):
        register.family(area, 2)
    return register


def _page(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.capability("RP-01")
def test_figure_in_the_draft_leads_to_its_records(cast: Cast, two_families: SmallRegister) -> None:
    page = _page(browser_of(cast.leader).get(DRAFT))
    assert '<a href="/figures/assistance.dibao.households?period=2024H1">2户</a>' in page


@pytest.mark.capability("RP-01")
def test_draft_follows_the_records(cast: Cast, county: County, two_families: SmallRegister) -> None:
    two_families.family(county.liuqiao)
    page = _page(browser_of(cast.leader).get(DRAFT))
    assert '<a href="/figures/assistance.dibao.households?period=2024H1">3户</a>' in page


def test_draft_asks_the_same_for_two_families_and_for_three(
    cast: Cast, county: County, two_families: SmallRegister, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    browser = browser_of(cast.leader)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as asked:
            assert browser.get(DRAFT).status_code == 200
        counts.append(len(asked))
        two_families.family(county.liuqiao)
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("format", "begins"), [("docx", b"PK"), ("html", b"<!doctype html>"), ("md", b"# ")])
def test_draft_is_downloaded(cast: Cast, two_families: SmallRegister, format: str, begins: bytes) -> None:
    answer = browser_of(cast.leader).get(f"/report/file/{format}?period=2024H1")
    assert answer.content[: len(begins)] == begins


def test_unknown_format_is_told(cast: Cast) -> None:
    answer = browser_of(cast.leader).get("/report/file/exe?period=2024H1")
    assert (answer.status_code, "没有“exe”这种格式" in _page(answer)) == (400, True)


def test_quarter_has_no_report(cast: Cast) -> None:
    answer = browser_of(cast.leader).get("/report?period=2024Q1")
    assert (answer.status_code, "工作总结按半年撰写" in _page(answer)) == (400, True)


@pytest.mark.capability("RP-01")
def test_leader_issues_and_later_changes_show(cast: Cast, county: County, two_families: SmallRegister) -> None:
    browser = browser_of(cast.leader)
    answer = browser.post("/report/issue", {"period": "2024H1"}, follow=True)
    assert "按现在的记录重新计算，每个数字及其背后的记录都与印发时相同" in _page(answer)
    two_families.family(county.liuqiao, since=date(2024, 2, 1))
    number = IssuedReport.objects.get().number
    changed = browser.get(f"/report/issued/{number}")
    rows = {each["label"]: (each["then"], each["now"], each["what"]) for each in changed.context["changes"]}
    assert rows["城乡低保户数"] == ("2户", "3户", "数值变化")
    assert ">2户</a>" in _page(changed)


def test_clerk_is_told_who_issues(cast: Cast, two_families: SmallRegister) -> None:
    browser = browser_of(cast.clerk)
    assert "只有局领导可以印发报告" in _page(browser.get(DRAFT))
    assert browser.post("/report/issue", {"period": "2024H1"}).status_code == 403
    assert not IssuedReport.objects.exists()


def test_period_that_still_runs_is_not_issued(cast: Cast, two_families: SmallRegister) -> None:
    answer = browser_of(cast.leader).post("/report/issue", {"period": "2024H2"})
    assert (answer.status_code, "才能印发" in _page(answer), IssuedReport.objects.exists()) == (403, True, False)
