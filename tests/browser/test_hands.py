"""What staff do with their hands: signing in, searching, deciding, paying, by mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Visit

pytestmark = pytest.mark.browser


def test_five_wrong_passwords_lock_the_account_and_say_so(desktop: Visit) -> None:
    for _ in range(6):
        desktop.goto("/sign-in")
        desktop.page.fill("#id_username", "shenji1")
        desktop.page.fill("#id_password", "wrong")
        desktop.page.click("button[type=submit]")
    expect(desktop.page.get_by_role("heading", name="账号已暂时锁定")).to_be_visible()
    desktop.goto("/sign-in")
    desktop.page.fill("#id_username", "shenji1")
    desktop.page.fill("#id_password", PASSWORD)
    desktop.page.click("button[type=submit]")
    expect(desktop.page.get_by_role("heading", name="账号已暂时锁定")).to_be_visible()


def test_slash_leads_to_the_search_and_a_surname_finds_people(desktop: Visit) -> None:
    desktop.sign_in("shenhe1")
    desktop.page.keyboard.press("/")
    desktop.page.keyboard.type("王")
    expect(desktop.page.locator("#search-suggestions a").first).to_be_visible()
    desktop.page.keyboard.press("Enter")
    expect(desktop.page).to_have_url(re.compile(r"/search\?q="))
    assert desktop.complaints == []


@pytest.mark.capability("SA-18")
def test_the_roll_of_july_passes_from_hand_to_hand(browser_of_roles: dict[str, Visit]) -> None:
    reviewer, decision_maker = browser_of_roles["shenhe1"], browser_of_roles["queren1"]
    reviewer.goto("/payments")
    reviewer.page.get_by_role("link", name=re.compile("2024年7月|2024-07")).first.click()
    reviewer.page.get_by_role("button", name="复核通过").click()
    _confirm(reviewer)
    expect(reviewer.page.locator(".page-title")).to_contain_text("已复核")
    decision_maker.goto("/payments")
    decision_maker.page.get_by_role("link", name=re.compile("2024年7月|2024-07")).first.click()
    decision_maker.page.get_by_role("button", name=re.compile("审批")).first.click()
    _confirm(decision_maker)
    expect(decision_maker.page.locator(".page-title")).to_contain_text("已审批")
    assert reviewer.complaints + decision_maker.complaints == []


@pytest.mark.capability("SA-01")
def test_from_the_register_to_the_reasons_of_an_amount(desktop: Visit) -> None:
    desktop.sign_in("lingdao1")
    desktop.goto("/dibao")
    desktop.page.locator("tr[data-href] a").first.click()
    desktop.page.get_by_role("link", name="为什么是这个金额").click()
    expect(desktop.page.get_by_role("heading", name="一步一步怎么算")).to_be_visible()
    expect(desktop.page.locator(".why")).to_contain_text("月保障金额")
    expect(desktop.page.locator(".why")).to_contain_text("民发〔2021〕57号")


def _confirm(visit: Visit) -> None:
    """Says yes to the question that asks before what cannot be undone, where there is one."""
    dialog = visit.page.locator("dialog[open]")
    dialog.wait_for(state="visible", timeout=5000)
    dialog.get_by_role("button").last.click()
