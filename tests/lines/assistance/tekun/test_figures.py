"""Tekun on the rolls and in the figures: town and country, their standards, the sum of the layers."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from anmin.base.periods import HalfYear
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.actions import end_entitlement
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.indicators.declarations import INDICATORS, Window
from tests.conftest import Cast, County
from tests.single_persons import Village, approved, figure, lines, real_policy

NOTHING = {"income__wage": 0, "income__business": 0, "income__property": 0, "income__pension": 0, "assets__financial": 0}
HALF = Window.of(HalfYear(2024, 1))


@pytest.fixture
def village(county: County) -> Iterator[Village]:
    with real_policy():
        yield Village(county.liuqiao)


def supported(village: Village, since: date = date(2023, 12, 1), *, hukou: str = "rural", **facts: Any) -> Entitlement:
    person = village.person(date(1950, 1, 1), hukou=hukou, **{**NOTHING, "obligor__none": 1, "care__items_lost": 0, **facts})
    village.home(person)
    return village.hold("assistance.tekun", person, since, route="at_home")


@pytest.mark.capability("SA-02")
def test_the_roll_pays_the_basic_sum_and_the_care(village: Village, cast: Cast) -> None:
    supported(village, date(2024, 3, 1))
    assert lines(approved(cast, "assistance.tekun", "2024-03", date(2024, 3, 5))) == [("2024-03", "regular", 115_200)]


@pytest.mark.capability("SA-02")
def test_town_and_country_are_counted_by_the_standard_that_applies(village: Village) -> None:
    supported(village, hukou="urban")
    supported(village, hukou="urban", land__contracted=1)
    supported(village)
    counted = [figure(f"assistance.tekun.{each}persons", HALF) for each in ("", "urban.", "rural.")]
    assert counted == [3, 1, 2]


@pytest.mark.capability("SA-02")
def test_the_standards_of_the_day_are_figures(village: Village) -> None:
    said = [INDICATORS[f"assistance.tekun.{each}.standard"].stated for each in ("urban", "rural")]
    assert [each(HALF).value for each in said if each is not None] == [190_000, 107_000]  # type: ignore[union-attr]  # on file


@pytest.mark.capability("SA-11")
def test_admissions_and_removals_of_the_low_income_population_are_the_sum_of_their_parts(village: Village) -> None:
    supported(village)
    came = supported(village, date(2024, 2, 1))
    margin = village.alone(date(1960, 1, 1))
    village.hold("assistance.margin", margin, date(2024, 3, 1))
    gone = supported(village)
    end_entitlement(entitlement=gone, valid_until=date(2024, 4, 30), reason="died", actor=SYSTEM, on=date(2024, 4, 12))
    assert came.valid_until is None
    parts = [figure(f"assistance.intake.{each}.persons", HALF) for each in ("tekun", "dibao", "margin", "hardship")]
    assert parts == [1, 0, 1, 0]
    assert figure("assistance.intake.persons", HALF) == 2
    assert figure("assistance.removal.persons", HALF) == figure("assistance.removal.tekun.persons", HALF) == 1
    assert (figure("assistance.low_income.persons", HALF), figure("assistance.intake.households", HALF)) == (3, 2)


@pytest.mark.capability("SA-11")
@pytest.mark.parametrize("benefit", ["assistance.tekun", "assistance.margin"])
def test_a_stock_is_opening_plus_entries_less_exits(village: Village, benefit: str) -> None:
    village.hold(benefit, village.alone(date(1950, 1, 1)), date(2023, 12, 1))
    village.hold(benefit, village.alone(date(1951, 1, 1)), date(2024, 2, 1))
    before = figure(f"{benefit}.persons", Window.of(HalfYear(2023, 2)))
    came = figure(f"assistance.intake.{benefit.rpartition('.')[2]}.persons", HALF)
    assert (before, came, figure(f"{benefit}.persons", HALF)) == (1, 1, 2)
