"""Layers: one person in one place on a day, and where everybody went between two days."""

from datetime import date
from itertools import count

import pytest

from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.layers import NONE, layers, persons_over
from tests.conftest import Cast, County
from tests.small_register import SmallRegister

pytestmark = [pytest.mark.capability("SA-02"), pytest.mark.django_db]

DEEP, SHALLOW = "assistance.deep", "assistance.shallow"
EVE, END = date(2023, 12, 31), date(2024, 6, 30)


@pytest.fixture
def two(county: County) -> tuple[SmallRegister, SmallRegister]:
    numbers = count(1)
    return SmallRegister(numbers=numbers, benefit=DEEP), SmallRegister(numbers=numbers, benefit=SHALLOW)


def test_who_changes_from_one_layer_to_the_other_neither_joined_nor_went(
    two: tuple[SmallRegister, SmallRegister], county: County
) -> None:
    deep, shallow = two
    before = shallow.family(county.liuqiao, 2, until=date(2024, 3, 31))
    people = [each.person for each in before.members.all()]
    deep.family(county.liuqiao, since=date(2024, 4, 1), household=before.household, members=people)
    deep.family(county.zoufeng, 1)
    shallow.family(county.zoufeng, 3, since=date(2024, 5, 1))
    found = layers(SYSTEM, (DEEP, SHALLOW), EVE, END)
    first, second = found.layers
    assert (first.persons_before, first.came, first.joined, first.left, first.persons) == (1, 2, 0, 0, 3)
    assert (second.persons_before, second.came, second.left, second.gone, second.persons) == (2, 3, 2, 0, 3)
    assert (found.moved(SHALLOW, DEEP), found.moved(NONE, SHALLOW), found.persons_before, found.persons) == (2, 3, 3, 6)


def test_before_with_came_less_left_is_now(two: tuple[SmallRegister, SmallRegister], county: County) -> None:
    deep, shallow = two
    deep.family(county.liuqiao, 2, until=date(2024, 1, 31))
    deep.family(county.liuqiao, 1, since=date(2024, 6, 1))
    shallow.family(county.zoufeng, 4)
    for each in layers(SYSTEM, (DEEP, SHALLOW), EVE, END).layers:
        assert each.persons_before + each.came - each.left == each.persons


def test_clerk_counts_the_own_town(two: tuple[SmallRegister, SmallRegister], county: County, cast: Cast) -> None:
    deep, _ = two
    deep.family(county.liuqiao, 2)
    deep.family(county.zoufeng, 1)
    seen = [layers(actor, (DEEP, SHALLOW), EVE, END).persons for actor in (cast.leader, cast.clerk, cast.clerk_next_door)]
    assert seen == [3, 2, 1]


def test_persons_over_days_are_those_covered_on_each(two: tuple[SmallRegister, SmallRegister], county: County) -> None:
    deep, shallow = two
    deep.family(county.liuqiao, 2, until=date(2024, 3, 31))
    shallow.family(county.liuqiao, 1, since=date(2024, 3, 1))
    days = [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]
    assert persons_over(SYSTEM, (DEEP, SHALLOW), days) == {DEEP: [2, 2, 0], SHALLOW: [0, 1, 1]}


def test_family_in_two_layers_is_one_family(two: tuple[SmallRegister, SmallRegister], county: County) -> None:
    deep, shallow = two
    home = deep.family(county.liuqiao, 1).household
    shallow.family(county.liuqiao, 1, household=home)
    shallow.family(county.liuqiao, 1)
    found = layers(SYSTEM, (DEEP, SHALLOW), EVE, END)
    assert ([each.households for each in found.layers], found.households_before, found.households) == ([1, 2], 2, 2)
