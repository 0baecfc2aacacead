"""The policy browser: what stands on its pages, and how much it asks of the database."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Cast
from tests.web.signed_in import browser_of

STANDARD = "/policy/figures/assistance.dibao.standard"


@pytest.mark.parametrize("path", ["/policy", STANDARD, "/policy/rules", "/policy/rules/assistance.dibao/amount?month=2024-06"])
def test_page_asks_only_for_the_frame(cast: Cast, path: str, django_assert_num_queries: Callable[[int], Any]) -> None:
    browser = browser_of(cast.clerk)
    with django_assert_num_queries(4):
        assert browser.get(path).status_code == 200


@pytest.mark.capability("RP-05")
def test_figure_page_shows_every_value_with_its_document(cast: Cast) -> None:
    page = browser_of(cast.clerk).get(STANDARD).content.decode()
    assert [f"{yuan}.00元/人·月" in page for yuan in (710, 750, 780, 820)] == [True] * 4
    assert "《南通市调整社会救助等保障标准的通知》（通政办发〔2023〕44号）" in page


def test_assumed_figure_warns(cast: Cast) -> None:
    page = browser_of(cast.clerk).get("/policy/figures/assistance.dibao.pay_day").content.decode()
    assert "现行数值是<strong>暂定</strong>的" in page


def test_figures_as_of_an_earlier_day(cast: Cast) -> None:
    page = browser_of(cast.clerk).get("/policy", {"on": "2023-06-30", "text": "最低生活保障标准"}).content.decode()
    assert "780.00元/人·月" in page
    assert "820.00元/人·月" not in page


def test_figures_nobody_finds_say_so(cast: Cast) -> None:
    assert "没有符合条件的标准" in browser_of(cast.clerk).get("/policy", {"text": "不存在"}).content.decode()


def test_figures_are_exported_with_their_documents(cast: Cast) -> None:
    answer = browser_of(cast.clerk).get("/policy", {"text": "最低生活保障标准", "export": "xlsx"})
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[1][2:7] == (
        "最低生活保障标准",
        "820.00元/人·月",
        rows[1][4],
        "设区市级",
        "《南通市调整社会救助等保障标准的通知》（通政办发〔2023〕44号）",
    )


def test_figure_that_does_not_exist_is_told(cast: Cast) -> None:
    answer = browser_of(cast.clerk).get("/policy/figures/assistance.dibao.nothing")
    assert (answer.status_code, "没有名为" in answer.content.decode()) == (400, True)


def test_rules_before_the_first_standard_are_told(cast: Cast) -> None:
    answer = browser_of(cast.clerk).get("/policy/rules", {"month": "2019-01"})
    assert (answer.status_code, "才有数值" in answer.content.decode()) == (400, True)


def test_worked_case_is_told_in_words_and_yuan(cast: Cast) -> None:
    page = browser_of(cast.clerk).get("/policy/cases/assistance.dibao/obligor_rich").content.decode()
    assert "独居母亲，儿子家三口月收入8000元" in page
    assert "8,000元" in page
    assert "132元" in page


def test_every_worked_case_has_its_page(cast: Cast) -> None:
    browser = browser_of(cast.clerk)
    rows = browser.get("/policy/cases").context["table"].data
    assert len(rows) >= 25
    assert {browser.get(row["href"]).status_code for row in rows} == {200}


def test_worked_case_that_does_not_exist_is_told(cast: Cast) -> None:
    answer = browser_of(cast.clerk).get("/policy/cases/assistance.dibao/no_such_case")
    assert (answer.status_code, "没有这个算例" in answer.content.decode()) == (400, True)


def test_rules_are_exported_by_their_names(cast: Cast) -> None:
    answer = browser_of(cast.clerk).get("/policy/rules", {"month": "2024-06", "export": "xlsx"})
    names = [row[0] for row in load_workbook(BytesIO(answer.content)).active.values]
    assert (names[0], "周岁" in names) == ("规则", True)
    assert [name for name in names if "<" in name] == []


def test_a_rule_is_worked_on_a_family_of_a_worked_case(cast: Cast) -> None:
    page = browser_of(cast.clerk).get("/policy/rules/assistance.hardship/support_due").content.decode()
    assert "分户的儿子应给付赡养费，一并计入收入" in page
    assert "/policy/cases/assistance.hardship/son_supports" in page
    assert "<strong>500.00元</strong>" in page
