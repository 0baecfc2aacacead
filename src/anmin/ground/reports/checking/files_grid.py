"""Cells that span others become a plain table; what was only laid out in a table becomes paragraphs again."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from anmin.ground.reports.checking.texts import (
    Paragraph,
    Table,
    Unreadable,
    caption_of,
    is_heading,
    spread,
    table_of,
    with_sentences,
)

CELLS_AT_MOST = 400_000
_SPAN_AT_MOST = 1_000
_PROSE = 160

Block = Paragraph | Table


@dataclass
class Cell:
    """A cell with the blocks that stand in it, and how many columns and rows it covers."""

    blocks: list[Block] = field(default_factory=list)
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """The cell's own paragraphs as one text, without the tables nested in it."""
        pieces: list[str] = []
        for block in self.blocks:
            piece = "" if isinstance(block, Table) else block.text.strip()
            if not piece:
                continue
            # A heading broken over two lines is one word; two numbers below one another are not one number.
            if pieces and pieces[-1][-1].isascii() and piece[0].isascii():
                pieces.append(" ")
            pieces.append(piece)
        return "".join(pieces)


@dataclass
class Row:
    """The cells of a row, and the line it begins on."""

    line: int
    cells: list[Cell] = field(default_factory=list)


def blocks_of(rows: Sequence[Row], before: Sequence[Block], caption: str = "") -> list[Block]:
    """The blocks that stand for a table: the table, its sentences and the tables nested in it, or what was only framed by it.

    Refuses a table of more cells than any report has.
    """
    if not any(row.cells for row in rows):
        return []
    if _is_layout(rows):
        return [block for row in rows for cell in row.cells for block in cell.blocks]
    nested = [block for row in rows for cell in row.cells for block in cell.blocks if isinstance(block, Table)]
    filled = [(cells, row.line) for cells, row in zip(_grid(rows), rows, strict=True) if any(map(str.strip, cells))]
    if not filled:
        return list(nested)
    table = table_of([cells for cells, _ in filled], [line for _, line in filled], caption or caption_of(before))
    return [*with_sentences(table), *nested]


def paragraph(text: str, line: int, heading: bool = False) -> Paragraph:
    """A paragraph as a reader of files finds it; a short numbered line is a heading even where no style says so."""
    return Paragraph(text, line, heading or is_heading(text))


def _is_layout(rows: Sequence[Row]) -> bool:
    """Whether this is a frame around running text rather than a table: one column, or sentences in its cells."""
    if all(len(row.cells) <= 1 for row in rows):
        return True
    return any(
        len(block.text) > _PROSE and "。" in block.text
        for row in rows
        for cell in row.cells
        for block in cell.blocks
        if isinstance(block, Paragraph)
    )


def _grid(rows: Sequence[Row]) -> list[list[str]]:
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    taken = 0
    for row in rows:
        line: list[str] = []
        cells = iter(row.cells)
        cell = next(cells, None)
        far = max(hanging, default=-1)
        while cell is not None or far >= len(line):
            if len(line) in hanging:
                left, text = hanging.pop(len(line))
                if left > 1:
                    hanging[len(line)] = (left - 1, text)
                line.append(spread(text, first=False))
                continue
            if cell is None:
                line.append("")
                continue
            text = cell.text
            for place in range(min(max(cell.columns, 1), _SPAN_AT_MOST)):
                if cell.rows > 1:
                    hanging[len(line)] = (min(cell.rows, len(rows)) - 1, text)
                line.append(spread(text, first=place == 0))
            cell = next(cells, None)
        taken += len(line)
        if taken > CELLS_AT_MOST:
            raise Unreadable(f"文件里有一张表超过 {CELLS_AT_MOST // 10_000} 万格，不像报告里的表，请拆开后再检查。")
        grid.append(line)
    return grid
