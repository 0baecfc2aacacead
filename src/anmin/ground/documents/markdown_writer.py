"""A paper as Markdown, for reading in a terminal and for comparing two drafts line by line."""

import re

from anmin.ground.documents.paper import (
    Block,
    Fields,
    Heading,
    Paper,
    Paragraph,
    QrCode,
    Signature,
    Span,
    Table,
    chinese_date,
)

_MARKS = re.compile(r"([\\`*_\[\]<>|#])")


def to_markdown(paper: Paper) -> str:
    """The text of the paper in Markdown; marks in the text itself are escaped."""
    parts = [f"# {_text(paper.title)}"]
    parts += [_text(each) for each in (paper.red_head, paper.number, paper.subtitle) if each]
    parts += [_block(block) for block in paper.blocks]
    if paper.footer:
        parts.append(f"---\n\n{_text(paper.footer)}")
    return "\n\n".join(parts) + "\n"


def _text(said: str) -> str:
    return _MARKS.sub(r"\\\1", said).replace("\n", " ")


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return "#" * (block.level + 1) + " " + _text(block.text)
    if isinstance(block, Paragraph):
        return "".join(_span(span) for span in block.spans)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Fields):
        return "\n".join(f"- {_text(label)}：{_text(value)}" for label, value in block.pairs)
    if isinstance(block, QrCode):
        return "  \n".join(_text(line) for line in (*block.lines, block.content))
    return _signature(block)


def _span(span: Span) -> str:
    said = _text(span.text)
    if span.bold:
        said = f"**{said}**"
    return f"[{said}]({span.link})" if span.link else said


def _table(block: Table) -> str:
    lines = [_row(block.headers), _row(("---",) * len(block.headers), plain=True), *(_row(row) for row in block.rows)]
    return (f"{_text(block.caption)}\n\n" if block.caption else "") + "\n".join(lines)


def _row(cells: tuple[str, ...], *, plain: bool = False) -> str:
    return "| " + " | ".join(cell if plain else _text(cell) for cell in cells) + " |"


def _signature(block: Signature) -> str:
    lines = [*block.lines, block.name, *([chinese_date(block.on)] if block.on else [])]
    return "  \n".join(_text(line) for line in lines)
