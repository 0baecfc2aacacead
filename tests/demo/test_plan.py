"""The plan of a half-year: as many people as the scenario says, all of them invented, nobody twice."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from anmin.base.identity import is_synthetic, normalise_identity_number, sex
from anmin.base.money import format_wan
from anmin.base.workdays import is_workday
from anmin.demo.plan import Plan
from anmin.demo.scenario import Count
from anmin.demo.tuning import expected_total
from anmin.ground.policy.book import policy
from tests.demo.conftest import plan_of, scenario_named


def opening_of(plan: Plan) -> Count:
    """Families and persons on the list of those who are on dibao when the platform starts."""
    first = plan.scenario.period.first_day
    held = [family for family in plan.on_register if family.covered_from is not None and family.covered_from < first]
    return Count(len(held), sum(1 for f in held for p in f.covered(first - timedelta(days=1)) if p.arrives == f.arrives))


@pytest.mark.parametrize("name", ["2024H1", "2023H1", "tiny"])
@pytest.mark.capability("SA-01")
def test_the_register_opens_with_the_households_and_persons_of_the_scenario(name: str) -> None:
    plan = plan_of(scenario_named(name))
    assert opening_of(plan) == plan.scenario.opening


def test_nobody_in_it_can_be_a_living_person(half_year: Plan) -> None:
    people = [person for family in half_year.families for person in family.people()]
    numbers = [person.identity_number for person in people]
    assert all(is_synthetic(number) and normalise_identity_number(number) == number for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert [person for person in people if sex(person.identity_number) != person.sex] == []
    assert {person.phone[:3] for person in people} == {"129"}
    accounts = {person.bank_account for person in people}
    assert len(accounts) == len(people)
    assert {account[:10] for account in accounts} == {"0000320699"}


def test_the_people_are_spread_as_in_a_county(half_year: Plan) -> None:
    first = half_year.scenario.period.first_day
    families = half_year.on_register
    persons = [person for family in families for person in family.covered(first)]
    towns = Counter(family.village.town for family in families)
    assert len(towns) == 14
    assert max(towns.values()) > 3 * min(towns.values())
    old = sum(1 for person in persons if person.age(first) >= 60)
    disabled = sum(1 for person in persons if any(known.kind == "disability.grade" for known in person.known))
    assert 0.45 < old / len(persons) < 0.75
    assert 0.15 < disabled / len(persons) < 0.45
    assert 100 < sum(1 for family in families if family.single) < 260


@pytest.mark.capability("SA-01")
def test_the_rules_pay_out_the_total_of_the_report(half_year: Plan) -> None:
    total = expected_total(half_year, policy())
    assert format_wan(total, 0) == "2468"


def test_staff_act_on_working_days_in_the_order_of_time(half_year: Plan) -> None:
    days = [event.on for event in half_year.events]
    assert days == sorted(days)
    assert [day for day in set(days) if not is_workday(day)] == []
    assert max(days) <= half_year.scenario.business_day


def test_another_seed_gives_other_people() -> None:
    tiny = scenario_named("tiny")
    other = plan_of(replace(tiny, seed=tiny.seed + 1))
    assert [family.head.name for family in plan_of(tiny).families] != [family.head.name for family in other.families]
