"""Reads the county's own files: `areas.csv`, with `area_codes.csv` and `outlines.json` beside it.

Nothing is written here. Every refusal names the file, the row and the column.
"""

import csv
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from anmin.base.errors import BadValue
from anmin.ground.areas.vocabulary import Level, VillageKind

AREA_COLUMNS = ["code", "level", "name", "kind", "parent", "valid_from", "former_name", "former_until", "assumed", "note"]
CODE_COLUMNS = ["source", "code", "listed_name", "area", "valid_from", "valid_until", "note"]

_LEVELS = {"county": Level.COUNTY, "town": Level.TOWN, "village": Level.VILLAGE}
_YES_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class AreaRow:
    """One area; `former_until` is the last day of a former name, where there is one."""

    code: str
    level: Level
    name: str
    kind: VillageKind
    parent: str
    valid_from: date
    former_name: str
    former_until: date | None
    note: str


@dataclass(frozen=True)
class CodeRow:
    """A code that a public list gives to one of our areas."""

    source: str
    code: str
    area: str
    valid_from: date
    valid_until: date | None
    note: str


@dataclass(frozen=True)
class CountyFile:
    """Everything the county's files say about its areas; the county itself comes first."""

    areas: list[AreaRow]
    codes: list[CodeRow] = field(default_factory=list)
    outlines: dict[str, Any] = field(default_factory=dict)


def read_county(path: Path) -> CountyFile:
    """The county as its files say it.

    Refuses a file that cannot be read, other columns than declared, a code given twice, a parent that does not stand above,
    a level that does not follow the parent's, a name borne twice in one place, a date that is none, a code or an outline of
    an unknown area.
    """
    areas: list[AreaRow] = []
    levels: dict[str, Level] = {}
    names: set[tuple[str, str]] = set()
    for number, cells in _rows(path, AREA_COLUMNS):
        where = f"{path.name} 第 {number} 行"
        row = _area(cells, where)
        if row.code in levels:
            raise BadValue(f"{where}“code”：代码“{row.code}”重复。")
        if bool(row.parent) != bool(levels):
            raise BadValue(f"{where}“parent”：第一行应为县（市）且没有上级，其余各行都应填写上级。")
        if row.parent and levels.get(row.parent) != row.level - 1:
            raise BadValue(f"{where}“parent”：上级“{row.parent}”不在本行之前，或级别不相接。")
        if (row.parent, row.name) in names:
            raise BadValue(f"{where}“name”：同一上级下已有“{row.name}”。")
        levels[row.code] = row.level
        names.add((row.parent, row.name))
        areas.append(row)
    if not areas:
        raise BadValue(f"{path.name} 没有任何区划。")
    codes_path, outlines_path = path.with_name("area_codes.csv"), path.with_name("outlines.json")
    codes = [
        code
        for number, cells in (_rows(codes_path, CODE_COLUMNS) if codes_path.exists() else [])
        if (code := _code(cells, f"{codes_path.name} 第 {number} 行", levels)) is not None
    ]
    return CountyFile(areas, codes, _outlines(outlines_path, levels) if outlines_path.exists() else {})


def _area(cells: dict[str, str], where: str) -> AreaRow:
    for column in ("code", "name"):
        if not cells[column]:
            raise BadValue(f"{where}“{column}”：没有填写。")
    if cells["level"] not in _LEVELS:
        raise BadValue(f"{where}“level”：应为 {'、'.join(_LEVELS)} 之一，现在是“{cells['level']}”。")
    if cells["kind"] not in VillageKind.values:
        raise BadValue(f"{where}“kind”：应为 village、community 或空白，现在是“{cells['kind']}”。")
    if cells["assumed"] not in _YES_NO:
        raise BadValue(f"{where}“assumed”：应为 yes 或 no，现在是“{cells['assumed']}”。")
    begins = _day(cells["valid_from"], where, "valid_from")
    former_until = _day(cells["former_until"], where, "former_until") if cells["former_name"] else None
    if former_until is not None and former_until < begins:
        raise BadValue(f"{where}“former_until”：旧名的最后一天早于“valid_from”。")
    note = cells["note"]
    return AreaRow(
        code=cells["code"],
        level=_LEVELS[cells["level"]],
        name=cells["name"],
        kind=VillageKind(cells["kind"]),
        parent=cells["parent"],
        valid_from=begins,
        former_name=cells["former_name"],
        former_until=former_until,
        note=f"（设定）{note}" if _YES_NO[cells["assumed"]] else note,
    )


def _code(cells: dict[str, str], where: str, levels: dict[str, Level]) -> CodeRow | None:
    """The code, or None for a unit of the list under which no area of ours works."""
    if not cells["area"]:
        return None
    if cells["area"] not in levels:
        raise BadValue(f"{where}“area”：没有代码为“{cells['area']}”的区划。")
    return CodeRow(
        source=cells["source"],
        code=cells["code"],
        area=cells["area"],
        valid_from=_day(cells["valid_from"], where, "valid_from"),
        valid_until=_day(cells["valid_until"], where, "valid_until") if cells["valid_until"] else None,
        note=cells["note"],
    )


def _outlines(path: Path, levels: dict[str, Level]) -> dict[str, Any]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
        outlines = {feature["properties"]["code"]: feature["geometry"] for feature in collection["features"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadValue(f"{path.name} 无法读取，应为 GeoJSON 的 FeatureCollection，每个要素带有 code。") from error
    for code in outlines:
        if code not in levels:
            raise BadValue(f"{path.name}：没有代码为“{code}”的区划。")
    return outlines


def _rows(path: Path, columns: list[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows with their line numbers as a spreadsheet shows them; the heading is line 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadValue(f"区划文件 {path} 无法打开，请检查路径。") from error
    except UnicodeDecodeError as error:
        raise BadValue(f"区划文件 {path.name} 不是 UTF-8 编码，请另存为 UTF-8 后再装载。") from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    if reader.fieldnames != columns:
        raise BadValue(f"{path.name} 的列应为：{'、'.join(columns)}；现在是：{'、'.join(reader.fieldnames or [])}。")
    rows: list[tuple[int, dict[str, str]]] = []
    for cells in reader:
        if None in cells or None in cells.values():
            raise BadValue(f"{path.name} 第 {reader.line_num} 行的列数与表头不符。")
        rows.append((reader.line_num, {column: cells[column].strip() for column in columns}))
    return rows


def _day(text: str, where: str, column: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadValue(f"{where}“{column}”：应为日期，例如 2018-06-01，现在是“{text}”。") from None
