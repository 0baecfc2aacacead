"""Reading the house's own files, for the tests of the house."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "anmin"
TESTS = ROOT / "tests"


def python_files(*folders: Path) -> Iterator[Path]:
    """Every Python file that somebody wrote; migrations are generated."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def corners(name: str) -> Iterator[Path]:
    """The files of one corner in every room of the house, whether it is a file or has grown into a folder."""
    for path in python_files(HOUSE / "ground", HOUSE / "lines"):
        if path.name == f"{name}.py" or (path.parent.name == name and path.name != "__init__.py"):
            yield path


def rooms() -> list[Path]:
    """The modules of the shared ground and the rooms of the business lines."""
    ground = [folder for folder in (HOUSE / "ground").iterdir() if (folder / "__init__.py").exists()]
    lines = [path.parent for path in (HOUSE / "lines").rglob("vocabulary.py")]
    return sorted(ground + lines)


def said(path: Path) -> str:
    """Where a file is, as people name it."""
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """The dotted name of a file below `anmin`, such as `ground.people.queries`."""
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts)


def parsed(text: str) -> ast.Module:
    """The tree of a program text."""
    return ast.parse(text)


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The functions a module offers to others."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def parameters(function: ast.FunctionDef) -> set[str]:
    """The names of everything a function takes."""
    taken = function.args
    return {argument.arg for argument in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)}


def nothing_in(found: Mapping[str, object] | Iterable[object]) -> None:
    """Fails with every finding in full, a line each; pytest would shorten the list."""
    if isinstance(found, Mapping):
        lines = [f"{path}: {problem}" for path, problems in found.items() for problem in _each(problems)]
    else:
        lines = [str(problem) for problem in found]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def _each(problems: object) -> Iterable[object]:
    return problems if isinstance(problems, list | tuple | set) else [problems]
