"""The worklist and the page of a case: scoped, sorted, and read in a fixed number of queries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.errors import Refused
from anmin.ground.cases import queries
from anmin.ground.cases.queries import Filters
from tests.conftest import Cast, County
from tests.dibao_counter import Counter

APRIL = date(2024, 4, 1)


@pytest.fixture
def applied(cast: Cast, county: County) -> Callable[[date], Counter]:
    def apply(on: date) -> Counter:
        counter = Counter(cast, county.liuqiao)
        counter.apply(on)
        return counter

    return apply


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as context:
        yield context


def test_what_is_due_first_is_on_top_and_what_stands_still_last(applied: Callable[[date], Counter], cast: Cast) -> None:
    late, early, waiting = applied(date(2024, 3, 28)), applied(date(2024, 3, 25)), applied(date(2024, 3, 1))
    waiting.take("request_papers", date(2024, 3, 1))
    numbers = [row.number for row in queries.worklist(cast.clerk, APRIL)]
    assert numbers == [early.case.number, late.case.number, waiting.case.number]


def test_a_line_says_how_many_working_days_are_left(applied: Callable[[date], Counter], cast: Cast) -> None:
    applied(date(2024, 3, 29))
    row = queries.worklist(cast.clerk, APRIL)[0]
    assert (row.state_label, row.clock_label, row.due_on, row.days_left, row.overdue) == (
        "待受理", "受理期限", date(2024, 4, 3), 2, False,
    )  # fmt: skip


def test_an_overdue_line_says_by_how_many_days(applied: Callable[[date], Counter], cast: Cast) -> None:
    applied(date(2024, 3, 25))
    row = queries.worklist(cast.clerk, APRIL)[0]
    assert (row.due_on, row.days_left, row.overdue) == (date(2024, 3, 28), -2, True)


def test_a_notice_that_is_over_waits_to_be_taken_down_and_is_not_overdue(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    counter.to_examined()
    counter.take("examine", date(2024, 3, 12))
    counter.take("post_notice", date(2024, 3, 13))
    row = queries.worklist(cast.clerk, APRIL)[0]
    assert (row.clock_label, row.due_on, row.waiting, row.overdue) == ("公示期", date(2024, 3, 21), True, False)


def test_the_clerk_next_door_sees_nothing(applied: Callable[[date], Counter], cast: Cast) -> None:
    number = applied(date(2024, 3, 25)).case.number
    assert list(queries.worklist(cast.clerk_next_door, APRIL)) == []
    assert queries.due_counts_by_town(cast.clerk_next_door, APRIL) == []
    with pytest.raises(Refused, match=f"没有编号为“{number}”的事项，或者不在您的管辖范围内。"):
        queries.case(cast.clerk_next_door, number, APRIL)


def test_the_worklist_is_narrowed(applied: Callable[[date], Counter], cast: Cast, county: County) -> None:
    overdue, fresh = applied(date(2024, 3, 25)).case, applied(date(2024, 3, 29)).case
    accepted = applied(date(2024, 3, 29))
    accepted.take("accept", date(2024, 3, 29))

    def found(**chosen: object) -> list[str]:
        return [row.number for row in queries.worklist(cast.leader, APRIL, Filters(**chosen))]  # type: ignore[arg-type]  # one helper for all

    everybody = [overdue.number, fresh.number, accepted.case.number]
    assert found(overdue=True) == [overdue.number]
    assert found(soon=True) == [fresh.number, accepted.case.number]
    assert found(state="accepted") == [accepted.case.number]
    assert found(town=county.qutang.pk) == everybody
    assert found(town=county.baidian.pk) == []
    assert found(text=fresh.number.lower()) == [fresh.number]
    assert found(text="张桂") == everybody
    assert found(kind="assistance.dibao.review") == []
    assert found(mine=True) == []


def test_mine_are_the_cases_that_wait_for_my_role(cast: Cast, county: County, applied: Callable[[date], Counter]) -> None:
    mine = applied(date(2024, 3, 25)).case.number
    theirs = Counter(cast, county.sunzhuang)
    theirs.to_reviewed()

    def waiting_for(actor: object) -> list[str]:
        return [row.number for row in queries.worklist(actor, APRIL, Filters(mine=True))]  # type: ignore[arg-type]  # any of the cast

    assert [waiting_for(each) for each in (cast.clerk, cast.decision_maker, cast.auditor)] == [[mine], [theirs.case.number], []]


def test_closed_cases_are_asked_for_apart(applied: Callable[[date], Counter], cast: Cast) -> None:
    counter = applied(date(2024, 3, 25))
    counter.take("withdraw", date(2024, 3, 26))
    assert [row.number for row in queries.worklist(cast.clerk, APRIL)] == []
    assert [row.state_label for row in queries.worklist(cast.clerk, APRIL, Filters(closed=True))] == ["已撤回"]


def test_a_paginator_cuts_the_worklist(applied: Callable[[date], Counter], cast: Cast) -> None:
    for _ in range(3):
        applied(date(2024, 3, 25))
    page = Paginator(queries.worklist(cast.clerk, APRIL), 2).page(2)
    assert (page.paginator.count, len(page.object_list)) == (3, 1)


@pytest.mark.parametrize("several", [1, 3])
def test_the_worklist_is_one_query(applied: Callable[[date], Counter], cast: Cast, several: int) -> None:
    for _ in range(several):
        applied(date(2024, 3, 25))
    with counted() as asked:
        rows = queries.worklist(cast.clerk, APRIL)[:50]
    assert (len(rows), len(asked)) == (several, 1)


@pytest.mark.parametrize("several", [1, 3])
def test_the_counts_are_two_queries(applied: Callable[[date], Counter], cast: Cast, several: int) -> None:
    for _ in range(several):
        applied(date(2024, 3, 25))
    with counted() as asked:
        counts = queries.due_counts_by_town(cast.leader, APRIL)
    assert ([(each.town, each.open, each.overdue) for each in counts], len(asked)) == ([("曲塘镇", several, several)], 2)


@pytest.mark.parametrize("visits", [1, 3])
def test_the_page_of_a_case_is_a_fixed_number_of_queries(cast: Cast, county: County, visits: int) -> None:
    counter = Counter(cast, county.liuqiao)
    counter.to_examined()
    for _ in range(visits):
        counter.take("record_visit", date(2024, 3, 11))
    with counted() as asked:
        page = queries.case(cast.clerk, counter.case.number, APRIL)
    assert (len(page.actions), len(asked)) == (7 + visits, 4)


def test_the_page_shows_the_stopped_time_apart(applied: Callable[[date], Counter], cast: Cast) -> None:
    counter = applied(date(2024, 3, 25))
    counter.take("request_papers", date(2024, 3, 26))
    counter.take("supply_papers", date(2024, 3, 29))
    clock = queries.case(cast.clerk, counter.case.number, APRIL).clocks[0]
    assert (clock.label, clock.limit, clock.due_on, clock.suspended_days) == ("受理期限", "3个工作日", date(2024, 4, 2), 3)


def test_the_course_of_a_case_is_told_in_words(applied: Callable[[date], Counter], cast: Cast) -> None:
    counter = applied(date(2024, 3, 25))
    counter.take("request_papers", date(2024, 3, 26))
    line = queries.case(cast.clerk, counter.case.number, APRIL).actions[1]
    assert (line.label, line.actor, line.answers) == (
        "一次性告知补正", "王经办", (("需要补正的材料", "居民户口簿；家庭经济状况核对授权书（全体成员及义务人签字）"),),
    )  # fmt: skip


def test_a_paper_can_be_looked_at_before_it_is_issued(applied: Callable[[date], Counter], cast: Cast) -> None:
    counter = applied(date(2024, 3, 25))
    paper = queries.paper_preview(cast.clerk, counter.case, "assistance.dibao.application_form", APRIL)
    assert (paper.title, paper.number) == ("最低生活保障申请书", "")


def test_the_cases_of_a_household_are_listed_newest_first(applied: Callable[[date], Counter], cast: Cast) -> None:
    counter = applied(date(2024, 3, 25))
    first = counter.case.number
    counter.take("withdraw", date(2024, 3, 26))
    second = counter.apply(date(2024, 3, 27)).number
    assert [row.number for row in queries.of_household(cast.clerk, counter.home.pk, APRIL)] == [second, first]


def test_a_form_offers_the_family_the_colleagues_and_what_was_handed_in(applied: Callable[[date], Counter], cast: Cast) -> None:
    counter = applied(date(2024, 3, 25))
    counter.members[1].died_on = date(2024, 3, 30)
    counter.members[1].save()
    with counted() as asked:
        offered = queries.options(cast.clerk, counter.case, APRIL)
    assert [name for _, name in offered.people] == ["张桂兰（本人）", "张小宝（子女，已死亡）"]
    assert sorted(name for _, name in offered.staff) == ["吴经办", "王经办"]
    assert (offered.files, len(asked)) == ((), 3)


def test_the_form_that_opens_a_case_says_why_it_may_not(applied: Callable[[date], Counter], cast: Cast) -> None:
    counter = applied(date(2024, 3, 25))
    step = queries.opening_step(cast.clerk, "assistance.dibao.application", counter.home, counter.members[0], APRIL)
    assert (step.label, step.refusal) == ("提出申请", f"该家庭已有正在办理的低保申请（{counter.case.number}），不能重复申请。")
