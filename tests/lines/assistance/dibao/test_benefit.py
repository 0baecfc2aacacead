"""Dibao from recorded facts to the roll: the same amounts as the rules, the explanation and the worked examples give."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.areas.models import Area
from anmin.ground.entitlements.actions import end_entitlement, start_entitlement, start_grace
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.payments.actions import approve_roll, check_roll, generate_roll
from anmin.ground.payments.models import Payment, Roll
from anmin.ground.people.actions import record_death, withdraw_death
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person, Supporter
from anmin.ground.policy import book
from anmin.ground.policy.parameters import Document, Parameters
from anmin.lines.assistance.dibao import queries
from anmin.lines.assistance.dibao.benefit import DIBAO
from anmin.lines.assistance.dibao.vocabulary import BENEFIT
from tests.conftest import Cast, County

POLICY = Path(__file__).parents[4] / "policy"
LONG_AGO = date(2020, 1, 1)
ADULT = {
    "income.wage": 0, "income.business": 0, "income.property": 0, "income.pension": 0, "assets.financial": 0,
}  # fmt: skip


@dataclass
class Register:
    """Families with recorded facts; whoever is not said to have something has none of it."""

    area: Area
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def person(self, born: date = date(1980, 5, 5), **facts: Any) -> Person:
        number = next(self.numbers)
        person = Person.objects.create(
            name=f"户{number}", name_key=f"{number}", initials="h", identity_mask=f"320699{number:04d}", birth_on=born,
            sex="female", hukou_kind="rural", area=self.area,
        )  # fmt: skip
        for kind, value in {**ADULT, **{name.replace("__", "."): each for name, each in facts.items()}}.items():
            if value is not None:
                self.fact(person, kind, value)
        return person

    def fact(self, person: Person, kind: str, value: Any, since: date = LONG_AGO, recorded_on: date = LONG_AGO) -> Fact:
        at = clock.instant(recorded_on)
        for old in Fact.objects.filter(person=person, kind=kind, superseded_at__isnull=True):
            Fact.objects.filter(pk=old.pk).update(superseded_at=at)
            if old.valid_from < since:
                self._row(person, kind, old.amount if old.code is None else old.code, old.valid_from, at, since)
        return self._row(person, kind, value, since, at, None)

    def _row(self, person: Person, kind: str, value: Any, since: date, at: Any, before: date | None) -> Fact:
        until = date.fromordinal(before.toordinal() - 1) if before else None
        which = "code" if isinstance(value, str) else "amount"
        return Fact.objects.create(
            person=person, kind=kind, valid_from=since, valid_until=until, recorded_at=at, source="test", **{which: value}
        )

    def household(self, *people: Person, relations: tuple[str, ...] = ("head", "spouse", "child")) -> Household:
        home = Household.objects.create(
            number=f"JT{next(self.numbers):04d}", head=people[0], area=self.area, hukou_kind="rural", opened_on=LONG_AGO
        )
        for person, relation in zip(people, relations, strict=False):
            HouseholdMember.objects.create(
                household=home, person=person, relation=relation, counted=True, valid_from=LONG_AGO,
                recorded_at=clock.instant(LONG_AGO),
            )  # fmt: skip
        return home

    def hold(self, home: Household, *covered: Person, since: date, route: str = "household") -> Entitlement:
        return start_entitlement(
            benefit=BENEFIT, household=home, holder=covered[0], payee=covered[0], route=route, members=covered, case=None,
            review_class="A", review_due_on=None, valid_from=since, start_reason="new", actor=SYSTEM, on=since,
        )  # fmt: skip


@cache
def policy_files() -> Parameters:
    return Parameters.load(POLICY)


@pytest.fixture
def policy() -> Iterator[Parameters]:
    with book.use(policy_files()) as parameters:
        yield parameters


@pytest.fixture
def families(county: County, policy: Parameters) -> Register:
    return Register(county.liuqiao)


JUNE = Month(2024, 6)
FIRST = date(2024, 6, 1)
NOON = clock.instant(date(2024, 6, 3))


def due_of(*held: Entitlement, month: Month = JUNE) -> list[int]:
    return DIBAO.due(np.array([each.pk for each in held], dtype=np.int64), month, NOON).amount.tolist()


@pytest.mark.capability("SA-01")
def test_worked_examples_on_records(families: Register) -> None:
    wage = families.person(income__wage=150_000, work__status="employed")
    spouse, child = families.person(), families.person(date(2015, 1, 1), **dict.fromkeys(ADULT))
    couple = families.hold(families.household(wage, spouse, child), wage, spouse, child, since=FIRST)
    disabled = families.person(income__pension=20_000, disability__kind="physical", disability__grade=1)
    family = families.household(families.person(income__wage=500_000), disabled, relations=("head", "child"))
    alone = families.hold(family, disabled, since=FIRST, route="single_a")
    # 3×820 − (1500 − 246) + 10 % for the child; (820 − 200) + 20 % of 820.
    assert due_of(couple, alone) == [120_600 + 8_200, 62_000 + 16_400]


def test_columns_name_what_an_amount_rests_on(families: Register) -> None:
    first, second = families.person(income__pension=30_000), families.person()
    held = families.hold(families.household(first, second), first, second, since=FIRST)
    found = DIBAO.due(np.array([held.pk], dtype=np.int64), JUNE, NOON)
    assert {name: int(column[0]) for name, column in found.parts.items()} == {
        "standard": 82_000, "countable_income": 30_000, "base": 134_000, "extras": 0, "route": 1,
    }  # fmt: skip
    assert (set(found.parts), DIBAO.codes["route"][1]) == (set(DIBAO.labels), "整户保障")
    assert "通政办发〔2023〕44号" in found.documents


def test_two_members_of_one_household_may_each_be_covered_alone(families: Register) -> None:
    ill = {"income__pension": 0, "disability__kind": "mental", "disability__grade": 2}
    one, two = families.person(**ill), families.person(**{**ill, "income__pension": 10_000})
    home = families.household(families.person(income__wage=900_000), one, two, relations=("head", "child", "child"))
    held = [families.hold(home, each, since=FIRST, route="single_a") for each in (one, two)]
    assert due_of(*held) == [82_000 + 16_400, 72_000 + 16_400]
    assert due_of(*reversed(held)) == [72_000 + 16_400, 82_000 + 16_400]


def test_what_is_missing_is_said_of_whom(families: Register) -> None:
    known, unknown = families.person(), families.person(income__wage=None)
    held = families.hold(families.household(known, unknown), known, unknown, since=FIRST)
    found = DIBAO.due(np.array([held.pk], dtype=np.int64), JUNE, NOON)
    assert (found.undetermined.tolist(), found.amount.tolist()) == ([True], [0])
    assert found.missing == {0: [f"{unknown.name}：“工资性收入”没有登记或数值有误"]}


def test_amount_and_explanation_agree(families: Register, cast: Cast) -> None:
    wages = [0, 40_000, 80_000, 120_000, 163_900, 164_000]
    held = []
    for wage in wages:
        worker, other = families.person(income__wage=wage, work__status="employed"), families.person()
        held.append(families.hold(families.household(worker, other), worker, other, since=FIRST))
    supported = held[0].holder
    Supporter.objects.create(
        dependant=supported, obligor=families.person(), duty="maintain_parent", household_income=900_000, household_size=2,
        dependants=1, valid_from=LONG_AGO, recorded_at=clock.instant(LONG_AGO),
    )  # fmt: skip
    explained = [queries.why(cast.clerk, entitlement=each, month=JUNE, known_at=NOON) for each in held]
    assert [each.amount_fen for each in explained] == due_of(*held)
    assert len({each.amount_fen for each in explained}) == len(wages)


def test_why_names_people_and_the_recorded_facts(families: Register, cast: Cast) -> None:
    worker = families.person(income__wage=40_000, work__status="employed")
    held = families.hold(families.household(worker), worker, since=FIRST)
    told = queries.why(cast.clerk, entitlement=held, month="2024-06")
    fact = Fact.objects.get(person=worker, kind="income.wage")
    inputs = {each.name: each for step in told.steps for each in step.inputs if each.kind == "fact"}
    assert inputs["income_wage"].reference == fact.pk
    assert told.who["person"] == (worker.name,)
    assert told.paragraph.startswith("2024年6月：保障对象1人，低保标准每人每月820.00元")


def test_why_of_a_household_is_that_of_its_entitlement(families: Register, cast: Cast) -> None:
    alone = families.person(disability__kind="physical", disability__grade=1)
    home = families.household(families.person(income__wage=500_000), alone, relations=("head", "child"))
    families.hold(home, alone, since=FIRST, route="single_a")
    assert queries.why(cast.clerk, household=home, month=JUNE).amount_fen == 82_000 + 16_400
    assert queries.why(cast.clerk, household=home, month=Month(2024, 5)).outcome == "not_eligible"


def test_a_proposal_is_assessed_before_anything_is_held(families: Register, cast: Cast) -> None:
    alone = families.person(disability__kind="physical", disability__grade=1)
    home = families.household(families.person(income__wage=500_000), alone, relations=("head", "child"))
    proposed = queries.assessed(cast.clerk, household=home, month=JUNE, route="single", claimants=[alone.pk])
    assert (proposed.amount_fen, proposed.route) == (98_400, "single_a")


def test_why_is_not_told_next_door(families: Register, cast: Cast) -> None:
    person = families.person()
    home = families.household(person)
    held = families.hold(home, person, since=FIRST)
    for asked in ({"entitlement": held}, {"household": home}):
        with pytest.raises(Refused, match="不在您的管辖范围内"):
            queries.why(cast.clerk_next_door, month=JUNE, **asked)  # type: ignore[arg-type]  # one of two
    assert list(queries.register(cast.clerk_next_door, FIRST)) == []


def test_why_before_the_first_standard_is_refused_in_a_sentence(families: Register, cast: Cast) -> None:
    person = families.person()
    home = families.household(person)
    with pytest.raises(BadValue, match="无法用于2019年12月"):
        queries.why(cast.clerk, household=home, month="2019-12")


def test_roll_of_a_month_before_the_first_standard_is_refused_and_leaves_nothing(families: Register, cast: Cast) -> None:
    person = families.person()
    families.hold(families.household(person), person, since=LONG_AGO)
    with pytest.raises(BadValue, match="从2020年7月1日起才有数值，无法用于1990年1月。请改选2020年7月或以后的月份"):
        generate_roll(benefit=BENEFIT, month=Month(1990, 1), actor=cast.cashier, on=FIRST)
    assert Roll.objects.count() == 0


def test_grace_period_reaches_the_rule(families: Register, cast: Cast) -> None:
    worker = families.person(income__wage=200_000, work__status="employed")
    held = families.hold(families.household(worker), worker, since=date(2024, 1, 1))
    assert due_of(held) == [0]
    start_grace(
        entitlement=held, kind="gradual", valid_from=date(2024, 3, 1), previous_amount=60_000, actor=cast.decision_maker,
        on=date(2024, 2, 20),
    )  # fmt: skip
    months = [Month(2024, number) for number in range(2, 10)]
    assert [due_of(held, month=month)[0] for month in months] == [0, 60_000, 60_000, 60_000, 30_000, 30_000, 30_000, 0]


def approved(cast: Cast, month: str, on: date) -> Roll:
    roll = generate_roll(benefit=BENEFIT, month=month, actor=cast.cashier, on=on)
    return approve_roll(roll=check_roll(roll=roll, actor=cast.reviewer, on=on), actor=cast.leader, on=on)


def raised(parameters: Parameters) -> Parameters:
    """820 → 850, published on 20 August 2024 as of 1 July."""
    paper = Document("关于调整最低生活保障标准的通知", "测政发〔2024〕8号")
    return parameters.with_change(f"{BENEFIT}.standard", date(2024, 7, 1), 85_000, paper, date(2024, 8, 20))


@pytest.mark.capability("SA-18")
@pytest.mark.capability("SA-15")
def test_a_standard_published_late_is_paid_back(families: Register, cast: Cast, policy: Parameters) -> None:
    first, second = families.person(income__pension=30_000), families.person()
    families.hold(families.household(first, second), first, second, since=date(2024, 7, 1))
    with book.use(raised(policy)):
        july = approved(cast, "2024-07", date(2024, 7, 3))
        august = approved(cast, "2024-08", date(2024, 8, 3))
        september = approved(cast, "2024-09", date(2024, 9, 3))
    amounts = [list(roll.lines.values_list("for_month", "kind", "amount")) for roll in (july, august, september)]
    assert amounts == [
        [("2024-07", "regular", 134_000)],
        [("2024-08", "regular", 134_000)],
        [("2024-07", "back_pay", 6_000), ("2024-08", "back_pay", 6_000), ("2024-09", "regular", 140_000)],
    ]
    assert sum(Payment.objects.values_list("gross", flat=True)) == 140_000 * 3


def test_a_standard_published_before_the_roll_of_its_month_is_in_it(families: Register, cast: Cast, policy: Parameters) -> None:
    first, second = families.person(income__pension=30_000), families.person()
    families.hold(families.household(first, second), first, second, since=date(2024, 7, 1))
    with book.use(raised(policy)):
        approved(cast, "2024-07", date(2024, 7, 3))
        august = approved(cast, "2024-08", date(2024, 8, 22))
    assert list(august.lines.values_list("for_month", "kind", "amount")) == [
        ("2024-07", "back_pay", 6_000),
        ("2024-08", "regular", 140_000),
    ]


@pytest.mark.capability("SA-18")
def test_a_death_reported_late_is_taken_back(families: Register, cast: Cast) -> None:
    person = families.person()
    held = families.hold(families.household(person), person, since=date(2024, 4, 1))
    approved(cast, "2024-04", date(2024, 4, 3))
    approved(cast, "2024-05", date(2024, 5, 3))
    end_entitlement(
        entitlement=held, valid_until=date(2024, 4, 30), reason="died", actor=cast.decision_maker, on=date(2024, 5, 28)
    )
    june = approved(cast, "2024-06", date(2024, 6, 3))
    assert list(june.lines.values_list("for_month", "kind", "amount")) == [("2024-05", "recovery", -90_200)]


@pytest.mark.capability("SA-18")
def test_a_death_that_was_none_is_paid_for_with_the_next_roll(families: Register, cast: Cast) -> None:
    first, second = families.person(), families.person()
    families.hold(families.household(first, second), first, second, since=date(2024, 4, 1))
    approved(cast, "2024-04", date(2024, 4, 3))
    record_death(person=second, died_on=date(2024, 4, 10), source="殡仪馆", actor=cast.reviewer, on=date(2024, 4, 20))
    may = approved(cast, "2024-05", date(2024, 5, 3))
    withdraw_death(person=second, reason="同名", actor=cast.reviewer, on=date(2024, 5, 20))
    june = approved(cast, "2024-06", date(2024, 6, 3))
    told = [list(roll.lines.order_by("for_month").values_list("for_month", "kind", "amount")) for roll in (may, june)]
    assert told == [[("2024-05", "regular", 90_200)], [("2024-05", "back_pay", 73_800), ("2024-06", "regular", 164_000)]]


def test_register_shows_the_last_amount(families: Register, cast: Cast) -> None:
    person = families.person(income__pension=12_000)
    held = families.hold(families.household(person), person, since=date(2024, 4, 1))
    assert [each.last_amount for each in queries.register(cast.clerk, date(2024, 4, 5))] == [None]
    approved(cast, "2024-04", date(2024, 4, 3))
    row = queries.register(cast.clerk, date(2024, 4, 5), search=person.name).get()
    assert (row, row.last_amount, row.last_persons) == (held, 78_200, 1)
    assert queries.register(cast.clerk, date(2024, 4, 5), route="single").count() == 0


@pytest.mark.parametrize("families_held", [1, 3])
def test_due_register_and_why_ask_a_fixed_number_of_questions(families: Register, cast: Cast, families_held: int) -> None:
    held = []
    for _ in range(families_held):
        person = families.person()
        held.append(families.hold(families.household(person), person, since=FIRST))
    counts = []
    for ask in (
        lambda: due_of(*held),
        lambda: [(row.holder.name, row.area.parent.name) for row in queries.register(cast.clerk, FIRST)],  # type: ignore[union-attr]  # villages have a town
        lambda: queries.why(cast.clerk, entitlement=held[0], month=JUNE),
    ):
        with CaptureQueriesContext(connection) as asked:
            ask()
        counts.append(len(asked))
    assert counts == [8, 1, 10]
