"""Families that hold what rosters look for: for tests of money and goods given once."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from anmin.base import clock
from anmin.base.identity import make_identity_number
from anmin.ground.areas.models import Area
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from anmin.ground.people.secrecy import blind_index, encrypt

LONG_AGO = date(2020, 1, 1)
ACCOUNT = "6222021111000000001"


@dataclass
class OneOffStage:
    """Persons with accounts and numbers, in households, holding benefits, written straight into the tables."""

    area: Area
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def person(
        self, name: str = "", *, account: str = ACCOUNT, area: Area | None = None, birth_on: date = date(1950, 1, 1)
    ) -> Person:
        number = next(self.numbers)
        identity = make_identity_number("320699", birth_on, number)
        return Person.objects.create(
            name=name or f"受益人{number}",
            name_key=f"{number}",
            initials=f"p{number}",
            identity_cipher=encrypt(identity),
            identity_index=blind_index(identity),
            identity_mask=f"320699********{number:04d}",
            birth_on=birth_on,
            sex="male",
            hukou_kind="rural",
            area=area or self.area,
            bank_name="试行银行",
            bank_account_cipher=encrypt(account) if account else None,
            bank_account_mask=f"****{account[-4:]}" if account else "",
        )

    def knows(self, person: Person, **facts: str | int) -> None:
        """Facts, known since long ago: words are codes, numbers amounts."""
        Fact.objects.bulk_create(
            Fact(
                person=person,
                kind=kind,
                code=said if isinstance(said, str) else None,
                amount=said if isinstance(said, int) else None,
                valid_from=LONG_AGO,
                recorded_at=clock.instant(LONG_AGO),
                source="申报",
            )
            for kind, said in facts.items()
        )

    def household(self, *people: Person, area: Area | None = None) -> Household:
        home = Household.objects.create(
            number=f"JT{next(self.numbers):05d}",
            head=people[0],
            area=area or people[0].area,
            hukou_kind="rural",
            opened_on=LONG_AGO,
        )
        for person in people:
            HouseholdMember.objects.create(
                household=home,
                person=person,
                relation="head" if person is people[0] else "other",
                counted=True,
                valid_from=LONG_AGO,
                recorded_at=clock.instant(LONG_AGO),
            )
        return home

    def holds(
        self,
        home: Household,
        *people: Person,
        benefit: str = "assistance.dibao",
        route: str = "household",
        since: date = LONG_AGO,
        until: date | None = None,
    ) -> Entitlement:
        held = Entitlement.objects.create(
            number=f"T{next(self.numbers):06d}",
            benefit=benefit,
            household=home,
            holder=people[0],
            payee=people[0],
            area=home.area,
            route=route,
            start_reason="new",
            end_reason="income" if until else "",
            review_class="A",
            decided_on=since,
            valid_from=since,
            valid_until=until,
            accounted_from=since,
        )
        for person in people:
            EntitlementMember.objects.create(
                entitlement=held,
                person=person,
                benefit=benefit,
                start_reason="new",
                end_reason="income" if until else "",
                valid_from=since,
                valid_until=until,
            )
        return held

    def family(self, persons: int = 1, *, benefit: str = "assistance.dibao", route: str = "household") -> Entitlement:
        people = [self.person() for _ in range(persons)]
        return self.holds(self.household(*people), *people, benefit=benefit, route=route)
