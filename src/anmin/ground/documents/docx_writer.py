"""A paper as .docx, in the typefaces and margins of official documents (GB/T 9704-2012).

A .docx carries only the names of its fonts. The trap: `font.name` sets Western text alone, and python-docx's template declares
East Asian text as American English, so that Chinese punctuation is set wrongly; both are put right on styles and runs.
"""

from io import BytesIO
from typing import Any

import docx
import segno
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

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

BODY, HEADING, SUBHEADING, TITLE = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
WESTERN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4 = Pt(22), Pt(16), Pt(12)
NO_SPACE = Pt(0)
LINE = Pt(28.95)
"""22 lines to the page."""

_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def to_docx(paper: Paper) -> bytes:
    """The bytes of a .docx that says what the paper says; the same paper gives the same text in every format."""
    document = docx.Document()
    _page(document)
    _styles(document)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.red_head
    document.core_properties.language = paper.language
    if paper.red_head:
        _red_head(document, paper)
    elif paper.number:
        _line(document, paper.number, align="right")
    _line(document, paper.title, font=TITLE, size=SIZE_2, align="centre", after=Pt(14))
    if paper.subtitle:
        _line(document, paper.subtitle, font=SUBHEADING, align="centre", after=Pt(14))
    for block, after in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
        _write(document, block)
        if isinstance(after, Signature | QrCode):
            _hold(document)
    if paper.footer:
        footer = document.sections[0].footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(footer, paper.footer, size=Pt(9))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _styles(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = WESTERN, SIZE_3
    _east_asian(style.element.get_or_add_rPr(), BODY)
    style.paragraph_format.space_after = Pt(0)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _east_asian(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.set(qn("w:eastAsia"), font)
    # Quotation marks and dashes belong to both scripts; the hint says which.
    fonts.set(qn("w:hint"), "eastAsia")


def _run(paragraph: Any, text: str, *, font: str = BODY, size: Any = SIZE_3, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.font.bold = WESTERN, size, bold
    properties = run._element.get_or_add_rPr()
    _east_asian(properties, font)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    properties.append(language)
    return run


def _line(document: Any, text: str, *, font: str = BODY, size: Any = SIZE_3, align: str = "left", after: Any = NO_SPACE) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_after = after
    if size == SIZE_3:
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = LINE
    _run(paragraph, text, font=font, size=size)
    return paragraph


def _red_head(document: Any, paper: Paper) -> None:
    head = _line(document, paper.red_head, font=TITLE, size=Pt(36), align="centre", after=Pt(12))
    head.runs[0].font.color.rgb = RGBColor(0xE0, 0x00, 0x00)
    number = _line(document, paper.number, align="centre", after=Pt(18))
    border = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "E00000")):
        bottom.set(qn(f"w:{name}"), value)
    border.append(bottom)
    number._element.get_or_add_pPr().append(border)


def _write(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        _line(document, block.text, font={1: HEADING, 2: SUBHEADING, 3: BODY}[block.level]).paragraph_format.first_line_indent = (
            SIZE_3 * 2
        )
    elif isinstance(block, Paragraph):
        paragraph = _line(document, "", align=block.align)
        if block.indent:
            paragraph.paragraph_format.first_line_indent = SIZE_3 * 2
        for span in block.spans:
            _run(paragraph, span.text, bold=span.bold)
    elif isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Fields):
        _fields(document, block)
    elif isinstance(block, QrCode):
        _qr_code(document, block)
    else:
        _signature(document, block)


def _hold(document: Any) -> None:
    """The last of what was written so far stays on one page with what follows: nobody signs a page that says nothing."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    last = document.paragraphs[-1]._element.getprevious()
    if not document.paragraphs[-1].text and last is not None and last.tag == qn("w:tbl"):
        for cell in document.tables[-1].rows[-1].cells:
            cell.paragraphs[-1].paragraph_format.keep_with_next = True


def _grid(document: Any, rows: int, columns: int, widths: tuple[int, ...]) -> Any:
    grid = document.add_table(rows=rows, cols=columns)
    grid.style = "Table Grid"
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    shares = widths or (1,) * columns
    for place, share in enumerate(shares):
        for cell in grid.columns[place].cells:
            cell.width = Mm(156 * share / sum(shares))
    return grid


def _cell(cell: Any, text: str, *, font: str = BODY, align: str = "left") -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = _ALIGN[align]
    _run(paragraph, text, font=font, size=SIZE_4)


def _table(document: Any, block: Table) -> None:
    if block.caption:
        _line(document, block.caption, font=HEADING, align="centre")
    grid = _grid(document, len(block.rows) + 1, len(block.headers), block.widths)
    for place, header in enumerate(block.headers):
        _cell(grid.rows[0].cells[place], header, font=HEADING, align="centre")
    for row, values in zip(list(grid.rows)[1:], block.rows, strict=True):
        cells = row.cells
        for place, value in enumerate(values):
            _cell(cells[place], value, align=block.align[place] if block.align else "centre")
    repeat = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    document.add_paragraph()


def _fields(document: Any, block: Fields) -> None:
    lines = [block.pairs[place : place + block.columns] for place in range(0, len(block.pairs), block.columns)]
    grid = _grid(document, len(lines), block.columns * 2, (20, 30) * block.columns if block.columns == 2 else (22, 78))
    for row, pairs in zip(grid.rows, lines, strict=True):
        cells = row.cells
        for place, (label, value) in enumerate(pairs):
            _cell(cells[place * 2], label, font=HEADING)
            _cell(cells[place * 2 + 1], value)
    document.add_paragraph()


def _signature(document: Any, block: Signature) -> None:
    lines = (*block.lines, block.name, *((chinese_date(block.on),) if block.on else ()))
    for place, said in enumerate(lines, 1):
        line = _line(document, said, align="right")
        line.paragraph_format.right_indent = SIZE_3 * 2
        line.paragraph_format.keep_with_next = place < len(lines)


def _qr_code(document: Any, block: QrCode) -> None:
    picture = BytesIO()
    segno.make(block.content, error="m").save(picture, kind="png", scale=8, border=1)
    grid = document.add_table(rows=1, cols=2)
    grid.autofit = False
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    code, words = grid.rows[0].cells
    code.width, words.width = Mm(36), Mm(120)
    code.paragraphs[0].add_run().add_picture(picture, width=Mm(32))
    _cell(words, block.lines[0] if block.lines else "")
    for line in block.lines[1:]:
        _run(words.add_paragraph(), line, size=SIZE_4)
