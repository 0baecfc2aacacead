from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.base import workdays
from anmin.base.errors import BadValue
from anmin.base.workdays import CalendarUnknown, add_workdays, holiday_name, is_known, is_workday, load_notice, workdays_between


def _days(year, *spans):
    """("1-28", "2-4") is every day from the one to the other; ("1-1",) is one day."""
    found = set()
    for span in spans:
        first, last = (date(year, *map(int, text.split("-"))) for text in (span[0], span[-1]))
        found |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return found


# As printed in the notices of the General Office of the State Council for these years.
NOTICES = {
    2024: (
        [("1-1",), ("2-10", "2-17"), ("4-4", "4-6"), ("5-1", "5-5"), ("6-10",), ("9-15", "9-17"), ("10-1", "10-7")],
        [("2-4",), ("2-18",), ("4-7",), ("4-28",), ("5-11",), ("9-14",), ("9-29",), ("10-12",)],
    ),
    2025: (
        [("1-1",), ("1-28", "2-4"), ("4-4", "4-6"), ("5-1", "5-5"), ("5-31", "6-2"), ("10-1", "10-8")],
        [("1-26",), ("2-8",), ("4-27",), ("9-28",), ("10-11",)],
    ),
    2026: (
        [("1-1", "1-3"), ("2-15", "2-23"), ("4-4", "4-6"), ("5-1", "5-5"), ("6-19", "6-21"), ("9-25", "9-27"), ("10-1", "10-7")],
        [("1-4",), ("2-14",), ("2-28",), ("5-9",), ("9-20",), ("10-10",)],
    ),
}

known_days = st.dates(min_value=date(2001, 1, 1), max_value=date(2026, 6, 30))


@pytest.fixture
def notices():
    yield
    workdays.forget_notices()


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_the_year_is_as_the_notice_says(year):
    off, worked = (_days(year, *spans) for spans in NOTICES[year])
    every_day = [date(year, 1, 1) + timedelta(days=n) for n in range(366 if year == 2024 else 365)]
    expected = [day for day in every_day if day in worked or (day.weekday() < 5 and day not in off)]
    assert [day for day in every_day if is_workday(day)] == expected


def test_the_leap_day_was_worked():
    assert is_workday(date(2024, 2, 29)) is True


def test_years_are_known_from_the_first_notice_to_the_last_of_the_package():
    assert [year for year in range(1990, 2027) if is_known(year)] == list(range(2001, 2027))


def test_the_make_up_days_of_a_new_year_may_lie_in_the_old():
    assert [is_workday(date(2006, 12, day)) for day in (29, 30, 31)] == [True, True, True]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 2, 10), "春节"),
        (date(2024, 2, 13), "春节"),
        (date(2024, 2, 16), "调休休息日"),
        (date(2025, 1, 28), "农历除夕"),
        (date(2024, 6, 10), "端午节"),
        (date(2024, 6, 11), None),
        (date(2024, 6, 9), None),
        (date(2024, 2, 4), None),
    ],
)
def test_holiday_name_names_statutory_days_and_exchanged_days_only(day, name):
    assert holiday_name(day) == name


@pytest.mark.parametrize(
    ("event", "count", "last"),
    [
        (date(2024, 6, 3), 1, date(2024, 6, 4)),
        (date(2024, 6, 7), 1, date(2024, 6, 11)),  # a weekend and the Dragon Boat Festival between
        (date(2024, 2, 2), 2, date(2024, 2, 5)),  # Sunday 4 February is worked
        (date(2024, 2, 9), 1, date(2024, 2, 18)),  # the Spring Festival, then a worked Sunday
        (date(2024, 2, 10), 3, date(2024, 2, 20)),  # an event on a holiday
        (date(2024, 12, 31), 1, date(2025, 1, 2)),
        (date(2024, 6, 8), 0, date(2024, 6, 8)),
        (date(2024, 1, 2), 251, date(2025, 1, 2)),
    ],
)
def test_add_workdays_counts_from_the_day_after_the_event(event, count, last):
    assert add_workdays(event, count) == last


@given(known_days, st.integers(min_value=0, max_value=100))
def test_workdays_between_counts_what_add_workdays_added(day, count):
    last = add_workdays(day, count)
    assert (workdays_between(day, last), workdays_between(last, day)) == (count, -count)


