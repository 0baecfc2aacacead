"""The county's template of the report: sentences with figures by id. Read whole and checked before anything is printed.

It is text with names in braces. Nothing in it is run: there are no expressions, only the names, formats and keys checked here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear, Month, Period, Quarter, Year
from anmin.ground.documents.paper import Level
from anmin.ground.indicators.declarations import INDICATORS
from anmin.ground.reports.wording import PLAIN, Format

Unknown = Literal["leave_out", "say"]
PERIODS: dict[str, type[Period]] = {"half_year": HalfYear, "quarter": Quarter, "month": Month, "year": Year}
NAMES = ("period", "part", "year", "as_of", "county", "authority")
CLAUSES = "clauses"
_PLACE = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")


@dataclass(frozen=True)
class Piece:
    """Plain words, a name such as `period`, or a figure with its format; `optional` numbers the [ ] it lies in, from 1."""

    text: str = ""
    name: str = ""
    figure: str = ""
    form: Format = PLAIN
    optional: int = 0


@dataclass(frozen=True)
class Sentence:
    """Pieces of one sentence and what happens when a figure in it is not known. `clauses` stand where {clauses} is written."""

    pieces: tuple[Piece, ...]
    unknown: Unknown = "leave_out"
    clauses: tuple[tuple[Piece, ...], ...] = ()
    exclusive: bool = False

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure in it, as often as it stands there."""
        return tuple(piece.figure for part in (self.pieces, *self.clauses) for piece in part if piece.figure)


@dataclass(frozen=True)
class TemplateHeading:
    pieces: tuple[Piece, ...]
    level: Level


