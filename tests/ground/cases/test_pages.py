"""The phases of a case, which steps decide it, and the order of a list."""

from datetime import date

import pytest

from anmin.ground.cases import queries
from tests.conftest import TODAY, Cast, County
from tests.dibao_counter import Counter, person


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    made = Counter(cast, county.liuqiao)
    made.apply(date(2024, 6, 28))
    return made


def _phases(counter: Counter) -> list[str]:
    return [phase.state for phase in queries.case(counter.cast.clerk, counter.case.number, TODAY).phases]


def test_phases_show_where_an_open_case_is(counter: Counter) -> None:
    counter.take("accept", TODAY)
    assert _phases(counter) == ["done", "current", "todo", "todo", "todo", "todo"]


def test_phases_never_reached_by_a_closed_case_are_skipped(counter: Counter) -> None:
    counter.take("withdraw", TODAY)
    found = queries.case(counter.cast.clerk, counter.case.number, TODAY).phases
    assert _phases(counter) == ["done", *["skipped"] * 4, "done"]
    assert (found[-1].label, found[-1].on) == ("已撤回", TODAY)


def test_steps_tell_whether_they_decide(counter: Counter) -> None:
    steps = {step.name: step.decides for step in queries.possible_steps(counter.cast.clerk, counter.case, TODAY)}
    assert (steps["accept"], steps["decline"], steps["withdraw"]) == (False, True, True)


def test_list_is_sorted_both_ways(cast: Cast, county: County, counter: Counter) -> None:
    Counter(cast, county.liuqiao, [person(county.liuqiao, "李玉兰", date(1960, 1, 1))]).apply(date(2024, 6, 27))
    rows = queries.worklist(cast.clerk, TODAY)
    names = [[row.applicant for row in rows.sorted_by(order)] for order in ("opened_on", "-opened_on")]
    assert names == [["李玉兰", "张桂兰"], ["张桂兰", "李玉兰"]]


def test_paper_line_names_the_document_once_it_was_issued(counter: Counter) -> None:
    line = queries.paper_line(counter.cast.clerk, counter.case, "assistance.dibao.application_form")
    assert (line.label, line.on, line.document) == ("最低生活保障申请书", date(2024, 6, 28), None)


def test_open_cases_of_households_are_scoped(cast: Cast, counter: Counter) -> None:
    found = [
        [row.number for row in queries.open_of_households(actor, [counter.home.pk], TODAY)]
        for actor in (cast.clerk, cast.clerk_next_door)
    ]
    assert found == [[counter.case.number], []]
