"""Those who hold other benefits in the smallest county: as many as the scenario says, nobody twice, all invented."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from anmin.base.identity import is_synthetic
from anmin.demo.holders.making import hold_others
from anmin.demo.holders.targets import Targets
from anmin.demo.plan import Plan
from anmin.demo.villages import read_villages
from anmin.ground.policy.book import policy
from tests.demo.conftest import Built, plan_of, scenario_named


@pytest.fixture(scope="module")
def of_layers() -> Plan:
    """The half-year of the report, with those who stand in a layer of the low-income population, and nobody else."""
    scenario = scenario_named("2024H1")
    layers = Targets(tekun=scenario.others.tekun, margin=scenario.others.margin, hardship=scenario.others.hardship)
    plan = plan_of(replace(scenario, others=layers))
    hold_others(plan, read_villages(Path(settings.COUNTY_DIR) / "areas.csv")[1], policy())
    return plan


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


def test_an_orphan_passes_between_tekun_and_the_stipend_without_a_gap(built: Built) -> None:
    families = [family for family in built.plan.holders.families if family.kind == "orphan"]
    passed = []
    for family in families:
        first, second = sorted(
            (each for each in built.plan.holders.holdings if each.family is family), key=lambda each: each.since
        )
        assert first.until is not None
        assert second.since - first.until == timedelta(days=1)
        passed.append((first.benefit, second.benefit))
    assert sorted(passed) == [("assistance.tekun", "children.stipend"), ("children.stipend", "assistance.tekun")]


def test_whoever_leaves_dibao_for_another_class_stands_in_it_the_month_after(of_layers: Plan) -> None:
    reasons = {each.household: str(each.answers["end_reason"]) for each in of_layers.events if "end_reason" in each.answers}
    passed = {
        (reasons[each.family.number], each.benefit)
        for each in of_layers.holders.holdings
        if each.granted_on is not None and each.family.covered_until == each.since - timedelta(days=1)
    }
    assert passed == {("to_tekun", "assistance.tekun"), ("to_other", "assistance.margin")}


def test_families_pass_from_the_margin_to_dibao_and_to_hardship(of_layers: Plan) -> None:
    held = of_layers.holders
    left = [each for each in held.of("assistance.margin") if each.end_reason == "转其他救助"]
    onto_dibao = [each for each in left if each.until is not None and each.family.covered_from == each.until + timedelta(days=1)]
    hardship = {id(each.family) for each in held.of("assistance.hardship")}
    assert len(onto_dibao) == 3
    assert len([each for each in left if id(each.family) in hardship]) == 1
    assert len(left) == 4
