"""Each role walks through every page it can reach, at the desk."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

_looked_over: set[str] = set()
"""Kinds of pages that were searched for accessibility faults already; a second person's page has no others."""


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
    for place, status in desktop.walk():
        statuses[place] = status
        if "均为虚构" not in desktop.page.locator(".demo-notice").inner_text():
            silent.append(place)
        faults += _serious_faults(desktop, place)
    assert statuses == dict.fromkeys(statuses, 200)
    assert len(statuses) >= 3
    assert (desktop.complaints, desktop.strangers, silent, faults) == ([], [], [], [])
