"""Files in the browser: the form is chosen, the file brought, what is to be mended listed; and who may do so."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from anmin.ground.imports.models import ImportBatch
from anmin.ground.people.models import Person
from anmin.web.imports.tables import problems
from tests.conftest import Cast
from tests.web.signed_in import browser_of

HEADERS = "姓名,身份证号,户籍性质,镇街,村居"
GOOD = f"{HEADERS}\n张三,320699195003120019,农村,曲塘镇,刘桥村\n"
BAD = f"{HEADERS}\n张三,320699195003120011,农村,曲塘镇,刘桥村\n"


def page(answer: Any) -> str:
    return str(answer.content.decode())


def _bring(actor: Any, text: str) -> Any:
    file = SimpleUploadedFile("人员.csv", text.encode())
    return browser_of(actor).post("/imports/forms/people.persons", {"file": file})


@pytest.mark.capability("RP-06")
def test_good_file_is_loaded_and_told(cast: Cast) -> None:
    answer = _bring(cast.clerk, GOOD)
    batch = ImportBatch.objects.get()
    shown = page(browser_of(cast.clerk).get(answer["Location"]))
    assert (answer["Location"], Person.objects.get().name, "全部导入" in shown) == (f"/imports/{batch.pk}", "张三", True)


@pytest.mark.capability("RP-06")
def test_faulty_file_lists_what_to_mend_by_row_and_column(cast: Cast) -> None:
    answer = _bring(cast.clerk, BAD)
    exported = browser_of(cast.clerk).get(answer["Location"], {"export": "xlsx"})
    rows = list(openpyxl.load_workbook(BytesIO(exported.content)).active.iter_rows(values_only=True))
    assert (rows[0], rows[1][:2], Person.objects.count()) == (("行号", "列", "问题"), (2, "身份证号"), 0)


def test_what_is_to_be_mended_stands_in_the_order_of_the_rows() -> None:
    """Cells are read before rows are compared with the records, so faults come in two passes."""
    found = problems(["第 4 行“结果”：不可选。", "第 3 行“户编号”：不在名单上。", "文件有误。"])
    assert [(each.row, each.field) for each in found] == [(None, ""), (3, "户编号"), (4, "结果")]


def test_same_file_again_is_refused_on_the_form(cast: Cast) -> None:
    _bring(cast.clerk, GOOD)
    answer = _bring(cast.clerk, GOOD)
    assert (answer.status_code, "导入过" in page(answer)) == (422, True)


def test_no_file_is_told(cast: Cast) -> None:
    assert browser_of(cast.clerk).post("/imports/forms/people.persons", {}).status_code == 422


def test_template_is_a_workbook_with_the_columns(cast: Cast) -> None:
    answer = browser_of(cast.clerk).get("/imports/forms/people.persons/template")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert "身份证号" in [cell.value for cell in book.worksheets[0][1]]


def test_form_that_does_not_exist_is_not_found(cast: Cast) -> None:
    assert browser_of(cast.clerk).get("/imports/forms/no.such").status_code == 404


@pytest.mark.parametrize("who", ["cashier", "leader", "auditor"])
def test_others_bring_nothing(cast: Cast, who: str) -> None:
    actor = getattr(cast, who)
    browser = browser_of(actor)
    codes = [browser.get(address).status_code for address in ("/imports/new", "/imports/forms/people.persons")]
    assert (codes, _bring(actor, GOOD).status_code, Person.objects.count()) == ([403, 403], 403, 0)


def test_file_of_another_town_is_not_shown(cast: Cast) -> None:
    answer = _bring(cast.clerk, BAD)
    browser = browser_of(cast.clerk_next_door)
    assert (browser.get(answer["Location"]).status_code, "人员.csv" in page(browser.get("/imports"))) == (404, False)


def test_list_asks_the_same_for_one_file_and_for_three(cast: Cast, django_assert_num_queries: Callable[[int], Any]) -> None:
    browser = browser_of(cast.reviewer)
    _bring(cast.clerk, BAD)
    with django_assert_num_queries(6):
        browser.get("/imports")
    _bring(cast.clerk, BAD)
    _bring(cast.clerk, GOOD)
    with django_assert_num_queries(6):
        browser.get("/imports")
