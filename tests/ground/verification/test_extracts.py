"""Deliveries are taken in whole or not at all; every fault is named by row and column, and nothing is left behind."""

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.verification.actions import delete_rows, receive_extract
from anmin.ground.verification.models import ColumnMapping, Extract
from anmin.ground.verification.store import rows_of
from tests.conftest import TODAY, Cast
from tests.verification_stage import JUNE

HEAD = "姓名,身份证号码,车牌号,车辆类型,登记日期"
ONE = "李国强,320699195605010028,苏F12345,小型轿车,2021-03-05"


def receive(cast: Cast, content: str | bytes, source: str = "vehicles", **changes: Any) -> Extract:
    given: dict[str, Any] = {
        "source": source, "department": "海安市公安局", "file_name": "机动车.csv", "as_of": JUNE, "actor": cast.reviewer,
        "on": TODAY, "content": content.encode() if isinstance(content, str) else content, **changes,
    }  # fmt: skip
    return receive_extract(**given)


def nothing_was_kept(data: Path) -> bool:
    kept = list((data / "documents").glob("*")) if (data / "documents").exists() else []
    return not Extract.objects.exists() and not ColumnMapping.objects.exists() and not kept


@pytest.mark.capability("SA-12")
def test_a_departments_headers_are_read_and_the_rows_lie_encrypted(cast: Cast, tmp_path: Path) -> None:
    extract = receive(cast, f"{HEAD}\n{ONE}\n")
    assert (extract.rows, extract.as_of, extract.keep_until, extract.department) == (
        1, JUNE, TODAY + timedelta(days=366), "海安市公安局",
    )  # fmt: skip
    row = rows_of(extract).to_pylist()[0]
    assert {name: row[name] for name in ("row", "name", "identity_number", "plate", "registered_on", "use")} == {
        "row": 2, "name": "李国强", "identity_number": "320699195605010028", "plate": "苏F12345",
        "registered_on": date(2021, 3, 5), "use": None,
    }  # fmt: skip
    kept = (tmp_path / "documents" / extract.kept_as).read_bytes()
    assert "李国强".encode() not in kept
    assert b"320699195605010028" not in kept


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_any_usual_encoding_is_read(cast: Cast, encoding: str) -> None:
    assert rows_of(receive(cast, f"{HEAD}\n{ONE}\n".encode(encoding))).column("name").to_pylist() == ["李国强"]


def test_two_encodings_in_one_file_are_refused(cast: Cast, tmp_path: Path) -> None:
    mixed = f"{HEAD}\n{ONE}\n".encode() + "王秀英,320699196001010016,苏F2,小型轿车,2020-01-01\n".encode("gbk")
    with pytest.raises(BadValue, match="编码"):
        receive(cast, mixed)
    with pytest.raises(BadValue, match="UTF-16"):
        receive(cast, f"{HEAD}\n{ONE}\n".encode("utf-16"))
    assert nothing_was_kept(tmp_path)


@pytest.mark.capability("SA-12")
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "文件是空的"),
        ("姓名,车牌号\n李国强,苏F1\n", "无法辨认人员：至少需要“姓名”列，以及“公民身份号码”"),
        ("姓名,身份证号码,备注\n李国强,320699195605010028,无\n", "没有一列是“机动车”数据的内容"),
        (f"{HEAD},姓名\n{ONE},李国强\n", "列名“姓名”出现了两次"),
        (f"{HEAD}\n李国强,3.20699E+17,苏F1,小型轿车,2021-03-05\n", "第 2 行“身份证号码”列被电子表格变成了数字"),
        (f"{HEAD}\n李国强,320699195605010028.0,苏F1,小型轿车,2021-03-05\n", "第 2 行“身份证号码”列被电子表格变成了数字"),
        (f"{HEAD}\n李国强,320699195001020000,苏F1,小型轿车,2021-03-05\n", "第 2 行“身份证号码”列被电子表格变成了数字"),
        (f"{HEAD}\n", "文件只有列名，没有一行数据，没有接收：空的文件会让所有人都显示为“未查到”"),
        (f"{HEAD}\n{ONE}\n王秀英,320699196001010016,苏F2,小型轿车,二〇二〇年\n", "第 3 行“登记日期”列"),
        (f"{HEAD}\n{ONE}\n王秀英,320699196001010016,苏F2\n", "第 3 行有 3 列，而列名有 5 列，整个文件没有接收"),
    ],
    ids=["empty", "no numbers", "not a car", "twice", "a float", "a decimal", "noughts", "no row", "a day", "a short line"],
)
def test_what_cannot_be_read_is_refused_whole(cast: Cast, tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        receive(cast, content)
    assert nothing_was_kept(tmp_path)


@pytest.mark.capability("SA-12")
def test_numbers_that_a_spreadsheet_rounded_are_refused_by_row_and_never_guessed(cast: Cast, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "身份证号码", "车牌号"])
    sheet.append(["张桂兰", "320699195703010013", "苏F1"])
    sheet.append(["李国强", 320699195605010028, "苏F2"])
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(BadValue, match="第 3 行“身份证号码”列被电子表格变成了数字，后几位已经丢失，系统不作猜测"):
        receive(cast, buffer.getvalue(), file_name="机动车.xlsx")
    assert nothing_was_kept(tmp_path)


@pytest.mark.capability("SA-12")
def test_one_broken_line_among_half_a_million_is_named_and_nothing_is_kept(cast: Cast, tmp_path: Path) -> None:
    line = "李国强,320699195605010028,苏F12345,小型轿车,2021-03-05\n"
    content = f"{HEAD}\n" + line * 400_000 + "李国强,320699195605010028,苏F1\n" + line * 99_999
    with pytest.raises(BadValue, match="第 400002 行有 3 列，而列名有 5 列"):
        receive(cast, content)
    assert nothing_was_kept(tmp_path)


