"""Each role walks through every page it can reach, at the desk and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

ROLES = ("haian1", "shenhe1", "queren1", "fafang1", "lingdao1", "shenji1", "guanli1")
_FOLLOWED_PER_LIST = 2


def _places(visit: Visit) -> list[str]:
    """The pages of the sidebar, and the first records that each list leads to."""
    sidebar = [str(link.get_attribute("href")) for link in visit.page.locator("#sidebar a[href^='/']").all()]
    places = list(dict.fromkeys(sidebar))
    for place in list(places):
        visit.goto(place)
        rows = [str(row.get_attribute("data-href")) for row in visit.page.locator("tr[data-href]").all()]
        places += list(dict.fromkeys(rows))[:_FOLLOWED_PER_LIST]
    return list(dict.fromkeys(places))


@pytest.mark.parametrize("username", ROLES)
def test_every_page_opens_without_complaint_and_asks_no_other_machine(desktop: Visit, username: str) -> None:
    desktop.sign_in(username)
    places = _places(desktop)
    statuses = {place: desktop.goto(place) for place in places}
    assert statuses == dict.fromkeys(places, 200)
    assert len(places) >= 3
    assert desktop.complaints == []
    assert desktop.strangers == []


@pytest.mark.parametrize("username", ["haian1", "lingdao1", "fafang1"])
def test_every_page_fits_a_phone(phone: Visit, username: str) -> None:
    phone.sign_in(username)
    too_wide = {}
    for place in _places(phone):
        phone.goto(place)
        if phone.overflow > 0:
            too_wide[place] = phone.overflow
    assert too_wide == {}


@pytest.mark.parametrize("username", ["shenhe1", "lingdao1", "guanli1"])
def test_no_page_has_a_serious_accessibility_fault(desktop: Visit, username: str) -> None:
    desktop.sign_in(username)
    faults = []
    for place in _places(desktop):
        desktop.goto(place)
        found = Axe().run(desktop.page).response["violations"]
        faults += [(place, each["id"], each["impact"]) for each in found if each["impact"] in ("serious", "critical")]
    assert faults == []


def test_every_page_of_the_demonstration_says_that_it_is_invented(desktop: Visit) -> None:
    desktop.sign_in("lingdao1")
    silent = []
    for place in _places(desktop):
        desktop.goto(place)
        if "均为虚构" not in desktop.page.locator(".demo-notice").inner_text():
            silent.append(place)
    assert silent == []
