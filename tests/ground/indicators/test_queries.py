"""Declaring a figure, asking for it, and paging through its rows; on areas, which need nothing else."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear, Month, Year
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.indicators import queries
from anmin.ground.indicators.declarations import INDICATORS, Column, Indicator, Registry, Stated, Window
from anmin.ground.indicators.measures import CountDistinct, CountRows, Quotient, SumOf, answers
from anmin.ground.indicators.vocabulary import CellKind, Kind, Unit
from anmin.ground.indicators.workbook import workbook
from tests.conftest import Cast, County

pytestmark = [pytest.mark.capability("RP-02"), pytest.mark.django_db]

H1 = HalfYear(2024, 1)

AREAS = Indicator(
    id="test.areas",
    label="辖区数",
    unit=Unit.CASES,
    kind=Kind.STOCK,
    definition="测试：期末当日存在的镇、村。",
    rows=lambda actor, window: Area.objects.filter(within(actor, ""), valid_from__lte=window.last_day).exclude(level=3),
    measure=CountRows(),
    columns=(
        Column("名称", "name", opens="area", key="id"),
        Column("级别", "level", CellKind.NUMBER),
        Column("自", "valid_from", CellKind.DATE),
    ),
    area="",
)
LEVELS = replace(AREAS, id="test.levels", measure=CountDistinct(("level",)))
SUM = replace(AREAS, id="test.sum", measure=SumOf("level"), unit=Unit.WAN_YUAN)
LATER = replace(AREAS, id="test.later", evidence=lambda window: Area.objects.filter(valid_from__gt=window.last_day))
STATED = Indicator(
    id="test.stated",
    label="标准",
    unit=Unit.YUAN,
    kind=Kind.STANDARD,
    definition="测试",
    stated=lambda window: Stated(82_050, ("标准", "依据"), ("某标准", "某文件")) if window.first_day.year > 2020 else None,
)


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch, county: County) -> None:
    """Only the figures of this file are known."""
    monkeypatch.setattr(INDICATORS, "_by_id", {each.id: each for each in (AREAS, LEVELS, SUM, LATER, STATED)})
    monkeypatch.setattr(INDICATORS, "balances", [])


def test_measures_count_rows_and_different_values_and_sum_columns() -> None:
    found = {figure.id: (figure.value, figure.row_count) for figure in queries.figures(SYSTEM, H1)}
    assert found == {
        "test.areas": (5, 5),
        "test.levels": (2, 5),
        "test.sum": (4 + 4 + 5 + 5 + 5, 5),
        "test.later": (None, 5),
        "test.stated": (82_050, 1),
    }


def test_quotient_is_rounded_half_up_and_unknown_over_nothing() -> None:
    measure = Quotient("level", "level")
    assert (measure.value([1, 5, 2]), measure.value([1, 0, 4]), measure.value([1, 7, 0])) == (3, 0, None)


def test_sum_over_nothing_is_zero_and_rows_that_cannot_match_need_no_statement() -> None:
    with CaptureQueriesContext(connection) as captured:
        found = answers(SumOf("level").selects(Area.objects.none()))
    assert (found, len(captured)) == ([0, 0], 0)


def test_figures_are_printed_in_their_unit() -> None:
    shown = {
        figure.id: (figure.shown, figure.as_dict()["value"], figure.as_dict().get("fen"))
        for figure in queries.figures(SYSTEM, H1)
    }
    assert shown == {
        "test.areas": ("5件", 5, None),
        "test.levels": ("2件", 2, None),
        "test.sum": ("0.00万元", 0.000023, 23),
        "test.later": ("尚无记录", None, None),
        "test.stated": ("820.50元", 820.5, 82_050),
    }


def test_json_of_a_figure_says_what_it_is() -> None:
    assert queries.figure(SYSTEM, "test.areas", H1).as_dict() == {
        "id": "test.areas",
        "label": "辖区数",
        "value": 5,
        "unit": "件",
        "definition": "测试：期末当日存在的镇、村。",
        "rows": 5,
        "kind": "stock",
        "basis": "",
        "as_of": "2024-06-30",
        "running": False,
        "last_year": 5,
    }


def test_number_of_statements_does_not_grow_with_the_figures() -> None:
    with CaptureQueriesContext(connection) as few:
        queries.figures(SYSTEM, H1, ids=["test.areas"])
    with CaptureQueriesContext(connection) as many:
        queries.figures(SYSTEM, H1)
    # The second asks for what was printed of last year, where last year has no records.
    assert (len(few), len(many)) == (1, 2)


def test_series_leaves_out_what_has_not_begun() -> None:
    found = queries.series(SYSTEM, "test.areas", queries.months_back(Month(2024, 8), 3), on=date(2024, 7, 10))
    assert [(str(each.window.period), each.as_of, each.window.running) for each in found] == [
        ("2024-06", date(2024, 6, 30), False),
        ("2024-07", date(2024, 7, 10), True),
    ]


def test_running_period_stops_at_the_business_day_and_says_so() -> None:
    window = Window.of(Year(2024), date(2024, 7, 1))
    assert (window.last_day, window.running, window.label) == (date(2024, 7, 1), True, "2024年（截至7月1日）")


def test_period_that_is_over_is_looked_at_whole() -> None:
    assert Window.of(H1, date(2024, 7, 1)) == Window(H1, date(2024, 1, 1), date(2024, 6, 30))


def test_period_that_has_not_begun_is_refused() -> None:
    with pytest.raises(BadValue, match="2024年下半年尚未开始"):
        queries.figures(SYSTEM, HalfYear(2024, 2), on=date(2024, 6, 30))


def test_running_period_is_compared_with_as_many_days_of_the_year_before(county: County) -> None:
    Area.objects.filter(pk=county.zoufeng.pk).update(valid_from=date(2023, 5, 20))
    figure = queries.figure(SYSTEM, "test.areas", H1, on=date(2024, 5, 10))
    assert (figure.value, figure.previous) == (5, 4)


def test_leap_day_is_compared_with_the_last_of_february() -> None:
    assert queries.figure(SYSTEM, "test.areas", H1, on=date(2024, 2, 29)).previous == 5


def test_unknown_id_is_refused() -> None:
    with pytest.raises(BadValue, match=r"没有编号为“test\.nothing”的指标"):
        queries.figure(SYSTEM, "test.nothing", H1)


def test_rows_are_those_the_actor_may_see(cast: Cast) -> None:
    names = [area.name for area in queries.rows(cast.clerk_next_door, "test.areas", H1)]
    assert (names, queries.figure(cast.clerk_next_door, "test.areas", H1).value) == (["白甸镇", "邹冯村"], 2)


def test_stated_figure_has_no_rows_but_one_line_that_says_where_it_stands() -> None:
    with pytest.raises(BadValue, match="是政策标准，没有逐条记录"):
        queries.rows(SYSTEM, "test.stated", H1)
    listing = queries.listing(SYSTEM, "test.stated", H1)
    assert (listing.headers, [[cell.shown for cell in line] for line in listing[:]]) == (("标准", "依据"), [["某标准", "某文件"]])


def test_stated_figure_of_an_unknown_time_has_no_line() -> None:
    listing = queries.listing(SYSTEM, "test.stated", HalfYear(2019, 1))
    assert (listing.figure.value, len(listing), listing[:]) == (None, 0, [])


def test_listing_is_paged_without_reading_the_rest(county: County) -> None:
    listing = queries.listing(SYSTEM, "test.areas", H1)
    pages = Paginator(listing, 2)
    with CaptureQueriesContext(connection) as captured:
        last = [[cell.shown for cell in line] for line in pages.page(3).object_list]
    assert (pages.num_pages, last, len(captured)) == (3, [["邹冯村", "5", "2000-01-01"]], 1)
    assert "LIMIT 1" in captured[0]["sql"]


def test_cell_leads_to_its_record(county: County) -> None:
    cell = queries.listing(SYSTEM, "test.areas", H1)[0][0]
    assert (cell.value, cell.opens, cell.key) == ("曲塘镇", "area", county.qutang.pk)


def test_place_beyond_the_last_row_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        queries.listing(SYSTEM, "test.areas", H1)[5]


def test_fingerprint_changes_when_another_record_stands_behind(county: County) -> None:
    before = queries.fingerprint(SYSTEM, "test.areas", H1)
    assert before == queries.fingerprint(SYSTEM, "test.areas", H1)
    Area.objects.create(
        code="10202", name="新村", level=Level.VILLAGE, parent=county.baidian, path="1/102/10202/", valid_from=date(2024, 6, 1)
    )
    assert queries.fingerprint(SYSTEM, "test.areas", H1) != before


def test_workbook_holds_the_rows_and_the_definition(county: County) -> None:
    Area.objects.filter(pk=county.qutang.pk).update(name="=1+1")
    book = openpyxl.load_workbook(BytesIO(workbook(queries.listing(SYSTEM, "test.areas", H1))))
    rows = list(book["明细"].values)
    assert (rows[0], len(rows)) == (("名称", "级别", "自"), 6)
    assert (book["明细"]["A2"].value, book["明细"]["A2"].data_type) == ("=1+1", "s")
    assert [row[1] for row in book["口径"].values][:3] == ["辖区数", "test.areas", "2024年上半年"]


def test_two_figures_cannot_claim_one_id() -> None:
    registry = Registry()
    registry.register([AREAS])
    registry.register([AREAS])
    with pytest.raises(ValueError, match=r"two figures claim the id test\.areas"):
        registry.register([replace(AREAS, label="别的")])
    assert list(registry) == ["test.areas"]


@pytest.mark.parametrize("change", [{"measure": None}, {"rows": None, "measure": None}, {"definition": ""}])
def test_incomplete_declaration_is_a_mistake_in_the_code(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"test\.areas"):
        replace(AREAS, **change)  # type: ignore[arg-type]  # each lacks something on purpose


def test_value_by_town_is_two_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    in_towns = Indicator(
        id="test.towns",
        label="村数",
        unit=Unit.CASES,
        kind=Kind.STOCK,
        definition="测试",
        rows=lambda actor, window: Area.objects.filter(within(actor, ""), level=Level.VILLAGE),
        measure=CountRows(),
        area="parent",
    )
    monkeypatch.setattr(INDICATORS, "_by_id", {in_towns.id: in_towns})
    with CaptureQueriesContext(connection) as captured:
        towns = queries.by_town(SYSTEM, in_towns.id, H1)
    assert ([(town.area.name, town.value) for town in towns], len(captured)) == ([("曲塘镇", 2), ("白甸镇", 1)], 2)


def test_figure_without_areas_has_no_value_by_town() -> None:
    assert (queries.by_town(SYSTEM, "test.areas", H1), queries.by_town(SYSTEM, "test.stated", H1)) == ([], [])
