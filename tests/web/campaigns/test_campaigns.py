"""The pages of campaigns: proposed, frozen, checked, approved through the browser; the roster as a list and a file."""

import re
from datetime import date
from typing import Any

import pytest

from anmin.base import clock
from anmin.lines.assistance.campaigns.models import Campaign
from tests.lines.assistance.campaigns.conftest import FROZEN, Festival
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.capability("SA-08")

PROPOSED = {
    "kind": "assistance.festival",
    "occasion": "2024年春节",
    "cutoff_on": "2024-01-31",
    "for_month": "2024-02",
    "pay_month": "2024-02",
    "document": "",
}


def said(response: Any) -> str:
    """What is read on the page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_from_the_proposal_to_the_approval(festival: Festival) -> None:
    cast = festival.cast
    made = browser_of(cast.reviewer).post("/campaigns/new", PROPOSED)
    campaign = Campaign.objects.get()
    assert (made.status_code, made.url) == (302, f"/campaigns/{campaign.pk}")
    for actor, verb in ((cast.reviewer, "freeze"), (cast.second_reviewer, "check"), (cast.leader, "approve")):
        assert browser_of(actor).post(f"/campaigns/{campaign.pk}/{verb}").status_code == 302
    campaign.refresh_from_db()
    page = said(browser_of(cast.leader).get(f"/campaigns/{campaign.pk}"))
    assert (campaign.state, campaign.total) == ("approved", 120_000)
    assert "等待发放经办人在“资金发放”中生成节日补助名册" in page


def test_buttons_are_there_for_whom_they_are_meant(festival: Festival) -> None:
    campaign = festival.frozen()
    pages = {
        name: browser_of(actor).get(f"/campaigns/{campaign.pk}").content.decode()
        for name, actor in (("maker", festival.cast.reviewer), ("checker", festival.cast.second_reviewer))
    }
    assert "复核通过</button>" not in pages["maker"]
    assert "复核通过</button>" in pages["checker"]


def test_fault_of_a_proposal_is_told_on_the_form(festival: Festival) -> None:
    response = browser_of(festival.cast.reviewer).post("/campaigns/new", {**PROPOSED, "pay_month": "2023-12"})
    assert response.status_code == 422
    assert "早于名册截止日" in said(response)


def test_unreadable_month_is_told_beside_its_field(festival: Festival) -> None:
    response = browser_of(festival.cast.reviewer).post("/campaigns/new", {**PROPOSED, "pay_month": "二月"})
    assert response.status_code == 422


def test_reopening_asks_for_a_reason(festival: Festival) -> None:
    campaign, browser = festival.frozen(), browser_of(festival.cast.reviewer)
    assert browser.post(f"/campaigns/{campaign.pk}/reopen", {"reason": ""}).status_code == 422
    assert browser.post(f"/campaigns/{campaign.pk}/reopen", {"reason": "漏人"}).status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == "draft"


def test_share_is_withheld_on_the_page_of_the_person(festival: Festival) -> None:
    campaign, browser = festival.frozen(), browser_of(festival.cast.reviewer)
    address = f"/campaigns/rows/{festival.row(campaign, festival.next_door).pk}"
    assert browser.post(address, {"verb": "withhold", "budget": "county", "why": "机构统一安排"}).status_code == 302
    assert "海安市级 0.00 机构统一安排" in said(browser.get(address))
    assert browser.post(address, {"verb": "leave_out", "reason": ""}).status_code == 422


def test_roster_is_filtered_and_exported(festival: Festival) -> None:
    campaign, browser = festival.frozen(), browser_of(festival.cast.leader)
    found = said(browser.get(f"/campaigns/{campaign.pk}?group=orphan"))
    assert "王小宝" in found
    assert "陈福根" not in found
    response = browser.get(f"/campaigns/{campaign.pk}?export=xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")


def test_town_next_door_sees_its_own_person_only(festival: Festival) -> None:
    campaign = festival.frozen()
    found = said(browser_of(festival.cast.clerk_next_door).get(f"/campaigns/{campaign.pk}"))
    assert "陈福根" in found
    assert "王小宝" not in found
    hidden = festival.row(campaign, festival.grandson).pk
    assert browser_of(festival.cast.clerk_next_door).get(f"/campaigns/rows/{hidden}").status_code == 404


@pytest.mark.parametrize("more", [0, 3])
def test_pages_ask_the_same_number_of_questions(festival: Festival, more: int, django_assert_num_queries: Any) -> None:
    for _ in range(more):
        festival.stage.family()
    campaign, browser = festival.frozen(), browser_of(festival.cast.leader)
    with django_assert_num_queries(6):
        browser.get("/campaigns")
    with django_assert_num_queries(12):
        browser.get(f"/campaigns/{campaign.pk}")
    with django_assert_num_queries(7):
        browser.get(f"/campaigns/rows/{festival.row(campaign, festival.next_door).pk}")


def test_gifts_are_handed_over_on_the_page(festival: Festival) -> None:
    from anmin.lines.assistance.campaigns import actions

    campaign = festival.propose(kind="assistance.dialysis_visit")
    person = festival.grandson
    listed = actions.Listed(person.pk, person.memberships.get().household_id, person.area_id)
    actions.list_people(campaign=campaign, people=[listed], actor=festival.cast.reviewer, on=date(2024, 1, 31))
    campaign = festival.approved(festival.freeze(campaign, on=FROZEN))
    browser = browser_of(festival.cast.clerk)
    assert "登记发放慰问品" in said(browser.get(f"/campaigns/{campaign.pk}"))
    given = {"given_on": clock.today().isoformat(), "taken_by": ""}
    assert browser.post(f"/campaigns/{campaign.pk}/gifts", given).status_code == 302
    assert campaign.rows.get().gifts_given_on == clock.today()
