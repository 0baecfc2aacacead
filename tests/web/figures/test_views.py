"""Figures in the browser: the number, the records behind it, and who sees which."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from anmin.ground.indicators.models import PublishedFigure
from tests.conftest import Cast, County
from tests.small_register import SmallRegister
from tests.web.signed_in import browser_of

HOUSEHOLDS = "/figures/assistance.dibao.households?period=2024H1"


def _page(answer: Any) -> str:
    return str(answer.content.decode())


def _hero(answer: Any) -> tuple[str, int]:
    return answer.context["value"], len(answer.context["lines"])


@pytest.mark.capability("RP-02")
def test_figure_is_the_number_of_the_records_listed(cast: Cast, three_families: SmallRegister) -> None:
    assert _hero(browser_of(cast.leader).get(HOUSEHOLDS)) == ("3", 3)


@pytest.mark.capability("RP-02")
def test_another_record_makes_another_figure(cast: Cast, county: County, three_families: SmallRegister) -> None:
    three_families.family(county.zoufeng)
    assert _hero(browser_of(cast.leader).get(HOUSEHOLDS)) == ("4", 4)


@pytest.mark.capability("RP-08")
def test_clerk_sees_the_figure_of_the_own_town(cast: Cast, three_families: SmallRegister) -> None:
    assert _hero(browser_of(cast.clerk).get(HOUSEHOLDS)) == ("2", 2)
    assert _hero(browser_of(cast.clerk_next_door).get(HOUSEHOLDS)) == ("1", 1)


def test_figure_of_one_town(cast: Cast, three_families: SmallRegister) -> None:
    assert _hero(browser_of(cast.leader).get(f"{HOUSEHOLDS}&town=102")) == ("1", 1)


def test_town_out_of_sight_does_not_open(cast: Cast, three_families: SmallRegister) -> None:
    assert _hero(browser_of(cast.clerk).get(f"{HOUSEHOLDS}&town=102")) == ("2", 2)


@pytest.mark.parametrize("path", ["/figures?period=2024H1", HOUSEHOLDS])
def test_page_asks_the_same_for_one_family_and_for_three(
    cast: Cast, county: County, path: str, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    register = SmallRegister()
    counts = []
    browser = browser_of(cast.leader)
    for families in (1, 2):
        for _ in range(families):
            register.family(county.liuqiao)
        with django_assert_max_num_queries(20) as asked:
            assert browser.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_rows_are_sorted_by_a_column(cast: Cast, three_families: SmallRegister) -> None:
    lines = browser_of(cast.leader).get(f"{HOUSEHOLDS}&sort=-1").context["lines"]
    assert [line[0]["text"] for line in lines] == sorted((line[0]["text"] for line in lines), reverse=True)


def test_export_holds_rows_and_definition(cast: Cast, three_families: SmallRegister) -> None:
    answer = browser_of(cast.leader).get(f"{HOUSEHOLDS}&export=xlsx")
    book = load_workbook(BytesIO(answer.content))
    assert (book.sheetnames, len(list(book["明细"].values))) == (["明细", "口径"], 4)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/figures?period=2024H3", "半年应为 1（上半年）或 2（下半年）"),
        ("/figures?period=2031H1", "尚未开始"),
        ("/figures/no.such.figure", "没有编号为"),
    ],
)
def test_what_is_no_figure_or_period_is_told(cast: Cast, path: str, sentence: str) -> None:
    answer = browser_of(cast.leader).get(path)
    assert (answer.status_code, sentence in _page(answer)) == (400, True)


def test_period_without_records_is_unknown_and_not_zero(cast: Cast, three_families: SmallRegister) -> None:
    answer = browser_of(cast.leader).get("/figures/assistance.dibao.households?period=2019H1")
    assert answer.context["value"] == "尚无记录"


def test_figures_are_exported(cast: Cast, three_families: SmallRegister) -> None:
    answer = browser_of(cast.leader).get("/figures?period=2024H1&export=xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert rows[1][:2] == ("城乡低保户数", "3户")


@pytest.mark.capability("RP-03")
def test_stock_that_agrees_with_its_flows_is_said_to(cast: Cast, county: County, three_families: SmallRegister) -> None:
    three_families.family(county.liuqiao, since=date(2024, 3, 1))
    assert "期初 3 + 新增 1 − 核减 0 与期末 4 相符" in _page(browser_of(cast.leader).get("/figures?period=2024H1"))


def test_last_years_value_from_a_paper_names_the_paper(cast: Cast, three_families: SmallRegister) -> None:
    PublishedFigure.objects.create(
        period="2023H1",
        figure="assistance.dibao.households",
        value=2,
        document="《2023年上半年工作总结》",
        published_on=date(2023, 7, 10),
        recorded_on=date(2024, 7, 1),
    )
    browser = browser_of(cast.leader)
    assert "＊ 上年同期数取自《2023年上半年工作总结》" in _page(browser.get("/figures?period=2024H1"))
    page = _page(browser.get(HOUSEHOLDS))
    assert "上年同期 2户，增长" in page
    assert "（上年数取自《2023年上半年工作总结》，没有逐条记录）" in page


def test_figures_are_narrowed_to_one_line_of_business(cast: Cast, three_families: SmallRegister) -> None:
    browser = browser_of(cast.leader)
    # Sorted by a value, so that every figure is counted and leads to its page.
    asked = ({"room": room, "sort": "rows"} for room in ("", "assistance"))
    everything, assistance = (browser.get("/figures", each).context["table"].rows for each in asked)
    named = [row.record["href"].split("/figures/")[1].partition(".")[0] for row in assistance]
    assert (0 < len(assistance) < len(everything), set(named)) == (True, {"assistance"})


def test_only_the_figures_of_the_page_are_counted(cast: Cast, three_families: SmallRegister) -> None:
    browser = browser_of(cast.leader)
    first, second, sorted_by_rows = (
        browser.get("/figures", each).context["table"] for each in ({}, {"page": 2}, {"sort": "rows"})
    )
    counted = [
        [place for place, row in enumerate(table.rows) if "href" in row.record] for table in (first, second, sorted_by_rows)
    ]
    assert counted == [list(range(25)), list(range(25, 50)), list(range(len(first.rows)))]
    assert "href" in second.page.object_list[0].record
