"""The same thing stands in the same corner of every room."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models

from anmin.ground.constraints import Unchanging
from tests.house.source import HOUSE, ROOT, TESTS, nothing_in, parsed, python_files, rooms, said

JUNK = {"common", "core", "utils", "util", "helpers", "helper", "misc", "services", "managers", "shared", "tools", "lib"}

MISNAMED = {
    "model": "models", "tables": "models", "action": "actions", "verbs": "actions", "commands": "actions",
    "query": "queries", "selectors": "queries", "reads": "queries", "permission": "permissions", "perms": "permissions",
    "rights": "permissions", "enums": "vocabulary", "choices": "vocabulary", "labels": "vocabulary", "constants": "vocabulary",
    "rule": "rules", "calculations": "rules", "indicator": "indicators", "metrics": "indicators", "schedule": "schedules",
    "workflow": "casework", "workflows": "casework",
}  # fmt: skip

LONGEST = 400


def misnamed(name: str) -> str | None:
    """What is wrong with the name of a file or a folder; None when nothing is."""
    if name in JUNK:
        return f"{name}: a shared thing has a name of its own, or it is not shared"
    if name in MISNAMED:
        return f"{name}: this corner is called {MISNAMED[name]}"
    return None


def test_no_corner_is_misnamed() -> None:
    names = {
        f"{said(path)}: {problem}"
        for path in python_files(HOUSE / "ground", HOUSE / "lines")
        for part in path.relative_to(HOUSE).with_suffix("").parts
        if (problem := misnamed(part))
    }
    nothing_in(sorted(names))
    junk = {said(path) for path in python_files(HOUSE) if JUNK & set(path.relative_to(HOUSE).with_suffix("").parts)}
    nothing_in(sorted(junk))


def test_good_and_bad_names() -> None:
    assert [misnamed(name) for name in ("models", "queries", "gate", "chain", "casework")] == [None] * 5
    assert misnamed("utils") == "utils: a shared thing has a name of its own, or it is not shared"
    assert misnamed("selectors") == "selectors: this corner is called queries"


def test_every_room_says_what_it_is() -> None:
    nothing_in(f"{said(room)} has no README.md" for room in rooms() if not (room / "README.md").exists())


def too_long(text: str) -> int | None:
    """The number of lines, when there are more than one can keep in mind."""
    lines = text.count("\n")
    return lines if lines > LONGEST else None


def test_no_file_is_too_long() -> None:
    files = [*python_files(HOUSE, TESTS), *(HOUSE / "web" / "templates").rglob("*.html")]
    found = {said(path): lines for path in files if (lines := too_long(path.read_text(encoding="utf-8")))}
    nothing_in(found)


def test_a_good_and_a_bad_length() -> None:
    assert too_long("x\n" * 400) is None
    assert too_long("x\n" * 401) == 401


def house_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("anmin.")]


def says_its_personal_data(model: type) -> bool:
    """Whether the class itself says in words what personal data it holds; a parent's statement does not count."""
    statement = vars(model).get("personal_data")
    return isinstance(statement, str) and len(statement.strip()) > 3


@pytest.mark.capability("RP-08")
def test_every_model_says_what_personal_data_it_holds() -> None:
    nothing_in(model._meta.label for model in house_models() if not says_its_personal_data(model))


def test_a_good_and_a_bad_statement() -> None:
    good = type("Good", (), {"personal_data": "none"})
    assert says_its_personal_data(good)
    assert not says_its_personal_data(type("Child", (good,), {}))
    assert not says_its_personal_data(type("Empty", (), {"personal_data": " "}))


def unchanging_models() -> set[str]:
    """The names of the models whose rows never change at all."""
    return {
        model.__name__
        for model in house_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, Unchanging) and not constraint.but and not constraint.while_
    }


def rewrites(tree: ast.Module, names: set[str]) -> list[str]:
    """Where rows of these models would be changed or deleted by a query set."""
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in {"update", "delete", "bulk_update", "update_or_create"}:
            continue
        root: ast.AST = node.func
        while isinstance(root, ast.Attribute | ast.Call):
            root = root.value if isinstance(root, ast.Attribute) else root.func
        if isinstance(root, ast.Name) and root.id in names:
            found.append(f"line {node.lineno}: {root.id}…{node.func.attr}")
    return found


def test_nothing_rewrites_what_never_changes() -> None:
    names = unchanging_models()
    assert {"AuditLine", "CaseAction", "Document"} <= names
    found = {said(path): rewrites(parsed(path.read_text()), names) for path in python_files(HOUSE)}
    nothing_in(found)


def test_a_good_and_a_bad_query_set() -> None:
    names = {"AuditLine"}
    assert rewrites(parsed("AuditHead.objects.update(length=1)\nAuditLine.objects.create()"), names) == []
    assert rewrites(parsed("AuditLine.objects.filter(x=1).update(verb='')"), names) == ["line 1: AuditLine…update"]
    assert rewrites(parsed("AuditLine.objects.all().delete()"), names) == ["line 1: AuditLine…delete"]


def bad_migration_name(name: str) -> bool:
    """A migration is called after what it changes, not after the minute it was made."""
    return not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]*", name) or "_auto" in name or "migration" in name


def test_every_migration_is_named_and_numbered_once() -> None:
    files = sorted(path for path in HOUSE.rglob("migrations/*.py") if path.name != "__init__.py")
    assert [said(path) for path in files if bad_migration_name(path.stem)] == []
    numbers = [(path.parent, path.name[:4]) for path in files]
    assert [said(folder) + number for folder, number in numbers if numbers.count((folder, number)) > 1] == []


def test_good_and_bad_migration_names() -> None:
    assert not bad_migration_name("0002_rolls_keep_their_seal")
    assert bad_migration_name("0002_auto_20240701_1200")
    assert bad_migration_name("0002_migration")


def unexplained(text: str) -> list[str]:
    """Each silenced check without a reason behind it, or without saying which check."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        for mark, explained in (
            ("# " + "noqa", r"# noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)*(  +| -- | # )\S.{5,}"),
            ("# " + "type: ignore", r"# type: ignore\[[a-z, -]+\]  # \S.{5,}"),
        ):
            if mark in line and not re.search(explained, line):
                found.append(f"line {number}: {line.strip()}")
    return found


def test_every_silenced_check_has_its_reason() -> None:
    # This file holds the bad examples.
    files = [path for path in python_files(HOUSE, TESTS, ROOT / "bench") if path.name != "test_furniture.py"]
    found = {said(path): unexplained(path.read_text(encoding="utf-8")) for path in files}
    nothing_in(found)


def test_good_and_bad_reasons() -> None:
    assert unexplained("x = 1  # noqa: F403  settings are layered by star") == []
    assert unexplained("x = 1  # type: ignore[arg-type]  # one helper for all") == []
    for bad in ("# noqa", "# noqa: F403", "# type: ignore", "# type: ignore[misc]", "# noqa: F403  yes"):
        assert unexplained(f"x = 1  {bad}") == [f"line 1: x = 1  {bad}"]
