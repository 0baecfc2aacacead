"""The living allowance month by month: what opens, changes and ends it on the records."""

from datetime import date
from typing import Any

import pytest

from anmin.base.periods import Month
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.people.actions import record_death
from anmin.ground.people.models import Person
from tests.conftest import Cast
from tests.single_persons import Village, approved, due, lines, missing, refused

pytestmark = pytest.mark.capability("CD-02")

BENEFIT = "disability.living"
FIRST = date(2024, 3, 1)


def months(held: Entitlement, *numbers: int) -> list[int]:
    return [due(held, Month(2024, number)) for number in numbers]


def test_dibao_changes_the_way_with_its_first_month(village: Village) -> None:
    person = village.alone(disability__kind="visual", disability__grade=1, income__fixed=0)
    held = village.hold(BENEFIT, person, FIRST)
    village.hold("assistance.dibao", person, date(2024, 6, 1), route="household")
    assert months(held, 5, 6) == [82_000, 28_700]


def test_an_expired_card_pays_nothing_until_it_is_renewed_and_then_all(village: Village, cast: Cast) -> None:
    person = village.alone(income__fixed=0)
    for kind, value in (("disability.kind", "visual"), ("disability.grade", 1)):
        village.fact(person, kind, value, until=date(2024, 4, 30))
    held = village.hold(BENEFIT, person, FIRST)
    assert months(held, 4, 5, 6) == [82_000, 0, 0]
    approved(cast, BENEFIT, "2024-05", date(2024, 5, 6))
    for kind, value in (("disability.kind", "visual"), ("disability.grade", 1)):
        village.fact(person, kind, value, date(2024, 5, 1), recorded_on=date(2024, 6, 20))
    assert lines(approved(cast, BENEFIT, "2024-06", date(2024, 6, 21))) == [
        ("2024-05", "back_pay", 82_000),
        ("2024-06", "regular", 82_000),
    ]


def test_the_month_of_death_is_paid_and_the_next_is_not(village: Village, cast: Cast) -> None:
    person = village.alone(disability__kind="visual", disability__grade=1, income__fixed=0)
    held = village.hold(BENEFIT, person, FIRST)
    record_death(person=person, died_on=date(2024, 5, 20), source="殡仪馆", actor=cast.clerk, on=date(2024, 5, 25))
    assert months(held, 5, 6) == [82_000, 0]


def test_prison_counts_from_the_next_month(village: Village) -> None:
    person = village.alone(disability__kind="visual", disability__grade=1, income__fixed=0)
    village.fact(person, "status.in_prison", 1, date(2024, 5, 10))
    held = village.hold(BENEFIT, person, FIRST)
    assert months(held, 5, 6) == [82_000, 0]


def disabled_child(village: Village) -> Person:
    return village.alone(date(2014, 1, 1), disability__kind="mental", disability__grade=1, income__fixed=0)


def test_an_orphan_is_not_granted_it(village: Village) -> None:
    orphan = disabled_child(village)
    held = village.hold("children.stipend", orphan, FIRST, route="orphan")
    said = refused(lambda: village.hold(BENEFIT, orphan, FIRST))
    assert said.startswith(f"{orphan.name}已享受孤儿（{held.number}），与残疾人生活补贴不得同时享受")


def test_the_category_of_an_orphan_ends_it(village: Village) -> None:
    child = disabled_child(village)
    held = village.hold(BENEFIT, child, FIRST)
    village.hold("children.stipend", child, date(2024, 5, 1), route="severe")
    village.fact(child, "child.category", "orphan", date(2024, 6, 1))
    assert months(held, 4, 5, 6) == [82_000, 82_000, 0]


def test_two_of_one_family_each_get_their_own(village: Village) -> None:
    father = village.person(disability__kind="hearing", disability__grade=3, **_income(200_000))
    son = village.person(date(1998, 1, 1), disability__kind="speech", disability__grade=2, **_income(0))
    village.home(father, son, relations=("head", "child"))
    held = [village.hold(BENEFIT, each, FIRST) for each in (father, son)]
    assert [due(each, Month(2024, 3)) for each in held] == [49_200, 49_200]


def test_the_family_income_that_is_not_known_is_named(village: Village) -> None:
    father = village.person(disability__kind="hearing", disability__grade=3, **_income(200_000))
    son = village.person(date(1998, 1, 1), disability__kind="speech", disability__grade=2)
    village.home(father, son, relations=("head", "child"))
    held = village.hold(BENEFIT, father, FIRST)
    assert due(held, Month(2024, 3)) == 0
    kinds = ("养老金", "工资性收入", "经营净收入", "财产净收入")
    assert sorted(missing(held, Month(2024, 3))) == sorted(f"{son.name}：“{kind}”没有登记或数值有误" for kind in kinds)


def _income(wage: int) -> dict[str, Any]:
    return {"income__wage": wage, "income__business": 0, "income__property": 0, "income__pension": 0}
