"""A recognition is looked at again by the end of its term: kept for another, or ended."""

from collections.abc import Iterator
from datetime import date

import pytest

from anmin.ground.cases.actions import open_case, take_step
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.models import Entitlement
from tests.conftest import Cast, County
from tests.single_persons import Village, real_policy

DAY = date(2024, 6, 3)


@pytest.fixture
def village(county: County) -> Iterator[Village]:
    with real_policy():
        yield Village(county.liuqiao)


def opened(village: Village, cast: Cast, benefit: str) -> Case:
    held = village.hold(benefit, village.alone(date(1960, 1, 1)), date(2023, 7, 1))
    return open_case(
        kind=f"{benefit}.review",
        household=held.household,
        applicant=held.holder,
        entitlement=held,
        data={"reason": "年度复核"},
        actor=cast.clerk,
        on=DAY,
    )


@pytest.mark.capability("SA-03")
@pytest.mark.parametrize("benefit", ["assistance.margin", "assistance.hardship"])
def test_a_family_that_is_kept_is_looked_at_again_in_a_year(village: Village, cast: Cast, benefit: str) -> None:
    case = opened(village, cast, benefit)
    case = take_step(case=case, step="keep", data={"explanation": "情况没有变化"}, actor=cast.decision_maker, on=DAY)
    assert case.state == "kept"
    assert Entitlement.objects.get(benefit=benefit).review_due_on == date(2025, 6, 30)


@pytest.mark.capability("SA-04")
@pytest.mark.parametrize("benefit", ["assistance.margin", "assistance.hardship"])
def test_a_family_that_rose_above_it_leaves_with_the_month(village: Village, cast: Cast, benefit: str) -> None:
    case = opened(village, cast, benefit)
    proposal = {"end_reason": "income", "last_month_day": "2024-06-03", "explanation": "收入增加"}
    case = take_step(case=case, step="propose", data=proposal, actor=cast.clerk, on=DAY)
    case = take_step(case=case, step="tell_family", data={"told_on": "2024-06-03"}, actor=cast.clerk, on=DAY)
    take_step(case=case, step="stop", data={}, actor=cast.decision_maker, on=DAY)
    held = Entitlement.objects.get(benefit=benefit)
    assert (held.valid_until, held.end_reason) == (date(2024, 6, 30), "income")
