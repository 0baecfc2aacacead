"""Rhythms: laid once however often, closed when done or moot, the work of the month begun, lateness counted."""

from datetime import date

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.schedules import queries
from anmin.ground.schedules.actions import lay_tasks
from anmin.ground.schedules.clockwork import lay_all
from anmin.ground.schedules.models import Task
from anmin.lines.assistance.dibao.vocabulary import REVIEW
from tests.conftest import Cast, County
from tests.dibao_counter import Counter

REVIEWS = "assistance.dibao.reviews"
DUE = date(2025, 4, 30)


@pytest.fixture
def held(cast: Cast, county: County) -> Entitlement:
    """Class A from April 2024: due by the end of April 2025."""
    counter = Counter(cast, county.liuqiao)
    counter.to_confirmed()
    return Entitlement.objects.select_related("household").get()


def lay(on: date) -> tuple[int, int, int]:
    laying = lay_tasks(schedule=REVIEWS, actor=SYSTEM, on=on)
    return laying.laid, laying.done, laying.dropped


def test_a_review_is_laid_the_month_before(held: Entitlement) -> None:
    assert (lay(date(2025, 2, 28)), lay(date(2025, 3, 1))) == ((0, 0, 0), (1, 0, 0))
    task = Task.objects.get()
    assert (task.subject_id, task.due_on, task.label) == (held.pk, DUE, f"低保A类家庭定期复核：{held.household.number}户")


def test_laying_again_changes_nothing(held: Entitlement) -> None:
    lay(date(2025, 3, 1))
    assert (lay(date(2025, 3, 1)), Task.objects.count()) == ((0, 0, 0), 1)


def test_what_was_reviewed_is_done(held: Entitlement) -> None:
    lay(date(2025, 3, 1))
    Entitlement.objects.update(review_due_on=date(2026, 4, 30))
    assert (lay(date(2025, 5, 6)), Task.objects.get().state) == ((0, 1, 0), "done")


def test_what_ended_is_dropped(held: Entitlement) -> None:
    lay(date(2025, 3, 1))
    Entitlement.objects.update(valid_until=date(2025, 3, 31), end_reason="died", state="ended")
    assert (lay(date(2025, 4, 1)), Task.objects.get().state) == ((0, 0, 1), "dropped")


def test_what_is_overdue_stays_open(held: Entitlement, cast: Cast) -> None:
    lay(date(2025, 3, 1))
    lay(date(2025, 6, 2))
    assert [task.due_on for task in queries.tasks(cast.clerk, date(2025, 6, 2), overdue=True)] == [DUE]
    counts = queries.counts_by_town(cast.leader, date(2025, 6, 2))
    assert [(each.town, each.open, each.overdue) for each in counts] == [("曲塘镇", 1, 1)]


def test_the_clerk_next_door_sees_no_task(held: Entitlement, cast: Cast) -> None:
    lay(date(2025, 3, 1))
    assert list(queries.tasks(cast.clerk_next_door, DUE)) == []


def test_done_after_its_day_is_late(held: Entitlement, cast: Cast) -> None:
    lay(date(2025, 3, 1))
    Entitlement.objects.update(review_due_on=date(2026, 4, 30))
    lay(date(2025, 5, 6))
    assert queries.done_late(cast.leader, date(2025, 5, 1), date(2025, 5, 31)).count() == 1


@pytest.mark.capability("SA-01")
def test_the_reviews_of_the_month_are_opened_once(held: Entitlement) -> None:
    begun = [lay_all(actor=SYSTEM, on=day)[REVIEWS][1] for day in (date(2025, 3, 31), date(2025, 4, 1), date(2025, 4, 2))]
    case = Case.objects.get(kind=REVIEW)
    assert (begun, case.entitlement_id, case.state, case.opened_on) == ([0, 1, 0], held.pk, "opened", date(2025, 4, 1))


def test_tasks_alone_may_be_laid(held: Entitlement) -> None:
    assert lay_all(actor=SYSTEM, on=date(2025, 4, 1), start=False)[REVIEWS][1] == 0
    assert Case.objects.filter(kind=REVIEW).count() == 0


def test_a_clerk_does_not_lay(held: Entitlement, cast: Cast) -> None:
    with pytest.raises(Refused, match="只有系统、科室审核人和系统管理员可以生成任务"):
        lay_tasks(schedule=REVIEWS, actor=cast.clerk, on=DUE)


@pytest.mark.django_db
def test_a_schedule_nobody_declared_is_refused() -> None:
    with pytest.raises(BadValue, match=r"没有名为“moon”的工作日程，可选：assistance\.dibao\.deaths、assistance\.dibao\.reviews"):
        lay_tasks(schedule="moon", actor=SYSTEM, on=DUE)
