"""Time limits, worked out by hand on the calendar of 2024: make-up days, a notice over the National Day week, papers supplied."""

from datetime import date

import pytest

from anmin.ground.cases.casetypes import CaseType
from anmin.ground.cases.clocks import Reading, pressing, read_clocks
from anmin.ground.cases.models import CaseAction
from anmin.lines.assistance.dibao.casework import DIBAO_APPLICATION


def course(*taken: tuple[str, date], case_type: CaseType = DIBAO_APPLICATION) -> list[CaseAction]:
    """The actions of a case, with the states their steps lead to."""
    actions: list[CaseAction] = []
    state = ""
    for name, on in taken:
        step = case_type.step(name)
        assert step is not None
        state = step.to_state or state
        actions.append(CaseAction(step=name, to_state=state, on=on, sequence=len(actions) + 1))
    return actions


def reading(name: str, actions: list[CaseAction]) -> Reading:
    return {each.clock.name: each for each in read_clocks(DIBAO_APPLICATION, actions)}[name]


def day(month: int, day: int) -> date:
    return date(2024, month, day)


@pytest.mark.capability("SA-01")
def test_acceptance_is_due_three_working_days_after_the_application() -> None:
    assert reading("acceptance", course(("apply", day(6, 6)))).due_on == day(6, 12)  # 7, 11, 12; the 10th is 端午


def test_the_limit_names_its_unit() -> None:
    assert reading("acceptance", course(("apply", day(6, 6)))).limit_label == "3个工作日"


def test_a_clock_of_calendar_days_counts_the_holidays() -> None:
    actions = course(("apply", day(9, 1)), ("accept", day(9, 2)), ("post_notice", day(9, 27)))
    assert reading("notice", actions).due_on == day(10, 4)


def test_the_time_for_supplying_papers_is_left_out_and_shown() -> None:
    actions = course(("apply", day(9, 23)), ("request_papers", day(9, 25)), ("supply_papers", day(10, 9)))
    clock = reading("acceptance", actions)
    # One day is left on the 25th; the 26th to the 9th stand still; the 10th is the third day.
    assert (clock.due_on, clock.suspended, clock.suspended_days) == (day(10, 10), False, 6)


def test_nobody_can_say_when_it_is_due_while_papers_are_awaited() -> None:
    clock = reading("acceptance", course(("apply", day(9, 23)), ("request_papers", day(9, 25))))
    assert (clock.due_on, clock.suspended, clock.remaining) == (None, True, 1)


def test_make_up_days_of_may_day_are_counted() -> None:
    actions = course(("apply", day(4, 25)), ("accept", day(4, 26)))
    # Sunday the 28th is worked; then 29, 30.
    assert reading("survey_start", actions).due_on == day(4, 30)


def test_the_may_day_holiday_is_left_out_of_the_whole_case() -> None:
    actions = course(("apply", day(4, 25)), ("accept", day(4, 26)))
    # 28, 29, 30 April; 6-10, 11 (worked), 13-17, 20-24, 27-31 May; 3-7 and 11 June (the 10th is 端午).
    assert reading("whole_case", actions).due_on == day(6, 11)


NATIONAL_DAY = (
    ("apply", day(9, 2)),
    ("accept", day(9, 2)),
    ("start_survey", day(9, 3)),
    ("examine", day(9, 20)),
    ("post_notice", day(9, 26)),
    ("raise_objection", day(9, 29)),
)


@pytest.mark.capability("SA-01")
def test_an_objection_stops_the_notice_and_the_rest_of_it_runs_on_afterwards() -> None:
    actions = course(*NATIONAL_DAY, ("record_visit", day(10, 8)), ("resolve_objection", day(10, 9)))
    clock = reading("notice", actions)
    # 27, 28, 29 September hung; 10, 11, 12, 13 October are the other four.
    assert (clock.due_on, clock.suspended_days, clock.suspended) == (day(10, 13), 10, False)


