"""Control totals that balance, histories, and scope: a clerk next door sees nothing, a clerk only the own town."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.actions import end_entitlement
from anmin.ground.payments import queries
from anmin.ground.payments.actions import generate_roll
from anmin.ground.payments.models import Roll
from tests.conftest import Cast, County
from tests.ground.payments.conftest import Approve
from tests.stipend_stage import STIPEND, Stage

MARCH = date(2024, 3, 1)


@pytest.fixture
def two_months(stage: Stage, cast: Cast, county: County, approved: Approve) -> Roll:
    """March: four families. April: one entered, one left, one raised, one lowered, one as before (next door)."""
    leaves, rises, falls = (stage.family(fen, since=MARCH) for fen in (10_000, 20_000, 30_000))
    stage.family(40_000, since=MARCH, area=county.zoufeng)
    approved("2024-03")
    stage.family(5_000, since=date(2024, 4, 1))
    stage.family(None, since=date(2024, 4, 1))
    end_entitlement(
        entitlement=leaves, valid_until=date(2024, 3, 31), reason="income", actor=cast.decision_maker, on=date(2024, 3, 20)
    )
    stage.stipend(rises.holder, 21_000, date(2024, 4, 1), recorded_on=date(2024, 3, 20))
    stage.stipend(falls.holder, 28_000, date(2024, 4, 1), recorded_on=date(2024, 3, 20))
    return generate_roll(benefit=STIPEND, month="2024-04", actor=cast.cashier, on=date(2024, 4, 3))


@pytest.mark.capability("SA-18")
def test_control_totals_lead_from_last_month_to_this_one(two_months: Roll, cast: Cast) -> None:
    totals = queries.control_totals(cast.reviewer, two_months)
    assert totals.before is not None
    assert (totals.before.due, totals.now.due, totals.now.households, totals.now.persons) == (100_000, 94_000, 4, 4)
    assert (totals.entered, totals.left, totals.raised, totals.lowered) == (5_000, 10_000, 1_000, 2_000)
    assert (totals.entered_count, totals.left_count, totals.raised_count, totals.lowered_count) == (1, 1, 1, 1)
    assert (totals.undetermined, totals.balanced) == (1, True)
    assert (totals.now.regular, totals.now.back_pay, totals.now.recovery, totals.now.amount) == (94_000, 0, 0, 94_000)


def test_changes_name_each_family_that_moved(two_months: Roll, cast: Cast) -> None:
    found = queries.changes(cast.reviewer, two_months)
    assert [(change.kind, change.before, change.after) for change in found] == [
        ("left", 10_000, 0),
        ("entered", 0, 5_000),
        ("lowered", 30_000, 28_000),
        ("raised", 20_000, 21_000),
    ]


def test_totals_by_town_add_up_to_the_roll(two_months: Roll, cast: Cast) -> None:
    assert queries.totals_by_town(cast.reviewer, two_months) == [("曲塘镇", 3, 3, 54_000), ("白甸镇", 1, 1, 40_000)]


def test_a_clerk_sees_the_own_town_of_a_roll(two_months: Roll, cast: Cast) -> None:
    assert queries.lines(cast.clerk, two_months).count() == 3
    assert queries.lines(cast.clerk_next_door, two_months).count() == 1
    assert queries.control_totals(cast.clerk_next_door, two_months).now.due == 40_000
    assert [(roll.seen_total, roll.seen_lines) for roll in queries.rolls(cast.clerk_next_door)] == [(40_000, 1), (40_000, 1)]
    assert queries.notices(cast.clerk_next_door, two_months).count() == 0
    assert queries.payments(cast.clerk_next_door).count() == 1
    assert queries.paid_total(cast.clerk_next_door, STIPEND, MARCH, date(2024, 12, 31)) == 0


def test_somebody_without_a_role_sees_nothing(two_months: Roll) -> None:
    nobody = Actor(id=99, name="无")
    assert list(queries.rolls(nobody)) == []
    assert queries.roll(nobody, STIPEND, "2024-04") is None
    assert queries.lines(nobody, two_months).count() == 0
    assert queries.payments(nobody).count() == 0


def test_lines_can_be_narrowed(two_months: Roll, cast: Cast, county: County) -> None:
    assert queries.lines(cast.leader, two_months, town=county.baidian.path).count() == 1
    assert queries.lines(cast.leader, two_months, kind="recovery").count() == 0
    assert queries.lines(cast.leader, two_months, search="SX2024000003").count() == 1


def test_histories_of_a_household_and_of_a_person(two_months: Roll, cast: Cast) -> None:
    payment = queries.payments(cast.leader).first()
    assert payment is not None
    home, holder = payment.entitlement.household_id, payment.entitlement.holder_id
    assert list(queries.household_history(cast.leader, home)) == [payment]
    assert list(queries.person_history(cast.leader, holder)) == [payment]
    assert [line.due for line in queries.lines_of_household(cast.leader, home)] == [10_000]
    assert list(queries.household_history(cast.clerk_next_door, home)) == []
    assert list(queries.person_history(cast.clerk_next_door, holder)) == []


def test_payment_counts_by_state(two_months: Roll, cast: Cast) -> None:
    march = queries.roll(cast.leader, STIPEND, "2024-03")
    assert march is not None
    assert {state.value: found for state, found in queries.payment_counts(cast.leader, march).items()} == {
        "due": (4, 100_000), "sent": (0, 0), "paid": (0, 0), "failed": (0, 0),
    }  # fmt: skip


QUERIES: dict[str, tuple[int, Callable[[Actor, Roll], Any]]] = {
    "rolls": (1, lambda actor, roll: [str(each.generated_by) for each in queries.rolls(actor)]),
    "lines": (1, lambda actor, roll: [each.entitlement.payee.name for each in queries.lines(actor, roll)]),
    "notices": (1, lambda actor, roll: [each.entitlement.holder.name for each in queries.notices(actor, roll)]),
    "control_totals": (6, lambda actor, roll: queries.control_totals(actor, roll)),
    "changes": (5, lambda actor, roll: queries.changes(actor, roll)),
    "totals_by_town": (1, lambda actor, roll: queries.totals_by_town(actor, roll)),
    "payments": (1, lambda actor, roll: [each.payee.name for each in queries.payments(actor)]),
    "held_back": (2, lambda actor, roll: queries.held_back(actor, roll)),
    "payment_counts": (1, lambda actor, roll: queries.payment_counts(actor, roll)),
    "problems": (1, lambda actor, roll: queries.problems(actor, roll)),
}


@pytest.mark.parametrize("name", list(QUERIES))
@pytest.mark.parametrize("families", [1, 3])
def test_queries_do_not_grow_with_the_roll(stage: Stage, cast: Cast, approved: Approve, name: str, families: int) -> None:
    for _ in range(families):
        stage.family(10_000, since=MARCH)
    approved("2024-03")
    roll = approved("2024-04")
    expected, ask = QUERIES[name]
    with CaptureQueriesContext(connection) as asked:
        ask(cast.leader, roll)
    assert len(asked) == expected


def test_totals_of_a_list_are_those_of_its_rows(two_months: Roll, cast: Cast) -> None:
    assert queries.lines_total(cast.reviewer, two_months) == 94_000
    assert queries.lines_total(cast.clerk_next_door, two_months) == 40_000
    assert queries.payments_total(cast.reviewer, month="2024-03") == 100_000
    assert queries.payments_total(cast.clerk, month="2024-03") == 60_000


def test_one_line_payment_or_recovery_is_nothing_out_of_sight(two_months: Roll, cast: Cast) -> None:
    line = queries.lines(cast.clerk, two_months)[0]
    payment = queries.payments(cast.clerk)[0]
    assert queries.line(cast.clerk, line.pk) == line
    assert queries.line(cast.clerk_next_door, line.pk) is None
    assert queries.payment(cast.clerk, payment.pk) == payment
    assert queries.payment(cast.clerk_next_door, payment.pk) is None
    assert list(queries.sendings(cast.clerk, payment.pk)) == []
    assert queries.recovery(cast.clerk, 1) is None


def test_payments_are_found_by_name_and_number(two_months: Roll, cast: Cast) -> None:
    payment = queries.payments(cast.reviewer)[0]
    assert list(queries.payments(cast.reviewer, search=payment.entitlement.number)) == [payment]
    assert list(queries.payments(cast.reviewer, search=payment.payee.name)) == [payment]
