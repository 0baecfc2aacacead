"""The pages of group decisions: who sees a list, what the rules say on it, who decides."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.ground.entitlements.models import Entitlement, GroupDecision
from tests.conftest import Cast, County
from tests.elders_stage import Village, proposed
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.capability("EC-13")
JUNE = date(2024, 6, 1)


def said(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def village(county: County) -> Village:
    return Village(county)


@pytest.fixture
def group(cast: Cast, village: Village) -> GroupDecision:
    people = [village.elder(born) for born in (date(1944, 6, 30), date(1930, 1, 1), date(1950, 1, 1))]
    return proposed(cast, village, *(village.line(person, JUNE) for person in people))


def test_list_shows_what_the_rules_say_of_each(cast: Cast, group: GroupDecision) -> None:
    page = said(browser_of(cast.reviewer).get(f"/groups/{group.number}"))
    assert "符合条件 2 人" in page
    assert "不符合条件 1 人" in page
    assert "首月金额合计 160.00 元" in page


def test_only_whoever_decides_sees_the_button(cast: Cast, group: GroupDecision) -> None:
    pages = {
        name: browser_of(actor).get(f"/groups/{group.number}").content.decode()
        for name, actor in (("proposer", cast.reviewer), ("decider", cast.decision_maker))
    }
    assert "审定</button>" not in pages["proposer"]
    assert "等待审核确认人审定" in pages["proposer"]
    assert "审定</button>" in pages["decider"]


def test_decision_grants_and_leads_back_to_the_list(cast: Cast, group: GroupDecision) -> None:
    browser = browser_of(cast.decision_maker)
    response = browser.post(f"/groups/{group.number}/decide")
    assert (response.status_code, response.url) == (302, f"/groups/{group.number}")
    assert Entitlement.objects.count() == 2
    assert "已审定" in said(browser.get("/groups"))


def test_one_person_is_left_out_with_a_reason_on_their_own_page(cast: Cast, group: GroupDecision) -> None:
    line, browser = group.lines.order_by("pk")[0], browser_of(cast.reviewer)
    address = f"/groups/{group.number}/lines/{line.pk}"
    assert "当月80岁" in said(browser.get(address))
    assert browser.post(address, {"reason": ""}).status_code == 422
    assert browser.post(address, {"reason": "待核实"}).status_code == 302
    line.refresh_from_db()
    assert line.left_out == "待核实"


def test_withdrawal_asks_for_a_reason(cast: Cast, group: GroupDecision) -> None:
    browser = browser_of(cast.reviewer)
    assert browser.post(f"/groups/{group.number}/withdraw", {"reason": ""}).status_code == 422
    assert browser.post(f"/groups/{group.number}/withdraw", {"reason": "重列"}).status_code == 302
    assert GroupDecision.objects.get().state == "withdrawn"


def test_a_clerk_next_door_finds_nothing(cast: Cast, group: GroupDecision) -> None:
    browser = browser_of(cast.clerk_next_door)
    assert browser.get(f"/groups/{group.number}").status_code == 404
    assert "没有符合条件的批量名单" in said(browser.get("/groups"))


def test_list_asks_the_same_number_of_questions_however_long_it_is(cast: Cast, village: Village) -> None:
    browser = browser_of(cast.reviewer)

    def questions(count: int) -> int:
        lines = [village.line(village.elder(date(1940, 1, 1 + place)), JUNE) for place in range(count)]
        made = proposed(cast, village, *lines)
        browser.get(f"/groups/{made.number}")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(f"/groups/{made.number}")
        return len(asked)

    assert questions(2) == questions(12)


def test_list_comes_as_a_workbook(cast: Cast, group: GroupDecision) -> None:
    response = browser_of(cast.reviewer).get(f"/groups/{group.number}?export=xlsx")
    assert response.headers["Content-Type"].startswith("application/vnd.openxmlformats")
