"""Those who hold other benefits in the smallest county: as many as the scenario says, nobody twice, all invented."""

from collections import Counter

import pytest

from anmin.base.identity import is_synthetic
from tests.demo.conftest import Built


def test_nobody_has_a_number_or_an_account_of_somebody_else(built: Built) -> None:
    families = [*built.plan.families, *built.plan.holders.families]
    people = [person for family in families for person in family.people()]
    assert all(is_synthetic(person.identity_number) for person in people)
    for field in ("identity_number", "bank_account"):
        assert [value for value, times in Counter(getattr(p, field) for p in people).items() if times > 1] == []


@pytest.mark.parametrize(
    ("benefit", "persons"),
    [
        ("assistance.tekun", 22),
        ("children.stipend", 8),
        ("eldercare.allowance", 74),
        ("assistance.margin", 5),
        ("assistance.hardship", 2),
    ],
)
def test_as_many_hold_a_benefit_at_the_end_as_the_scenario_says(built: Built, benefit: str, persons: int) -> None:
    last = built.scenario.period.last_day
    held = [each for each in built.plan.holders.of(benefit) if each.since <= last and (each.until is None or each.until >= last)]
    assert len(held) == persons


def test_whoever_died_loses_what_they_held_with_the_month(built: Built) -> None:
    mortal = [each for each in built.plan.holders.holdings if each.person.died_on is not None]
    assert mortal
    assert [each.benefit for each in mortal if each.until is None or each.ended_on is None] == []
