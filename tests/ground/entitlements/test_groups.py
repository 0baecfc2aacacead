"""One decision about many: proposed by one person, judged by the rules, decided by another; and persons who move or die."""

from datetime import date

import numpy as np
import pytest

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.entitlements import group_queries
from anmin.ground.entitlements.actions import Proposed, decide_group, leave_out, propose_group, withdraw_group
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GroupDecision
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, GroupKind, StartReason
from anmin.ground.people.models import Fact, HouseholdMember
from tests.conftest import Cast, County
from tests.elders_stage import BENEFIT, Village, proposed

JUNE = date(2024, 6, 1)


@pytest.fixture
def village(county: County) -> Village:
    return Village(county)


def test_the_rules_say_of_each_on_the_list_what_their_first_month_would_be(cast: Cast, village: Village) -> None:
    eighty, ninety, younger = (village.elder(born) for born in (date(1944, 6, 30), date(1930, 1, 1), date(1950, 1, 1)))
    group = proposed(cast, village, *(village.line(person, JUNE) for person in (eighty, ninety, younger)))
    assert list(group.lines.values_list("person_id", "outcome", "amount")) == [
        (eighty.pk, "eligible", 6_000), (ninety.pk, "eligible", 10_000), (younger.pk, "not_eligible", None),
    ]  # fmt: skip
    tally = group_queries.tally(cast.reviewer, group)
    assert (tally.persons, tally.eligible, tally.not_eligible, tally.amount) == (3, 2, 1, 16_000)


def test_only_those_whom_the_rules_carry_get_it_when_it_is_decided(cast: Cast, village: Village) -> None:
    eighty, younger, left = (village.elder(born) for born in (date(1944, 6, 30), date(1950, 1, 1), date(1940, 1, 1)))
    group = proposed(cast, village, *(village.line(person, JUNE) for person in (eighty, younger, left)))
    leave_out(
        group=group, line=group.lines.get(person=left), reason="已迁往外地居住，待核实", actor=cast.reviewer, on=date(2024, 6, 3)
    )
    decide_group(group=group, actor=cast.decision_maker, on=date(2024, 6, 4))
    held = Entitlement.objects.get(benefit=BENEFIT)
    assert (held.holder, held.valid_from, held.accounted_from, held.start_reason) == (eighty, JUNE, JUNE, StartReason.GROUP)
    assert list(EntitlementMember.objects.values_list("person_id", "valid_from")) == [(eighty.pk, JUNE)]
    assert group.lines.get(person=eighty).entitlement == held


def test_who_proposed_a_list_does_not_decide_it(cast: Cast, village: Village) -> None:
    lines = [village.line(village.elder(date(1944, 6, 30)), JUNE)]
    group = propose_group(
        benefit=BENEFIT, kind=GroupKind.GRANT, title="名单", basis="规定", area=village.county.county, lines=lines,
        actor=cast.reviewer, on=JUNE,
    )  # fmt: skip
    GroupDecision.objects.filter(pk=group.pk).update(proposed_by=cast.decision_maker.id)
    with pytest.raises(Refused, match="提出名单的人不能自己审定"):
        decide_group(group=GroupDecision.objects.get(pk=group.pk), actor=cast.decision_maker, on=JUNE)
    with pytest.raises(Refused, match="批量名单由本地审核确认人审定"):
        decide_group(group=group, actor=cast.second_reviewer, on=JUNE)
    assert not Entitlement.objects.exists()


def test_a_decided_list_stays_as_it_was_decided(cast: Cast, village: Village) -> None:
    group = proposed(cast, village, village.line(village.elder(date(1944, 6, 30)), JUNE))
    decide_group(group=group, actor=cast.decision_maker, on=JUNE)
    with pytest.raises(Refused, match="已审定，不能再改"):
        withdraw_group(group=group, reason="重来", actor=cast.reviewer, on=JUNE)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda lines: [], "名单是空的"),
        (lambda lines: [*lines, *lines], "名单中有人重复"),
        (
            lambda lines: [
                Proposed(lines[0].person_id, lines[0].household_id, lines[0].payee_id, lines[0].area_id, date(2024, 6, 2))
            ],
            "起始日期",
        ),
    ],
)
def test_a_list_that_cannot_be_decided_is_refused(cast: Cast, village: Village, spoil: object, sentence: str) -> None:
    lines = [village.line(village.elder(date(1944, 6, 30)), JUNE)]
    with pytest.raises(BadValue, match=sentence):
        proposed(cast, village, *spoil(lines))  # type: ignore[operator]  # each spoils a list


