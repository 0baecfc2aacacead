"""The smallest county, planned once and built once; each test looks at it and leaves it as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from anmin.base import clock
from anmin.demo import build
from anmin.demo.place import Place
from anmin.demo.plan import Plan, make_plan
from anmin.demo.scenario import Scenario, read_scenario
from anmin.demo.tuning import tune
from anmin.demo.villages import read_villages
from anmin.ground.policy.book import policy


def scenario_named(name: str) -> Scenario:
    return read_scenario(Path(settings.COUNTY_DIR) / "scenarios" / f"{name}.yaml")


def plan_of(scenario: Scenario) -> Plan:
    county, villages = read_villages(Path(settings.COUNTY_DIR) / "areas.csv")
    return make_plan(scenario, county, villages)


@pytest.fixture(scope="session")
def half_year() -> Plan:
    """The half-year of the report, planned and tuned, not built."""
    plan = plan_of(scenario_named("2024H1"))
    tune(plan, policy())
    return plan


@dataclass(frozen=True)
class Built:
    """A county that was built."""

    scenario: Scenario
    plan: Plan
    place: Place


@pytest.fixture(scope="package")
def county_built(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    scenario = scenario_named("tiny")
    place = Place(tmp_path_factory.mktemp("demo"))
    before, settings.DATA_DIR = settings.DATA_DIR, place.data
    clock.freeze(scenario.business_day)
    # One transaction around the folder, undone at its end: frozen rows cannot be deleted one by one.
    with django_db_blocker.unblock(), transaction.atomic():
        plan = build.plan_and_write(scenario, place)
        build.play_files(scenario, place, lambda what, done, total: None)
        yield Built(scenario, plan, place)
        transaction.set_rollback(True)
    settings.DATA_DIR = before
    clock.freeze(None)


@pytest.fixture
def built(county_built: Built, db: None) -> Built:
    """The smallest county; what a test changes is undone."""
    return county_built
