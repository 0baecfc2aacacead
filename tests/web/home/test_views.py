"""The first page: each sees how things stand where they work."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from anmin.ground.indicators.models import PublishedFigure
from tests.conftest import Cast
from tests.small_register import SmallRegister
from tests.web.signed_in import browser_of


def _card(answer: Any, place: int) -> dict[str, Any]:
    card: dict[str, Any] = answer.context["cards"][place]
    return card


@pytest.mark.capability("RP-08")
def test_leader_sees_the_county_and_each_clerk_the_own_town(cast: Cast, three_families: SmallRegister) -> None:
    seen = [_card(browser_of(actor).get("/"), 0)["value"] for actor in (cast.leader, cast.clerk, cast.clerk_next_door)]
    assert seen == [3, 2, 1]


@pytest.mark.capability("RP-01")
def test_what_was_printed_last_year_is_what_it_is_compared_with(cast: Cast, three_families: SmallRegister) -> None:
    PublishedFigure.objects.create(
        period="2023H1",
        figure="assistance.dibao.households",
        value=2,
        document="2023年上半年工作总结",
        published_on=date(2023, 7, 3),
        recorded_on=date(2024, 1, 2),
    )
    card = _card(browser_of(cast.leader).get("/"), 0)
    assert (card["change"], card["change_unit"], card["note"]) == (50.0, "%", "上年数取自已印发的总结")


def test_unknown_money_is_a_dash_and_no_zero(cast: Cast, three_families: SmallRegister) -> None:
    assert _card(browser_of(cast.leader).get("/"), 2)["value"] is None


def test_every_role_opens_the_page_with_few_questions(
    cast: Cast, three_families: SmallRegister, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for actor in (cast.clerk, cast.reviewer, cast.decision_maker, cast.cashier, cast.leader, cast.auditor, cast.administrator):
        browser = browser_of(actor)
        with django_assert_max_num_queries(20):
            assert browser.get("/").status_code == 200


def test_who_keeps_the_accounts_is_led_to_no_records(cast: Cast, three_families: SmallRegister) -> None:
    answer = browser_of(cast.administrator).get("/")
    assert ({card["href"] for card in answer.context["cards"]}, answer.context["map"]) == ({""}, {})