@given(known_days, st.integers(min_value=1, max_value=100))
def test_add_workdays_ends_on_a_working_day_found_by_plain_counting(day, count):
    last = add_workdays(day, count)
    counted = [step for n in range((last - day).days) if is_workday(step := day + timedelta(days=n + 1))]
    assert (len(counted), counted[-1]) == (count, last)


def test_add_workdays_does_not_count_backwards():
    with pytest.raises(ValueError, match="forward"):
        add_workdays(date(2024, 6, 3), -1)


@pytest.mark.parametrize(
    ("question", "year"),
    [
        (lambda: is_workday(date(2090, 6, 3)), 2090),
        (lambda: holiday_name(date(2090, 6, 3)), 2090),
        (lambda: add_workdays(date(2090, 6, 3), 1), 2090),
        (lambda: workdays_between(date(2090, 6, 3), date(2090, 6, 4)), 2090),
        (lambda: is_workday(date(2000, 12, 29)), 2000),
    ],
)
def test_a_year_without_a_notice_is_refused_by_name(question, year):
    with pytest.raises(CalendarUnknown) as refusal:
        question()
    assert refusal.value.year == year
    assert refusal.value.message == (
        f"系统中没有{year}年的节假日安排，无法计算工作日。请先载入国务院办公厅关于{year}年部分节假日安排的通知，再重新办理。"
    )


@pytest.mark.usefixtures("notices")
def test_a_clock_that_runs_into_an_unknown_year_is_refused():
    load_notice(2090, days_off={date(2090, 10, 2): "国庆节"}, days_worked=[])
    inside = add_workdays(date(2090, 12, 28), 1)
    with pytest.raises(CalendarUnknown) as refusal:
        add_workdays(date(2090, 12, 28), 2)
    assert (inside, refusal.value.year) == (date(2090, 12, 29), 2091)


@pytest.mark.usefixtures("notices")
def test_a_loaded_notice_makes_its_year_known():
    before = is_known(2090)
    load_notice(2090, days_off={date(2090, 10, 2): "国庆节"}, days_worked=[date(2090, 9, 30)])
    assert (before, is_known(2090)) == (False, True)
    assert [is_workday(date(2090, 9, 30)), is_workday(date(2090, 10, 1)), is_workday(date(2090, 10, 2))] == [True, False, False]
    assert holiday_name(date(2090, 10, 2)) == "国庆节"


@pytest.mark.usefixtures("notices")
def test_a_loaded_notice_reaches_back_into_december():
    load_notice(2090, days_off={date(2090, 10, 2): "国庆节"}, days_worked=[])
    load_notice(2091, days_off={date(2090, 12, 29): "调休", date(2091, 1, 1): "元旦"}, days_worked=[date(2090, 12, 30)])
    assert [is_workday(date(2090, 12, 29)), is_workday(date(2090, 12, 30))] == [False, True]


@pytest.mark.usefixtures("notices")
def test_a_loaded_notice_counts_instead_of_the_packages():
    load_notice(2024, days_off={date(2024, 6, 11): "临时放假"}, days_worked=[])
    assert [is_workday(date(2024, 6, 10)), is_workday(date(2024, 6, 11))] == [True, False]


@pytest.mark.usefixtures("notices")
@pytest.mark.parametrize(
    ("off", "worked", "sentence"),
    [
        ([], [], "2090年节假日安排中没有任何放假日期，请检查载入的通知。"),
        ([date(2091, 1, 1)], [], "2090年节假日安排中出现了其他年份的日期 2091-01-01，请检查载入的通知。"),
        ([date(2090, 1, 1)], [date(2089, 11, 26)], "2090年节假日安排中出现了其他年份的日期 2089-11-26，请检查载入的通知。"),
        ([date(2090, 1, 1)], [date(2090, 1, 1)], "2090年节假日安排中 2090-01-01 既放假又上班，请检查载入的通知。"),
        ([date(2090, 1, 1)], [date(2090, 1, 3)], "2090年节假日安排中的上班日 2090-01-03 不是周末，请检查载入的通知。"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(off, worked, sentence):
    with pytest.raises(BadValue) as refusal:
        load_notice(2090, days_off=dict.fromkeys(off, "元旦"), days_worked=worked)
    assert (refusal.value.message, is_known(2090)) == (sentence, False)
