"""The pages of temporary assistance and of deliberation."""

import re
from typing import Any

import pytest

from tests.lines.assistance.temporary.conftest import Trouble
from tests.panel_stage import Panel
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.capability("SA-05")


def said(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_funds_aid_and_late_papers_stand_on_one_page(trouble: Trouble) -> None:
    trouble.fund(5_000)
    trouble.open()
    trouble.aid(1_200)
    page = said(browser_of(trouble.cast.leader).get("/temporary?since=2024-06-01&until=2024-06-30"))
    assert "曲塘镇 5,000.00 1,200.00 3,800.00 1" in page
    assert "火灾 1 1,200.00" in page
    assert "2024-06-18 已逾期" in page


def test_money_is_handed_down_on_the_page(trouble: Trouble) -> None:
    browser = browser_of(trouble.cast.cashier)
    given = {"town": str(trouble.county.qutang.pk), "amount": "8000", "document": "拨款单2号", "allocated_on": "2024-07-01"}
    assert browser.post("/temporary/allocations", given).status_code == 302
    assert "曲塘镇 8,000.00 0.00 8,000.00" in said(browser.get("/temporary/allocations"))
    assert browser.post("/temporary/allocations", {**given, "document": ""}).status_code == 422
    assert browser.get("/temporary/allocations?export=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")


def test_leader_hands_nothing_down(trouble: Trouble) -> None:
    browser = browser_of(trouble.cast.leader)
    assert "登记下拨" not in browser.get("/temporary/allocations").content.decode()


def test_emergency_is_opened_at_the_counter(trouble: Trouble) -> None:
    browser = browser_of(trouble.cast.clerk)
    assert "?kind=assistance.temporary.emergency.application" in browser.get("/temporary").content.decode()
    page = said(browser.get(f"/cases/new/{trouble.home.pk}?kind=assistance.temporary.emergency.application"))
    assert "发生地" in page


def test_emergency_is_offered_to_a_family_with_another_case_under_way(trouble: Trouble) -> None:
    trouble.open("assistance.temporary.expenditure.application", cause="medical", need=800_000)
    kind = "assistance.temporary.emergency.application"
    page = browser_of(trouble.cast.clerk).get(f"/cases/new?kind={kind}&text={trouble.home.number}").content.decode()
    assert f"/cases/new/{trouble.home.pk}?kind={kind}" in page


@pytest.mark.capability("SA-07")
def test_deliberation_is_raised_from_the_number_of_the_case(trouble: Trouble) -> None:
    case = trouble.open()
    browser = browser_of(trouble.cast.clerk)
    response = browser.post("/deliberations", {"about": case.number})
    assert (response.status_code, response.url) == (
        302,
        f"/cases/new/{trouble.home.pk}?kind=assistance.deliberation.application",
    )
    assert browser_of(trouble.cast.clerk_next_door).post("/deliberations", {"about": case.number}).status_code == 422


@pytest.mark.capability("SA-07")
def test_decisions_of_panels_are_listed_apart(trouble: Trouble) -> None:
    panel = Panel(trouble.cast, trouble.county.county, trouble.open())
    panel.agreed(amount=80_000)
    page = said(browser_of(trouble.cast.leader).get("/deliberations?agreed=yes"))
    assert "临时救助超上限、超次数 同意 5／5 800.00" in page
    assert "没有符合条件的一事一议" in said(browser_of(trouble.cast.leader).get("/deliberations?agreed=no"))


@pytest.mark.parametrize("more", [1, 3])
def test_pages_ask_the_same_number_of_questions(trouble: Trouble, more: int, django_assert_num_queries: Any) -> None:
    trouble.fund()
    for day in range(more):
        trouble.open(cause=("fire", "accident", "sudden_illness")[day])
        if day < 2:
            trouble.aid(500)
            trouble.take("complete_papers", papers=["identity", "application", "event_proof", "receipt", "survey"], findings="实")
        else:
            trouble.take("withdraw", reason="好转")
    browser = browser_of(trouble.cast.leader)
    with django_assert_num_queries(14):
        browser.get("/temporary")
    with django_assert_num_queries(11):
        browser.get("/temporary/allocations")
    with django_assert_num_queries(6):
        browser.get("/deliberations")
