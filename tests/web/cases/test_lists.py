"""The worklist and the list of cases: what is seen, in which order, by whom, at what cost."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.conftest import Cast, County
from tests.dibao_counter import Counter, person
from tests.web.signed_in import browser_of


def page(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    made = Counter(cast, county.liuqiao)
    made.apply(date(2024, 6, 28))
    return made


def _another(cast: Cast, county: County, name: str) -> None:
    Counter(cast, county.sunzhuang, [person(county.sunzhuang, name, date(1960, 1, 1))]).apply(date(2024, 6, 27))


@pytest.mark.capability("SA-01")
def test_worklist_shows_what_waits_with_the_time_left(cast: Cast, counter: Counter) -> None:
    shown = page(browser_of(cast.clerk).get("/worklist"))
    assert [words in shown for words in ("张桂兰", "待受理", "还剩 2 个工作日", counter.case.number)] == [True] * 4


def test_worklist_next_door_is_empty(cast: Cast, counter: Counter) -> None:
    assert "张桂兰" not in page(browser_of(cast.clerk_next_door).get("/worklist"))


def test_worklist_opens_with_what_one_can_do_oneself(cast: Cast, counter: Counter) -> None:
    browser = browser_of(cast.reviewer)
    assert ["张桂兰" in page(browser.get(address)) for address in ("/worklist", "/worklist?text=")] == [False, True]


def test_worklist_calls_a_verification_to_the_reviewer(cast: Cast, counter: Counter) -> None:
    for step in ("accept", "start_survey", "request_verification"):
        counter.take(step, date(2024, 7, 1))
    assert "张桂兰" in page(browser_of(cast.reviewer).get("/worklist"))


def test_worklist_marks_what_is_overdue(cast: Cast, county: County) -> None:
    late = Counter(cast, county.liuqiao)
    late.apply(date(2024, 6, 3))
    shown = page(browser_of(cast.leader).get("/worklist", {"overdue": "on"}))
    assert ["张桂兰" in shown, "is-late" in shown, "逾期" in shown] == [True] * 3


def test_worklist_is_narrowed_to_a_town(cast: Cast, county: County, counter: Counter) -> None:
    browser = browser_of(cast.leader)
    found = ["张桂兰" in page(browser.get("/worklist", {"town": town.pk})) for town in (county.qutang, county.baidian)]
    assert found == [True, False]


@pytest.mark.parametrize("address", ["/worklist?text=", "/cases"])
def test_lists_ask_the_same_for_one_case_and_for_three(
    cast: Cast, county: County, counter: Counter, address: str, django_assert_num_queries: Callable[[int], Any]
) -> None:
    browser = browser_of(cast.clerk)
    asked = {"/worklist?text=": 9, "/cases": 7}[address]
    with django_assert_num_queries(asked):
        browser.get(address)
    _another(cast, county, "李玉兰")
    _another(cast, county, "周大海")
    with django_assert_num_queries(asked):
        browser.get(address)


def test_cases_are_sorted_by_the_database(cast: Cast, county: County, counter: Counter) -> None:
    _another(cast, county, "李玉兰")
    shown = page(browser_of(cast.clerk).get("/cases", {"sort": "opened_on"}))
    assert shown.index("李玉兰") < shown.index("张桂兰")


def test_closed_cases_are_listed_apart(cast: Cast, county: County, counter: Counter) -> None:
    _another(cast, county, "李玉兰")
    counter.take("withdraw", date(2024, 7, 1))
    browser = browser_of(cast.clerk)
    closed, running = (page(browser.get("/cases", {"progress": kind})) for kind in ("closed", "open"))
    assert [name in text for text in (closed, running) for name in ("张桂兰", "李玉兰")] == [True, False, False, True]


def test_list_is_a_workbook_on_demand(cast: Cast, counter: Counter) -> None:
    answer = browser_of(cast.clerk).get("/cases", {"export": "xlsx"})
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert (rows[0][:3], rows[1][:3]) == (("编号", "事项", "申请人"), (counter.case.number, "低保申请", "张桂兰"))
