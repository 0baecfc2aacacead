"""Old people of 刘桥村, and lists on which they are proposed for the allowance."""

from datetime import date

from anmin.base import clock
from anmin.ground.entitlements.actions import Proposed, propose_group
from anmin.ground.entitlements.models import GroupDecision
from anmin.ground.entitlements.vocabulary import GroupKind
from anmin.ground.people.models import Household, HouseholdMember, Person
from tests.conftest import Cast, County

BENEFIT = "eldercare.allowance"
LONG_AGO = date(2010, 1, 1)


class Village:
    """Old people of 刘桥村, each in a family of their own."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.count = 0

    def elder(self, birth_on: date) -> Person:
        self.count += 1
        person = Person.objects.create(
            name=f"老人{self.count}", name_key=f"老人{self.count}", initials="lr", identity_mask=f"320{self.count}",
            birth_on=birth_on, sex="female", hukou_kind="rural", area=self.county.liuqiao,
        )  # fmt: skip
        self.family(person)
        return person

    def family(self, person: Person, since: date = LONG_AGO, until: date | None = None) -> Household:
        home = Household.objects.create(
            number=f"H{Household.objects.count() + 1}", head=person, area=self.county.liuqiao, hukou_kind="rural", opened_on=since
        )
        HouseholdMember.objects.create(
            household=home, person=person, relation="head", counted=True, valid_from=since, valid_until=until,
            recorded_at=clock.instant(LONG_AGO),
        )  # fmt: skip
        return home

    def line(self, person: Person, first: date) -> Proposed:
        home = person.memberships.get().household
        return Proposed(person.pk, home.pk, person.pk, home.area_id, first)


def proposed(cast: Cast, village: Village, *lines: Proposed, kind: GroupKind = GroupKind.GRANT) -> GroupDecision:
    return propose_group(
        benefit=BENEFIT, kind=kind, title="六月满八十周岁", basis="南通市尊老金发放规定", area=village.county.county,
        lines=lines, actor=cast.reviewer, on=date(2024, 6, 3),
    )  # fmt: skip
