"""Imports run the way the floor plan says."""

import ast

import pytest
from importlinter.cli import lint_imports

from tests.house.source import HOUSE, ROOT, nothing_in, parsed, python_files, said

DOORS = ("web", "cli", "demo")


def test_the_stairs_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=".importlinter", no_cache=True)
    assert status == 0, capsys.readouterr().out


def reaches_past_the_queries(tree: ast.Module) -> list[str]:
    """Where a door touches tables: an import of models, `.objects`, `get_model`. Types alone may be named."""
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types:
            path = (node.module or "").split(".")
            if path[0] == "anmin" and ("models" in path or any(alias.name == "models" for alias in node.names)):
                found.append(f"line {node.lineno}: imports models")
        elif isinstance(node, ast.Attribute) and node.attr in {"objects", "get_model", "_default_manager", "_base_manager"}:
            found.append(f"line {node.lineno}: uses {node.attr}")
    return found


@pytest.mark.parametrize("door", DOORS)
def test_no_door_reaches_past_actions_and_queries(door: str) -> None:
    found = {said(path): reaches_past_the_queries(parsed(path.read_text())) for path in python_files(HOUSE / door)}
    nothing_in(found)


@pytest.mark.parametrize(
    "good",
    [
        "from anmin.ground.people import queries",
        "from django.db import models",
        "if TYPE_CHECKING:\n    from anmin.ground.people.models import Person",
    ],
)
def test_a_door_may(good: str) -> None:
    assert reaches_past_the_queries(parsed(good)) == []


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("from anmin.ground.people.models import Person", "line 1: imports models"),
        ("from anmin.ground.people import models", "line 1: imports models"),
        ("def page():\n    from anmin.ground.people.models import Person", "line 2: imports models"),
        ("type(person).objects.all()", "line 1: uses objects"),
        ("apps.get_model('people.Person')", "line 1: uses get_model"),
    ],
)
def test_a_door_may_not(bad: str, problem: str) -> None:
    assert reaches_past_the_queries(parsed(bad)) == [problem]
