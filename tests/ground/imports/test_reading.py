"""Files of every origin read alike; what is no table is refused with a sentence."""

import io
import struct
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.test import override_settings

from anmin.base.errors import BadValue
from anmin.ground.imports.reading import Broken, Formula, plain_name, read_table

TEXT = "身份证号,姓名\n320699190101010013,张三\n"


def workbook(rows: list[list[object]], **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for row in rows:
        first.append(row)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_read_table_reads_csv_in_every_usual_encoding(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding), "名册.csv")

    assert (table.headers, [line.cells for line in table.lines]) == (["身份证号", "姓名"], [["320699190101010013", "张三"]])


def test_read_table_reads_characters_only_gb18030_has() -> None:
    table = read_table("姓名\n㛃𠮷\n".encode("gb18030"), "a.csv")

    assert table.lines[0].cells == ["㛃𠮷"]


def test_read_table_names_the_line_where_utf8_is_broken() -> None:
    content = "身份证号,姓名\n1,张三\n2,李".encode() + b"\xff\n"

    with pytest.raises(
        BadValue, match=r"^文件是 UTF-8 编码，但第 3 行有无法识别的字节：可能混入了 GBK 编码的内容，或者已经损坏，请重新导出。$"
    ):
        read_table(content, "a.csv")


def test_read_table_refuses_an_encoding_that_is_neither() -> None:
    with pytest.raises(BadValue, match=r"^文件的文字编码无法识别（第 2 行）"):
        read_table(b"a,b\n\xff\xff\xff,2\n", "a.csv")


def test_read_table_refuses_utf16() -> None:
    with pytest.raises(BadValue, match=r"^文件是 UTF-16"):
        read_table(TEXT.encode("utf-16"), "a.csv")


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x00" * 64, b"%PDF-1.7\n\x01\x02"])
def test_read_table_refuses_what_is_no_table(content: bytes) -> None:
    with pytest.raises(BadValue, match="表格"):
        read_table(content, "photo.csv")


def test_read_table_refuses_an_empty_file() -> None:
    with pytest.raises(BadValue, match=r"^文件是空的，没有任何内容，请检查导出的文件。$"):
        read_table(b"", "a.csv")


def test_read_table_refuses_a_file_of_blank_lines() -> None:
    with pytest.raises(BadValue, match=r"^文件中没有任何内容"):
        read_table(b"\n,,\n\n", "a.csv")


def test_read_table_refuses_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"^找不到文件“nowhere.csv”，请检查路径。$"):
        read_table(tmp_path / "nowhere.csv", "nowhere.csv")


def test_read_table_refuses_a_folder(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="打不开：它是文件夹，或者没有读取权限"):
        read_table(tmp_path, tmp_path.name)


def test_read_table_refuses_quotes_without_a_pair() -> None:
    with pytest.raises(BadValue, match=r"^文件从第 2 行起无法按表格读取，可能是引号没有成对，请检查该行。$"):
        read_table(b'a,b\n"x,1\ny,2\n', "a.csv")


def test_read_table_numbers_rows_as_the_spreadsheet_does() -> None:
    table = read_table('a,b\n"两\n行",1\n\n末,2\n'.encode(), "a.csv")

    assert [(line.number, line.cells) for line in table.lines] == [(2, ["两\n行", "1"]), (5, ["末", "2"])]


def test_read_table_reads_tab_separated_text() -> None:
    assert read_table(b"a\tb\n1\t2\n", "a.csv").headers == ["a", "b"]


def test_read_table_passes_over_a_title_above_the_headers() -> None:
    table = read_table(workbook([["海安市低保人员名册"], ["身份证号", "姓名", "住址"], ["1", "张三"]]), "a.xlsx")

    assert (table.headers, table.lines[0].number) == (["身份证号", "姓名", "住址"], 3)


def test_read_table_keeps_kinds_of_cells_of_a_workbook() -> None:
    table = read_table(workbook([["a", "b", "c", "d", "e"], ["文字 ", 1.5, 7, True, datetime(2024, 1, 5)]]), "a.xlsx")  # noqa: DTZ001  a spreadsheet knows no zone

    assert table.lines[0].cells == ["文字", 1.5, 7, True, datetime(2024, 1, 5)]  # noqa: DTZ001  likewise