def test_who_holds_it_already_cannot_be_granted_again(cast: Cast, village: Village) -> None:
    line = village.line(village.elder(date(1944, 6, 30)), JUNE)
    decide_group(group=proposed(cast, village, line), actor=cast.decision_maker, on=JUNE)
    with pytest.raises(BadValue, match="老人1已在享"):
        proposed(cast, village, line)


def test_a_list_of_stops_ends_each_with_its_month(cast: Cast, village: Village) -> None:
    person = village.elder(date(1940, 5, 5))
    line = village.line(person, date(2024, 1, 1))
    decide_group(group=proposed(cast, village, line), actor=cast.decision_maker, on=JUNE)
    held = Entitlement.objects.get(benefit=BENEFIT)
    stop = Proposed(person.pk, held.household_id, person.pk, held.area_id, date(2024, 5, 31), EndReason.DIED, held.pk)
    decide_group(group=proposed(cast, village, stop, kind=GroupKind.STOP), actor=cast.decision_maker, on=JUNE)
    held.refresh_from_db()
    assert (held.valid_until, held.end_reason, held.state) == (date(2024, 5, 31), EndReason.DIED, EntitlementState.ENDED)
    assert list(EntitlementMember.objects.values_list("valid_until", "end_reason")) == [(date(2024, 5, 31), EndReason.DIED)]


def test_a_clerk_next_door_sees_nothing_of_the_list(cast: Cast, village: Village) -> None:
    group = proposed(cast, village, village.line(village.elder(date(1944, 6, 30)), JUNE))
    assert group_queries.group(cast.clerk_next_door, group.number) is None
    assert group_queries.lines(cast.clerk_next_door, group).count() == 0
    assert group_queries.lines(cast.reviewer, group).count() == 1


# ── what is due to persons who move, and to those who die ────────────────────────────────────────────────────────────


def due_of(month: Month) -> list[tuple[int, bool]]:
    held = np.array(Entitlement.objects.order_by("pk").values_list("pk", flat=True), dtype=np.int64)
    found = BENEFITS[BENEFIT].due(held, month, clock.instant(date(2024, 7, 1)))
    return list(zip(found.amount.tolist(), found.undetermined.tolist(), strict=True))


def test_somebody_who_moves_to_another_family_keeps_the_benefit(cast: Cast, village: Village) -> None:
    person = village.elder(date(1940, 5, 5))
    decide_group(group=proposed(cast, village, village.line(person, date(2024, 1, 1))), actor=cast.decision_maker, on=JUNE)
    HouseholdMember.objects.filter(person=person).update(valid_until=date(2024, 3, 31))
    village.family(person, since=date(2024, 4, 1))
    assert [due_of(Month(2024, month)) for month in (3, 5)] == [[(6_000, False)], [(6_000, False)]]


def test_nothing_is_due_to_the_dead_and_that_is_no_open_question(cast: Cast, village: Village) -> None:
    person = village.elder(date(1940, 5, 5))
    decide_group(group=proposed(cast, village, village.line(person, date(2024, 1, 1))), actor=cast.decision_maker, on=JUNE)
    HouseholdMember.objects.filter(person=person).update(valid_until=date(2024, 4, 10))
    assert due_of(Month(2024, 5)) == [(0, True)]
    Fact.objects.create(
        person=person,
        kind="status.dead",
        amount=1,
        valid_from=date(2024, 4, 10),
        recorded_at=clock.instant(date(2024, 5, 6)),
        source="殡仪馆",
    )
    assert [due_of(Month(2024, month)) for month in (4, 5)] == [[(6_000, False)], [(0, False)]]
