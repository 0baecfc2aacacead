"""The recipe of CONTRIBUTING.md for a benefit, followed to the letter: a sibling is copied, renamed, and runs."""

import importlib
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.worked_cases import differences, read_case
from anmin.lines import disability
from tests.house.source import HOUSE, ROOT

WINTER = "anmin.lines.disability.winter"


def commands() -> str:
    """The shell block of the recipe."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = re.search(r"### One in full\n.*?```sh\n(.*?)```", page, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A checkout with what the recipe asks for, and the recipe done in it; its room is found beside its siblings."""
    root = tmp_path_factory.mktemp("checkout")
    room = root / "src" / "anmin" / "lines" / "disability"
    shutil.copytree(HOUSE / "lines" / "disability", room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "policy", root / "policy")
    subprocess.run(["sh", "-eu", "-c", commands()], cwd=root, check=True)  # noqa: S603, S607  our own page
    disability.__path__.append(str(room))
    yield root
    disability.__path__.remove(str(room))


def declared(corner: str) -> Any:
    return importlib.import_module(f"{WINTER}.{corner}")


def test_the_copy_decides_its_worked_cases_by_its_own_policy(copied: Path) -> None:
    programme = declared("rules").PROGRAMME
    parameters = Parameters.load(copied / "policy")
    cases = sorted((copied / "policy" / "disability" / "winter" / "cases").glob("*.yaml"))
    assert len(cases) >= 10
    wrong = {path.name: differences(read_case(path, programme.rules), programme, parameters) for path in cases}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_every_corner_of_the_copy_declares_the_new_benefit(copied: Path) -> None:
    benefit = declared("benefit").WINTER
    assert (benefit.address, benefit.letters) == ("disability.winter", "QN")
    assert [each.kind for each in declared("casework").CASE_TYPES] == [
        "disability.winter.application",
        "disability.winter.review",
    ]
    assert {each.name.rpartition(".")[0] for each in declared("imports").FORMS} == {"disability.winter"}
    figures = [each.id for each in declared("indicators").INDICATORS]
    assert figures != []
    assert [each for each in figures if "winter" not in each.split(".")] == []


def test_nothing_of_the_sibling_is_left_in_the_copy(copied: Path) -> None:
    room = copied / "src" / "anmin" / "lines" / "disability" / "winter"
    left = [path.name for path in room.rglob("*.py") if re.search(r"nursing|护理补贴", path.read_text(encoding="utf-8"))]
    assert left == []
