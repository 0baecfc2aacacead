"""Each role walks through every page it can reach, at the desk, and looks whether it would fit a phone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit, kind_of_page, kind_of_record

pytestmark = pytest.mark.browser


@pytest.fixture
def looked_over(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """An empty file for each kind of page that was searched for accessibility faults; all processes of the suite share them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "looked_over"
    folder.mkdir(exist_ok=True)
    return folder


def _is_first(kind: str, looked_over: Path) -> bool:
    try:
        (looked_over / kind.replace("/", " ")).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _serious_faults(visit: Visit, place: str, looked_over: Path) -> list[tuple[str, str, str]]:
    """Of the first page of its kind: a second person's has no others.

    Most of the search goes for the contrast of colours, and all figures have those of the first.
    """
    if not _is_first(kind_of_page(place), looked_over):
        return []
    colours = _is_first(f"colours {kind_of_record(place)}", looked_over)
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
    found = Axe().run(visit.page, options=options).response["violations"]
    return [(place, each["id"], str(each["nodes"][0]["html"])) for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("username", ["lingdao1", "shenhe1", "haian1", "queren1", "fafang1", "shenji1", "guanli1"])
def test_every_page_opens_whole_and_says_that_it_is_invented(desktop: Visit, username: str, looked_over: Path) -> None:
    """No error status, no complaint of the browser, nothing asked of another machine, no serious fault, nothing too wide."""
    desktop.sign_in(username)
    statuses, silent, faults, too_wide = {}, [], [], {}
    for place, status in desktop.walk(each_figure=username == "lingdao1"):
        statuses[place] = status
        if "均为虚构" not in desktop.page.locator(".demo-notice").inner_text():
            silent.append(place)
        faults += _serious_faults(desktop, place, looked_over)
        with desktop.narrowed():
            if desktop.overflow > 0:
                too_wide[place] = desktop.overflow
    assert statuses == dict.fromkeys(statuses, 200)
    assert len(statuses) >= 3
    assert (desktop.complaints, desktop.strangers, silent, faults, too_wide) == ([], [], [], [], {})
