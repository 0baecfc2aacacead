"""The allowances by age on the records: from the month of the birthday, up the bands, until a move, a death or a loss."""

from datetime import date

import pytest

from anmin.base.errors import Refused
from anmin.base.periods import HalfYear, Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.actions import decide_group
from anmin.ground.entitlements.models import Entitlement, GroupDecision
from anmin.ground.indicators.declarations import Window
from anmin.ground.people.actions import record_death
from anmin.ground.people.models import Person
from anmin.ground.schedules.clockwork import lay_all
from anmin.ground.schedules.models import Task
from anmin.lines.eldercare.allowance.actions import find_elder
from tests.conftest import Cast
from tests.single_persons import Counter, Village, approved, due, figure, lines, refused

pytestmark = pytest.mark.capability("EC-13")

BENEFIT = "eldercare.allowance"
FIRST = date(2024, 3, 1)


@pytest.fixture
def counter(cast: Cast) -> Counter:
    return Counter(cast, BENEFIT)


def months(held: Entitlement, *numbers: int) -> list[int]:
    return [due(held, Month(2024, number)) for number in numbers]


# ── months ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_band_changes_with_the_month_of_the_birthday(village: Village) -> None:
    ninety, hundred = village.alone(date(1934, 4, 30)), village.alone(date(1924, 4, 1))
    held = [village.hold(BENEFIT, each, FIRST) for each in (ninety, hundred)]
    assert [months(each, 3, 4) for each in held] == [[6_000, 10_000], [10_000, 30_000]]


def test_the_month_of_a_move_is_paid_here(village: Village) -> None:
    person = village.alone(date(1940, 1, 1))
    village.fact(person, "hukou.local", 0, date(2024, 4, 10))
    assert months(village.hold(BENEFIT, person, FIRST), 4, 5) == [6_000, 0]


def test_the_month_of_a_death_is_paid_and_the_next_is_not(village: Village, cast: Cast) -> None:
    person = village.alone(date(1940, 1, 1))
    held = village.hold(BENEFIT, person, FIRST)
    record_death(person=person, died_on=date(2024, 4, 28), source="殡仪馆", actor=cast.clerk, on=date(2024, 5, 2))
    assert months(held, 4, 5) == [6_000, 0]


def test_who_is_missing_is_paid_nothing_and_when_found_everything(village: Village, cast: Cast) -> None:
    person = village.alone(date(1940, 1, 1))
    held = village.hold(BENEFIT, person, FIRST)
    village.fact(person, "status.missing", 1, date(2024, 3, 20), recorded_on=date(2024, 3, 25))
    approved(cast, BENEFIT, "2024-03", date(2024, 3, 8))
    assert months(held, 3, 4, 5) == [6_000, 0, 0]
    approved(cast, BENEFIT, "2024-04", date(2024, 4, 8))
    find_elder(person=person, note="5月6日由派出所在邻县找到", actor=cast.clerk, on=date(2024, 5, 7))
    assert lines(approved(cast, BENEFIT, "2024-05", date(2024, 5, 8))) == [
        ("2024-04", "back_pay", 6_000),
        ("2024-05", "regular", 6_000),
    ]


def test_nobody_is_found_who_was_not_missing_or_without_a_note(village: Village, cast: Cast) -> None:
    person = village.alone(date(1940, 1, 1))

    def find(note: str) -> Person:
        return find_elder(person=person, note=note, actor=cast.clerk, on=FIRST)

    assert refused(lambda: find("已回家")) == f"{person.name}没有登记为下落不明，无需办理。"
    assert refused(lambda: find(" ")) == "请写明何时何地找到、由谁确认。"


# ── application ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_application_is_due_from_the_month_of_the_birthday(village: Village, counter: Counter) -> None:
    held = counter.granted(village.alone(date(1944, 5, 31)), date(2024, 6, 20), occasion="applied")
    assert (held.valid_from, months(held, 5, 6)) == (date(2024, 5, 1), [6_000, 6_000])


def test_a_late_application_reaches_back_twelve_months(village: Village, counter: Counter) -> None:
    held = counter.granted(village.alone(date(1938, 1, 1)), date(2024, 6, 20), occasion="applied")
    assert held.valid_from == date(2023, 6, 1)


