"""One model of an official paper, from which every format is written: .docx, PDF, HTML, Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias, cast

Level = Literal[1, 2, 3]
Align = Literal["left", "centre", "right"]


@dataclass(frozen=True)
class Heading:
    """一、 / （一） / 1. as written in the text; the level chooses the typeface."""

    text: str
    level: Level = 1


@dataclass(frozen=True)
class Span:
    """A piece of a paragraph. `link` is where HTML leads; `bold` is for the lead of a paragraph."""

    text: str
    bold: bool = False
    link: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text; indented by two characters unless it is an address line."""

    spans: tuple[Span, ...]
    indent: bool = True
    align: Align = "left"

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Table:
    """Rows of text under headers; `widths` are shares of the line."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    align: tuple[Align, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class Fields:
    """A form: label and value, `columns` pairs to a line."""

    pairs: tuple[tuple[str, str], ...]
    columns: Literal[1, 2] = 2


@dataclass(frozen=True)
class Signature:
    """Who signs, and the day in Chinese; at the right, with room for the seal."""

    name: str
    on: date | None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class QrCode:
    """A code to be scanned, at the left, with lines beside it that say what it is for."""

    content: str
    lines: tuple[str, ...] = ()


Block: TypeAlias = Heading | Paragraph | Table | Fields | Signature | QrCode
_KINDS: dict[str, Any] = {kind.__name__: kind for kind in (Heading, Paragraph, Table, Fields, Signature, QrCode)}


def text(content: str, *, indent: bool = True, align: Align = "left") -> Paragraph:
    """A paragraph of one plain piece."""
    return Paragraph((Span(content),), indent, align)


@dataclass(frozen=True)
class Paper:
    """A paper: title, number, blocks in order. `red_head` is the name of the authority over a red line (发文机关标志)."""

    title: str
    blocks: tuple[Block, ...]
    number: str = ""
    red_head: str = ""
    subtitle: str = ""
    footer: str = ""
    language: str = field(default="zh-CN")

    def numbered(self, number: str) -> "Paper":
        """The same paper with its number."""
        return Paper(self.title, self.blocks, number, self.red_head, self.subtitle, self.footer, self.language)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON, read back by `from_data`."""
        return {
            "title": self.title,
            "number": self.number,
            "red_head": self.red_head,
            "subtitle": self.subtitle,
            "footer": self.footer,
            "blocks": [{"kind": type(block).__name__, **_plain(vars(block))} for block in self.blocks],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Paper":
        """The paper that `as_data` wrote down."""
        return cls(
            title=data["title"],
            number=data["number"],
            red_head=data["red_head"],
            subtitle=data["subtitle"],
            footer=data["footer"],
            blocks=tuple(_block(item) for item in data["blocks"]),
        )


def _plain(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else [vars(span) for span in value] if name == "spans" else value
        for name, value in attributes.items()
    }


def _block(item: Mapping[str, Any]) -> Block:
    given = {name: value for name, value in item.items() if name != "kind"}
    if "spans" in given:
        given["spans"] = tuple(Span(**span) for span in given["spans"])
    if given.get("on"):
        given["on"] = date.fromisoformat(given["on"])
    for name in ("headers", "widths", "align", "lines"):
        if isinstance(given.get(name), list):
            given[name] = tuple(given[name])
    for name in ("rows", "pairs"):
        if name in given:
            given[name] = tuple(tuple(row) for row in given[name])
    return cast(Block, _KINDS[item["kind"]](**given))


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], **layout: Any) -> Table:
    """A table from any sequences."""
    return Table(tuple(headers), tuple(tuple(row) for row in rows), **layout)


def fields(pairs: Iterable[tuple[str, str]], columns: Literal[1, 2] = 2) -> Fields:
    """A form from any pairs."""
    return Fields(tuple(pairs), columns)


def chinese_date(day: date) -> str:
    """2024年7月1日, as in the running text and below a notice (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"
