"""Families with numbers, letters and deliveries: what verification needs to ask anybody anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from anmin.base import clock
from anmin.base.identity import SYNTHETIC_REGION, make_identity_number
from anmin.ground.areas.models import Area
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.people.models import Fact, Household, Person
from anmin.ground.people.persons import new_person
from anmin.ground.verification.actions import Letter, receive_extract, record_consents
from anmin.ground.verification.findings import find
from anmin.ground.verification.models import Extract, Hit, Inquiry, InquiryPerson, InquirySource
from anmin.ground.verification.sealed import cipher_of
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.store import rows_of
from tests.conftest import TODAY, Cast
from tests.dibao_counter import LONG_AGO, NOTHING, household

REGION = SYNTHETIC_REGION
JUNE = date(2024, 6, 15)
SIGNED = date(2024, 6, 1)


@dataclass
class Stage:
    """Writes people with numbers straight into the tables; letters and deliveries go through their actions."""

    cast: Cast
    area: Area
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    clear: dict[int, str] = field(default_factory=dict)
    """The identity number of each person, in clear, for the departments' files."""

    def person(
        self, name: str, born: date = date(1960, 1, 1), facts: Mapping[str, int | str] | None = None, area: Area | None = None
    ) -> Person:
        """Somebody with nothing, but for the facts given."""
        number = make_identity_number(REGION, born, next(self.numbers))
        made = new_person(
            name=name, identity_number=number, hukou_kind="rural", area_id=(area or self.area).pk,
            address="3组12号", phone="", bank_name="", bank_account="", birth_on=None, sex=None,
        )  # fmt: skip
        made.save(force_insert=True)
        self.clear[made.pk] = number
        Fact.objects.bulk_create(
            Fact(
                person=made,
                kind=kind,
                amount=None if isinstance(value, str) else value,
                code=value if isinstance(value, str) else None,
                valid_from=LONG_AGO,
                recorded_at=clock.instant(LONG_AGO),
                source="申报",
            )
            for kind, value in {**NOTHING, **(facts or {})}.items()
        )
        return made

    def family(self, *members: Person) -> Household:
        """They live together; the first is the head."""
        return household(members[0].area, *members)

    def holds(self, home: Household, benefit: str = "assistance.dibao", route: str = "household") -> Entitlement:
        """The family holds a benefit since long ago."""
        number = next(self.numbers)
        held = Entitlement.objects.create(
            number=f"DB{number:06d}", benefit=benefit, household=home, holder=home.head, payee=home.head, area=home.area,
            route=route, start_reason="new", review_class="A", decided_on=LONG_AGO, valid_from=LONG_AGO,
            accounted_from=date(2024, 1, 1),
        )  # fmt: skip
        for row in home.members.order_by("id"):
            EntitlementMember.objects.create(
                entitlement=held, person=row.person, benefit=benefit, start_reason="new", valid_from=LONG_AGO
            )
        return held

    def sign(self, *people: Person, on: date = SIGNED, sources: Sequence[str] = tuple(SOURCES)) -> None:
        """Each signs for themselves, a minor by the first of them."""
        letters = [
            Letter(each, on, signed_by=people[0] if each.birth_on > date(2006, 6, 1) else None, sources=sources)
            for each in people
        ]
        record_consents(letters=letters, area=self.area, actor=self.cast.clerk, on=on)

    def deliver(
        self, source: str, *rows: Mapping[str, object], as_of: date = JUNE, on: date = TODAY, partial: bool | None = None
    ) -> Extract:
        """A department's CSV with these rows, headed by the labels of the fields."""
        labels = {each.name: each.label for each in SOURCES[source].columns}
        names = list(dict.fromkeys(name for row in rows for name in row))
        lines = [",".join(labels[name] for name in names)]
        lines += [",".join(str(row.get(name, "")) for name in names) for row in rows]
        return receive_extract(
            source=source, department="", file_name=f"{source}.csv", content="\n".join(lines).encode(), as_of=as_of,
            partial=partial, actor=self.cast.reviewer, on=on,
        )  # fmt: skip

    def row(self, person: Person, **fields: object) -> dict[str, object]:
        """A delivered row about a person, by name and number."""
        return {"name": person.name, "identity_number": self.clear[person.pk], **fields}

    def found(
        self,
        home: Household,
        source: str,
        row: Mapping[str, object],
        *,
        tier: str = "A",
        person: Person | None = None,
        capacity: str = "member",
    ) -> Hit:
        """As if an inquiry had found the row, without comparing: the delivery, the hit, and the findings it makes."""
        extract = self.deliver(source, row)
        inquiry, is_new = Inquiry.objects.get_or_create(
            number="HD2024000001",
            defaults={"occasion": "review", "ground": "测试", "area": home.area.parent, "asked_on": TODAY, "done_on": TODAY},
        )
        if is_new:
            for each in home.members.order_by("id"):
                InquiryPerson.objects.create(inquiry=inquiry, person=each.person, household=home, capacity="member")
        if person is not None and person.pk != home.head_id:
            InquiryPerson.objects.create(inquiry=inquiry, person=person, household=home, capacity=capacity)
        InquirySource.objects.create(inquiry=inquiry, source=source, extract=extract, answered="searched", persons=1, hits=1)
        delivered = rows_of(extract).to_pylist()[0]
        hit = Hit.objects.create(
            inquiry=inquiry, person=person or home.head, source=source, extract=extract, row=delivered["row"], tier=tier,
            points=200, levels={}, delivered_cipher=cipher_of(delivered),
        )  # fmt: skip
        find({inquiry.pk: ""}, on=TODAY)
        return hit