def test_who_moved_in_is_due_from_the_month_after(village: Village, counter: Counter) -> None:
    person = village.alone(date(1938, 1, 1))
    held = counter.granted(person, date(2024, 6, 20), occasion="applied", moved_in_on="2024-04-15")
    assert held.valid_from == date(2024, 5, 1)


def test_an_application_before_the_birthday_is_judged_by_the_month_of_it(village: Village, counter: Counter, cast: Cast) -> None:
    counter.apply(village.alone(date(1944, 7, 31)), date(2024, 6, 20), occasion="applied")
    counter.take("accept", date(2024, 6, 20), cast.clerk)
    with pytest.raises(Refused, match="请在“与规则测算不同的理由”中写明"):
        counter.take("examine", date(2024, 6, 20), cast.clerk, {"opinion": "refuse"})
    counter.take("examine", date(2024, 6, 20), cast.clerk, {"opinion": "refuse", "departure": "户籍已迁出，待公安确认。"})
    assert counter.case is not None
    assert counter.case.actions.get(step="examine").data["assessment"]["month"] == "2024-07"


# ── found by the date of birth ───────────────────────────────────────────────────────────────────────────────────────


def listed() -> list[tuple[Person, date, str]]:
    group = GroupDecision.objects.get()
    return [(line.person, line.edge, line.outcome) for line in group.lines.order_by("id").select_related("person")]


def test_who_reaches_the_age_is_put_on_a_list_and_granted_by_a_decision(village: Village, cast: Cast) -> None:
    now, next_month = village.alone(date(1944, 6, 30)), village.alone(date(1944, 7, 1))
    village.alone(date(1944, 8, 1))
    lay_all(actor=SYSTEM, on=date(2024, 6, 10))
    assert listed() == [(now, date(2024, 6, 1), "eligible")]
    assert set(Task.objects.values_list("subject_id", "due_on")) == {
        (now.pk, date(2024, 6, 30)),
        (next_month.pk, date(2024, 7, 31)),
    }
    decide_group(group=GroupDecision.objects.get(), actor=cast.decision_maker, on=date(2024, 6, 12))
    assert [(each.holder, each.valid_from) for each in Entitlement.objects.all()] == [(now, date(2024, 6, 1))]


def test_a_second_night_lists_nobody_twice(village: Village) -> None:
    village.alone(date(1944, 6, 30))
    for day in (10, 11):
        lay_all(actor=SYSTEM, on=date(2024, 6, day))
    assert (GroupDecision.objects.count(), Task.objects.count()) == (1, 1)


def test_the_dead_the_missing_those_away_and_the_holders_are_not_found(village: Village, cast: Cast) -> None:
    dead, lost, away, holder = (village.alone(date(1940, 1, 1)) for _ in range(4))
    record_death(person=dead, died_on=date(2024, 5, 1), source="殡仪馆", actor=cast.clerk, on=date(2024, 5, 2))
    village.fact(lost, "status.missing", 1, date(2024, 5, 1))
    village.fact(away, "hukou.local", 0, date(2024, 5, 1))
    village.hold(BENEFIT, holder, FIRST)
    lay_all(actor=SYSTEM, on=date(2024, 6, 10))
    assert (GroupDecision.objects.count(), Task.objects.count()) == (0, 0)


def test_who_came_late_is_found_from_the_month_after_the_move(village: Village) -> None:
    person = village.person(date(1940, 1, 1))
    village.home(person, since=date(2024, 4, 20))
    lay_all(actor=SYSTEM, on=date(2024, 6, 10))
    assert listed() == [(person, date(2024, 5, 1), "eligible")]


# ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_persons_are_counted_by_band(village: Village) -> None:
    for born in (date(1944, 6, 30), date(1934, 7, 1), date(1934, 6, 30), date(1924, 6, 30)):
        village.hold(BENEFIT, village.alone(born), date(2024, 6, 1))
    window = Window.of(HalfYear(2024, 1))
    stocks = [figure(f"{BENEFIT}.{band}persons", window) for band in ("", "first.", "second.", "longevity.")]
    assert stocks == [4, 2, 1, 1]
