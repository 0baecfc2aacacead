"""The smallest county, planned once and built once; each test looks at it and leaves it as it was.

On SQLite it is the one that `anmin demo build` built for the browser, too; elsewhere it is played in the database of the tests.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

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
def county_built(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Built]:
    scenario = scenario_named("tiny")
    place = Place(tmp_path_factory.mktemp("demo"))
    before, settings.DATA_DIR = settings.DATA_DIR, place.data
    clock.freeze(scenario.business_day)
    plan = build.plan_and_write(scenario, place)
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            standing = _taken_over(Place(request.getfixturevalue("tiny_county") / "demo" / "tiny"), place)
        else:
            standing = _played(scenario, place)
        with standing:
            yield Built(scenario, plan, place)
    settings.DATA_DIR = before
    clock.freeze(None)


@contextmanager
def _taken_over(built: Place, place: Place) -> Iterator[None]:
    """Within, the database of the tests holds what the file of that county does, and its papers lie in the place."""
    shutil.copytree(built.data, place.data, dirs_exist_ok=True)
    connection.ensure_connection()
    tests_own: sqlite3.Connection = connection.connection
    with closing(sqlite3.connect(":memory:")) as empty, closing(sqlite3.connect(built.database)) as full:
        tests_own.backup(empty)
        full.backup(tests_own)
        ContentType.objects.clear_cache()
        yield
        empty.backup(tests_own)
        ContentType.objects.clear_cache()


@contextmanager
def _played(scenario: Scenario, place: Place) -> Iterator[None]:
    """Within, it was played in the database of the tests: in one transaction, as frozen rows cannot be deleted one by one."""
    with transaction.atomic():
        build.play_files(scenario, place, lambda what, done, total: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def built(county_built: Built, db: None) -> Built:
    """The smallest county; what a test changes is undone."""
    return county_built
