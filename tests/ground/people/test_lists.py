"""Lists of persons and households, and single records by number: narrowed, and to nobody who may not see them."""

from datetime import date

import pytest

from anmin.ground.people import queries
from anmin.ground.people.actions import add_member, add_supporter, end_membership, record_death, record_fact
from anmin.ground.people.models import HouseholdMember
from tests.conftest import TODAY, Cast
from tests.ground.people.conftest import Family


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["张小军", "张建国", "李秀英", "王老五"]),
        ({"text": "zjg"}, ["张建国"]),
        ({"text": "320699190101010014"}, []),
        ({"town": "1/102/"}, ["王老五"]),
        ({"hukou_kind": "urban"}, []),
        ({"living": True}, ["张小军", "张建国", "王老五"]),
        ({"living": False}, ["李秀英"]),
    ],
)
def test_persons_are_listed_as_asked(family: Family, cast: Cast, asked: dict[str, object], names: list[str]) -> None:
    record_death(person=family.li, died_on=date(2024, 6, 1), source="殡仪馆", actor=cast.clerk, on=TODAY)
    found = queries.listed_persons(cast.leader, **asked)  # type: ignore[arg-type]  # each case names its own
    assert sorted(person.name for person in found) == names


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["LQ001"]),
        ({"text": "lq0"}, ["LQ001"]),
        ({"text": "张建"}, ["LQ001"]),
        ({"text": "zj"}, ["LQ001"]),
        ({"text": "李秀英"}, []),
        ({"town": "1/102/"}, []),
        ({"opened": True}, ["LQ001"]),
        ({"opened": False}, []),
    ],
)
def test_households_are_listed_as_asked(family: Family, cast: Cast, asked: dict[str, object], numbers: list[str]) -> None:
    found = queries.listed_households(cast.leader, TODAY, **asked)  # type: ignore[arg-type]  # each case names its own
    assert [household.number for household in found] == numbers


def test_closed_household_is_listed_among_the_closed(family: Family, cast: Cast) -> None:
    for person in (family.zhang, family.li):
        record_death(person=person, died_on=date(2024, 6, 1), source="殡仪馆", actor=cast.clerk, on=TODAY)
    found = [[each.number for each in queries.listed_households(cast.clerk, TODAY, opened=opened)] for opened in (True, False)]
    assert found == [[], ["LQ001"]]


def test_home_is_the_household_one_counts_in(family: Family, cast: Cast) -> None:
    ids = [family.zhang.pk, family.son.pk]
    found = queries.homes_of(cast.clerk, ids, TODAY)
    assert {person: home.household.number for person, home in found.items()} == {family.zhang.pk: "LQ001"}


def test_sizes_tell_members_and_those_who_count(family: Family, cast: Cast) -> None:
    add_member(
        household=family.home,
        person=family.son,
        relation="child",
        counted=False,
        absence="conscript",
        valid_from=TODAY,
        actor=cast.clerk,
        on=TODAY,
    )
    assert queries.sizes_of(cast.clerk, [family.home.pk], TODAY) == {family.home.pk: (3, 2)}


def test_sizes_leave_out_who_has_left(family: Family, cast: Cast) -> None:
    member = HouseholdMember.objects.get(person=family.li)
    end_membership(member=member, valid_until=date(2024, 6, 30), actor=cast.clerk, on=TODAY)
    assert queries.sizes_of(cast.clerk, [family.home.pk], TODAY) == {family.home.pk: (1, 1)}


def test_nothing_is_told_to_a_clerk_next_door(family: Family, cast: Cast) -> None:
    told = record_fact(
        person=family.zhang, kind="income.wage", value=1, valid_from=TODAY, source="测试", actor=cast.clerk, on=TODAY
    )
    duty = add_supporter(
        dependant=family.zhang, obligor=family.son, duty="maintain_parent", valid_from=TODAY, actor=cast.clerk, on=TODAY
    )
    member = HouseholdMember.objects.get(person=family.li)
    answers = [
        [
            queries.fact(actor, told.pk),
            queries.member(actor, member.pk),
            queries.supporter(actor, duty.pk),
            queries.homes_of(actor, [family.zhang.pk], TODAY).get(family.zhang.pk),
            queries.sizes_of(actor, [family.home.pk], TODAY).get(family.home.pk),
        ]
        for actor in (cast.clerk, cast.clerk_next_door)
    ]
    assert answers == [[told, member, duty, HouseholdMember.objects.get(person=family.zhang), (2, 2)], [None] * 5]
