"""What the components make of the values they are given."""

from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from anmin.web.gallery import gallery
from anmin.web.templatetags import anmin as components


def rendered(source: str, **values: object) -> str:
    return Template("{% load anmin %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("fen", "text"),
    [(164000, "1,640.00"), (5, "0.05"), (0, "0.00"), (-82000, "−820.00"), (-5, "−0.05"), (None, "—")],
)
def test_money_is_written_in_yuan(fen: int | None, text: str) -> None:
    assert components.money_text(fen) == text


@pytest.mark.parametrize(
    ("fen", "places", "text"),
    [
        (2_468_000_000, 2, "2,468.00"),
        (1_235_000, 2, "1.24"),
        (1_234_999, 2, "1.23"),
        (24_684_999_999, 0, "24,685"),
        (None, 2, "—"),
    ],
)
def test_wan_rounds_half_up(fen: int | None, places: int, text: str) -> None:
    assert components.wan(fen, places) == text


@pytest.mark.parametrize(("value", "text"), [(4667, "4,667"), (0, "0"), (-3, "−3"), (None, "—"), ("约 3", "约 3")])
def test_number_keeps_unknown_apart_from_zero(value: object, text: str) -> None:
    assert components.number(value) == text


def test_chinese_date_has_no_leading_zeros() -> None:
    assert components.chinese_date(date(2024, 6, 3)) == "2024年6月3日"


@pytest.mark.parametrize(
    ("left", "state", "tone", "text"),
    [
        (9, "running", "neutral", "还剩 9 个工作日"),
        (2, "running", "warning", "还剩 2 个工作日"),
        (0, "running", "warning", "今天到期"),
        (-3, "running", "danger", "逾期 3 个工作日"),
        (-3, "stopped", "info", "计时中止"),
        (-3, "done", "success", "已办结"),
        (None, "running", "neutral", "不计时"),
    ],
)
def test_clock_says_how_much_time_is_left(left: int | None, state: str, tone: str, text: str) -> None:
    shown = components.clock(working_days_left=left, state=state)
    assert (shown["tone"], shown["text"]) == (tone, text)


@pytest.mark.parametrize(
    ("change", "better", "shown"),
    [
        (6.87, "", ("up", "", "6.87%")),
        (-40, "down", ("down", "good", "40%")),
        (12, "down", ("up", "bad", "12%")),
        (0.04, "up", ("flat", "", "持平")),
    ],
)
def test_stat_card_judges_a_change_only_when_told_what_is_better(change: float, better: str, shown: tuple[str, str, str]) -> None:
    card = components.stat_card("户数", 1, change=change, better=better)
    assert (card["direction"], card["judged"], card["change"]) == shown


def test_sparkline_leaves_out_the_unknown_month() -> None:
    assert components.sparkline([1, None, 3], width=106, height=28)["points"] == "3.0,24.0 103.0,4.0"


def test_text_from_records_is_escaped() -> None:
    assert "<b>" not in rendered("{% badge text %}{% facts rows %}", text="<b>", rows=[("<b>", "<b>")])


class _Form(forms.Form):
    on = forms.DateField(label="日期", help_text="申请当日")


def test_date_field_is_written_as_the_browser_reads_it() -> None:
    html = rendered("{% field form.on %}", form=_Form(initial={"on": date(2024, 6, 3)}))
    assert 'type="date"' in html
    assert 'value="2024-06-03"' in html


def test_field_with_a_fault_points_to_help_and_error() -> None:
    html = rendered("{% field form.on %}", form=_Form({"on": ""}))
    assert 'aria-describedby="id_on_helptext id_on_error"' in html
    assert 'id="id_on_error"' in html
    assert 'id="id_on_helptext"' in html


def test_chart_has_a_table_with_the_same_numbers() -> None:
    data = {"categories": ["1月"], "series": [{"name": "金额", "values": [None]}], "unit": "元"}
    shown = components.chart("line", data, "c", "按月")
    assert (shown["heads"], shown["rows"]) == (["", "金额"], [["1月", "—"]])


def test_page_link_keeps_the_other_parameters() -> None:
    request = RequestFactory().get("/list", {"town": "1", "page": "3"})
    assert components.page_link(Context({"request": request}), "page", 4) == "?town=1&page=4"


def test_gallery_shows_every_component() -> None:
    from django.contrib.messages.storage.cookie import CookieStorage

    request = RequestFactory().get("/gallery", {"faults": "1"})
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # what the middleware would set
    html = gallery(request).content.decode()
    shown = {
        "stat",
        "tag",
        "clock",
        "facts",
        "course",
        "progress-steps",
        "why",
        "chart",
        "field",
        "filters",
        "upload",
    }
    shown |= {"pages", "nothing", "listing", "confirm", "notice"}
    assert {name for name in shown if f'class="{name}' not in html and f" {name}" not in html} == set()
