"""Word files are read as one sees them once every change is accepted."""

import zipfile
from io import BytesIO

import docx
import pytest

from anmin.ground.reports.checking import files_docx
from anmin.ground.reports.checking.files import read_document
from anmin.ground.reports.checking.texts import Document, Paragraph, Table, Unreadable

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_KINDS = ("numbering", "styles", "footnotes", "endnotes", "comments")


def packed(body: str, **parts: str) -> bytes:
    """A Word file with this body, and with the other parts that are given."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>")
        made.writestr(
            "_rels/.rels", '<Relationships><Relationship Type="r/officeDocument" Target="/word/document.xml"/></Relationships>'
        )
        related = "".join(f'<Relationship Type="r/{kind}" Target="{kind}.xml"/>' for kind in _KINDS if kind in parts)
        made.writestr("word/_rels/document.xml.rels", f"<Relationships>{related}</Relationships>")
        for kind, content in parts.items():
            made.writestr(f"word/{kind}.xml", f"<w:{kind} {_SPACES}>{content}</w:{kind}>")
    return file.getvalue()


def read(body: str, **parts: str) -> Document:
    return read_document(packed(body, **parts), "a.docx")


def said(document: Document) -> list[object]:
    """The text of each paragraph, the rows of each table."""
    return [block.text if isinstance(block, Paragraph) else list(block.rows) for block in document.blocks]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_file_that_a_program_wrote_is_read() -> None:
    made = docx.Document()
    made.add_heading("一、救助情况", level=1)
    made.add_paragraph("全县共有低保对象").add_run("12户。").bold = True
    table = made.add_table(rows=2, cols=2)
    for place, text in enumerate(("项目", "户数", "合计", "12")):
        table.cell(place // 2, place % 2).text = text
    file = BytesIO()
    made.save(file)
    document = read_document(file.getvalue(), "a.docx")
    assert said(document) == ["一、救助情况", "全县共有低保对象12户。", [("项目", "户数"), ("合计", "12")]]
    assert [block.heading for block in document.blocks if isinstance(block, Paragraph)] == [True, False]
    assert ([block.line for block in document.blocks], document.counted, document.notes) == ([1, 2, 3], "段", ())


def test_tracked_changes_are_taken_as_accepted_and_told() -> None:
    deleted = "<w:del><w:r><w:delText>120</w:delText></w:r></w:del>"
    document = read(p(run("共") + deleted + f"<w:ins>{run('125')}</w:ins>" + run("户。")))
    assert said(document) == ["共125户。"]
    assert document.notes == ("文中有修订记录：按接受全部修订后的文字检查，删除的没有计入，新增的已经计入。",)


def test_paragraph_whose_end_was_deleted_runs_on() -> None:
    assert said(read(p("共有12", "<w:rPr><w:del/></w:rPr>") + p("5户。") + p("完。"))) == ["共有125户。", "完。"]


def test_deleted_row_is_no_row() -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + tc("甲") + tc("9") + "</w:tr>"
    assert said(read(f"<w:tbl>{tr(tc('项目'), tc('数'))}{gone}{tr(tc('乙'), tc('1'))}</w:tbl>")) == [
        [("项目", "数"), ("乙", "1")]
    ]


@pytest.mark.parametrize(
    ("properties", "note"), [("<w:vanish/>", "隐藏的文字没有检查。"), ("<w:strike/>", "删除线划去的文字没有检查。")]
)
def test_hidden_and_struck_text_is_left_out_and_told(properties: str, note: str) -> None:
    document = read(p(run("共") + run("9", properties) + run("12户。", '<w:vanish w:val="0"/>')))
    assert (said(document), document.notes) == (["共12户。"], (note,))


def test_merged_cells_speak_for_what_they_cover_but_a_number_stands_once() -> None:
    restart, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        tr(tc("地区", restart), tc("2023年", '<w:gridSpan w:val="2"/>'))
        + tr(tc("", on), tc("户"), tc("人"))
        + tr(tc("全县"), tc("8", restart), tc("3"))
        + tr(tc("合计"), tc("", on), tc("4"))
    )
    assert said(read(f"<w:tbl>{table}</w:tbl>")) == [
        [("地区", "2023年", "2023年"), ("地区", "户", "人"), ("全县", "8", "3"), ("合计", "", "4")]
    ]


def test_nested_table_follows_the_one_it_stands_in() -> None:
    inner = f"<w:tbl>{tr(tc('甲'), tc('1'))}{tr(tc('乙'), tc('2'))}</w:tbl>"
    document = read(
        p("前文。") + f"<w:tbl>{tr(tc('项目'), tc('明细'))}{tr(tc('户数'), tc(p('共3') + inner + p('')))}</w:tbl>" + p("完。")
    )
    assert said(document) == ["前文。", [("项目", "明细"), ("户数", "共3")], [("甲", "1"), ("乙", "2")], "完。"]
    assert document.notes == ("嵌套的表格已拆开，分别检查。",)
    assert [block.line for block in document.blocks] == [1, 2, 3, 4]


def test_caption_above_a_table_belongs_to_it() -> None:
    document = read(p("表1 救助情况") + f"<w:tbl>{tr(tc('甲'), tc('1'))}{tr(tc('乙'), tc('2'))}</w:tbl>")
    assert [block.caption for block in document.blocks if isinstance(block, Table)] == ["表1 救助情况"]


NUMBERING = """
<w:abstractNum w:abstractNumId="7">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
 <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