def test_read_table_marks_formulas_and_errors_with_their_cell() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", "b"])
    sheet.append(["=1+1", "x"])
    sheet["B2"] = "#N/A"
    sheet["B2"].data_type = "e"
    buffer = io.BytesIO()
    book.save(buffer)

    assert read_table(buffer.getvalue(), "a.xlsx").lines[0].cells == [Formula("A2"), Broken("B2", "#N/A")]


def test_read_table_keeps_text_that_looks_like_a_formula() -> None:
    assert read_table(b'a\n"=HYPERLINK(1)"\n@x\n', "a.csv").lines[0].cells == ["=HYPERLINK(1)"]


def test_read_table_passes_over_the_sheet_of_notes() -> None:
    content = workbook([["a"], ["1"]], 填表说明=[["说明"], ["请填写"]])

    assert read_table(content, "a.xlsx").lines[0].cells == ["1"]


def test_read_table_refuses_several_filled_sheets() -> None:
    with pytest.raises(BadValue, match=r"^工作簿中有 2 个工作表有内容（“Sheet”、“第二批”），请只保留要导入的一个后再导入。$"):
        read_table(workbook([["a"], ["1"]], 第二批=[["a"], ["2"]]), "a.xlsx")


def test_read_table_refuses_an_empty_workbook() -> None:
    with pytest.raises(BadValue, match=r"^工作簿中没有任何内容"):
        read_table(workbook([]), "a.xlsx")


def test_read_table_refuses_an_old_or_locked_workbook() -> None:
    with pytest.raises(BadValue, match=r"^文件是旧版 \.xls 格式或设有打开密码"):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.xls")


def test_read_table_refuses_a_damaged_workbook() -> None:
    content = workbook([["a"], ["1"]])

    with pytest.raises(BadValue, match=r"^文件已损坏或不是真正的 \.xlsx 工作簿"):
        read_table(content[: len(content) // 2], "a.xlsx")


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_read_table_refuses_another_archive() -> None:
    with pytest.raises(BadValue, match=r"^文件是压缩包但不是 \.xlsx 工作簿"):
        read_table(packed({"名册.csv": b"a,b"}), "a.zip")


def test_read_table_refuses_a_workbook_that_unpacks_without_end() -> None:
    bomb = packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * 40_000_000})

    with pytest.raises(BadValue, match=r"^工作簿的压缩比异常"):
        read_table(bomb, "a.xlsx")


def test_read_table_refuses_a_workbook_that_claims_to_be_huge() -> None:
    content = bytearray(packed({"xl/workbook.xml": b"<workbook/>", "big": b"x"}))
    # The central directory's word on the unpacked size of the last part: 4 GB less one.
    place = content.rfind(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 0xFFFFFFFE)

    with pytest.raises(BadValue, match=r"^工作簿解压后过大"):
        read_table(bytes(content), "a.xlsx")


def test_read_table_refuses_declared_entities() -> None:
    content = packed({"xl/workbook.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'})

    with pytest.raises(BadValue, match=r"^工作簿中含有不允许的声明"):
        read_table(content, "a.xlsx")


def test_read_table_refuses_two_hundred_megabytes_without_reading_them(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    try:
        with pytest.raises(BadValue, match=r"^文件大小为 200 MB，超过 50 MB 的上限，请按镇街或分批拆成几个文件后再导入。$"):
            read_table(path, "big.csv")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 1024 * 1024


@override_settings(UPLOAD_LIMIT_BYTES=10)
def test_read_table_measures_open_files_too() -> None:
    with pytest.raises(BadValue, match=r"^文件大小为"):
        read_table(io.BytesIO(b"x" * 11), "a.csv")


def test_read_table_leaves_an_open_file_open() -> None:
    file = io.BytesIO(TEXT.encode())
    file.read(3)
    read_table(file, "a.csv")

    assert not file.closed


def test_read_table_tells_files_apart_by_their_content() -> None:
    one, two = read_table(TEXT.encode(), "a.csv"), read_table(TEXT.encode("gbk"), "a.csv")

    assert one.sha256 != two.sha256


def test_plain_name_keeps_only_the_last_part() -> None:
    assert plain_name("C:\\桌面\\..\\名册.csv") == "名册.csv"


def test_read_table_reads_date_cells() -> None:
    assert read_table(workbook([["a"], [date(2024, 2, 29)]]), "a.xlsx").lines[0].cells == [datetime(2024, 2, 29)]  # noqa: DTZ001  likewise
