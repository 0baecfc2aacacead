"""Families of the fixed cast's village, entered through the actions."""

from dataclasses import dataclass
from datetime import date

import pytest

from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.areas.models import Area
from anmin.ground.people.actions import add_member, open_household, record_fact, register_person
from anmin.ground.people.models import Household, Person
from tests.conftest import TODAY, Cast, County

OPENED = date(2020, 1, 1)
ZHANG = make_identity_number(SYNTHETIC_REGION, date(1955, 3, 12), 1)
LI = make_identity_number(SYNTHETIC_REGION, date(1957, 8, 6), 2)
SON = make_identity_number(SYNTHETIC_REGION, date(1985, 5, 4), 1)


@dataclass(frozen=True)
class Family:
    """张建国 and 李秀英 of 刘桥村, with a wage of his; their son 张小军 lives apart."""

    zhang: Person
    li: Person
    son: Person
    home: Household


def register(cast: Cast, area: Area, name: str, number: str) -> Person:
    return register_person(name=name, identity_number=number, hukou_kind="rural", area=area, actor=cast.reviewer, on=TODAY)


def someone(cast: Cast, area: Area, place: int) -> Person:
    """One more person; `place` keeps the numbers apart."""
    number = make_identity_number(SYNTHETIC_REGION, date(1970, 1, 1), place)
    return register(cast, area, f"周{'一二三四五六七八九'[place]}", number)


@pytest.fixture
def family(cast: Cast, county: County) -> Family:
    zhang, li, son = (
        register(cast, county.liuqiao, name, number) for name, number in (("张建国", ZHANG), ("李秀英", LI), ("张小军", SON))
    )
    home = open_household(
        head=zhang, area=county.liuqiao, hukou_kind="rural", opened_on=OPENED, number="LQ001", actor=cast.clerk, on=TODAY
    )
    add_member(household=home, person=li, relation="spouse", valid_from=OPENED, actor=cast.clerk, on=TODAY)
    record_fact(
        person=zhang,
        kind="income.wage",
        value=120_000,
        valid_from=date(2024, 1, 1),
        source="本人申报",
        actor=cast.clerk,
        on=TODAY,
    )
    return Family(zhang, li, son, home)
