"""What the matrix keeps apart whatever the route is kept apart by the database as well, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.models import NEVER_TOGETHER, EntitlementMember
from anmin.ground.policy.exclusivity import exclusivity
from tests.conftest import County
from tests.ground.entitlements.test_foresight import Village, hold

pytestmark = pytest.mark.capability("SA-03")

JULY_FIRST = date(2024, 7, 1)


def test_the_pairs_of_the_database_are_those_of_the_matrix() -> None:
    pairs = set()
    for each in exclusivity().excluding(JULY_FIRST):
        if each.value == "not_together" and not (each.first.routes or each.second.routes):
            pairs.add(frozenset((each.first.benefit, each.second.benefit)))
    groups = {address: benefit.exclusive or address for address, benefit in BENEFITS.items()}
    in_one_group = {pair for pair in pairs if len({groups[each] for each in pair}) == 1}
    assert len(in_one_group) == 6  # four layers of low income
    assert pairs - in_one_group == {frozenset(pair) for pair in NEVER_TOGETHER.values()}


@pytest.mark.parametrize(("name", "pair"), NEVER_TOGETHER.items())
def test_the_database_refuses_both_of_a_pair_on_one_day(county: County, name: str, pair: tuple[str, str]) -> None:
    village = Village(county.liuqiao)
    held, other = (hold(village.family(each), each, next(iter(BENEFITS[each].routes))) for each in pair)
    share: dict[str, Any] = {"entitlement": other, "person": held.holder, "benefit": pair[1], "start_reason": "new"}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        EntitlementMember.objects.create(**share, valid_from=JULY_FIRST)
    EntitlementMember.objects.filter(entitlement=held).update(valid_until=date(2024, 7, 31))
    EntitlementMember.objects.create(**share, valid_from=date(2024, 8, 1))
    assert EntitlementMember.objects.filter(person=held.holder).count() == 2
