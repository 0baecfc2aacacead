"""What stands in a Word file, element by element: runs, lists, tables, boxes; and what is passed over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from anmin.ground.reports.checking.files_grid import Block, Cell, Row, blocks_of, paragraph
from anmin.ground.reports.checking.files_numbering import Numbering, name_of, said_in, whole
from anmin.ground.reports.checking.texts import Table

_THROUGH = {"hyperlink", "smartTag", "ins", "moveTo", "fldSimple", "bdo", "dir", "customXml", "sdtContent", "rubyBase", "ruby"}
_GONE = {"del", "moveFrom"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TRACKED = "文中有修订记录：按接受全部修订后的文字检查，删除的没有计入，新增的已经计入。"


@dataclass(frozen=True)
class Style:
    """What a style says of its paragraphs: a heading, a line of the contents, a list."""

    heading: bool = False
    contents: bool = False
    number: str = ""
    level: int = 0


def styles_of(root: Any) -> Mapping[str, Style]:
    """The styles that the part styles.xml declares, by their id; one that rests on another takes what it does not say."""
    found: dict[str, Style] = {}
    rests_on: dict[str, str] = {}
    for element in root:
        if name_of(element) != "style" or said_in(element, "type") != "paragraph":
            continue
        label = said_in(_child(element, "name"), "val").lower()
        properties = _child(element, "pPr")
        number = _child(properties, "numPr")
        outlined = _child(properties, "outlineLvl")
        heading = label.startswith(("heading ", "标题 ")) or (outlined is not None and whole(said_in(outlined, "val"), 9) < 9)
        found[said_in(element, "styleId")] = Style(
            heading=heading,
            contents=label.startswith("toc "),
            number=said_in(_child(number, "numId"), "val"),
            level=whole(said_in(_child(number, "ilvl"), "val")),
        )
        rests_on[said_in(element, "styleId")] = said_in(_child(element, "basedOn"), "val")
    for id, style in list(found.items()):
        below = found.get(rests_on[id])
        if below is not None and below.heading and not style.heading:
            found[id] = Style(True, style.contents, style.number, style.level)
    return found


class Reader:
    """Takes the elements of the body in order; `blocks` is the text so far."""

    def __init__(self, numbering: Numbering, styles: Mapping[str, Style]) -> None:
        self.numbering = numbering
        self.styles = styles
        self.blocks: list[Block] = []
        self.pictures = 0
        self.line = 0
        self.in_table = 0
        self.carried = ""
        self.floating: list[Block] = []
        self._notes: dict[str, None] = {}

    def note(self, sentence: str) -> None:
        """Something the person who asked must be told, once."""
        self._notes.setdefault(sentence)

    def said(self) -> list[str]:
        """Everything that must be told."""
        pictures = [f"文中有 {self.pictures} 张图片，图片里的数字没有检查。"] if self.pictures else []
        return [*self._notes, *pictures]

    def block(self, element: Any, into: list[Block]) -> None:
        """A paragraph, a table, or what holds them."""
        name = name_of(element)
        if name == "p":
            self.paragraph(element, into)
        elif name == "tbl":
            self.end_carried(into)
            self.table(element, into)
        elif name == "sdt":
            gallery = next((said_in(each, "val") for each in element.iter() if name_of(each) == "docPartGallery"), "")
            if gallery != "Table of Contents":
                self.all(_child(element, "sdtContent"), into)
        elif name in _GONE:
            self.note(_TRACKED)
        elif name == "AlternateContent":
            self.all(_chosen(element), into)
        elif name in _THROUGH:
            self.all(element, into)
        elif name == "altChunk":
            self.note("文中嵌入了另一个文件，嵌入的部分没有检查。")

    def all(self, element: Any, into: list[Block]) -> None:
        """Everything that stands in an element."""
        for each in element if element is not None else ():
            self.block(each, into)

    def paragraph(self, element: Any, into: list[Block]) -> None:
        """A paragraph; over a forced line break it becomes two. Boxes that hang on it follow it."""
        properties = _child(element, "pPr")
        style = self.styles.get(said_in(_child(properties, "pStyle"), "val"), Style())
        outer, self.floating = self.floating, []
        pieces: list[str] = []
        self.inline(element, pieces)
        floating, self.floating = self.floating, outer
        text = self.carried + "".join(pieces)
        self.carried = ""
        if _child(_child(properties, "rPr"), "del") is not None:
            # The end of the paragraph was deleted: accepted, it runs on into the next.
            self.note(_TRACKED)
            self.carried = text
        elif text.strip() and not style.contents:
            label = self.label(properties, style)
            for piece in (label + text).split("\n"):
                self.put(piece, into, style.heading or _is_outlined(properties))
        into.extend(floating)

    def end_carried(self, into: list[Block]) -> None:
        """What was to run on into a paragraph that never came."""
        if self.carried.strip():
            self.put(self.carried, into, heading=False)
        self.carried = ""

    def put(self, text: str, into: list[Block], heading: bool) -> None:
        if text.strip():
            # A row counts as one, however many paragraphs its cells hold.
            self.line += not self.in_table
            into.append(paragraph(text.rstrip(), max(self.line, 1), heading))

    def label(self, properties: Any, style: Style) -> str:
        own = _child(properties, "numPr")
        number = said_in(_child(own, "numId"), "val") or style.number
        level = said_in(_child(own, "ilvl"), "val")
        # The number 0 takes a paragraph out of the list of its style.
        return self.numbering.label(number, whole(level) if level else style.level) if number and number != "0" else ""

    def inline(self, element: Any, pieces: list[str]) -> None:
        for each in element:
            name = name_of(each)
            if name == "r":
                self.run(each, pieces)
            elif name in _THROUGH:
                if name in {"ins", "moveTo"}:
                    self.note(_TRACKED)
                self.inline(each, pieces)
            elif name in _GONE:
                self.note(_TRACKED)
            elif name == "sdt":
                self.inline(_child(each, "sdtContent") if _child(each, "sdtContent") is not None else (), pieces)
            elif name in {"oMath", "oMathPara"}:
                pieces.extend(inner.text or "" for inner in each.iter() if name_of(inner) == "t")
            elif name == "AlternateContent":
                self.inline(_chosen(each), pieces)

    def run(self, element: Any, pieces: list[str]) -> None:
        properties = _child(element, "rPr")
        if _is_on(properties, "vanish"):
            self.note("隐藏的文字没有检查。")
            return
        if _is_on(properties, "strike") or _is_on(properties, "dstrike"):
            self.note("删除线划去的文字没有检查。")
            return
        raised = said_in(_child(properties, "vertAlign"), "val") == "superscript"
        self.in_run(element, pieces, raised)

    def in_run(self, element: Any, pieces: list[str], raised: bool = False) -> None:
        for each in element:
            name = name_of(each)
            if name == "t":
                said = (each.text or "").replace("\n", " ")
                pieces.append(said.translate(_RAISED) if raised else said)
            elif name in {"tab", "ptab"}:
                pieces.append(" ")
            elif name == "cr" or (name == "br" and said_in(each, "type") not in {"page", "column"}):
                pieces.append("\n")
            elif name == "noBreakHyphen":
                pieces.append("-")
            elif name == "ruby":
                base = _child(each, "rubyBase")
                self.inline(base if base is not None else (), pieces)
            elif name == "AlternateContent":
                self.in_run(_chosen(each), pieces, raised)
            elif name in {"drawing", "pict", "object"}:
                self.boxes(each)

    def boxes(self, element: Any) -> None:
        """The text in boxes of a drawing; its pictures are counted."""
        for each in element:
            name = name_of(each)
            if name == "txbxContent":
                self.all(each, self.floating)
            elif name in {"blip", "imagedata"}:
                self.pictures += 1
            elif name == "chart":
                self.note("图表里的数字没有检查。")
            elif name == "AlternateContent":
                self.boxes(_chosen(each))
            elif name != "Fallback":
                self.boxes(each)

    def table(self, element: Any, into: list[Block]) -> None:
        rows: list[Row] = []
        above: dict[int, Cell] = {}
        self.in_table += 1
        for each in _rows(element):
            properties = _child(each, "trPr")
            if _child(properties, "del") is not None:
                self.note(_TRACKED)
                continue
            if self.in_table == 1:
                self.line += 1
            rows.append(self.row(each, properties, above))
        self.in_table -= 1
        made = blocks_of(rows, into if into is self.blocks else ())
        if sum(isinstance(each, Table) for each in made) > 1:
            self.note("嵌套的表格已拆开，分别检查。")
        into.extend(made)

    def row(self, element: Any, properties: Any, above: dict[int, Cell]) -> Row:
        row = Row(max(self.line, 1))
        column = whole(said_in(_child(properties, "gridBefore"), "val"))
        if column:
            row.cells.append(Cell(columns=column))
        for each in _cells(element):
            own = _child(each, "tcPr")
            columns = max(whole(said_in(_child(own, "gridSpan"), "val"), 1), 1)
            merged = _child(own, "vMerge")
            upper = above.get(column)
            if merged is not None and said_in(merged, "val") != "restart" and upper is not None:
                upper.rows += 1
            else:
                cell = Cell(columns=columns)
                self.all(each, cell.blocks)
                self.end_carried(cell.blocks)
                row.cells.append(cell)
                above.pop(column, None)
                if merged is not None:
                    above[column] = cell
            column += columns
        return row


def _rows(element: Any) -> Iterable[Any]:
    return _inner(element, "tr")


def _cells(element: Any) -> Iterable[Any]:
    return _inner(element, "tc")


def _inner(element: Any, wanted: str) -> Iterable[Any]:
    """The rows of a table or the cells of a row, also those that a control wraps; never those of a nested table."""
    for each in element:
        name = name_of(each)
        if name == wanted:
            yield each
        elif name in {"sdt", "sdtContent", "customXml", "ins"}:
            yield from _inner(each, wanted)


def _chosen(element: Any) -> Any:
    """What a modern program draws; the rest says the same once more for older ones."""
    choice = _child(element, "Choice")
    fallback = _child(element, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def _child(element: Any, name: str) -> Any:
    return next((each for each in element if name_of(each) == name), None) if element is not None else None


def _is_on(properties: Any, name: str) -> bool:
    found = _child(properties, name)
    return found is not None and said_in(found, "val") not in {"0", "false", "off"}


def _is_outlined(properties: Any) -> bool:
    outlined = _child(properties, "outlineLvl")
    return outlined is not None and whole(said_in(outlined, "val"), 9) < 9
