"""Who lives with whom, since when, and who counts; and who owes support from elsewhere."""

from datetime import date
from typing import Any

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.people.actions import (
    add_member,
    add_supporter,
    end_membership,
    end_supporter,
    open_household,
    record_death,
)
from anmin.ground.people.models import Household, HouseholdMember, Supporter
from tests.conftest import TODAY, Cast, County
from tests.ground.people.conftest import OPENED, Family


def join(family: Family, cast: Cast, **given: Any) -> HouseholdMember:
    kept = {
        "household": family.home,
        "person": family.son,
        "relation": "child",
        "valid_from": date(2024, 1, 1),
        "actor": cast.clerk,
        "on": TODAY,
        **given,
    }
    return add_member(**kept)


def test_open_household_makes_the_head_its_first_member(family: Family) -> None:
    member = HouseholdMember.objects.get(person=family.zhang)

    assert (member.household, member.relation, member.counted, member.valid_from) == (family.home, "head", True, OPENED)


def test_open_household_numbers_those_without_a_number(family: Family, cast: Cast, county: County) -> None:
    opened = [
        open_household(head=head, area=county.liuqiao, hukou_kind="rural", opened_on=TODAY, actor=cast.reviewer, on=TODAY).number
        for head in (family.son, family.wang)
    ]

    assert opened == ["H10101-00001", "H10101-00002"]


def test_open_household_numbers_on_past_one_typed_by_hand(family: Family, cast: Cast, county: County) -> None:
    for head, number in ((family.son, "H10101-新1"), (family.wang, "")):
        opened = open_household(
            head=head, area=county.liuqiao, hukou_kind="rural", opened_on=TODAY, number=number, actor=cast.reviewer, on=TODAY
        )

    assert opened.number == "H10101-00001"


def test_nobody_of_another_town_is_brought_into_a_household_by_a_clerk(family: Family, cast: Cast, county: County) -> None:
    told = "^该人员由其他镇（街道）登记，请由科室办理入户，或先由其所在镇（街道）办理迁移。$"
    with pytest.raises(Refused, match=told):
        open_household(head=family.wang, area=county.liuqiao, hukou_kind="rural", opened_on=TODAY, actor=cast.clerk, on=TODAY)
    with pytest.raises(Refused, match=told):
        add_member(household=family.home, person=family.wang, relation="other", valid_from=TODAY, actor=cast.clerk, on=TODAY)
    add_member(household=family.home, person=family.wang, relation="other", valid_from=TODAY, actor=cast.reviewer, on=TODAY)
    assert family.home.members.filter(person=family.wang).exists()


def test_open_household_refuses_a_number_in_use(family: Family, cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match=r"^户编号“LQ001”已经使用。$"):
        open_household(
            head=family.son,
            area=county.liuqiao,
            hukou_kind="rural",
            opened_on=TODAY,
            number="LQ001",
            actor=cast.clerk,
            on=TODAY,
        )


def test_open_household_refuses_a_head_counted_elsewhere_and_writes_nothing(family: Family, cast: Cast, county: County) -> None:
    with pytest.raises(BadValue, match=r"^李秀英 2020-01-01 起 已在户 LQ001 计入共同生活成员，请先在该户结束。$"):
        open_household(head=family.li, area=county.liuqiao, hukou_kind="rural", opened_on=TODAY, actor=cast.clerk, on=TODAY)

    assert Household.objects.count() == 1


def test_add_member_counts_or_not_and_why(family: Family, cast: Cast) -> None:
    member = join(family, cast, counted=False, absence="conscript")

    assert (member.counted, member.absence) == (False, "conscript")


