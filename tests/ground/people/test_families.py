"""Families as the counter finds them, within what the asker may see."""

from datetime import date

from anmin.ground.people.families import families, homes_of
from tests.conftest import TODAY, Cast, County
from tests.dibao_counter import Counter, person


def test_home_of_a_person_is_found(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    alone = person(county.liuqiao, "周大海", date(1960, 1, 1))
    asked = [counter.members[1].pk, alone.pk]
    assert homes_of(cast.clerk, asked, on=TODAY) == {counter.members[1].pk: counter.home.pk}


def test_family_names_the_head_first(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    assert [each.names for each in families(cast.clerk, [counter.home.pk], on=TODAY)] == [("张桂兰", "张小宝")]


def test_family_next_door_is_not_found(cast: Cast, county: County) -> None:
    counter = Counter(cast, county.liuqiao)
    found = (
        homes_of(cast.clerk_next_door, [counter.members[0].pk], on=TODAY),
        families(cast.clerk_next_door, [counter.home.pk], on=TODAY),
    )
    assert found == ({}, [])
