"""Files of every kind become documents, or are refused with a sentence that helps."""

import contextlib
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from anmin.ground.reports.checking import files
from anmin.ground.reports.checking.files import read_document
from anmin.ground.reports.checking.texts import Document, Paragraph, Table, Unreadable

SAID = "全县共有低保对象12户，其中城市3户、农村9户。"


def said(document: Document) -> list[object]:
    """The text of each paragraph, the rows of each table."""
    return [block.text if isinstance(block, Paragraph) else list(block.rows) for block in document.blocks]


def refusal(content: bytes, name: str = "a.txt") -> str:
    with pytest.raises(Unreadable) as refused:
        read_document(content, name)
    return refused.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_every_encoding_an_office_writes(encoding: str) -> None:
    document = read_document(f"{SAID}\n第二段。".encode(encoding), "a.txt")
    assert (said(document), document.notes) == ([SAID, "第二段。"], ())


def test_file_on_disk_is_read_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "报告.md"
    path.write_text(f"# 报告\n{SAID}", encoding="utf-8")
    assert (said(read_document(path)), read_document(path).name) == (["报告", SAID], "报告.md")


def test_text_of_two_encodings_is_read_line_by_line_and_says_so() -> None:
    document = read_document(f"{SAID}\n".encode() * 3 + "另有5户。\n".encode("gbk"), "a.txt")
    assert said(document) == [SAID] * 3 + ["另有5户。"]
    assert document.notes == ("文件里混有两种编码，第 4 行按 GBK 读取，其余按 UTF-8 读取。",)


def test_bytes_that_nobody_can_read_are_marked_and_named() -> None:
    document = read_document(f"{SAID}\n".encode() * 9 + b"\xe5\x85\xa8\xff\xff\n", "a.txt")
    assert said(document)[9] == "全��"
    assert document.notes == ("第 10 行有无法识别的字节，以“�”代替，这些地方的数字请人工核对。",)


def test_line_of_utf8_that_was_hurt_is_not_taken_for_another_encoding() -> None:
    hurt = SAID.encode()[:-10] + b"\xff" + SAID.encode()[-9:]
    document = read_document(hurt, "a.txt")
    assert str(said(document)[0]).startswith("全县共有低保对象12户，其中城市3户、")
    assert document.notes == ("第 1 行有无法识别的字节，以“�”代替，这些地方的数字请人工核对。",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "文件是空的，没有任何文字，请检查是否选错了文件。"),
        (b" \r\n\t", "文件是空的，没有任何文字，请检查是否选错了文件。"),
        (b"%PDF-1.7\n...", "这是 PDF 文件。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "这是旧版 .doc（或 .wps）文件，不能直接读取。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "文件设有打开密码，无法读取。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "这是旧版 Excel 表格（.xls）。"),
        (b"{\\rtf1\\ansi", "这是 RTF 文件，不能直接读取。"),
        (b"\x89PNG\r\n\x1a\n", "这是图片，不是文字。"),
        (b"\x1f\x8b\x08\x00", "这是压缩包。"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "这是打包的网页（.mht）"),
        (bytes(range(256)) * 40, "文字编码无法识别，或者根本不是文字文件。"),
        (b"\xff\xfe" + bytes(range(1, 32)) * 90, "文字编码无法识别，或者根本不是文字文件。"),
        (b"PK\x03\x04 no archive", "Word 文件已损坏，无法读取。"),
        (b"<html><script>1</script></html>", "文件里没有文字，请检查是否选错了文件。"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value[:12],
)
def test_what_is_no_text_is_refused_by_its_name(content: bytes, sentence: str) -> None:
    assert refusal(content).startswith(sentence)


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"^找不到文件“.*无此文件.txt”，请检查路径。$"):
        read_document(tmp_path / "无此文件.txt")
    with pytest.raises(Unreadable, match=r"打不开：它是文件夹，或者没有读取权限。$"):
        read_document(tmp_path)


