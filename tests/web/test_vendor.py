"""The vendored front-end files are the locked ones, and nothing a page loads lies on another machine."""

import re
import shutil
from pathlib import Path

import pytest

from anmin.web import vendor

WEB = Path(vendor.__file__).parent
OWN_SOURCES = sorted([*(WEB / "templates").rglob("*.html"), *(WEB / "static" / "anmin").iterdir()])
ICON_IN_SOURCE = re.compile(
    r"""\{% icon "([\w-]+)"|\bicon(?:="|": "|\|default:")([\w-]+)"|Place\("[^"]*", "[^"]*", "([\w-]+)\"""", re.DOTALL
)


@pytest.fixture
def copied_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(vendor.FOLDER, tmp_path / "vendor"))


def test_committed_files_are_the_locked_ones() -> None:
    assert vendor.faults() == []


def test_changed_file_is_named(copied_folder: Path) -> None:
    target = copied_folder / "htmx" / "htmx.min.js"
    target.write_bytes(target.read_bytes() + b" ")
    assert vendor.faults(copied_folder) == ["htmx/htmx.min.js: differs from htmx.org 2.0.11 in vendor.lock"]


def test_missing_file_is_named(copied_folder: Path) -> None:
    (copied_folder / "htmx" / "htmx.min.js").unlink()
    assert vendor.faults(copied_folder) == ["htmx/htmx.min.js: missing (htmx.org 2.0.11)"]


def test_unlocked_file_is_named(copied_folder: Path) -> None:
    (copied_folder / "stray.js").write_text("")
    assert vendor.faults(copied_folder) == ["stray.js: not in vendor.lock"]


def test_no_vendored_file_names_a_source_map() -> None:
    named = [path.name for path in vendor.FOLDER.rglob("*.*s") if b"sourceMappingURL=" in path.read_bytes()]
    assert named == []


def test_sprite_holds_exactly_the_locked_icons() -> None:
    sprite = (vendor.FOLDER / vendor.SPRITE).read_text(encoding="utf-8")
    assert re.findall(r'<symbol id="([\w-]+)"', sprite) == sorted(vendor.read_lock()["icons"])


def test_every_icon_a_page_or_view_names_is_in_the_sprite() -> None:
    known = set(vendor.read_lock()["icons"])
    named = {
        (path.name, name)
        for path in [*(WEB / "templates").rglob("*.html"), *WEB.rglob("*.py")]
        for found in ICON_IN_SOURCE.findall(path.read_text(encoding="utf-8"))
        for name in found
        if name
    }
    assert len(named) > 30, "the pattern finds no icons any more"
    assert sorted(pair for pair in named if pair[1] not in known) == []


@pytest.mark.parametrize("path", OWN_SOURCES, ids=lambda path: path.name)
def test_own_source_asks_no_other_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"(?:https?:)?//[\w-]+\.[\w.-]+", text) == []


@pytest.mark.parametrize("path", [path for path in OWN_SOURCES if path.suffix == ".html"], ids=lambda path: path.name)
def test_template_keeps_the_strict_content_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\son[a-z]+=|\bhx-on|javascript:", text) == []
