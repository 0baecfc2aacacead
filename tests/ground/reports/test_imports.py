"""Figures printed before the platform kept records: brought in as a file, used for comparison with last year."""

import pytest

from anmin.base.periods import HalfYear
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.models import ImportBatch
from anmin.ground.indicators import queries
from anmin.ground.indicators.models import PublishedFigure
from tests.conftest import TODAY, Cast

HEADINGS = "期间,指标编号,印发数,文件名称,印发日期\n"
H1 = HalfYear(2024, 1)


def bring(cast: Cast, rows: str) -> ImportBatch:
    text = (HEADINGS + rows).encode()
    return import_file(form="reports.published", path=text, name="published.csv", actor=cast.reviewer, on=TODAY)


@pytest.mark.capability("RP-01")
def test_a_printed_figure_is_last_years_value_where_there_are_no_records(cast: Cast) -> None:
    batch = bring(cast, "2023H1,assistance.dibao.funds,2044,2023年上半年工作总结,2023-07-03\n")
    assert batch.counts == {"已印发指标": 1}
    figure = queries.figure(cast.leader, "assistance.dibao.funds", H1)
    assert (figure.previous, figure.previous_document) == (2_044_000_000, "2023年上半年工作总结")


def test_a_clerk_of_one_town_is_not_shown_the_countys_printed_figure(cast: Cast) -> None:
    bring(cast, "2023H1,assistance.dibao.persons,5750,2023年上半年工作总结,2023-07-03\n")
    figure = queries.figure(cast.clerk, "assistance.dibao.persons", H1)
    assert (figure.previous, figure.previous_document) == (None, "")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("2023H1,assistance.dibao.nothing,1,甲,2023-07-03", "没有编号为“assistance.dibao.nothing”的指标"),
        ("2023H3,assistance.dibao.persons,1,甲,2023-07-03", "第 3 行“期间”：半年应为 1"),
        ("2023H1,assistance.dibao.persons,12.5,甲,2023-07-03", "“12.5”不是以人计的数"),
        ("2023H1,assistance.dibao.persons,很多,甲,2023-07-03", "“很多”不是数字"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_nothing_is_loaded(cast: Cast, row: str, problem: str) -> None:
    batch = bring(cast, f"2023H1,assistance.dibao.households,4367,甲,2023-07-03\n{row}\n")
    assert batch.is_refused
    assert problem in str(batch.problems[0])
    assert PublishedFigure.objects.count() == 0


def test_the_same_figure_of_a_period_is_taken_once(cast: Cast) -> None:
    bring(cast, "2023H1,assistance.dibao.persons,5750,甲,2023-07-03\n")
    again = bring(cast, "2023H1,assistance.dibao.persons,5751,乙,2023-08-03\n")
    assert again.is_refused
    assert PublishedFigure.objects.get().value == 5750
