"""A web page becomes a document: its running text and its tables, without scripts and what is hidden.

The parser is libxml2's, fed as it goes: it mends what is broken, takes time in proportion to the page, and fetches nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from anmin.ground.reports.checking.files_grid import Block, Cell, Row, blocks_of, paragraph
from anmin.ground.reports.checking.texts import Document, Unreadable

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")

_LEFT_OUT = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "svg",
    "select",
    "textarea",
    "button",
    "iframe",
    "object",
    "title",
    "rt",
    "rp",
}
_STRUCK = {"del", "s", "strike"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = _HEADINGS | {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "header", "footer", "main", "aside", "nav", "body",
    "blockquote", "pre", "figure", "figcaption", "address", "form", "fieldset", "legend", "center", "hr", "br", "caption",
    "table", "tr", "td", "th",
}  # fmt: skip
_EMPTY = {"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "wbr", "source", "track", "param"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DEEPEST_TABLE = 40


def declared_encoding(content: bytes) -> str:
    """The encoding that a page names in its first lines, or nothing."""
    found = _DECLARED.search(content[:4096])
    return found.group(1).decode("ascii").lower() if found else ""


def document_of_html(text: str, name: str = "") -> Document:
    """The document in a web page; `counted` in paragraphs, as its reader sees no lines."""
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8", no_network=True, huge_tree=True)
    try:
        # The declaration of an XML encoding would contradict the characters that are fed.
        parser.feed(re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text).encode("utf-8", errors="replace"))
        parser.close()
    except etree.LxmlError:
        raise Unreadable("网页文件已损坏，无法读取。请在浏览器中打开，全选复制，粘贴到页面里检查。") from None
    return Document(name, tuple(reader.finished()), tuple(reader.notes), counted="段")


@dataclass
class _Table:
    rows: list[Row] = field(default_factory=list)
    caption: str = ""
    outer: "list[Block] | None" = None
    in_caption: bool = False


class _Reader:
    """Takes the events of the parser. What it gathers goes into the innermost open cell, else into the document."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.tables: list[_Table] = []
        self.into = self.blocks
        self.gathered: list[str] = []
        self.heading = False
        self.line = 0
        self.silent = 0
        self.raised = 0
        self.as_typed = 0
        self.open: list[tuple[str, bool]] = []
        self.notes: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _EMPTY:
            if tag in {"br", "hr"} and not self.silent:
                self.end_paragraph()
            return
        hidden = tag in _LEFT_OUT or "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style", "")))
        if tag in _STRUCK:
            hidden = True
            self.note("删除线划去的文字没有检查。")
        self.open.append((tag, hidden))
        self.silent += hidden
        if self.silent:
            return
        if tag in _BLOCKS:
            self.end_paragraph()
        if tag in _HEADINGS:
            self.heading = True
        elif tag == "sup":
            self.raised += 1
        elif tag == "pre":
            self.as_typed += 1
        elif tag == "table":
            if len(self.tables) >= _DEEPEST_TABLE:
                raise Unreadable("网页里的表格一层套一层，超过了可以读取的层数。请把文字复制出来，粘贴到页面里检查。")
            self.tables.append(_Table(outer=self.into))
        elif self.tables:
            self.start_in_table(tag, attributes)

    def start_in_table(self, tag: str, attributes: Mapping[str, str]) -> None:
        table = self.tables[-1]
        if tag == "tr":
            self.line += 1
            table.rows.append(Row(self.line))
        elif tag in {"td", "th"}:
            if not table.rows:
                table.rows.append(Row(self.line))
            rows = _span(attributes.get("rowspan"))
            cell = Cell(columns=_span(attributes.get("colspan")) or 1, rows=rows or 1_000_000)
            table.rows[-1].cells.append(cell)
            self.into = cell.blocks
        elif tag == "caption":
            table.in_caption = True

    def end(self, tag: str) -> None:
        if tag in _EMPTY or not self.open:
            return
        # The parser closes what it opened, in order; it never closes what was not open.
        opened, hidden = self.open.pop()
        self.silent -= hidden
        if self.silent or hidden:
            return
        if opened in _BLOCKS:
            self.end_paragraph()
        if opened in _HEADINGS:
            self.heading = False
        elif opened == "sup":
            self.raised -= 1
        elif opened == "pre":
            self.as_typed -= 1
        elif self.tables:
            self.end_in_table(opened)

    def end_in_table(self, tag: str) -> None:
        table = self.tables[-1]
        assert table.outer is not None
        if tag in {"td", "th"}:
            self.into = table.outer
        elif tag == "caption":
            table.in_caption = False
        elif tag == "table":
            self.tables.pop()
            self.into = table.outer
            self.into.extend(blocks_of(table.rows, self.blocks if self.into is self.blocks else (), table.caption))

    def data(self, data: str) -> None:
        if self.silent:
            return
        first, *others = data.split("\n") if self.as_typed else (data,)
        self.gathered.append(first.translate(_RAISED) if self.raised else first)
        for line in others:
            self.end_paragraph()
            self.gathered.append(line)

    def comment(self, text: str) -> None:
        """Comments are no text."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Nor are instructions."""

    def close(self) -> None:
        """The parser is at the end; tables that were never closed are closed."""
        while self.tables:
            self.end_in_table("table")

    def finished(self) -> list[Block]:
        self.end_paragraph()
        return self.blocks

    def end_paragraph(self) -> None:
        text = _SPACE.sub(_one_space, "".join(self.gathered)).strip()
        self.gathered.clear()
        if not text:
            return
        if self.tables and self.tables[-1].in_caption:
            self.tables[-1].caption = text
            return
        # A row counts as one, however many paragraphs its cells hold.
        if self.into is self.blocks:
            self.line += 1
        self.into.append(paragraph(text, max(self.line, 1), self.heading))

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


def _one_space(found: re.Match[str]) -> str:
    """A space for any number of them; none where only the source was broken between two characters."""
    around = found.string[found.start() - 1 : found.start()] + found.string[found.end() : found.end() + 1]
    return "" if "\n" in found[0] and len(around) == 2 and min(around) > "\u2e7f" else " "


def _span(said: str | None) -> int:
    """How many places a cell covers; 0, "to the end", where the page says so."""
    if said is None or not said.strip().isdecimal():
        return 1
    return min(int(said.strip()[:6]), 1_000_000)
