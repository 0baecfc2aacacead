"""The page of insured elders: both lists, their premium, the file to send, a fixed number of questions."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import Cast, County
from tests.single_persons import Village, real_policy
from tests.web.signed_in import browser_of

pytestmark = [pytest.mark.capability("EC-15"), pytest.mark.capability("EC-16")]


@pytest.fixture
def village(county: County) -> Iterator[Village]:
    with real_policy():
        yield Village(county.liuqiao)


def test_the_page_shows_the_lists_of_this_month(village: Village, cast: Cast) -> None:
    poor, old = village.alone(date(1960, 1, 1)), village.alone(date(1930, 1, 1))
    village.hold("assistance.dibao", poor, date(2024, 1, 1))
    page = browser_of(cast.reviewer).get("/insured").content.decode()
    assert all(each in page for each in ("名单基准日 2024年7月1日", poor.name, old.name, "安康关爱", "100.00"))


def test_one_list_of_an_earlier_month(village: Village, cast: Cast) -> None:
    poor, old = village.alone(date(1960, 1, 1)), village.alone(date(1930, 1, 1))
    village.hold("assistance.dibao", poor, date(2024, 6, 1))
    browser = browser_of(cast.reviewer)
    names = [
        [each for each in (poor.name, old.name) if each in browser.get(f"/insured?month={month}&which={which}").content.decode()]
        for month, which in (("2024-05", "ankang"), ("2024-06", "ankang"), ("2024-06", "charity"))
    ]
    assert names == [[], [poor.name], [old.name]]


def test_a_month_that_is_not_offered_is_told(village: Village, cast: Cast) -> None:
    assert browser_of(cast.reviewer).get("/insured?month=1999-01").status_code == 422


def test_the_list_comes_as_a_file(village: Village, cast: Cast) -> None:
    old = village.alone(date(1930, 1, 1))
    answer = browser_of(cast.reviewer).get("/insured?export=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=2)]
    assert [rows[0][0], rows[1][0], rows[1][7]] == ["姓名", old.name, 50]


@pytest.mark.parametrize("elders", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(village: Village, cast: Cast, elders: int) -> None:
    for _ in range(elders):
        village.alone(date(1930, 1, 1))
    browser = browser_of(cast.reviewer)
    browser.get("/insured")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/insured")
    assert len(asked) == 10
