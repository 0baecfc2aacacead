"""A draft in each format; all of them say the same, word for word."""

from dataclasses import replace
from html import escape
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from anmin.ground.documents.docx_writer import to_docx
from anmin.ground.documents.html_writer import to_html
from anmin.ground.documents.markdown_writer import to_markdown
from anmin.ground.documents.paper import Paper, Paragraph
from anmin.ground.reports.vocabulary import ReportFormat

_STYLE = """
body { margin: 0; background: #f4f5f7; color: #1a1a1a; }
article { max-width: 44em; margin: 2rem auto; padding: 3rem; background: #fff; line-height: 1.9;
  font-family: FangSong, STFangsong, "Noto Serif CJK SC", serif; font-size: 1.1rem; }
h1 { text-align: center; font-size: 1.6rem; line-height: 1.5; }
h2, h3, h4 { font-size: 1.1rem; }
.paper-indent { text-indent: 2em; }
a { color: inherit; text-decoration: underline dotted; text-underline-offset: .2em; }
@media (max-width: 40em) { article { margin: 0; padding: 1.2rem; } }
@media print { body { background: none; } a { text-decoration: none; } }
"""


def write(paper: Paper, format: ReportFormat) -> bytes:
    """The bytes of the file: UTF-8 text, or a .docx with page numbers."""
    if format is ReportFormat.DOCX:
        return _with_page_numbers(to_docx(paper))
    if format is ReportFormat.HTML:
        return _page(paper).encode()
    return to_markdown(_without_links(paper)).encode()


def _page(paper: Paper) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(paper.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(paper.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{to_html(paper)}\n</body>\n</html>\n"
    )


def _without_links(paper: Paper) -> Paper:
    """For reading in a terminal, where addresses only stand in the way."""
    blocks = tuple(
        replace(block, spans=tuple(replace(span, link="") for span in block.spans)) if isinstance(block, Paragraph) else block
        for block in paper.blocks
    )
    return replace(paper, blocks=blocks)


def _with_page_numbers(file: bytes) -> bytes:
    """— 1 — at the foot of each page, size 4 (GB/T 9704-2012, 7.5)."""
    document = docx.Document(BytesIO(file))
    footer = document.sections[0].footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, kind in (("— ", ""), ("", "begin"), ("PAGE", "code"), ("", "end"), (" —", "")):
        run: Any = footer.add_run(text if not kind else "")
        run.font.name, run.font.size = "宋体", Pt(14)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._element.append(code)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
