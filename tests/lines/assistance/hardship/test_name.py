"""The family that the law renamed is called by the name of the day."""

from datetime import date

import pytest

from anmin.lines.assistance.hardship.vocabulary import name_on
from tests.single_persons import real_policy


@pytest.mark.capability("SA-04")
@pytest.mark.parametrize(("on", "name"), [(date(2024, 10, 23), "支出型困难家庭"), (date(2024, 10, 24), "刚性支出困难家庭")])
def test_the_name_changes_with_the_day_of_the_law(on: date, name: str) -> None:
    with real_policy():
        assert name_on(on) == name
