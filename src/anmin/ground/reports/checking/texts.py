"""A text as the checker takes it: paragraphs and tables in the order of reading, each with its line.

What is printed is kept to the letter, for quotations and for the page. Whoever reads numbers translates for himself,
character by character, so that places stay the same.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


class Unreadable(Exception):  # noqa: N818 -- an answer to the person who brought the file, not an accident
    """A file that is not read, with the Chinese sentence that says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a heading.

    `line` is the line it begins on, from 1; `breaks` are the offsets at which further lines begin.
    """

    text: str
    line: int
    heading: bool = False
    breaks: tuple[int, ...] = ()

    def line_at(self, offset: int) -> int:
        """The line of the file on which the character stands."""
        return self.line + bisect_right(self.breaks, offset)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, all rows of equal length.

    A merged cell is repeated in each place that it covers, for it speaks of each; only where it holds nothing but a number
    it stands once, in its first place, and the others are empty: a figure printed once is counted once.
    """

    rows: tuple[tuple[str, ...], ...]
    line: int
    caption: str = ""
    lines: tuple[int, ...] = ()

    def line_of(self, row: int) -> int:
        """The line of the file on which the row begins."""
        return self.lines[row] if row < len(self.lines) else self.line + row


@dataclass(frozen=True, slots=True)
class Document:
    """A text to be checked; `notes` is what its reader must be told about how it was read.

    `counted` is what the lines of this document are called: a text has lines, a Word file shows its reader none, so its
    paragraphs are counted.
    """

    name: str
    blocks: tuple[Paragraph | Table, ...]
    notes: tuple[str, ...] = ()
    counted: str = "行"


_HEADING = re.compile(r"\s*(?:第?[一二三四五六七八九十]{1,3}[、章节部]|[（(][一二三四五六七八九十]{1,3}[)）])")
_HASHES = re.compile(r" {0,3}#{1,6}\s+")
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_BULLET = re.compile(r"\s*[-*+]\s+")
_BOLD = re.compile(r"\*\*([^*]{1,2000})\*\*")
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,500})\]\([^()\s]{1,2000}\)")
_CAPTION = re.compile(r"\s*(?:附?表|附件|续表|单位[:：])")
_BEGINS = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,3}|[-*+•●■◆#>|])"
)
_BARE_NUMBER = re.compile(r"[\s\d０-９,.，．%％+\-－—()（）*]*")
_COUNTED = re.compile(r"[\d０-９][\d０-９,.，．]*\s?[%％‰\u4e00-\u9fff]")
_JOINS = re.compile(r"[。；;]|[，,](?![\d０-９]{3})|其中")
_SERIAL = re.compile(r"[\s\d０-９一二三四五六七八九十.．、()（）]*")

_ENDS = "。！？；：!?;:…”』」》"
_HEADING_AT_MOST = 60
_WRAPPED_AT_LEAST = 25
_WIDEST = 240
_LABEL_AT_MOST = 20


