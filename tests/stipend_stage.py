"""A small real benefit, and families to hold it: for tests of entitlements and rolls that need no law.

The stipend of a month is, for each person covered, the other transfer income recorded for the first day of the month; where
none is recorded, the household is undetermined.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

import numpy as np
from django.db.models import Q

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.areas.models import Area
from anmin.ground.entitlements.actions import start_entitlement
from anmin.ground.entitlements.benefits import BENEFITS, Benefit, DueColumns, Ints
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from anmin.ground.people.secrecy import encrypt
from anmin.ground.policy.parameters import Document, Entry, Parameter, Parameters

STIPEND = "trial.stipend"
KIND = "income.transfer_other"
ACCOUNT = "6222021111000000001"


def due(entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
    """The stipends of a month, as known at an instant; two queries."""
    day = month.first_day
    held = Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    known = Q(recorded_at__lte=known_at) & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=known_at))
    wanted = set(entitlement_ids.tolist())
    persons: dict[int, list[int]] = defaultdict(list)
    for entitlement_id, person_id in EntitlementMember.objects.filter(held, benefit=STIPEND).values_list(
        "entitlement_id", "person_id"
    ):
        if entitlement_id in wanted:
            persons[entitlement_id].append(person_id)
    amounts = dict(Fact.objects.filter(held, known, kind=KIND).values_list("person_id", "amount"))
    rows = [[amounts.get(person) for person in persons[each]] for each in entitlement_ids.tolist()]
    unknown = np.array([None in row for row in rows], dtype=np.bool_)
    sums = np.array([sum(amount or 0 for amount in row) for row in rows], dtype=np.int64)
    return DueColumns(
        entitlement_ids=entitlement_ids,
        amount=sums,
        persons=np.array([len(row) for row in rows], dtype=np.int64),
        undetermined=unknown,
        missing={row: ["没有登记其他转移净收入"] for row in np.flatnonzero(unknown).tolist()},
        parts={"stipend": sums},
        documents=("测民发〔2023〕1号",),
    )


TRIAL = Benefit(
    address=STIPEND,
    label="试行津贴",
    letters="SX",
    pay_day="trial.stipend.pay_day",
    recovery_share="trial.stipend.recovery_share",
    due=due,
    rules_version=lambda: "trial-1",
    routes={"household": "整户", "single": "单人"},
    labels={"stipend": "津贴"},
)


def stipend_policy() -> Parameters:
    """Pay day 10, at most 200 ‰ held back, three past months looked at."""
    paper = Document("试行津贴办法", "测民发〔2023〕1号")

    def page(address: str, unit: str, value: int) -> Parameter:
        entry = Entry(address, address, unit, value, date(2020, 1, 1), "county", paper, date(2020, 1, 1), "stated")
        return Parameter(address, address, unit, (entry,), "procedure")

    pages = (
        page("trial.stipend.pay_day", "day_of_month", 10),
        page("trial.stipend.recovery_share", "per_mille", 200),
        page("payments.rolls.horizon_months", "months", 3),
    )
    return Parameters({each.address: each for each in pages})


@dataclass
class Stage:
    """Makes families in a village; everybody's stipend is a recorded fact."""

    area: Area
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def person(self, name: str = "", account: str = "6222021111000000001", area: Area | None = None) -> Person:
        number = next(self.numbers)
        return Person.objects.create(
            name=name or f"受益人{number}",
            name_key=f"{number}",
            initials=f"p{number}",
            identity_mask=f"320699********{number:04d}",
            birth_on=date(1950, 1, 1),
            sex="male",
            hukou_kind="rural",
            area=area or self.area,
            bank_name="试行银行",
            bank_account_cipher=encrypt(account) if account else None,
            bank_account_mask=f"****{account[-4:]}",
        )

    def household(self, *people: Person, since: date = date(2020, 1, 1)) -> Household:
        home = Household.objects.create(
            number=f"JT{next(self.numbers):05d}", head=people[0], area=people[0].area, hukou_kind="rural", opened_on=since
        )
        for person in people:
            self.join(home, person, since)
        return home

    def join(self, home: Household, person: Person, since: date) -> HouseholdMember:
        return HouseholdMember.objects.create(
            household=home,
            person=person,
            relation="head" if home.head_id == person.pk else "other",
            counted=True,
            valid_from=since,
            recorded_at=clock.instant(date(2020, 1, 1)),
        )

    def stipend(self, person: Person, fen: int, since: date, *, recorded_on: date = date(2020, 1, 1)) -> Fact:
        """The person's stipend from a day on is known from another; an earlier one is kept up to the day before."""
        at = clock.instant(recorded_on)
        for old in Fact.objects.filter(person=person, kind=KIND, superseded_at__isnull=True):
            old.superseded_at = at
            old.save(update_fields=["superseded_at"])
            if old.valid_from < since:
                self._fact(person, old.amount or 0, old.valid_from, at, date.fromordinal(since.toordinal() - 1))
        return self._fact(person, fen, since, at)

    def _fact(self, person: Person, fen: int, since: date, at: datetime, until: date | None = None) -> Fact:
        return Fact.objects.create(
            person=person, kind=KIND, amount=fen, valid_from=since, valid_until=until, recorded_at=at, source="test"
        )

    def family(
        self, *stipends: int | None, since: date = date(2024, 1, 1), account: str = ACCOUNT, area: Area | None = None
    ) -> Entitlement:
        """A household that holds the benefit, one person for each stipend; None is not known."""
        people = [self.person(account=account, area=area) for _ in stipends]
        for person, fen in zip(people, stipends, strict=True):
            if fen is not None:
                self.stipend(person, fen, date(2020, 1, 1))
        return self.hold(self.household(*people), *people, since=since)

    def hold(self, home: Household, *people: Person, since: date = date(2024, 1, 1), route: str = "household") -> Entitlement:
        return start_entitlement(
            benefit=STIPEND,
            household=home,
            holder=people[0],
            payee=people[0],
            route=route,
            members=people,
            case=None,
            review_class="A",
            review_due_on=None,
            valid_from=since,
            start_reason="new",
            actor=SYSTEM,
            on=since,
        )


def register() -> None:
    """The trial benefit is known to the house; once is enough."""
    if STIPEND not in BENEFITS:
        BENEFITS.register(TRIAL)
