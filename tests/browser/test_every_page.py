"""Each role walks through every page it can reach, at the desk, and looks whether it would fit a phone."""

from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Visit, kind_of_page
from tests.browser.faults import serious_faults

pytestmark = pytest.mark.browser


@pytest.fixture
def looked_over(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """An empty file for each kind of page that was searched for accessibility faults; all processes of the suite share them."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "looked_over"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def settled() -> set[str]:
    """How everything looked whose contrast was measured."""
    return set()


def _is_first(kind: str, looked_over: Path) -> bool:
    try:
        (looked_over / kind.replace("/", " ")).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@pytest.mark.parametrize("username", ["lingdao1", "shenhe1", "haian1", "queren1", "fafang1", "shenji1", "guanli1"])
def test_every_page_opens_whole_and_says_that_it_is_invented(
    desktop: Visit, username: str, looked_over: Path, settled: set[str]
) -> None:
    """No error status, no complaint of the browser, nothing asked of another machine, no serious fault, nothing too wide.

    The first page of its kind is opened at the desk and searched for faults, then made as narrow as a phone; a second
    person's has no others, and is opened as narrow at once.
    """
    desktop.sign_in(username)
    statuses, silent, faults, too_wide = {}, [], [], {}
    for place in desktop.walk(each_figure=username == "lingdao1"):
        first = _is_first(kind_of_page(place), looked_over)
        desktop.stand_at(DESKTOP if first else PHONE)
        statuses[place] = desktop.goto(place)
        if "均为虚构" not in desktop.page.locator(".demo-notice").inner_text():
            silent.append(place)
        if first:
            faults += [(place, *fault) for fault in serious_faults(desktop.page, settled)]
            desktop.stand_at(PHONE)
        if desktop.overflow > 0:
            too_wide[place] = desktop.overflow
    assert statuses == dict.fromkeys(statuses, 200)
    assert len(statuses) >= 3
    assert (desktop.complaints, desktop.strangers, silent, faults, too_wide) == ([], [], [], [], {})


def test_fault_is_found_though_most_of_the_page_was_measured_before(desktop: Visit) -> None:
    """What cannot be read and what has no name are found; what looks like something read before is not measured again."""
    settled: set[str] = set()
    desktop.goto("/sign-in")
    assert serious_faults(desktop.page, settled) == []
    before = set(settled)
    # Colours by script: the page's own policy forbids them in what is inserted.
    desktop.page.evaluate(
        """() => {
            const form = document.querySelector("form");
            form.insertAdjacentHTML("beforeend", '<p>灰色</p><p><b>暗色</b></p><input name="nameless">');
            const [grey, ground] = [...form.querySelectorAll("p")].slice(-2);
            grey.style.color = "#bbb";
            ground.style.backgroundColor = "#888";
            ground.firstChild.style.color = "#999";
        }"""
    )
    found = serious_faults(desktop.page, settled)
    assert [rule for rule, _ in found] == ["label", "color-contrast"]
    assert len(settled - before) == 3
    assert serious_faults(desktop.page, before | settled) == found[:1]
