"""The pages of the supplementary insurance."""

import re

import pytest

from anmin.lines.assistance.supplementary.models import InsurancePolicy
from tests.lines.assistance.campaigns.conftest import Festival
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.capability("SA-16")

POLICY = {
    "year": "2024",
    "number": "BD1",
    "insurer": "示例保险",
    "starts_on": "2024-01-01",
    "ends_on": "2024-12-31",
    "rostered_on": "2023-12-31",
    "premium": "",
}


def test_policy_is_entered_frozen_and_handed_out(festival: Festival) -> None:
    browser = browser_of(festival.cast.reviewer)
    assert browser.post("/supplementary", POLICY).status_code == 302
    policy = InsurancePolicy.objects.get()
    assert browser.post(f"/supplementary/{policy.pk}/freeze").status_code == 302
    page = re.sub(r"<[^>]+>|\s", "", browser.get(f"/supplementary/{policy.pk}").content.decode())
    assert policy.premium == 15_000
    assert "参保人数4人" in page
    assert "赔付率0.0%" in page
    assert browser.post(f"/supplementary/{policy.pk}/roster.xlsx")["Content-Type"].endswith("spreadsheetml.sheet")


def test_second_policy_of_a_year_is_refused_on_the_form(festival: Festival) -> None:
    browser = browser_of(festival.cast.reviewer)
    browser.post("/supplementary", POLICY)
    response = browser.post("/supplementary", POLICY)
    assert response.status_code == 422
    assert "2024年度的低补保保单已登记" in response.content.decode()


def test_leader_is_shown_no_form_and_no_roster(festival: Festival) -> None:
    assert "登记保单" not in browser_of(festival.cast.leader).get("/supplementary").content.decode()