def test_the_objection_has_a_limit_of_its_own_over_the_national_day_week() -> None:
    # 30 September, 8-11, 12 (worked), 14-17 October.
    assert reading("objection", course(*NATIONAL_DAY)).due_on == day(10, 17)


def test_the_whole_case_stands_still_while_the_notice_hangs_and_the_objection_is_looked_at() -> None:
    actions = course(
        *NATIONAL_DAY,
        ("record_visit", day(10, 8)),
        ("resolve_objection", day(10, 9)),
        ("close_notice", day(10, 14)),
        ("submit", day(10, 14)),
    )
    clock = reading("whole_case", actions)
    # 3-26 September: 3-6, 9-13, 14 (worked), 18-20, 23-26 are 17 days, left 13 from 14 October (a day after the notice's end).
    assert clock.due_on == day(10, 30)


def test_the_whole_case_goes_on_when_the_notice_is_over_even_if_nobody_takes_it_down() -> None:
    hanging = course(("apply", day(7, 1)), ("accept", day(7, 1)), ("examine", day(7, 9)), ("post_notice", day(7, 10)))
    late = course(
        ("apply", day(7, 1)),
        ("accept", day(7, 1)),
        ("examine", day(7, 9)),
        ("post_notice", day(7, 10)),
        ("close_notice", day(7, 31)),
    )
    # 2-10 July are 7 days; the notice ends on the 17th; 23 working days after it.
    assert [reading("whole_case", each).due_on for each in (hanging, late)] == [day(8, 19), day(8, 19)]


def test_a_special_case_has_forty_five_days() -> None:
    actions = course(("apply", day(7, 1)), ("accept", day(7, 1)), ("extend", day(7, 20)))
    assert reading("whole_case", actions).limit == 45


def test_a_second_notice_starts_a_full_term_again() -> None:
    actions = course(
        *NATIONAL_DAY,
        ("uphold_objection", day(10, 9)),
        ("examine", day(10, 14)),
        ("post_notice", day(10, 15)),
    )
    assert (reading("notice", actions).started_on, reading("notice", actions).due_on) == (day(10, 15), day(10, 22))


def test_a_clock_stopped_late_says_by_how_many_days() -> None:
    actions = course(("apply", day(7, 1)), ("accept", day(7, 1)), ("start_survey", day(7, 8)))
    assert reading("survey_start", actions).late_days(on=day(9, 1)) == 2


def test_a_clock_stopped_in_time_is_never_late() -> None:
    actions = course(("apply", day(7, 1)), ("accept", day(7, 1)), ("start_survey", day(7, 4)))
    assert reading("survey_start", actions).late_days(on=day(9, 1)) == 0


def test_a_notice_that_is_over_is_not_late() -> None:
    actions = course(("apply", day(7, 1)), ("accept", day(7, 1)), ("post_notice", day(7, 10)))
    assert reading("notice", actions).late_days(on=day(8, 30)) == 0


def test_the_earliest_end_is_what_presses() -> None:
    clock = pressing(read_clocks(DIBAO_APPLICATION, course(("apply", day(7, 1)), ("accept", day(7, 1)))))
    assert clock is not None
    assert (clock.clock.name, clock.acts_on) == ("survey_start", day(7, 4))


def test_the_notice_asks_for_action_on_the_day_after_its_end() -> None:
    actions = course(("apply", day(7, 1)), ("accept", day(7, 1)), ("start_survey", day(7, 2)), ("examine", day(7, 9)),
                     ("post_notice", day(7, 10)))  # fmt: skip
    clock = pressing(read_clocks(DIBAO_APPLICATION, actions))
    assert clock is not None
    assert (clock.clock.name, clock.acts_on) == ("notice", day(7, 18))


def test_a_year_without_a_calendar_leaves_the_end_unknown_instead_of_stopping_casework() -> None:
    actions = course(("apply", date(2098, 1, 2)))
    assert (reading("acceptance", actions).due_on, reading("acceptance", actions).suspended) == (None, False)