def test_file_over_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    began = time.process_time()
    with pytest.raises(Unreadable, match=r"^文件大小为 100\.0 MB，超过 50 MB 的上限"):
        read_document(path)
    assert time.process_time() - began < 0.5


def test_text_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "CHARACTERS_AT_MOST", 20_000)
    assert refusal(b"1" * 20_001) == "全文有 20,001 个字符，超过 2 万字符的上限，请按章节拆成几个文件分别检查。"


def archive(parts: dict[str, str]) -> bytes:
    """A packed file with these parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def test_other_archives_are_told_apart() -> None:
    workbook = '<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    assert refusal(archive({"_rels/.rels": workbook})).startswith("这是 Excel 表格。")
    assert refusal(archive({"mimetype": "application/vnd.oasis.opendocument.text"})).startswith("这是 OpenDocument 文件。")
    assert refusal(archive({"a.txt": "x"})).startswith("这是压缩包，不是 Word 文件。")


PAGE = """<!doctype html><html><head><title>标题9</title><style>p{width:5px}</style></head><body>
<script>document.write("<p>有7户</p>")</script><h2>工作情况</h2>
<p>共有 <b>1</b>2户，<span hidden>暗8户</span>面积3m<sup>2</sup>。<br>另有<del>5</del>6户<div style="display: none">9户</div>
<table><caption>表1</caption>
<tr><th rowspan=2>项目<th colspan=2>2023年<tr><th>城市<th>农村
<tr><td>户数<td colspan=2>12<tr><td>人数<td>3<td>4</table>
<p>完&nbsp;&lt;1&gt;"""


def test_web_page_is_text_and_tables_without_scripts_and_what_is_hidden() -> None:
    document = read_document(PAGE.encode(), "a.html")
    assert said(document) == [
        "工作情况",
        "共有 12户，面积3m²。",
        "另有6户",
        [("项目", "2023年", "2023年"), ("项目", "城市", "农村"), ("户数", "12", ""), ("人数", "3", "4")],
        "完\xa0<1>",
    ]
    assert (document.counted, document.notes) == ("段", ("删除线划去的文字没有检查。",))
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert (table.caption, table.line, table.line_of(3)) == ("表1", 4, 7)


def test_lines_that_a_page_keeps_stay_lines() -> None:
    assert said(read_document("<html><pre>共3户\n其中1户</pre>共<i>4</i>\n户</html>".encode(), "a.html")) == [
        "共3户",
        "其中1户",
        "共4 户",
    ]


def test_web_page_in_its_own_encoding_is_read() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{SAID}</p></body></html>'
    assert said(read_document(page.encode("gb18030"), "a.htm")) == [SAID]


def test_table_that_only_frames_a_page_is_no_table() -> None:
    long = "全县共有低保对象12户。" * 20
    page = f"<html><table><tr><td>导航<td><p>{long}</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table></table></html>"
    assert said(read_document(page.encode(), "a.html")) == ["导航", long, [("甲", "1"), ("乙", "2")]]


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<!--",
        "</",
        "<a x='",
        "<![CDATA[",
        "&",
        "<?",
        "<div>",
        "<p>1",
        "<b><p>2",
        "<table><tr><td>",
        "<script></s",
        "<sup>3",
    ],
)
def test_hostile_page_is_answered_or_refused_in_time(piece: str) -> None:
    began = time.process_time()
    with contextlib.suppress(Unreadable):
        read_document(("<html>有1户" + piece * 20_000).encode(), "a.html")
    assert time.process_time() - began < 2


def test_cells_that_claim_to_span_everything_take_no_room() -> None:
    page = "<html><table>" + "<tr><td colspan=99999999 rowspan=99999999>1<td>2" * 2_000 + "</table></html>"
    assert refusal(page.encode(), "a.html").startswith("文件里有一张表超过 40 万格")
