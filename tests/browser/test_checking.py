"""核数 by mouse, keyboard and thumb: a text is pasted, a number chosen, a reading put right."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

WRONG = "某县水务局2023年工作总结\n全县共有水库60座，其中大型水库5座、中型水库12座、小型水库53座。"


def _check(visit: Visit) -> None:
    visit.sign_in("lingdao1")
    visit.goto("/checking")
    visit.page.get_by_label("报告全文").fill(WRONG)
    visit.page.get_by_role("button", name="开始核数").click()
    expect(visit.page.get_by_role("heading", name="核数结果")).to_be_visible()


def test_number_that_is_chosen_tells_its_arithmetic_and_is_put_right(desktop: Visit) -> None:
    _check(desktop)
    page = desktop.page
    page.locator(".checking-body a.reading", has_text="60座").click()
    detail = page.locator("#detail")
    expect(detail).to_contain_text("5座+12座+53座=70座")
    faults = Axe().run(page).response["violations"]
    assert [each["id"] for each in faults if each["impact"] in ("serious", "critical")] == []
    detail.get_by_text("读错了").click()
    detail.get_by_label("数值").fill("70")
    detail.get_by_label("数值").press("Enter")
    expect(page.locator(".checking-side")).to_contain_text("没有算不拢的地方")
    expect(page.locator(".checking-body a.reading", has_text="60座")).to_have_class("reading is-holding is-chosen")
    expect(detail).to_contain_text("60座（已更正）")
    assert (desktop.complaints, desktop.strangers) == ([], [])


def test_keyboard_goes_from_number_to_number(desktop: Visit) -> None:
    _check(desktop)
    page = desktop.page
    page.locator(".checking-finding a").first.press("Enter")
    expect(page.locator("a.reading.is-chosen")).to_have_text("60座")
    page.keyboard.press("ArrowRight")
    expect(page.locator("a.reading.is-chosen")).to_have_text("5座")
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()


def test_result_fits_a_phone_and_what_is_chosen_comes_up(phone: Visit) -> None:
    _check(phone)
    phone.page.locator(".checking-body a.reading", has_text="53座").tap()
    expect(phone.page.locator("#detail")).to_be_in_viewport()
    assert _stands_above_what_is_said_of_it(phone)
    assert (phone.overflow, phone.complaints) == (0, [])


def _stands_above_what_is_said_of_it(phone: Visit) -> bool:
    """Within five seconds: the page moves once there is room."""
    for _ in range(50):
        chosen = phone.page.locator(".reading.is-chosen").bounding_box()
        said = phone.page.locator("#detail").bounding_box()
        if chosen and said and chosen["y"] + chosen["height"] <= said["y"]:
            return True
        phone.page.wait_for_timeout(100)
    return False