@pytest.mark.capability("SA-12")
def test_the_same_file_twice_is_refused_with_the_day_of_the_first(cast: Cast) -> None:
    receive(cast, f"{HEAD}\n{ONE}\n")
    with pytest.raises(Refused, match=r"这个文件已于2024-07-01作为“机动车[.]csv”接收过"):
        receive(cast, f"{HEAD}\n{ONE}\n", file_name="再来.csv", on=date(2024, 7, 9))
    assert Extract.objects.count() == 1


@pytest.mark.capability("SA-12")
def test_an_older_delivery_after_a_newer_one_is_kept_and_said(cast: Cast) -> None:
    receive(cast, f"{HEAD}\n{ONE}\n")
    receive(cast, f"{HEAD}\n{ONE}\n{ONE}\n", as_of=date(2024, 5, 1))
    said = AuditLine.objects.latest("sequence").summary
    assert said == "接收机动车数据2行，截至2024-05-01；已有截至2024-06-15的较新数据，查询仍以较新的为准"


def test_far_fewer_rows_than_before_are_received_and_said(cast: Cast) -> None:
    assert receive(cast, "\n".join((HEAD, ONE, ONE, ONE))).cautions == ()
    said = receive(cast, f"{HEAD}\n{ONE}\n", as_of=JUNE + timedelta(days=1)).cautions
    assert said == (
        "本批1行，不到上一批全量数据（截至2024-06-15，3行）的一半，按部分数据接收；确为全量的，请在接收时选“全量数据”。"
        "查询时与上一批全量数据（截至2024-06-15，3行）一并比对，各自注明截至日期",
    )
    assert AuditLine.objects.filter(verb="verification.extract_received").latest("sequence").summary.endswith(said[0])


def test_data_of_the_future_are_refused(cast: Cast) -> None:
    with pytest.raises(BadValue, match="数据截至日期2024-07-02晚于接收日期2024-07-01"):
        receive(cast, f"{HEAD}\n{ONE}\n", as_of=date(2024, 7, 2))


def test_columns_that_were_mapped_by_hand_are_remembered_for_the_department(cast: Cast) -> None:
    odd = "人,证,牌\n李国强,320699195605010028,苏F1\n"
    with pytest.raises(BadValue, match="文件的列名是：人、证、牌"):
        receive(cast, odd)
    receive(cast, odd, mapping={"人": "name", "证": "identity_number", "牌": "plate"})
    again = receive(cast, odd.replace("苏F1", "苏F2"))
    assert rows_of(again).column("plate").to_pylist() == ["苏F2"]
    with pytest.raises(BadValue, match="文件的列名是：人、证、牌"):
        receive(cast, odd.replace("苏F1", "苏F3"), department="南通市公安局")


def test_columns_nobody_needs_are_not_kept_and_named_in_the_log(cast: Cast) -> None:
    extract = receive(cast, "姓名,身份证号码,车牌号,宗教信仰\n李国强,320699195605010028,苏F1,无\n")
    assert "宗教信仰" not in rows_of(extract).column_names
    assert AuditLine.objects.latest("sequence").summary.endswith("；与核对无关、未留存的列：宗教信仰")


def test_only_the_county_receives(cast: Cast) -> None:
    with pytest.raises(Refused, match="只有县级审核人员可以接收部门数据"):
        receive(cast, f"{HEAD}\n{ONE}\n", actor=cast.clerk)


def test_deleted_rows_are_gone_but_the_delivery_is_remembered(
    cast: Cast, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    extract = receive(cast, f"{HEAD}\n{ONE}\n")
    name = extract.kept_as
    with pytest.raises(BadValue, match="请写明删除的原因"):
        delete_rows(extract=extract, reason="", actor=cast.administrator, on=TODAY)
    with django_capture_on_commit_callbacks(execute=True):
        delete_rows(extract=extract, reason="保存期限届满", actor=cast.administrator, on=TODAY)
    assert not (tmp_path / "documents" / name).exists()
    assert (Extract.objects.get().kept_as, Extract.objects.get().deleted_on) == ("", TODAY)
    with pytest.raises(Refused, match="数据已按保存期限删除，不能再查询"):
        rows_of(extract)
    with pytest.raises(Refused, match="该批数据已于2024-07-01删除"):
        delete_rows(extract=extract, reason="再删", actor=cast.administrator, on=TODAY)


@pytest.mark.parametrize(("written", "grade"), [("1", 1), ("二级", 2), ("叁级", 3), ("4级", 4), ("", None)])
def test_a_grade_is_read_as_departments_write_it(cast: Cast, written: str, grade: int | None) -> None:
    cards = f"姓名,身份证号码,残疾类别,残疾等级\n李国强,320699195605010028,肢体,{written}\n"
    assert rows_of(receive(cast, cards, source="disability_cards")).column("grade").to_pylist() == [grade]


def test_a_source_may_be_named_in_chinese_and_the_limit_is_that_of_deliveries(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.UPLOAD_LIMIT_BYTES = 10
    assert receive(cast, f"{HEAD}\n{ONE}\n", source="机动车").source == "vehicles"
    settings.DELIVERY_LIMIT_BYTES = 1024 * 1024
    with pytest.raises(BadValue, match="文件大小为2 MB，超过1 MB 的上限；请部门只导出核对需要的列。"):
        receive(cast, b"x" * (2 * 1024 * 1024 + 1))
