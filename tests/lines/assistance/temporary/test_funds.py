"""Money handed down to the towns is a ledger of its own; a town gives no more than it has."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import parse_period
from anmin.ground.indicators import queries as figures
from anmin.lines.assistance.temporary import queries
from anmin.lines.assistance.temporary.actions import allocate
from anmin.lines.assistance.temporary.models import Allocation, TownFund
from tests.lines.assistance.temporary.conftest import MONDAY, Trouble

pytestmark = pytest.mark.capability("SA-05")


def test_balance_is_what_was_handed_down_less_what_was_given(trouble: Trouble) -> None:
    trouble.fund(5_000)
    trouble.fund(2_000)
    trouble.open()
    trouble.aid(1_200)
    found = queries.balances(trouble.cast.leader, MONDAY)
    assert [(each.town, each.allocated, each.spent, each.left, each.aids) for each in found] == [
        ("曲塘镇", 700_000, 120_000, 580_000, 1),
        ("白甸镇", 0, 0, 0, 0),
    ]


def test_aid_beyond_the_balance_is_refused(trouble: Trouble) -> None:
    trouble.fund(1_000)
    trouble.open()
    with pytest.raises(Refused, match=r"曲塘镇临时救助资金余额1,000.00元，不足以支付"):
        trouble.aid(1_200)


def test_database_keeps_the_balance_from_falling_below_zero(trouble: Trouble) -> None:
    trouble.fund(1_000)
    with pytest.raises(IntegrityError, match="town_fund_never_below_zero"), transaction.atomic():
        TownFund.objects.update(spent=100_001)


def test_allocation_never_changes(trouble: Trouble) -> None:
    made = trouble.fund(1_000)
    made.amount = 1
    with pytest.raises(IntegrityError, match="allocation_never_changes"), transaction.atomic():
        made.save()


def test_money_goes_to_towns_only(trouble: Trouble) -> None:
    with pytest.raises(BadValue, match="刘桥村不是镇"):
        allocate(
            town=trouble.county.liuqiao, amount=1, document="拨款单", allocated_on=MONDAY, actor=trouble.cast.cashier, on=MONDAY
        )


def test_only_the_cashier_hands_money_down(trouble: Trouble) -> None:
    with pytest.raises(Refused, match="发放经办人"):
        allocate(
            town=trouble.county.qutang, amount=1, document="拨款单", allocated_on=MONDAY, actor=trouble.cast.leader, on=MONDAY
        )
    assert Allocation.objects.count() == 0


def test_figure_is_the_allocation_and_not_what_people_got(trouble: Trouble) -> None:
    trouble.fund(5_000)
    trouble.open()
    trouble.aid(1_200)

    def value(id: str) -> int | None:
        return figures.figure(trouble.cast.leader, id, parse_period("2024H1"), on=date(2024, 7, 1)).value

    ids = ("funds", "given.funds", "given.town.funds", "given.cases")
    assert [value(f"assistance.temporary.{each}") for each in ids] == [500_000, 120_000, 120_000, 1]


def test_town_sees_its_own_ledger_only(trouble: Trouble) -> None:
    trouble.fund(5_000)
    assert queries.allocations(trouble.cast.clerk_next_door).count() == 0
    assert [each.town for each in queries.balances(trouble.cast.clerk_next_door, MONDAY)] == ["白甸镇"]
