"""The two subsidies together, and the cards that expire."""

from datetime import date

import pytest

from anmin.base.periods import HalfYear
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.indicators.declarations import Window
from anmin.ground.payments.models import Payment
from anmin.ground.schedules.actions import lay_tasks
from anmin.ground.schedules.models import Task
from tests.conftest import Cast
from tests.single_persons import Village, approved, figure

H1 = Window.of(HalfYear(2024, 1))
FIRST = date(2024, 3, 1)
LIVING, NURSING = "disability.living", "disability.nursing"


@pytest.mark.capability("CD-02")
def test_who_gets_both_is_one_person(village: Village, cast: Cast) -> None:
    both, one = (village.alone(disability__kind="visual", disability__grade=1, income__fixed=0) for _ in range(2))
    for benefit, person in ((LIVING, both), (NURSING, both), (NURSING, one)):
        village.hold(benefit, person, FIRST)
    ids = ("disability.two_subsidies.persons", "disability.two_subsidies.both.persons", f"{LIVING}.persons", f"{NURSING}.persons")
    assert [figure(each, H1) for each in ids] == [2, 1, 1, 2]
    for benefit in (LIVING, NURSING):
        approved(cast, benefit, "2024-03", date(2024, 3, 8))
    Payment.objects.update(state="paid", paid_on=date(2024, 3, 10))
    assert figure("disability.two_subsidies.funds", H1) == 82_000 + 9_000 * 2


@pytest.mark.capability("CD-02")
def test_persons_are_counted_by_the_way_they_were_paid(village: Village, cast: Cast) -> None:
    for grade in (1, 1, 3):
        person = village.alone(disability__kind="mental", disability__grade=grade, income__fixed=0)
        village.hold(LIVING, person, date(2024, 6, 1))
    approved(cast, LIVING, "2024-06", date(2024, 6, 5))
    ways = [figure(f"{LIVING}.{way}.persons", H1) for way in ("no_income", "grade_three", "dibao_severe")]
    assert ways == [2, 1, 0]


@pytest.mark.capability("CD-02")
def test_a_card_that_expires_soon_is_a_task_until_it_is_renewed(village: Village) -> None:
    person = village.alone()
    village.fact(person, "disability.kind", "visual", until=date(2024, 8, 15))
    village.fact(person, "disability.grade", 1, until=date(2024, 8, 15))
    later = village.alone(disability__kind="visual", disability__grade=1)
    for each in (person, later):
        village.hold(NURSING, each, FIRST)
    lay_tasks(schedule="disability.cards.renewals", actor=SYSTEM, on=date(2024, 7, 1))
    assert list(Task.objects.values_list("subject_id", "due_on", "state")) == [(person.pk, date(2024, 8, 15), "open")]
    village.fact(person, "disability.grade", 1, date(2024, 8, 16), recorded_on=date(2024, 8, 1))
    lay_tasks(schedule="disability.cards.renewals", actor=SYSTEM, on=date(2024, 8, 2))
    assert list(Task.objects.values_list("subject_id", "state")) == [(person.pk, "done")]
