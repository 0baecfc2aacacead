"""Stock and flow agree to the household and the person, and a clerk next door sees nothing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anmin.ground.entitlements import queries
from anmin.ground.entitlements.actions import end_entitlement, remove_member
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.entitlements.vocabulary import EndReason, StartReason
from tests.conftest import Cast, County
from tests.stipend_stage import STIPEND, Stage

FIRST, LAST = date(2024, 1, 1), date(2024, 6, 30)


@pytest.mark.capability("SA-01")
def test_movements_count_an_exit_on_the_day_after_the_last_day_held(stage: Stage, cast: Cast) -> None:
    leaves_in_june = stage.family(1, since=date(2023, 1, 1))
    leaves_in_july = stage.family(1, 1, since=date(2023, 1, 1))
    stage.family(1, since=date(2024, 3, 1))
    who = {"actor": cast.decision_maker, "on": date(2024, 5, 20)}
    end_entitlement(entitlement=leaves_in_june, valid_until=date(2024, 5, 31), reason="died", **who)
    end_entitlement(entitlement=leaves_in_july, valid_until=date(2024, 6, 30), reason="income", **who)
    found = queries.movements(cast.reviewer, STIPEND, FIRST, LAST)
    assert found.households == queries.Flow(2, {StartReason.NEW: 1}, {EndReason.DIED: 1}, 2)
    assert found.persons == queries.Flow(3, {StartReason.NEW: 1}, {EndReason.DIED: 1}, 3)


def test_movements_count_a_member_who_leaves_a_running_entitlement(stage: Stage, cast: Cast) -> None:
    held = stage.family(1, 1, since=date(2023, 1, 1))
    leaver = held.members.last()
    assert leaver is not None
    remove_member(
        entitlement=held, person=leaver.person, valid_until=date(2024, 2, 29), reason="left_household",
        actor=cast.decision_maker, on=date(2024, 2, 20),
    )  # fmt: skip
    found = queries.movements(cast.reviewer, STIPEND, FIRST, LAST)
    assert found.persons == queries.Flow(2, {}, {EndReason.LEFT_HOUSEHOLD: 1}, 1)
    assert found.households == queries.Flow(1, {}, {}, 1)


months = st.integers(min_value=0, max_value=17)


def first_of(number: int) -> date:
    return date(2023 + number // 12, number % 12 + 1, 1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spells=st.lists(st.tuples(months, st.none() | months), max_size=8), window=st.tuples(months, months))
def test_opening_plus_entries_less_exits_is_closing(
    stage: Stage, cast: Cast, spells: list[tuple[int, int | None]], window: tuple[int, int]
) -> None:
    EntitlementMember.objects.all().delete()
    Entitlement.objects.all().delete()
    for start, length in spells:
        held = stage.family(1, since=first_of(start))
        if length is not None:
            last_day = date.fromordinal(first_of(start + 1 + length).toordinal() - 1)
            end_entitlement(entitlement=held, valid_until=last_day, reason="other", actor=cast.decision_maker, on=last_day)
    first = first_of(min(window))
    last = date.fromordinal(first_of(max(window) + 1).toordinal() - 1)
    found = queries.movements(cast.reviewer, STIPEND, first, last)
    for flow in (found.households, found.persons):
        assert flow.opening + flow.entered - flow.left == flow.closing


def test_a_clerk_next_door_sees_nothing(stage: Stage, cast: Cast) -> None:
    held = stage.family(1)
    assert list(queries.in_force(cast.clerk, STIPEND, LAST)) == [held]
    for seen in (
        queries.in_force(cast.clerk_next_door, STIPEND, LAST),
        queries.persons_in_force(cast.clerk_next_door, STIPEND, LAST),
        queries.started(cast.clerk_next_door, STIPEND, FIRST, LAST),
        queries.of_household(cast.clerk_next_door, held.household_id),
        queries.of_person(cast.clerk_next_door, held.holder_id),
        queries.members(cast.clerk_next_door, held.pk),
    ):
        assert list(seen) == []
    assert queries.entitlement(cast.clerk_next_door, held.number) is None
    assert queries.entitlement(cast.clerk, held.number) == held


def test_in_force_includes_both_edges_and_the_suspended(stage: Stage, cast: Cast, county: County) -> None:
    held = stage.family(1, since=date(2024, 3, 1))
    end_entitlement(
        entitlement=held, valid_until=date(2024, 4, 30), reason="income", actor=cast.decision_maker, on=date(2024, 4, 20)
    )
    days = [date(2024, 2, 29), date(2024, 3, 1), date(2024, 4, 30), date(2024, 5, 1)]
    assert [queries.in_force(cast.reviewer, STIPEND, day).count() for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize("families", [1, 3])
def test_movements_take_eight_queries_however_many_families(stage: Stage, cast: Cast, families: int) -> None:
    for _ in range(families):
        stage.family(1)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.movements(cast.reviewer, STIPEND, FIRST, LAST)
    assert len(asked) == 8


def test_review_due_lists_the_most_urgent_first(stage: Stage, cast: Cast) -> None:
    early, late, other = stage.family(1), stage.family(1), stage.family(1)
    Entitlement.objects.filter(pk=late.pk).update(review_due_on=date(2024, 7, 20))
    Entitlement.objects.filter(pk=early.pk).update(review_due_on=date(2024, 7, 2))
    Entitlement.objects.filter(pk=other.pk).update(review_due_on=date(2025, 7, 2))
    assert list(queries.review_due(cast.clerk, STIPEND, date(2024, 7, 31))) == [early, late]
