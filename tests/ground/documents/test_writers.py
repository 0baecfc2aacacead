"""One paper, four formats: the same words in each, the right typefaces, and no character lost without a word."""

import io
import json
from datetime import date
from typing import Any
from zipfile import ZipFile

import docx
import pytest
import typst
from docx.oxml.ns import qn
from typst import compile_with_warnings

from anmin.ground.documents.docx_writer import to_docx
from anmin.ground.documents.html_writer import to_html
from anmin.ground.documents.markdown_writer import to_markdown
from anmin.ground.documents.paper import (
    Heading,
    Paper,
    Paragraph,
    QrCode,
    Signature,
    Span,
    fields,
    table,
    text,
)
from anmin.ground.documents.pdf_writer import MissingGlyph, to_pdf

PAPER = Paper(
    title="受理通知书",
    number="海民低受〔2024〕0001号",
    red_head="海安市民政局",
    subtitle="（存根）",
    footer="演示数据",
    blocks=(
        Heading("一、事项"),
        text("张桂兰：", indent=False),
        Paragraph((Span("你户的申请"), Span("已受理", bold=True), Span("，见"), Span("户表", link="/households/1"), Span("。"))),
        fields((("申请人", "张桂兰"), ("编号", "DBA2024000001"), ("住址", "刘桥村"))),
        table(("序号", "材料"), (("1", "户口簿"), ("2", "授权书")), widths=(1, 4), caption="材料清单"),
        Signature("海安市民政局", date(2024, 7, 1), lines=("经办人：",)),
    ),
)
WORDS = ("受理通知书", "海民低受〔2024〕0001号", "海安市民政局", "（存根）", "一、事项", "张桂兰：", "DBA2024000001", "刘桥村",
         "户口簿", "材料清单", "2024年7月1日", "经办人：", "演示数据")  # fmt: skip


def test_a_paper_comes_back_from_plain_data_as_it_was() -> None:
    assert Paper.from_data(json.loads(json.dumps(PAPER.as_data()))) == PAPER


def test_html_says_every_word() -> None:
    html = to_html(PAPER)
    assert [word for word in WORDS if word not in html] == []


def test_html_leads_where_a_span_leads() -> None:
    assert '<strong>已受理</strong>，见<a href="/households/1">户表</a>。' in to_html(PAPER)


def test_html_reads_nothing_of_a_family_as_markup() -> None:
    html = to_html(Paper("<b>", (text("<script>alert(1)</script>"), table(("<i>",), (("&",),)))))
    assert "<script>" not in html
    assert "<td>&amp;</td>" in html


def test_markdown_says_every_word() -> None:
    markdown = to_markdown(PAPER)
    assert [word for word in WORDS if word not in markdown] == []


def test_markdown_escapes_its_own_marks() -> None:
    assert to_markdown(Paper("题", (text("*a* | [b]"),))) == "# 题\n\n\\*a\\* \\| \\[b\\]\n"


def test_docx_says_every_word() -> None:
    with ZipFile(io.BytesIO(to_docx(PAPER))) as folder:
        parts = [name for name in folder.namelist() if name.startswith("word/") and name.endswith(".xml")]
        said = "".join(folder.read(name).decode() for name in parts)
    assert [word for word in WORDS if word not in said] == []


def test_docx_names_the_typefaces_of_chinese_offices_on_every_run() -> None:
    document = docx.Document(io.BytesIO(to_docx(PAPER)))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs if run.text]
    fonts = [run._element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs]
    assert set(fonts) == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"}


def test_docx_is_declared_as_chinese() -> None:
    document = docx.Document(io.BytesIO(to_docx(PAPER)))
    languages = {each.get(qn("w:eastAsia")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"zh-CN"}


def test_docx_has_the_margins_of_official_papers() -> None:
    section = docx.Document(io.BytesIO(to_docx(PAPER))).sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in sides if side is not None] == [210, 297, 37, 35, 28]


def test_pdf_is_written_with_the_typeface_of_the_house() -> None:
    written = to_pdf(PAPER)
    assert written.startswith(b"%PDF-")
    assert b"NotoSerifSC" in written


def test_a_character_the_typeface_lacks_is_named() -> None:
    with pytest.raises(MissingGlyph, match="文中的生僻字“𠮷”在 PDF 字体中没有，请改用 Word 格式打印。"):
        to_pdf(Paper("通知", (text("𠮷先生："),)))


def test_an_odd_number_of_fields_still_fills_the_form() -> None:
    assert to_pdf(Paper("表", (fields((("一", "1"), ("二", "2"), ("三", "3"))),))).startswith(b"%PDF-")


def test_a_code_is_drawn_in_every_format_and_comes_back_from_plain_data() -> None:
    coded = Paper("核对报告", (QrCode("海民核 1234", ("校验码：1234",)),), number="海民核〔2024〕0001号")
    assert Paper.from_data(coded.as_data()) == coded
    assert "<svg" in to_html(coded)
    assert to_markdown(coded).endswith("校验码：1234  \n海民核 1234\n")
    assert len(docx.Document(io.BytesIO(to_docx(coded))).inline_shapes) == 1
    assert to_pdf(coded).startswith(b"%PDF-")


ENDING = (Signature("海安市民政局", date(2024, 7, 1)), QrCode("海民核 1234", ("校验码：1234",)))


def _signs_on_pages(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many signs are drawn on each page of the PDF, as the same template draws them."""
    drawn: list[bytes] = []

    def draw(*given: Any, format: str, **named: Any) -> tuple[bytes, list[Any]]:
        pages, warnings = compile_with_warnings(*given, format="svg", **named)
        drawn.extend(pages if isinstance(pages, list) else [pages])
        return b"", warnings

    with monkeypatch.context() as patched:
        patched.setattr(typst, "compile_with_warnings", draw)
        to_pdf(paper)
    return [page.count(b"<use") for page in drawn]


def test_signature_and_code_never_stand_alone_on_a_page_of_the_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    (alone,) = _signs_on_pages(Paper("", ENDING), monkeypatch)
    last = {}
    for lines in (13, 17, 20):
        filler = tuple(text("行" * 20) for _ in range(lines))
        last[lines] = _signs_on_pages(Paper("报告", (*filler, text("本报告自出具之日起有效。"), *ENDING)), monkeypatch)
    assert {lines: (len(pages), pages[-1]) for lines, pages in last.items()} == {
        13: (1, 2 + 13 * 20 + 12 + alone), 17: (2, 12 + alone), 20: (2, 12 + alone),
    }  # fmt: skip


def test_in_docx_the_last_lines_go_with_signature_and_code() -> None:
    document = docx.Document(io.BytesIO(to_docx(Paper("报告", (text("甲"), text("本报告有效。"), *ENDING)))))
    held = {each.text: bool(each.paragraph_format.keep_with_next) for each in document.paragraphs}
    assert held == {"报告": False, "甲": False, "本报告有效。": True, "海安市民政局": True, "2024年7月1日": True}
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_in_docx_the_last_row_of_a_table_goes_with_the_signature() -> None:
    document = docx.Document(io.BytesIO(to_docx(Paper("报告", (table(("项",), [("一",), ("二",)]), *ENDING)))))
    held = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in document.tables[0].rows]
    assert held == [False, False, True]
