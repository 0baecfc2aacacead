"""Each role walks through every page it can reach, at the desk and on a phone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

_FOLLOWED_PER_LIST = 2
_looked_over: set[str] = set()
"""Kinds of pages that were searched for accessibility faults already; a second person's page has no others."""


def _places(visit: Visit) -> list[str]:
    """The pages of the sidebar, and the first records that each list leads to."""
    sidebar = [str(link.get_attribute("href")) for link in visit.page.locator("#sidebar a[href^='/']").all()]
    places = list(dict.fromkeys(sidebar))
    for place in list(places):
        visit.goto(place)
        rows = [str(row.get_attribute("data-href")) for row in visit.page.locator("tr[data-href]").all()]
        places += list(dict.fromkeys(rows))[:_FOLLOWED_PER_LIST]
    return list(dict.fromkeys(places))


def _serious_faults(visit: Visit, place: str) -> list[tuple[str, str, str]]:
    kind = re.sub(r"[A-Z]*\d+", "#", place.split("?")[0])
    if kind in _looked_over:
        return []
    _looked_over.add(kind)
    found = Axe().run(visit.page).response["violations"]
    return [(place, each["id"], str(each["nodes"][0]["html"])) for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("username", ["lingdao1", "shenhe1", "haian1", "queren1", "fafang1", "shenji1", "guanli1"])
def test_every_page_opens_whole_and_says_that_it_is_invented(desktop: Visit, username: str) -> None:
    """No error status, no complaint of the browser, nothing asked of another machine, no serious accessibility fault."""
    desktop.sign_in(username)
    statuses, silent, faults = {}, [], []
    for place in _places(desktop):
        statuses[place] = desktop.goto(place)
        if "均为虚构" not in desktop.page.locator(".demo-notice").inner_text():
            silent.append(place)
        faults += _serious_faults(desktop, place)
    assert statuses == dict.fromkeys(statuses, 200)
    assert len(statuses) >= 3
    assert (desktop.complaints, desktop.strangers, silent, faults) == ([], [], [], [])


@pytest.mark.parametrize("username", ["haian1", "lingdao1"])
def test_every_page_fits_a_phone(phone: Visit, username: str) -> None:
    phone.sign_in(username)
    too_wide = {}
    for place in _places(phone):
        phone.goto(place)
        if phone.overflow > 0:
            too_wide[place] = phone.overflow
    assert too_wide == {}
