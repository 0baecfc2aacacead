"""A village with a small benefit, and a way to take a roll through its three hands."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from anmin.ground.payments.actions import approve_roll, check_roll, generate_roll
from anmin.ground.payments.models import Roll
from anmin.ground.policy import book
from tests.conftest import Cast, County
from tests.stipend_stage import STIPEND, Stage, register, stipend_policy

Approve = Callable[..., Roll]


@pytest.fixture
def stage(county: County, settings: Settings, tmp_path: Path) -> Iterator[Stage]:
    register()
    settings.DATA_DIR = tmp_path
    with book.use(stipend_policy()):
        yield Stage(county.liuqiao)


@pytest.fixture
def approved(stage: Stage, cast: Cast) -> Approve:
    """Takes the roll of a month from nothing to approved, on a day of it."""

    def run(month: str, on: date | None = None) -> Roll:
        day = on or date.fromisoformat(f"{month}-03")
        roll = generate_roll(benefit=STIPEND, month=month, actor=cast.cashier, on=day)
        roll = check_roll(roll=roll, actor=cast.second_cashier, on=day)
        return approve_roll(roll=roll, actor=cast.leader, on=day)

    return run
