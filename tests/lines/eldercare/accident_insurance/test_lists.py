"""The lists of insured elders: who is on which on a day, once, within what the asker may see."""

from datetime import date

import pytest

from anmin.base.periods import Month
from anmin.ground.indicators.declarations import Window
from anmin.lines.eldercare.accident_insurance.queries import roster
from tests.conftest import Cast, County
from tests.single_persons import Village, figure, refused

DAY = date(2024, 3, 1)


@pytest.fixture
def elders(village: Village, county: County) -> dict[str, str]:
    """Names of elders by what they are."""
    poor, fed, ninety, old_and_poor = (village.alone(date(year, 1, 1)) for year in (1960, 1950, 1930, 1929))
    village.alone(date(1950, 1, 1))
    village.alone(date(1975, 1, 1))
    for person in (poor, fed, old_and_poor):
        village.hold("assistance.dibao", person, date(2024, 1, 1), route="household")
    village.area = county.zoufeng
    far = village.alone(date(1920, 1, 1))
    people = {"poor": poor, "fed": fed, "ninety": ninety, "old_and_poor": old_and_poor, "far": far}
    return {what: person.name for what, person in people.items()}


@pytest.mark.capability("EC-15")
@pytest.mark.capability("EC-16")
def test_everybody_is_on_one_list(elders: dict[str, str], cast: Cast) -> None:
    found = {line.name: line.which for line in roster(cast.reviewer, DAY).lines}
    charity = dict.fromkeys((elders["ninety"], elders["old_and_poor"], elders["far"]), "慈善总会九十岁以上老人")
    assert found == {elders["poor"]: "安康关爱", elders["fed"]: "安康关爱", **charity}


@pytest.mark.capability("EC-15")
def test_one_list_has_its_persons_and_its_premium(elders: dict[str, str], cast: Cast) -> None:
    listed = roster(cast.reviewer, DAY, which="ankang")
    assert ({line.name for line in listed.lines}, listed.premium) == ({elders["poor"], elders["fed"]}, 10_000)


@pytest.mark.capability("EC-16")
def test_a_town_sees_its_own(elders: dict[str, str], cast: Cast) -> None:
    assert [line.name for line in roster(cast.clerk_next_door, DAY).lines] == [elders["far"]]


@pytest.mark.capability("EC-15")
def test_the_age_is_that_of_the_day(village: Village, cast: Cast) -> None:
    village.alone(date(1934, 3, 2))
    assert [len(roster(cast.reviewer, day).lines) for day in (DAY, date(2024, 4, 1))] == [0, 1]


def test_a_day_within_a_month_and_an_unknown_list_are_refused(village: Village, cast: Cast) -> None:
    assert refused(lambda: roster(cast.reviewer, date(2024, 3, 15))) == "名单基准日应为某月 1 日，现在是 2024-03-15。"
    said = refused(lambda: roster(cast.reviewer, DAY, which="all"))
    assert said == "没有名为“all”的名单，可选：安康关爱、慈善总会九十岁以上老人。"


@pytest.mark.capability("EC-15")
@pytest.mark.capability("EC-16")
def test_the_figures_count_those_on_the_lists(elders: dict[str, str], village: Village, cast: Cast) -> None:
    away = village.alone(date(1920, 1, 1))
    village.fact(away, "hukou.local", 0)
    window = Window.of(Month(2024, 2))
    counted = [figure(f"eldercare.{each}_insurance.persons", window) for each in ("ankang", "charity")]
    listed = roster(cast.reviewer, DAY)
    assert (
        counted
        == [sum(line.which == which for line in listed.lines) for which in ("安康关爱", "慈善总会九十岁以上老人")]
        == [2, 3]
    )
