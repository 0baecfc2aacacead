"""A record of another register becomes rows of a source, or is not of the person who was asked about."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.names import match_key
from anmin.ground.imports.forms import Column, Kind
from anmin.ground.imports.values import read_cell
from anmin.ground.verification.registry_interface.connections import Connection
from anmin.ground.verification.sources import SOURCES, Field, Shape

MOST_ROWS = 200
_KINDS: dict[Shape, Kind] = {"text": "text", "date": "date", "fen": "yuan", "count": "count"}
_NUMBER_LENGTH = 18


class NotTheirs(Exception):  # noqa: N818 -- an answer, not an accident
    """A record that is of somebody else, or of nobody."""


def rows_of(connection: Connection, record: Mapping[str, Any], person: Mapping[str, Any], on: date) -> list[dict[str, Any]]:
    """The rows of one record by the fields of the source. Raises NotTheirs for somebody else's, BadValue for a garbled one."""
    found = []
    for element in _elements(connection, record):
        row = {each.name: _value(connection, record, element, each, on) for each in SOURCES[connection.source].columns}
        check_person(row, person)
        found.append(row)
    if len(found) > MOST_ROWS:
        raise BadValue(f"一个人有 {len(found)} 条记录，超过 {MOST_ROWS} 条")
    return found


def number_in(connection: Connection, record: Mapping[str, Any]) -> str:
    """The identity number a record bears where the connection says it stands; blank where it bears none that could be one."""
    element = next(iter(_elements(connection, record)), None)
    columns = {each.name: each for each in SOURCES[connection.source].columns}
    try:
        return normalise_identity_number(str(_value(connection, record, element, columns["identity_number"], date.max) or ""))
    except BadValue:
        return ""


def check_person(row: Mapping[str, Any], person: Mapping[str, Any]) -> None:
    """The row is of the person: the same number, as far as it is shown; without any number, the same name and day of birth."""
    ours, theirs = str(person["identity_number"] or ""), str(row.get("identity_number") or "").strip().upper()
    if "*" in theirs:
        if len(theirs) == len(ours) == _NUMBER_LENGTH and all(t in ("*", o) for o, t in zip(ours, theirs, strict=True)):
            return
        raise NotTheirs
    if theirs:
        try:
            if normalise_identity_number(theirs) == ours:
                return
        except BadValue:
            pass
        raise NotTheirs
    same_name = match_key(str(row.get("name") or "")) == match_key(str(person["name"]))
    if not (same_name and str(row.get("birth_on") or "")[:10] == str(person["birth_date"])):
        raise NotTheirs


def _elements(connection: Connection, record: Mapping[str, Any]) -> Iterator[Any]:
    if not connection.declared.each:
        yield None
        return
    listed = _at(record, connection.declared.each)
    if listed is None:
        return
    if not isinstance(listed, list):
        raise BadValue(f"“{connection.declared.each}”不是列表")
    yield from listed


def _value(connection: Connection, record: Mapping[str, Any], element: Any, each: Field, on: date) -> Any:
    path = connection.declared.fields.get(each.name)
    if path is None:
        return None
    found = _at(element, path.removeprefix("each.")) if path.startswith("each.") else _at(record, path)
    if found is None or found == "":
        return None
    if isinstance(found, dict | list):
        raise BadValue(f"“{each.label}”不是一个值")
    text = str(found).strip()
    if each.shape == "identity":
        return text
    if each.shape == "date":
        text = text[:10]
    try:
        return read_cell(text, Column(each.name, each.label, _KINDS[each.shape], longest=2_000, most=10**9), on)
    except BadValue as error:
        raise BadValue(f"“{each.label}”{error.message.removesuffix('。')}") from None


def _at(said: Any, path: str) -> Any:
    for step in path.split("."):
        if isinstance(said, list):
            said = said[int(step)] if step.isdecimal() and int(step) < len(said) else None
        else:
            said = said.get(step) if isinstance(said, dict) else None
    return said