</w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def _listed(text: str, level: int = 0, number: int = 3) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_labels_of_lists_are_written_as_the_program_draws_them() -> None:
    body = _listed("救助") + _listed("低保", 1) + _listed("特困", 1) + _listed("点", 2) + _listed("养老") + _listed("助餐", 1)
    document = read(body + _listed("另计", 0, 4) + _listed("无此表", 0, 9), numbering=NUMBERING)
    assert said(document) == ["（一）救助", "1.低保", "2.特困", "点", "（二）养老", "1.助餐", "（五）另计", "无此表"]


def test_styles_make_headings_and_lines_of_contents_are_no_text() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="5"><w:name w:val="own"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="9"><w:name w:val="toc 1"/></w:style>'
    )
    body = (
        p("救助情况　3", '<w:pStyle w:val="9"/>')
        + p("救助情况", '<w:pStyle w:val="2"/>')
        + p("养老情况", '<w:pStyle w:val="5"/>')
        + p("共3户。")
    )
    document = read(body, styles=styles)
    told = [(block.text, block.heading) for block in document.blocks if isinstance(block, Paragraph)]
    assert told == [("救助情况", True), ("养老情况", True), ("共3户。", False)]


def test_box_is_read_once_and_follows_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('框内2户。')}</w:txbxContent>"
    older = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    twice = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>{older}</mc:AlternateContent>"
    assert said(read(p(run("正文1户") + f"<w:r>{twice}</w:r>" + run("，完。")))) == ["正文1户，完。", "框内2户。"]


def test_footnotes_follow_the_text() -> None:
    notes = f'<w:footnote w:type="separator">{p("—")}</w:footnote><w:footnote w:id="2">{p("含2023年数。")}</w:footnote>'
    document = read(p(run("共3户") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。")), footnotes=notes)
    assert (said(document), document.notes) == (["共3户。", "脚注", "含2023年数。"], ("脚注排在正文之后检查。",))


def test_line_break_raised_digits_formula_and_control() -> None:
    breaks = p(run("共3") + "<w:r><w:br/></w:r>" + run("面积5m") + run("2", '<w:vertAlign w:val="superscript"/>'))
    formula = p("<m:oMath><m:r><m:t>1+1=2</m:t></m:r></m:oMath>")
    control = f"<w:sdt><w:sdtContent>{p('在控件里7户')}</w:sdtContent></w:sdt>"
    assert said(read(breaks + formula + control)) == ["共3", "面积5m²", "1+1=2", "在控件里7户"]


def test_pictures_charts_and_comments_are_told() -> None:
    drawn = "<w:r><w:drawing><blip/></w:drawing></w:r><w:r><w:drawing><chart/></w:drawing></w:r>"
    document = read(p(run("共3户。") + drawn), comments="")
    assert document.notes == ("图表里的数字没有检查。", "批注没有检查。", "文中有 1 张图片，图片里的数字没有检查。")


def test_file_of_pictures_only_is_told() -> None:
    with pytest.raises(Unreadable, match=r"^Word 文件里面只有图片，没有文字，可能是扫描件"):
        read(p("<w:r><w:drawing><blip/></w:drawing></w:r>"))


def test_file_that_unpacks_to_far_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_docx, "PART_AT_MOST", 1024 * 1024)
    with pytest.raises(Unreadable, match=r"^文件解开后超过 1 MB，不像一份报告，没有读取"):
        read(p("1" * 1024) * 2_000)


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>",
        "&bomb;",
        "<w:tbl><w:tr><w:tc>" * 2_000,
        p("<w:ins>" * 3_000 + run("1") + "</w:ins>" * 3_000),
    ],
    ids=["broken", "entity", "never closed", "deep"],
)
def test_broken_and_hostile_files_are_refused(body: str) -> None:
    with pytest.raises(Unreadable, match=r"^Word 文件已损坏，无法读取"):
        read(body)


def test_declared_entities_are_refused() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "1111111111"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("word/document.xml", f"{bomb}<w:document {_SPACES}><w:body>{p('共&b;3户')}</w:body></w:document>")
    with pytest.raises(Unreadable, match=r"^Word 文件已损坏，无法读取"):
        read_document(file.getvalue(), "a.docx")


def test_file_with_a_password_is_told() -> None:
    content = bytearray(packed(p("共3户。")))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(Unreadable, match=r"^压缩包设有密码，无法读取"):
        read_document(bytes(content), "a.docx")


def test_file_that_was_cut_off_is_told() -> None:
    whole = packed(p("共3户。") * 50)
    with pytest.raises(Unreadable, match=r"^Word 文件已损坏，无法读取"):
        read_document(whole[: len(whole) // 2], "a.docx")
