"""A death among those who hold something lays a task at once; settling it closes the task."""

from datetime import date

import pytest

from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.actions import end_entitlement, remove_member
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.people.actions import record_death, withdraw_death
from anmin.ground.people.models import Person
from anmin.ground.schedules.actions import lay_tasks
from anmin.ground.schedules.models import Task
from tests.conftest import Cast, County
from tests.dibao_counter import Counter, person

pytestmark = pytest.mark.capability("SA-01")

DEATHS = "assistance.dibao.deaths"
TOLD = date(2024, 5, 22)


@pytest.fixture
def counter(cast: Cast, county: County) -> Counter:
    counter = Counter(cast, county.liuqiao)
    counter.to_confirmed()
    return counter


def die(counter: Counter, who: Person) -> None:
    record_death(person=who, died_on=date(2024, 4, 20), source="殡仪馆", actor=counter.cast.clerk, on=TOLD)


def open_tasks() -> list[tuple[str, date]]:
    return list(Task.objects.filter(schedule=DEATHS, state="open").values_list("label", "due_on"))


def test_a_death_on_dibao_lays_a_task_at_once(counter: Counter) -> None:
    die(counter, counter.members[0])
    number = Entitlement.objects.get().number
    # By the end of the month in which it was told, not of the one in which it happened.
    assert open_tasks() == [(f"低保死亡处理：张桂兰于2024-04-20去世（{number}）", date(2024, 5, 31))]


def test_a_second_death_in_the_family_stands_in_the_same_task(counter: Counter) -> None:
    die(counter, counter.members[0])
    die(counter, counter.members[1])
    number = Entitlement.objects.get().number
    said = f"低保死亡处理：张桂兰于2024-04-20去世、张小宝于2024-04-20去世（{number}）"
    assert open_tasks() == [(said, date(2024, 5, 31))]


@pytest.mark.parametrize("ends", [True, False])
def test_a_task_is_done_once_the_dead_are_no_longer_covered(counter: Counter, ends: bool) -> None:
    die(counter, counter.members[0])
    held, last, by = Entitlement.objects.get(), date(2024, 5, 31), counter.cast.decision_maker
    if ends:
        end_entitlement(entitlement=held, valid_until=last, reason="died", actor=by, on=TOLD)
    else:
        remove_member(entitlement=held, person=counter.members[0], valid_until=last, reason="died", actor=by, on=TOLD)
    lay_tasks(schedule=DEATHS, actor=SYSTEM, on=date(2024, 5, 24))
    assert list(Task.objects.filter(schedule=DEATHS).values_list("state", flat=True)) == ["done"]


def test_a_death_outside_dibao_lays_nothing(counter: Counter, county: County) -> None:
    die(counter, person(county.liuqiao, "路人", date(1940, 1, 1)))
    assert open_tasks() == []


def test_a_death_that_is_withdrawn_leaves_no_task_and_the_family_as_it_was(counter: Counter) -> None:
    who = counter.members[0]
    die(counter, who)
    withdraw_death(person=who, reason="同名", actor=counter.cast.reviewer, on=TOLD)
    assert open_tasks() == []
    held = Entitlement.objects.get()
    assert (held.valid_until, [each.valid_until for each in held.members.filter(person=who)]) == (None, [None])
