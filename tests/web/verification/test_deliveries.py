"""Departments' data in the browser: sources with their freshness, a file received in two steps, its rows deleted."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from anmin.ground.verification.actions import receive_extract
from anmin.ground.verification.models import Extract
from anmin.ground.verification.sources import SOURCES
from tests.conftest import TODAY, Cast, County
from tests.web.signed_in import browser_of

CARS = "人名,身份号码,号牌,车型\n张三,320621197001010016,苏F12345,小型轿车\n李四,320621197001020010,苏F54321,摩托车\n"
CHOSEN = {"column_0": "name", "column_1": "identity_number", "column_2": "plate", "column_3": "vehicle_kind"}


def upload(browser: Client, text: str = CARS, encoding: str = "gbk", source: str = "vehicles") -> str:
    file = SimpleUploadedFile("车辆.csv", text.encode(encoding))
    given = {"source": source, "department": "", "as_of": "2024-06-20", "basis": "", "file": file}
    answer = browser.post("/verification/deliveries/new", given)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def deliver(cast: Cast, name: str = "车辆.csv", **given: object) -> Extract:
    known = {"source": "vehicles", "department": "", "as_of": date(2024, 6, 20), **given}
    content = f"姓名,身份证号,车牌号\n张三,320621197001010016,{name}\n".encode()
    return receive_extract(file_name=name, content=content, actor=cast.reviewer, on=TODAY, **known)  # type: ignore[arg-type]  # whatever a test wants


@pytest.mark.capability("SA-12")
def test_file_is_received_after_somebody_looked_at_its_columns(cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    page = browser.get(upload(browser)).content.decode()
    assert "320***********0016" in page
    assert "320621197001010016" not in page
    assert not Extract.objects.exists()
    answer = browser.post("/verification/deliveries/columns", CHOSEN)
    extract = Extract.objects.get()
    assert answer["Location"] == f"/verification/deliveries/{extract.pk}"
    assert (extract.rows, extract.as_of, extract.department) == (2, date(2024, 6, 20), "公安机关交通管理部门")
    assert browser.get("/verification/deliveries/columns")["Location"] == "/verification/deliveries/new"


def test_columns_are_remembered_for_the_next_file(cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    browser.get(upload(browser))
    browser.post("/verification/deliveries/columns", CHOSEN)
    page = browser.get(upload(browser, CARS + "王五,320621197001030017,苏F00001,小型轿车\n")).content.decode()
    assert "已按上次的对应关系填好" in page
    assert page.count("selected") == 5  # four columns, and the extent


def test_spoilt_cells_are_told_by_row_and_column_and_nothing_is_kept(cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    text = "姓名,身份证号,登记日期\n张三,3.20621E+17,2024-01-01\n李四,320621197001020010,二月三十\n"
    browser.get(upload(browser, text))
    answer = browser.post(
        "/verification/deliveries/columns",
        {"column_0": "name", "column_1": "identity_number", "column_2": "registered_on"},
    )
    assert answer.status_code == 422
    assert [(fault["row"], fault["field"]) for fault in answer.context["faults"].data.data] == [(2, "身份证号"), (3, "登记日期")]
    assert "被电子表格变成了数字" in answer.content.decode()
    assert not Extract.objects.exists()


def test_columns_by_which_nobody_is_recognised_are_refused(cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    browser.get(upload(browser))
    answer = browser.post("/verification/deliveries/columns", {**CHOSEN, "column_1": ""})
    assert (answer.status_code, "无法辨认人员" in answer.content.decode()) == (422, True)


def test_no_table_is_told_at_the_upload(cast: Cast) -> None:
    file = SimpleUploadedFile("空.csv", b"  \n")
    answer = browser_of(cast.reviewer).post(
        "/verification/deliveries/new", {"source": "vehicles", "as_of": "2024-06-20", "file": file}
    )
    assert (answer.status_code, "文件是空的" in answer.content.decode()) == (422, True)


def test_a_file_that_was_received_before_is_told_at_the_upload_and_a_shrunken_one_beside_its_columns(cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    browser.get(upload(browser, CARS + "王五,320621197001030017,苏F00001,小型轿车\n"))
    browser.post("/verification/deliveries/columns", CHOSEN)
    file = SimpleUploadedFile("再来.csv", (CARS + "王五,320621197001030017,苏F00001,小型轿车\n").encode("gbk"))
    given = {"source": "vehicles", "department": "", "as_of": "2024-06-20", "basis": "", "file": file}
    answer = browser.post("/verification/deliveries/new", given)
    assert (answer.status_code, "这个文件已于2024-07-01作为“车辆.csv”接收过" in answer.content.decode()) == (422, True)
    page = browser.get(upload(browser, CARS.partition("李四")[0])).content.decode()
    assert "本批1行，不到上一批全量数据（截至2024-06-20，3行）的一半" in page


def test_file_that_is_given_up_waits_no_more(cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    upload(browser)
    browser.post("/verification/deliveries/cancel")
    assert browser.get("/verification/deliveries/columns")["Location"] == "/verification/deliveries/new"


def test_sources_say_what_is_fresh(cast: Cast) -> None:
    deliver(cast)
    answer = browser_of(cast.leader).get("/verification/sources")
    assert answer.context["counts"] == [
        ("在时效内", 1, "fresh"),
        ("已过时效", 0, "stale"),
        ("没有数据", len(SOURCES) - 1, "none"),
    ]
    assert "接收数据" not in answer.content.decode()


def test_template_is_received_as_it_stands(cast: Cast) -> None:
    browser = browser_of(cast.reviewer)
    book = load_workbook(BytesIO(browser.get("/verification/sources/vehicles/template").content))
    sheet = book.worksheets[0]
    for place, text in enumerate(("张三", "320621197001010016", None, None, None, None, None, "苏F12345"), 1):
        sheet.cell(row=2, column=place, value=text)
    filled = BytesIO()
    book.save(filled)
    file = SimpleUploadedFile("机动车.xlsx", filled.getvalue())
    browser.post("/verification/deliveries/new", {"source": "vehicles", "as_of": "2024-06-20", "file": file})
    proposed = browser.get("/verification/deliveries/columns").context["form"]
    chosen = {name: field.initial for name, field in proposed.fields.items()}
    assert browser.post("/verification/deliveries/columns", chosen).status_code == 302
    assert Extract.objects.get().rows == 1


def test_administrator_deletes_the_rows_with_a_reason(cast: Cast) -> None:
    extract = deliver(cast)
    address = f"/verification/deliveries/{extract.pk}"
    assert "删除数据内容" not in browser_of(cast.reviewer).get(address).content.decode()
    keeper = browser_of(cast.administrator)
    assert keeper.post(address, {"reason": "部门要求撤回"}).status_code == 302
    extract.refresh_from_db()
    assert (extract.kept_as, extract.deleted_on) == ("", TODAY)
    assert "内容已删除" in keeper.get(address).content.decode()


def test_only_the_section_receives(cast: Cast) -> None:
    paths = ("/verification/deliveries/new", "/verification/deliveries/columns")
    refused = [browser_of(actor).get(path).status_code for actor in (cast.clerk, cast.administrator) for path in paths]
    assert refused == [403, 403, 403, 403]


def test_lists_are_narrowed_and_exported_in_a_fixed_number_of_questions(cast: Cast, county: County) -> None:
    browser = browser_of(cast.auditor)
    counts = []
    for names in (("一.csv",), ("二.csv", "三.csv", "四.csv")):
        for name in names:
            deliver(cast, name)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/verification/deliveries").status_code == 200
            assert browser.get("/verification/sources").status_code == 200
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1] <= 40
    shown = [
        "三.csv" in browser.get("/verification/deliveries", asked).content.decode()
        for asked in ({"text": "三"}, {"source": "deposits"}, {"kept": "deleted"}, {"department": "公安"})
    ]
    assert shown == [True, False, False, True]
    book = load_workbook(BytesIO(browser.get("/verification/deliveries", {"text": "三", "export": "xlsx"}).content))
    rows = list(book[book.sheetnames[0]].values)
    assert [row[:2] for row in rows] == [("文件", "数据源"), ("三.csv", "机动车")]


@pytest.mark.capability("SA-12")
def test_a_partial_delivery_is_chosen_and_stands_beside_the_whole(cast: Cast) -> None:
    deliver(cast, as_of=date(2024, 6, 1))
    browser = browser_of(cast.reviewer)
    browser.get(upload(browser, CARS + "王五,320621197001030017,苏F00001,小型轿车\n"))
    answer = browser.post("/verification/deliveries/columns", {**CHOSEN, "extent": "part"}, follow=True)
    page = answer.content.decode()
    assert ("已接收机动车部分数据" in page, "部分数据：与上一批全量数据一并查询" in page) == (True, True)
    assert Extract.objects.get(partial=True).rows == 3
    listed = browser.get("/verification/sources").content.decode()
    assert listed.count("<br>部分数据 2024-06-20") == 1
    rows = list(load_workbook(BytesIO(browser.get("/verification/sources?export=xlsx").content)).active.values)  # type: ignore[union-attr]  # one sheet
    assert [row[rows[0].index("最新截至日期")] for row in rows if row[0] == "机动车"] == ["2024-06-01；部分数据2024-06-20"]
    assert [word in browser.get("/verification/deliveries").content.decode() for word in ("全量数据", "部分数据")] == [True] * 2
