"""What arrives in practice: spreadsheets that calculate, round, and hold errors; other encodings; files far too large."""

import io
from pathlib import Path

import openpyxl
import pytest

from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.models import Fact
from tests.conftest import TODAY, Cast
from tests.ground.people.conftest import SON, ZHANG, Family

HEADERS = ["身份证号", "工资性收入", "养老金", "起始日期"]


def bring(cast: Cast, content: bytes | Path, name: str) -> ImportBatch:
    return import_file(form="people.incomes", path=content, name=name, actor=cast.clerk, on=TODAY)


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADERS, *rows):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_workbook_with_formulas_is_refused_naming_the_cell(family: Family, cast: Cast) -> None:
    batch = bring(cast, workbook([ZHANG, 1500, 225, "2024-01-01"], [SON, "=B2*2", 225, "2024-01-01"]), "收入.xlsx")

    assert (batch.problems, Fact.objects.count()) == (
        ["第 3 行“工资性收入”：单元格 B3 是公式，请复制后用“选择性粘贴—数值”替换成结果再导入。"],
        0,
    )


def test_workbook_with_rounded_identity_numbers_is_refused(family: Family, cast: Cast) -> None:
    batch = bring(cast, workbook([int(ZHANG), 1500, 225, "2024-01-01"]), "收入.xlsx")

    assert batch.problems == [
        "第 2 行“身份证号”：是数字格式，电子表格只能保留 15 位有效数字，后几位可能已经丢失，"
        "请把该列设为“文本”格式后按原件重新填写。"
    ]


def test_workbook_of_numbers_and_dates_loads(family: Family, cast: Cast) -> None:
    batch = bring(cast, workbook([ZHANG, 1500.5, 225, TODAY]), "收入.xlsx")

    assert (batch.problems, list(Fact.objects.order_by("kind").values_list("kind", "amount", "valid_from"))) == (
        [],
        [("income.pension", 22_500, TODAY), ("income.wage", 150_050, TODAY)],
    )


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_text_in_other_encodings_loads(family: Family, cast: Cast, encoding: str) -> None:
    text = f"{','.join(HEADERS)}\r\n{ZHANG},1500,225,2024-01-01\r\n"

    assert bring(cast, text.encode(encoding), "收入.csv").counts["新记录"] == 2


def test_file_with_wrong_columns_is_refused_naming_each(family: Family, cast: Cast) -> None:
    batch = bring(cast, "姓名,工资收入,起始日期\n张三,1,2024-01-01\n".encode(), "收入.csv")

    assert batch.problems[:2] == [
        "第 2 列“工资收入”不是本表的列，是否应为“工资性收入”；请改名或删除该列。",
        "缺少必填的“身份证号”列。",
    ]


def test_file_of_two_hundred_megabytes_is_refused_and_remembered(family: Family, cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "收入.csv"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    batch = bring(cast, path, path.name)

    assert (batch.is_refused, batch.problems) == (
        True,
        ["文件大小为 200 MB，超过 50 MB 的上限，请按镇街或分批拆成几个文件后再导入。"],
    )


def test_file_that_is_a_picture_is_refused(family: Family, cast: Cast) -> None:
    assert bring(cast, b"\x89PNG\r\n\x1a\n\x00\x00", "照片.csv").problems == ["文件不是表格，请选择 .csv 或 .xlsx 文件。"]