def document_of(text: str, name: str = "") -> Document:
    """The document in a plain text: a paragraph a line; tables of Markdown and lines of tab-separated cells are tables.

    Lines that were broken at the margin, as in what is copied from a PDF, are joined again; headings are marked.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    marked = name.lower().endswith((".md", ".markdown")) or any(map(_HASHES.match, lines)) or _has_marked_table(lines)
    blocks: list[Paragraph | Table] = []
    margin = _margin(lines)
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif _opens_marked_table(lines, at):
            at = _take_marked(lines, at, blocks)
        elif (end := _end_of_tabbed(lines, at)) - at > 1:
            rows = [line.split("\t") for line in lines[at:end]]
            blocks.extend(with_sentences(table_of(rows, range(at + 1, end + 1), caption_of(blocks))))
            at = end
        elif margin:
            at = _take_wrapped(lines, at, blocks, marked, margin)
        else:
            blocks.append(_paragraph([line], at + 1, marked))
            at += 1
    return Document(name, tuple(blocks))


def table_of(rows: Sequence[Sequence[str]], lines: Sequence[int], caption: str = "") -> Table:
    """A table whose rows are made equally long by empty cells; every cell without space around it."""
    width = max((len(row) for row in rows), default=0)
    cells = tuple(tuple(cell.strip() for cell in row) + ("",) * (width - len(row)) for row in rows)
    return Table(cells, lines[0] if lines else 1, caption, tuple(lines))


def with_sentences(table: Table) -> Iterator[Paragraph | Table]:
    """The table, and behind it each sentence of numbers that stands in a cell, after the words of its row and its column.

    A ledger of tasks tells its figures in sentences, and no column adds them up. What a merged cell repeats is told once;
    without the words in front all rows would speak of one thing.
    """
    yield table
    told: set[str] = set()
    for row, cells in enumerate(table.rows):
        label = next((column for column, cell in enumerate(cells) if _is_label(cell)), len(cells))
        for column, cell in enumerate(cells):
            if cell in told or len(_COUNTED.findall(cell)) < 2 or not _JOINS.search(cell):
                continue
            told.add(cell)
            beside = [cells[label]] if label < column else []
            above = [table.rows[0][column]] if row and _is_label(table.rows[0][column]) else []
            words = " ".join(dict.fromkeys(beside + above))
            yield Paragraph(f"{words}：{cell}" if words else cell, table.line_of(row))


def _is_label(cell: str) -> bool:
    return 0 < len(cell) <= _LABEL_AT_MOST and not _SERIAL.fullmatch(cell)


def spread(text: str, first: bool) -> str:
    """What stands in a place that a merged cell covers: its text, but a bare number only in the first place."""
    return text if first or not _BARE_NUMBER.fullmatch(text) else ""


def caption_of(blocks: Sequence[Paragraph | Table]) -> str:
    """The caption of a table that follows these blocks: the short lines right above it that name it or its unit."""
    said: list[str] = []
    for block in reversed(blocks[-2:]):
        if not isinstance(block, Paragraph) or len(block.text) > _HEADING_AT_MOST or block.text.rstrip().endswith("。"):
            break
        said.insert(0, block.text.strip())
        if not _CAPTION.match(block.text):
            break
    return " ".join(said)


def is_heading(text: str) -> bool:
    """Whether a line that nothing marks as one is a heading: short, numbered like one, and no sentence."""
    text = text.strip()
    return (
        len(text) <= _HEADING_AT_MOST
        and not text.endswith(tuple("。；，、;,"))
        and bool(_HEADING.match(text))
        and "。" not in text
    )


def _paragraph(pieces: Sequence[str], number: int, marked: bool) -> Paragraph:
    """The paragraph of one line or of several that were broken at a margin."""
    first, heading = pieces[0], is_heading(pieces[0])
    if marked:
        if found := _HASHES.match(first):
            heading, first = True, first[found.end() :].rstrip("# ")
        elif found := _BULLET.match(first):
            first = first[found.end() :]
        first, *others = (_LINK.sub(r"\1", _BOLD.sub(r"\1", piece)) for piece in (first, *pieces[1:]))
    else:
        others = list(pieces[1:])
    text, breaks = first.rstrip(), []
    for piece in others:
        # Between words of letters the break stood for a space.
        if text[-1:].isascii() and text[-1:].isalpha() and piece[:1].isascii() and piece[:1].isalpha():
            piece = f" {piece}"
        breaks.append(len(text))
        text += piece
    return Paragraph(text, number, heading, tuple(breaks))


def _cells(line: str) -> list[str]:
    line = line.strip()
    line = line.removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [_BOLD.sub(r"\1", cell.replace("\\|", "|")) for cell in re.split(r"(?<!\\)\|", line)]


def _is_rule(line: str) -> bool:
    return "-" in line and "|" in line and all(map(_RULE_CELL.fullmatch, _cells(line)))


def _opens_marked_table(lines: Sequence[str], at: int) -> bool:
    return "|" in lines[at] and at + 1 < len(lines) and _is_rule(lines[at + 1])


def _has_marked_table(lines: Sequence[str]) -> bool:
    return any(_opens_marked_table(lines, at) for at in range(len(lines) - 1))


def _take_marked(lines: Sequence[str], at: int, blocks: list[Paragraph | Table]) -> int:
    rows, numbers, place = [_cells(lines[at])], [at + 1], at + 2
    while place < len(lines) and "|" in lines[place]:
        rows.append(_cells(lines[place]))
        numbers.append(place + 1)
        place += 1
    blocks.extend(with_sentences(table_of(rows, numbers, caption_of(blocks))))
    return place


def _end_of_tabbed(lines: Sequence[str], at: int) -> int:
    """Behind the last of the lines that are rows of one table with tabs between the cells; `at` where there is none."""
    tabs = lines[at].strip(" ").count("\t")
    # A tab in front is an indent, and one alone often is one in the middle of a heading: two cells need their like below.
    if not tabs or not lines[at].strip(" ").strip("\t").count("\t") or (lines[at].startswith("\t") and tabs < 2):
        return at
    end = at + 1
    while end < len(lines) and lines[end].count("\t") == tabs and lines[end].strip():
        end += 1
    return end


def _margin(lines: Sequence[str]) -> int:
    """How wide the lines are, where most of the longer ones end in the middle of a sentence, and just there; else 0."""
    long = [line.rstrip() for line in lines if len(line.strip()) >= _WRAPPED_AT_LEAST]
    margin = max(map(_width, long), default=0)
    open_ends = [_width(line) for line in long if line[-1] not in _ENDS]
    if len(open_ends) < 2 or len(open_ends) * 2 < len(long) or margin > _WIDEST:
        return 0
    at_margin = sum(width * 8 >= margin * 7 for width in open_ends)
    return margin if at_margin * 5 >= len(open_ends) * 4 else 0


def _width(line: str) -> int:
    """How wide a line is printed: letters and digits take half the room of a character."""
    return 2 * len(line) - sum(character.isascii() for character in line) if len(line) < _WIDEST else 2 * _WIDEST


def _take_wrapped(lines: Sequence[str], at: int, blocks: list[Paragraph | Table], marked: bool, margin: int) -> int:
    """The paragraph that begins here, over the margin's breaks; its first line keeps its indent, the others lose theirs."""
    pieces, place = [lines[at].rstrip()], at + 1
    joins = not _HASHES.match(pieces[0]) and not is_heading(pieces[0])
    while joins and place < len(lines) and _goes_on(pieces[-1], lines[place], margin):
        pieces.append(lines[place].strip())
        place += 1
    blocks.append(_paragraph(pieces, at + 1, marked))
    return place


def _goes_on(line: str, following: str, margin: int) -> bool:
    if not following.strip() or _width(line) * 8 < margin * 7 or line[-1] in _ENDS:
        return False
    # An indent begins a paragraph.
    return not following.startswith(("\u3000", "  ", "\t")) and not _BEGINS.match(following) and "|" not in following


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """The paragraphs of a document, without its tables."""
    return (block for block in document.blocks if isinstance(block, Paragraph))
