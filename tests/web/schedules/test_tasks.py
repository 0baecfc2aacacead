"""The page of open tasks: deaths on dibao and whatever else schedules have laid."""

import re
from datetime import date
from typing import Any

import pytest

from anmin.ground.people.actions import record_death
from tests.conftest import Cast, County
from tests.dibao_counter import Counter
from tests.web.signed_in import browser_of

pytestmark = pytest.mark.capability("SA-01")


@pytest.fixture
def bereaved(cast: Cast, county: County) -> Counter:
    """A grandmother and a child on dibao since April; she has died."""
    counter = Counter(cast, county.liuqiao)
    counter.to_confirmed()
    record_death(person=counter.members[0], died_on=date(2024, 5, 20), source="殡仪馆", actor=cast.clerk, on=date(2024, 5, 22))
    return counter


def said(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_a_death_stands_on_the_page_with_its_day_and_leads_to_the_benefit(bereaved: Counter) -> None:
    response = browser_of(bereaved.cast.clerk).get("/tasks")
    assert "低保死亡处理：张桂兰于2024-05-20去世" in said(response)
    assert "2024-05-31" in said(response)
    held = bereaved.case.granted.get()
    assert f'href="/entitlements/{held.pk}"' in response.content.decode()


def test_tasks_are_filtered_found_and_exported(bereaved: Counter) -> None:
    browser = browser_of(bereaved.cast.reviewer)
    assert "张桂兰" in said(browser.get("/tasks?schedule=assistance.dibao.deaths&when=overdue&text=张桂兰"))
    assert "没有符合条件的事项" in said(browser.get("/tasks?schedule=assistance.tekun.deaths"))
    assert browser.get("/tasks?export=xlsx")["Content-Type"].endswith("spreadsheetml.sheet")


def test_another_town_sees_nothing_of_it(bereaved: Counter) -> None:
    assert "张桂兰" not in said(browser_of(bereaved.cast.clerk_next_door).get("/tasks"))


def test_the_list_asks_as_many_questions_however_long(bereaved: Counter, django_assert_max_num_queries: Any) -> None:
    browser = browser_of(bereaved.cast.reviewer)
    browser.get("/tasks")
    with django_assert_max_num_queries(20):
        browser.get("/tasks")
