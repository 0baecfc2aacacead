"""A village whose people hold, or apply for, benefits of their own, on the real rules and the real figures of the law."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.base.periods import Month
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.areas.models import Area
from anmin.ground.cases.actions import open_case, take_step
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.actions import start_entitlement
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.indicators.declarations import INDICATORS, Window
from anmin.ground.indicators.measures import answers
from anmin.ground.payments.actions import approve_roll, check_roll, generate_roll
from anmin.ground.payments.models import Roll
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from anmin.ground.people.secrecy import blind_index, encrypt
from anmin.ground.policy import book
from anmin.ground.policy.parameters import Parameters
from tests.conftest import Cast

POLICY = Path(__file__).parents[1] / "policy"
LONG_AGO = date(2021, 1, 1)
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


@cache
def policy_files() -> Parameters:
    return Parameters.load(POLICY)


@contextmanager
def real_policy() -> Iterator[Parameters]:
    """The figures of the law as they are filed."""
    with book.use(policy_files()) as parameters:
        yield parameters


@dataclass
class Village:
    """Makes people with recorded facts; whoever is not said to have something has none of it on record."""

    area: Area
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def person(self, born: date = date(1980, 5, 5), *, hukou: str = "rural", **facts: Any) -> Person:
        number = next(self.numbers)
        identity = make_identity_number(SYNTHETIC_REGION, born, number)
        person = Person.objects.create(
            name=f"{NAMES[number % len(NAMES)]}某{number}", name_key=f"{number}", initials=f"p{number}",
            identity_mask=f"320699********{number:04d}", identity_index=blind_index(identity), identity_cipher=encrypt(identity),
            birth_on=born, sex="female", hukou_kind=hukou, area=self.area,
        )  # fmt: skip
        for kind, value in facts.items():
            self.fact(person, kind.replace("__", "."), value)
        return person

    def identity(self, person: Person) -> str:
        return make_identity_number(SYNTHETIC_REGION, person.birth_on, int(person.initials[1:]))

    def fact(
        self,
        person: Person,
        kind: str,
        value: Any,
        since: date = LONG_AGO,
        until: date | None = None,
        *,
        recorded_on: date = LONG_AGO,
    ) -> Fact:
        which = "code" if isinstance(value, str) else "amount"
        return Fact.objects.create(
            person=person, kind=kind, valid_from=since, valid_until=until, recorded_at=clock.instant(recorded_on), source="登记",
            **{which: value},
        )  # fmt: skip

    def home(
        self, *people: Person, relations: tuple[str, ...] = ("head", "spouse", "child"), since: date = LONG_AGO
    ) -> Household:
        home = Household.objects.create(
            number=f"JT{next(self.numbers):04d}", head=people[0], area=self.area, hukou_kind="rural", opened_on=since
        )
        for person, relation in zip(people, relations, strict=False):
            HouseholdMember.objects.create(
                household=home, person=person, relation=relation, counted=True, valid_from=since, recorded_at=clock.instant(since)
            )
        return home

    def alone(self, born: date = date(1980, 5, 5), **facts: Any) -> Person:
        """A person who lives alone."""
        person = self.person(born, **facts)
        self.home(person)
        return person

    def hold(self, benefit: str, person: Person, since: date, *, route: str = "", decided_on: date | None = None) -> Entitlement:
        member = HouseholdMember.objects.filter(person=person).select_related("household").latest("id")
        way = route or next(iter(BENEFITS[benefit].routes))
        return start_entitlement(
            benefit=benefit, household=member.household, holder=person, payee=person, route=way, members=[person], case=None,
            review_class="", review_due_on=None, valid_from=since, start_reason="new", actor=SYSTEM, on=decided_on or since,
        )  # fmt: skip


def due(held: Entitlement, month: Month, known_on: date | None = None) -> int:
    """What an entitlement is due in a month, in fen, as known at noon of a day (of today, if none is given)."""
    at = clock.instant(known_on or clock.today())
    return int(BENEFITS[held.benefit].due(np.array([held.pk], dtype=np.int64), month, at).amount[0])


def missing(held: Entitlement, month: Month) -> list[str]:
    """What is not known, without which nothing is due."""
    columns = BENEFITS[held.benefit].due(np.array([held.pk], dtype=np.int64), month, clock.instant(clock.today()))
    return list(columns.missing.get(0, ()))


def approved(cast: Cast, benefit: str, month: str, on: date) -> Roll:
    """The month's roll, generated, checked and approved by three people."""
    roll = generate_roll(benefit=benefit, month=month, actor=cast.cashier, on=on)
    return approve_roll(roll=check_roll(roll=roll, actor=cast.reviewer, on=on), actor=cast.leader, on=on)


def lines(roll: Roll) -> list[tuple[str, str, int]]:
    return list(roll.lines.order_by("entitlement_id", "for_month").values_list("for_month", "kind", "amount"))


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises((Refused, BadValue)) as fault:
        act()
    return str(fault.value)


def figure(id: str, window: Window, actor: Actor = SYSTEM) -> int | None:
    """The value of a figure of the house."""
    indicator = INDICATORS[id]
    assert indicator.rows is not None
    assert indicator.measure is not None
    return indicator.measure.value(answers(indicator.measure.selects(indicator.rows(actor, window))))


@dataclass
class Counter:
    """The counter for one application of a person's benefit."""

    cast: Cast
    benefit: str
    case: Case | None = None

    def apply(self, person: Person, on: date, **answers: Any) -> Case:
        member = HouseholdMember.objects.filter(person=person).select_related("household").latest("id")
        self.case = open_case(
            kind=f"{self.benefit}.application", household=member.household, applicant=answers.pop("applicant", person),
            data=answers, actor=self.cast.clerk, on=on,
        )  # fmt: skip
        return self.case

    def take(self, step: str, on: date, actor: Actor, data: Mapping[str, Any] | None = None) -> Case:
        assert self.case is not None
        self.case = take_step(case=self.case, step=step, data=data or {}, actor=actor, on=on)
        return self.case

    def to_reviewed(self, on: date) -> Case:
        """Accepted, examined by the town and reviewed by the section."""
        self.take("accept", on, self.cast.clerk)
        self.take("examine", on, self.cast.clerk, {"opinion": "grant"})
        return self.take("review_file", on, self.cast.reviewer, {"opinion": "grant"})

    def granted(self, person: Person, on: date, **answers: Any) -> Entitlement:
        """The whole way to the decision, on one day."""
        self.apply(person, on, **answers)
        self.to_reviewed(on)
        self.take("confirm", on, self.cast.decision_maker)
        return Entitlement.objects.get(case=self.case)
