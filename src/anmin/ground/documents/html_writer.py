"""A paper as HTML: a fragment for a page of the platform, with links where the paper has them."""

from html import escape

import segno

from anmin.ground.documents.paper import (
    Block,
    Fields,
    Heading,
    Paper,
    Paragraph,
    QrCode,
    Signature,
    Table,
    chinese_date,
)


def to_html(paper: Paper) -> str:
    """An `<article>` that says what the paper says; every text is escaped, nothing of a family is read as markup."""
    parts = [f'<article class="paper" lang="{escape(paper.language)}">']
    if paper.red_head:
        parts.append(f'<p class="paper-red-head">{escape(paper.red_head)}</p>')
    if paper.number:
        parts.append(f'<p class="paper-number">{escape(paper.number)}</p>')
    parts.append(f'<h1 class="paper-title">{escape(paper.title)}</h1>')
    if paper.subtitle:
        parts.append(f'<p class="paper-subtitle">{escape(paper.subtitle)}</p>')
    parts += [_block(block) for block in paper.blocks]
    if paper.footer:
        parts.append(f'<p class="paper-footer">{escape(paper.footer)}</p>')
    return "\n".join([*parts, "</article>"])


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f'<h{block.level + 1} class="paper-heading">{escape(block.text)}</h{block.level + 1}>'
    if isinstance(block, Paragraph):
        return f'<p class="paper-{block.align}{" paper-indent" if block.indent else ""}">{_spans(block)}</p>'
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Fields):
        pairs = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in block.pairs)
        return f'<dl class="paper-fields paper-fields-{block.columns}">{pairs}</dl>'
    if isinstance(block, QrCode):
        lines = "".join(f"<p>{escape(line)}</p>" for line in block.lines)
        code = segno.make(block.content, error="m").svg_inline(scale=4, border=1, omitsize=False)
        return f'<div class="paper-qr-code">{code}{lines}</div>'
    return _signature(block)


def _spans(block: Paragraph) -> str:
    said = []
    for span in block.spans:
        part = escape(span.text)
        if span.bold:
            part = f"<strong>{part}</strong>"
        if span.link:
            part = f'<a href="{escape(span.link)}">{part}</a>'
        said.append(part)
    return "".join(said)


def _table(block: Table) -> str:
    caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
    heads = "".join(f'<th scope="col">{escape(header)}</th>' for header in block.headers)
    rows = "".join("<tr>" + "".join(f"<td>{escape(value)}</td>" for value in row) + "</tr>" for row in block.rows)
    return f'<table class="paper-table">{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _signature(block: Signature) -> str:
    lines = [*block.lines, block.name, *([chinese_date(block.on)] if block.on else [])]
    return '<div class="paper-signature">' + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</div>"
