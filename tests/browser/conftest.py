"""A real county, a real server, a real browser: the tiny scenario is built once and served from its own file."""

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, ViewportSize, sync_playwright

from tests.built_county import ANMIN, environment

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PASSWORD = "anmin-demo-2024"
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _launch(playwright: Playwright) -> Browser:
    """Debian's browser, else Playwright's own; without either the tests are left out by name, and CI fails.

    The one that has no window to draw takes a third less of the processor.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    own = next(filter(None, map(shutil.which, names)), None)
    try:
        return playwright.chromium.launch(executable_path=own, args=_ARGS)
    except Exception as error:
        sentence = f"no browser was found (make test fetches one): {str(error).splitlines()[0]}"
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)


@pytest.fixture(scope="session")
def folder(tiny_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tiny county to serve and change, with the files its towns and departments sent."""
    return Path(shutil.copytree(tiny_county, tmp_path_factory.mktemp("served") / "data"))


@pytest.fixture(scope="session")
def served(folder: Path) -> Iterator[str]:
    """The address of a platform that serves the tiny county."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [*ANMIN, "demo", "serve", "--scenario", "tiny", "--port", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment(folder), stdout=log, stderr=log)  # noqa: S603  our own command
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address, server, folder / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(150):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=2):  # noqa: S310  an address of this machine
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright leaves a running event loop in this thread, and Django would take every later test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = _launch(playwright)
        yield launched
        launched.close()


def kind_of_page(place: str) -> str:
    """The address without what tells one record from another."""
    return re.sub(r"\d+", "#", place.split("?")[0])


def kind_of_record(place: str) -> str:
    """Likewise, and figures are one kind: each has columns of its own, but whoever opens one opens all."""
    return re.sub(r"^/figures/.+", "/figures/#", kind_of_page(place))


class Visit:
    """One signed-in visitor with a window; keeps what the page complained of and what it asked other machines for."""

    def __init__(self, context: BrowserContext, served: str) -> None:
        self.page: Page = context.new_page()
        self.served = served
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.served, "data:", "blob:")):
            self.strangers.append(url)

    def goto(self, path: str) -> int:
        """Opens a page and gives its status."""
        response = self.page.goto(self.served + path)
        assert response is not None
        return response.status

    def sign_in(self, username: str) -> None:
        """Signed in through the front door, as anybody would."""
        self.goto("/sign-in")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_url(lambda url: "/sign-in" not in url)

    def walk(self, *, each_figure: bool) -> Iterator[str]:
        """Every page of the sidebar and the first record of each kind that its lists lead to, each once, to be opened.

        With `each_figure` also every figure of the list, which one visitor does for all.
        """
        kind_of = kind_of_page if each_figure else kind_of_record
        lists = list(dict.fromkeys(self._named("#sidebar a[href^='/']", "href")))
        followed: dict[str, None] = {}
        for place in lists:
            yield place
            rows = self._named("tr[data-href]", "data-href")
            followed.update(dict.fromkeys({kind_of(row): row for row in reversed(rows)}.values()))
        yield from (place for place in followed if place not in lists)

    def _named(self, selector: str, attribute: str) -> list[str]:
        """The attribute of all that the selector finds, asked for at once."""
        found = self.page.locator(selector).evaluate_all("(all, name) => all.map(each => each.getAttribute(name))", attribute)
        return [str(each) for each in found]

    def stand_at(self, window: ViewportSize) -> None:
        """The window is as large as that, without the page being asked for again."""
        if self.page.viewport_size != window:
            self.page.set_viewport_size(window)

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.fixture
def desktop(browser: Browser, served: str) -> Iterator[Visit]:
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN")
    yield Visit(context, served)
    context.close()


@pytest.fixture
def phone(browser: Browser, served: str) -> Iterator[Visit]:
    # Without motion: where things stand can be asked as soon as they were moved.
    emulated = {"viewport": PHONE, "locale": "zh-CN", "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
    context = browser.new_context(**emulated)  # type: ignore[arg-type]  # a TypedDict spelt as a dict
    yield Visit(context, served)
    context.close()


@pytest.fixture
def browser_of_roles(browser: Browser, served: str) -> Iterator[dict[str, Visit]]:
    """Two people at their own desks, signed in: the reviewer and the decision maker."""
    contexts, visits = [], {}
    for username in ("shenhe1", "queren1"):
        context = browser.new_context(viewport=DESKTOP, locale="zh-CN")
        contexts.append(context)
        visits[username] = Visit(context, served)
        visits[username].sign_in(username)
    yield visits
    for context in contexts:
        context.close()