def test_add_member_of_somebody_there_changes_from_that_day(family: Family, cast: Cast) -> None:
    join(family, cast, counted=False, absence="conscript")
    join(family, cast, valid_from=date(2024, 5, 1))

    assert list(
        HouseholdMember.objects.filter(person=family.son, superseded_at=None)
        .order_by("valid_from")
        .values_list("valid_from", "valid_until", "counted")
    ) == [(date(2024, 1, 1), date(2024, 4, 30), False), (date(2024, 5, 1), None, True)]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"counted": False}, "^不计入共同生活的成员须填写不计入原因。$"),
        ({"absence": "prison"}, "^已计入共同生活的成员不应填写不计入原因。$"),
        ({"valid_until": date(2023, 1, 1)}, "^截止日期 2023-01-01 早于起始日期 2024-01-01，请检查后重新填写。$"),
    ],
)
def test_add_member_refuses(family: Family, cast: Cast, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        join(family, cast, **given)


def test_add_member_refuses_the_dead(family: Family, cast: Cast) -> None:
    record_death(person=family.son, died_on=date(2023, 5, 1), source="殡仪馆", actor=cast.clerk, on=TODAY)
    family.son.refresh_from_db()

    with pytest.raises(BadValue, match=r"^张小军 已于 2023-05-01 死亡，不能自 2024-01-01 起加入家庭。$"):
        join(family, cast)


def test_add_member_takes_somebody_not_counted_who_counts_elsewhere(family: Family, cast: Cast, county: County) -> None:
    open_household(
        head=family.son,
        area=county.liuqiao,
        hukou_kind="rural",
        opened_on=date(2023, 1, 1),
        actor=cast.clerk,
        on=TODAY,
    )

    assert join(family, cast, counted=False, absence="independent").household == family.home


def test_add_member_refuses_a_clerk_next_door(family: Family, cast: Cast) -> None:
    with pytest.raises(Refused, match=r"^只有家庭所在地的经办人或科室人员可以变更家庭成员。$"):
        join(family, cast, actor=cast.clerk_next_door)


def test_end_membership_keeps_the_last_day(family: Family, cast: Cast) -> None:
    ended = end_membership(member=join(family, cast), valid_until=date(2024, 6, 30), actor=cast.clerk, on=TODAY)

    assert (ended.valid_from, ended.valid_until, ended.superseded_at) == (date(2024, 1, 1), date(2024, 6, 30), None)


def test_end_membership_frees_the_person_for_another_household(family: Family, cast: Cast, county: County) -> None:
    end_membership(member=join(family, cast), valid_until=date(2024, 6, 30), actor=cast.clerk, on=TODAY)
    home = open_household(
        head=family.son,
        area=county.liuqiao,
        hukou_kind="rural",
        opened_on=date(2024, 7, 1),
        actor=cast.clerk,
        on=TODAY,
    )

    assert home.head == family.son


def test_end_membership_refuses_an_end_before_the_beginning(family: Family, cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"^截止日期 2023-12-31 早于起始日期 2024-01-01"):
        end_membership(member=join(family, cast), valid_until=date(2023, 12, 31), actor=cast.clerk, on=TODAY)


def owe(family: Family, cast: Cast, **given: Any) -> Supporter:
    kept = {
        "dependant": family.zhang,
        "obligor": family.son,
        "duty": "maintain_parent",
        "household_income": 600_000,
        "household_size": 3,
        "valid_from": date(2024, 1, 1),
        "actor": cast.clerk,
        "on": TODAY,
        **given,
    }
    return add_supporter(**kept)


def test_add_supporter_keeps_what_is_known_and_unknown(family: Family, cast: Cast) -> None:
    row = owe(family, cast)

    assert (row.household_income, row.court_amount, row.actual_amount, row.dependants) == (600_000, None, None, 1)


def test_add_supporter_of_a_change_ends_the_old(family: Family, cast: Cast) -> None:
    owe(family, cast)
    owe(family, cast, household_income=700_000, valid_from=date(2024, 4, 1))

    assert list(
        Supporter.objects.filter(superseded_at=None).order_by("valid_from").values_list("household_income", "valid_until")
    ) == [(600_000, date(2024, 3, 31)), (700_000, None)]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"household_income": -1}, "^义务人家庭月收入不能为负数。$"),
        ({"household_size": 0}, "^义务人家庭人数至少为 1；不清楚的请留空。$"),
        ({"dependants": 0}, "^被赡养、抚养、扶养人数至少为 1。$"),
        ({"valid_until": date(2023, 1, 1)}, "^截止日期 2023-01-01 早于起始日期 2024-01-01"),
    ],
)
def test_add_supporter_refuses(family: Family, cast: Cast, given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        owe(family, cast, **given)


def test_add_supporter_refuses_the_person_themself(family: Family, cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"^义务人不能是被赡养、抚养、扶养人自己。$"):
        owe(family, cast, obligor=family.zhang)


def test_end_supporter_keeps_the_last_day(family: Family, cast: Cast) -> None:
    ended = end_supporter(supporter=owe(family, cast), valid_until=date(2024, 5, 31), actor=cast.clerk, on=TODAY)

    assert (ended.valid_until, ended.superseded_at) == (date(2024, 5, 31), None)
