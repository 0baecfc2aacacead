from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear, Month, Quarter, Span, Year, parse_period

KINDS = [Month, Quarter, HalfYear, Year]
days = st.dates(min_value=date(1960, 1, 1), max_value=date(2150, 12, 31))
kinds = st.sampled_from(KINDS)
steps = st.integers(min_value=-10, max_value=10)


@pytest.mark.parametrize(
    ("code", "period", "first", "last", "label", "previous_year"),
    [
        ("2024-06", Month(2024, 6), date(2024, 6, 1), date(2024, 6, 30), "2024年6月", "2023-06"),
        ("2024-02", Month(2024, 2), date(2024, 2, 1), date(2024, 2, 29), "2024年2月", "2023-02"),
        ("2023-02", Month(2023, 2), date(2023, 2, 1), date(2023, 2, 28), "2023年2月", "2022-02"),
        ("2024Q2", Quarter(2024, 2), date(2024, 4, 1), date(2024, 6, 30), "2024年第二季度", "2023Q2"),
        ("2024H1", HalfYear(2024, 1), date(2024, 1, 1), date(2024, 6, 30), "2024年上半年", "2023H1"),
        ("2024H2", HalfYear(2024, 2), date(2024, 7, 1), date(2024, 12, 31), "2024年下半年", "2023H2"),
        ("2024", Year(2024), date(2024, 1, 1), date(2024, 12, 31), "2024年", "2023"),
    ],
)
def test_a_period_knows_its_days_its_label_and_the_year_before(code, period, first, last, label, previous_year):
    assert (
        parse_period(code),
        period.first_day,
        period.last_day,
        period.span,
        period.label,
        str(period.previous_year()),
    ) == (period, first, last, Span(first, last), label, previous_year)


def test_a_half_year_has_six_months_in_order():
    assert [str(month) for month in HalfYear(2024, 1).months] == [f"2024-0{n}" for n in range(1, 7)]


@given(kinds, days)
def test_a_period_holds_the_day_it_was_made_from_and_its_code_is_read_back(kind, day):
    period = kind.from_date(day)
    assert (day in period, parse_period(str(period)), kind.parse(str(period))) == (True, period, period)


@given(kinds, days, steps)
def test_adding_and_taking_away_are_inverse(kind, day, count):
    period = kind.from_date(day)
    assert ((period + count) - count, (period + count) - period) == (period, count)


@given(kinds, days)
def test_periods_of_a_kind_leave_no_day_between_them(kind, day):
    period = kind.from_date(day)
    assert period.next().first_day - period.last_day == timedelta(days=1)
    assert period.next().previous() == period


@given(kinds, days)
def test_the_months_of_a_period_cover_it_exactly(kind, day):
    period = kind.from_date(day)
    months = period.months
    assert (months[0].first_day, months[-1].last_day, len(months)) == (period.first_day, period.last_day, kind.MONTHS)


@given(kinds, days, steps)
def test_the_order_of_periods_is_the_order_of_their_days(kind, day, count):
    period, other = kind.from_date(day), kind.from_date(day) + count
    assert (period < other) == (period.first_day < other.first_day)


def test_range_includes_both_ends_and_is_empty_backwards():
    assert [str(month) for month in Month.range(Month(2023, 11), Month(2024, 2))] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert list(Month.range(Month(2024, 2), Month(2024, 1))) == []


def test_a_day_outside_is_not_in_the_period():
    assert [day in HalfYear(2024, 1) for day in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1))] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("text", [" ２０２４Ｈ１ ", "2024h1"])
def test_parse_period_reads_full_width_and_lower_case(text):
    assert parse_period(text) == HalfYear(2024, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("去年", "期间“去年”无法识别，请写成 2024-06（月）、2024Q2（季度）、2024H1（半年）或 2024（年）。"),
        ("2024-6", "期间“2024-6”无法识别，请写成 2024-06（月）、2024Q2（季度）、2024H1（半年）或 2024（年）。"),
        ("", "期间“”无法识别，请写成 2024-06（月）、2024Q2（季度）、2024H1（半年）或 2024（年）。"),
        ("2024-13", "月份应为 1 至 12，现在是 13。"),
        ("2024-00", "月份应为 1 至 12，现在是 0。"),
        ("2024Q5", "季度应为 1 至 4，现在是 5。"),
        ("2024H3", "半年应为 1（上半年）或 2（下半年），现在是 3。"),
        ("0024", "年份 24 不在 1949 至 2200 之间，请检查后重新填写。"),
    ],
)
def test_parse_period_refuses_nonsense_with_a_sentence(text, sentence):
    with pytest.raises(BadValue) as refusal:
        parse_period(text)
    assert refusal.value.message == sentence


def test_a_month_is_not_read_where_a_half_year_is_wanted():
    with pytest.raises(BadValue) as refusal:
        HalfYear.parse("2024-06")
    assert refusal.value.message == "“2024-06”不是半年，请写成 2024H1 的样子。"


def test_periods_of_two_kinds_do_not_compare():
    with pytest.raises(TypeError):
        assert Month(2024, 1) < Quarter(2024, 1)
    with pytest.raises(TypeError):
        Month(2024, 1) - Quarter(2024, 1)


def test_a_span_includes_its_last_day_and_lasts_without_one():
    june = Span(date(2024, 6, 1), date(2024, 6, 30))
    assert [day in june for day in (date(2024, 5, 31), date(2024, 6, 1), date(2024, 6, 30), date(2024, 7, 1))] == [
        False,
        True,
        True,
        False,
    ]
    assert date(9999, 12, 31) in Span(date(2024, 6, 1))


def test_a_span_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadValue) as refusal:
        Span(date(2024, 6, 2), date(2024, 6, 1))
    assert refusal.value.message == "截止日期 2024-06-01 早于起始日期 2024-06-02，请检查后重新填写。"


ends = st.none() | st.integers(min_value=0, max_value=20)
spans = st.builds(
    lambda start, length: Span(
        date(2024, 2, 20) + timedelta(days=start), None if length is None else date(2024, 2, 20) + timedelta(days=start + length)
    ),
    st.integers(min_value=0, max_value=20),
    ends,
)


@given(spans, spans)
def test_spans_overlap_exactly_when_they_share_a_day(one, other):
    window = [date(2024, 2, 20) + timedelta(days=n) for n in range(45)]
    shared = [day for day in window if day in one and day in other]
    both = one.intersection(other)
    assert (one.overlaps(other), other.overlaps(one)) == (bool(shared), bool(shared))
    assert [day for day in window if both is not None and day in both] == shared


@given(spans, spans)
def test_a_span_covers_another_when_none_of_its_days_is_outside(one, other):
    window = [date(2024, 2, 20) + timedelta(days=n) for n in range(45)]
    assert one.covers(other) == all(day in one for day in window if day in other)
