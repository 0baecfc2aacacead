"""Every list whose rows lead somewhere says so on the row itself, where a click and the Enter key look for it."""

import importlib
import pkgutil
from typing import Any

import pytest

import anmin.web
from anmin.web.columns import Table


def _tables() -> list[type[Table]]:
    for found in pkgutil.walk_packages(anmin.web.__path__, "anmin.web."):
        if found.name.endswith(".tables"):
            importlib.import_module(found.name)
    return [each for each in Table.__subclasses__() if each.__module__.startswith("anmin.web.")]


def _leads(table: type[Table]) -> Any:
    return (getattr(table._meta, "row_attrs", None) or {}).get("data-href")


def test_tables_are_found() -> None:
    assert len(_tables()) > 10


@pytest.mark.parametrize("table", [each for each in _tables() if _leads(each)], ids=lambda table: table.__name__)
def test_row_is_handed_to_its_link(table: type[Table]) -> None:
    # django-tables2 hands over arguments by name and silently leaves out a function that asks for another name.
    code = _leads(table).__code__
    assert code.co_varnames[: code.co_argcount] == ("record",)
