"""A chronicle gives for every day what reading that day anew gives, in four questions for all of them."""

from dataclasses import fields
from datetime import date, datetime

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base.clock import instant
from anmin.ground.people.actions import add_member, add_supporter, correct_fact, record_death, record_fact
from anmin.ground.people.chronicle import Chronicle
from anmin.ground.people.columns import PeopleColumns, load
from anmin.ground.people.models import Fact
from tests.conftest import TODAY, Cast
from tests.ground.people.conftest import Family

DAYS = [date(2024, month, 1) for month in range(1, 8)]


@pytest.fixture
def eventful(family: Family, cast: Cast) -> Family:
    """A year in which wages change, one is corrected later, a son joins, a supporter appears, and somebody dies."""
    who = {"actor": cast.clerk, "on": date(2024, 5, 20)}
    wage = {"person": family.zhang, "kind": "income.wage", "source": "申报", **who}
    record_fact(value=100_00, valid_from=date(2023, 1, 1), valid_until=date(2024, 2, 29), **wage)
    later = record_fact(value=200_00, valid_from=date(2024, 3, 1), **wage)
    record_fact(person=family.li, kind="disability.kind", value="hearing", valid_from=date(2024, 4, 1), source="证", **who)
    correct_fact(fact=Fact.objects.get(pk=later.pk), value=250_00, source="核对", actor=cast.clerk, on=date(2024, 6, 20))
    add_member(household=family.home, person=family.son, relation="child", counted=True, valid_from=date(2024, 3, 15), **who)
    add_supporter(
        dependant=family.zhang, obligor=family.wang, duty="maintain_parent", household_income=900_00, household_size=2,
        valid_from=date(2024, 2, 1), **who,
    )  # fmt: skip
    record_death(person=family.li, died_on=date(2024, 5, 2), source="殡仪馆", **who)
    return family


def plain(columns: PeopleColumns) -> dict[str, object]:
    made: dict[str, object] = {}
    for each in fields(columns):
        value = getattr(columns, each.name)
        if isinstance(value, dict):
            made[each.name] = {name: column.tolist() for name, column in value.items()}
        else:
            made[each.name] = value.tolist() if isinstance(value, np.ndarray) else value
    return made


@pytest.mark.parametrize("known_at", [None, instant(date(2024, 6, 3)), instant(TODAY)])
def test_each_day_is_what_reading_it_anew_gives(eventful: Family, known_at: datetime | None) -> None:
    chronicle = Chronicle([eventful.home.pk], first=DAYS[0], last=DAYS[-1], known_at=known_at)
    months = [plain(chronicle.on(day)) for day in DAYS]
    assert months == [plain(load([eventful.home.pk], on=day, known_at=known_at)) for day in DAYS]
    assert len({str(month["facts"]) for month in months}) > 1


def test_a_chronicle_is_four_questions(eventful: Family) -> None:
    with CaptureQueriesContext(connection) as asked:
        chronicle = Chronicle(None, first=DAYS[0], last=DAYS[-1])
        for day in DAYS:
            chronicle.on(day)
    assert len(asked) == 4


def test_a_day_outside_is_refused(family: Family) -> None:
    with pytest.raises(ValueError, match="2024-08-01 is not between"):
        Chronicle([family.home.pk], first=DAYS[0], last=DAYS[-1]).on(date(2024, 8, 1))