@dataclass(frozen=True)
class TemplateParagraph:
    """A paragraph: its lead in bold, numbered 一是, 二是 … by its place below the heading, then its sentences."""

    lead: tuple[Piece, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Template:
    """A whole report as the county words it."""

    title: tuple[Piece, ...]
    period: type[Period]
    blocks: tuple[TemplateHeading | TemplateParagraph, ...]

    @property
    def sentences(self) -> Iterator[Sentence]:
        for block in self.blocks:
            if isinstance(block, TemplateParagraph):
                yield from block.sentences

    @property
    def figures(self) -> tuple[str, ...]:
        """The id of every figure, in the order of first use."""
        return tuple(dict.fromkeys(figure for sentence in self.sentences for figure in sentence.figures))


@lru_cache(maxsize=8)
def _read(path: Path, changed: int) -> Template:
    del changed  # only so that an edited file is read again
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise BadValue(f"报告模板 {path} 不是有效的 YAML：{' '.join(str(error).split())}") from None
    return parse(found, str(path))


def read(path: Path) -> Template:
    """The template in a file. Refuses: no such file, and every fault `parse` finds, naming the file and the sentence."""
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        raise BadValue(f"没有找到报告模板 {path}，请检查本县文件夹。") from None
    return _read(path, changed)


def parse(found: Any, where: str) -> Template:
    """The template that plain data describes.

    Refuses: unknown keys, a figure nobody declared, a format that does not fit, brackets that do not close, and one figure
    printed in two formats, since a report gives one value for one figure.
    """
    data = _keys(found, where, {"title", "period", "blocks"}, {"title", "period", "blocks"})
    if data["period"] not in PERIODS:
        raise BadValue(f"{where} period：应为 {'、'.join(PERIODS)} 之一，现在是“{data['period']}”。")
    blocks = [_block(block, f"{where} 第 {place} 段") for place, block in enumerate(data["blocks"], start=1)]
    template = Template(_pieces(data["title"], f"{where} title"), PERIODS[data["period"]], tuple(blocks))
    forms: dict[str, Format] = {}
    for sentence in template.sentences:
        for piece in (piece for part in (sentence.pieces, *sentence.clauses) for piece in part if piece.figure):
            if not piece.form.change and forms.setdefault(piece.figure, piece.form) != piece.form:
                raise BadValue(f"{where}：“{piece.figure}”用了两种打印格式，同一数字在一份报告中只能有一种写法。")
    return template


def _block(found: Any, where: str) -> TemplateHeading | TemplateParagraph:
    if isinstance(found, Mapping) and "heading" in found:
        data = _keys(found, where, {"heading", "level"}, {"heading", "level"})
        if data["level"] not in (1, 2, 3):
            raise BadValue(f"{where} level：应为 1、2 或 3。")
        return TemplateHeading(_pieces(data["heading"], where), cast(Level, data["level"]))
    data = _keys(found, where, {"lead", "sentences"}, {"sentences"})
    sentences = [_sentence(each, f"{where}第 {place} 句") for place, each in enumerate(data["sentences"], start=1)]
    return TemplateParagraph(_pieces(data.get("lead", ""), where), tuple(sentences))


def _sentence(found: Any, where: str) -> Sentence:
    data = _keys(found, where, {"text", "unknown", "clauses", "exclusive"}, {"text"})
    unknown = data.get("unknown", "leave_out")
    if unknown not in ("leave_out", "say"):
        raise BadValue(f"{where} unknown：应为 leave_out 或 say，现在是“{unknown}”。")
    clauses = tuple(_pieces(clause, where) for clause in data.get("clauses", ()))
    pieces = _pieces(data["text"], where, names=(*NAMES, CLAUSES))
    if bool(clauses) is not any(piece.name == CLAUSES for piece in pieces):
        raise BadValue(f"{where}：写了 clauses 就要在句中写 {{clauses}}，两者须同时出现。")
    for clause in clauses:
        if sum(1 for piece in clause if piece.figure) != 1:
            raise BadValue(f"{where} clauses：每个分句应有且只有一个数字。")
    return Sentence(pieces, unknown, clauses, exclusive=bool(data.get("exclusive", False)))


def _pieces(text: Any, where: str, names: tuple[str, ...] = NAMES) -> tuple[Piece, ...]:
    if not isinstance(text, str):
        raise BadValue(f"{where}：应为文字，现在是“{text}”。")
    pieces: list[Piece] = []
    optional, inside = 0, False
    for part in re.split(r"(\{[^{}]*\}|[\[\]])", text):
        if part == "[" and not inside:
            optional, inside = optional + 1, True
        elif part == "]" and inside:
            inside = False
        elif part in ("[", "]") or (part and not part.startswith("{") and re.search(r"[{}]", part)):
            raise BadValue(f"{where}：括号没有成对出现：“{text}”。")
        elif part:
            pieces.append(_piece(part, where, names, optional if inside else 0))
    if inside:
        raise BadValue(f"{where}：括号没有成对出现：“{text}”。")
    return tuple(pieces)


def _piece(part: str, where: str, names: tuple[str, ...], optional: int) -> Piece:
    match = _PLACE.fullmatch(part)
    if match is None:
        if part.startswith("{"):
            raise BadValue(f"{where}：“{part}”无法识别。")
        return Piece(text=part, optional=optional)
    name, form = match.groups()
    if name in names and form is None:
        return Piece(name=name, optional=optional)
    if name not in INDICATORS:
        raise BadValue(f"{where}：没有编号为“{name}”的指标，请在指标目录中核对编号。")
    try:
        return Piece(figure=name, form=Format.parse(form or "", INDICATORS[name]), optional=optional)
    except BadValue as error:
        raise BadValue(f"{where}：{error.message}") from None


def _keys(found: Any, where: str, known: set[str], needed: set[str]) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise BadValue(f"{where}：应写成“名称: 内容”的形式。")
    if extra := sorted(str(key) for key in set(found) - known):
        raise BadValue(f"{where}：不认识的项目 {'、'.join(extra)}。")
    if missing := sorted(needed - set(found)):
        raise BadValue(f"{where}：缺少 {'、'.join(missing)}。")
    return found
