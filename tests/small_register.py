"""A register of a few families, written straight into the tables: for tests that read it, not for tests of how it is written."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

from anmin.ground.areas.models import Area
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GracePeriod
from anmin.ground.entitlements.vocabulary import EndReason, StartReason
from anmin.ground.payments.models import Payment, Recovery, Roll, RollLine
from anmin.ground.people.models import Household, Person
from anmin.ground.policy.book import policy
from anmin.ground.policy.parameters import Document, Entry, Parameter, Parameters
from anmin.ground.verification.models import VerificationRequest

DIBAO = "assistance.dibao"
LONG_AGO = date(2022, 3, 1)
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"


def standard_of(yuan: int) -> Parameters:
    """The policy book with another page for the dibao standard, in force since July 2023; the other rooms find theirs in it."""
    paper = Document("关于调整最低生活保障标准的通知", "测政发〔2023〕1号")
    entry = Entry(
        address="assistance.dibao.standard",
        label="最低生活保障标准",
        unit="CNY/person/month",
        value=yuan * 100,
        valid_from=date(2023, 7, 1),
        issuer="county",
        document=paper,
        published=date(2023, 7, 1),
        confidence="stated",
    )
    return Parameters({**policy(), entry.address: Parameter(entry.address, entry.label, entry.unit, (entry,))})


@dataclass
class SmallRegister:
    """Writes families that hold dibao (or another benefit), and what was paid to them. Records are kept since 1 January 2024
    unless said otherwise.
    """

    kept_since: date = date(2024, 1, 1)
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    benefit: str = DIBAO

    def person(self, area: Area) -> Person:
        number = next(self.numbers)
        return Person.objects.create(
            name=f"{NAMES[number % len(NAMES)]}某{number}",
            name_key=f"person{number}",
            initials=f"p{number}",
            identity_mask=f"320699********{number:04d}",
            birth_on=date(1950, 1, 1),
            sex="female",
            hukou_kind="rural",
            area=area,
        )

    def family(
        self,
        area: Area,
        persons: int = 1,
        *,
        since: date = LONG_AGO,
        until: date | None = None,
        reason: EndReason = EndReason.INCOME,
        route: str = "household",
        household: Household | None = None,
        members: list[Person] | None = None,
    ) -> Entitlement:
        """A family (or the one given) that holds dibao since a day, perhaps until one."""
        people = members or [self.person(area) for _ in range(persons)]
        number = next(self.numbers)
        home = household or Household.objects.create(
            number=f"JT{number:05d}", head=people[0], area=area, hukou_kind="rural", opened_on=since
        )
        held = Entitlement.objects.create(
            number=f"DB{number:05d}",
            benefit=self.benefit,
            household=home,
            holder=people[0],
            payee=people[0],
            area=area,
            route=route,
            migrated=since < self.kept_since,
            start_reason=StartReason.NEW,
            review_class="A",
            decided_on=since,
            valid_from=since,
            valid_until=until,
            end_reason=reason if until else "",
            accounted_from=max(since, self.kept_since),
        )
        for person in people:
            self.cover(held, person, since=since, until=until, reason=reason)
        return held

    def cover(
        self,
        held: Entitlement,
        person: Person,
        *,
        since: date,
        until: date | None = None,
        reason: EndReason = EndReason.INCOME,
        start_reason: StartReason = StartReason.NEW,
    ) -> EntitlementMember:
        return EntitlementMember.objects.create(
            entitlement=held,
            person=person,
            benefit=self.benefit,
            start_reason=start_reason,
            end_reason=reason if until else "",
            valid_from=since,
            valid_until=until,
        )

    def grace(self, held: Entitlement, since: date, until: date | None = None) -> GracePeriod:
        return GracePeriod.objects.create(
            entitlement=held, kind="delayed", previous_amount=40_000, valid_from=since, valid_until=until
        )

    def roll(self, month: str) -> Roll:
        day = date.fromisoformat(f"{month}-08")
        return Roll.objects.create(
            benefit=self.benefit,
            month=month,
            generated_on=day,
            known_at=f"{day.isoformat()}T12:00:00+08:00",
            pay_on=day,
            rules_version="test",
        )

    def pay(
        self,
        roll: Roll,
        held: Entitlement,
        fen: int,
        *,
        on: date | None = None,
        persons: int = 1,
        state: str = "paid",
        **parts: int,
    ) -> Payment:
        """A payment out of a roll with the line it rests on; made on the roll's day unless another is given.

        `parts` stand in the frozen copy of the line.
        """
        RollLine.objects.create(
            roll=roll,
            entitlement=held,
            area=held.area,
            for_month=roll.month,
            kind="regular",
            persons=persons,
            due=fen,
            already=0,
            amount=fen,
            snapshot={"parts": parts},
            seal="",
        )
        return Payment.objects.create(
            roll=roll,
            entitlement=held,
            payee=held.payee,
            area=held.area,
            gross=fen,
            net=fen,
            state=state,
            paid_on=(on or roll.pay_on) if state == "paid" else None,
        )

    def late(self, roll: Roll, held: Entitlement, for_month: str, fen: int) -> RollLine:
        """A line for an earlier month: back-pay, or where it is negative, a recovery, opened on the roll's day."""
        already = 100_000
        line = RollLine.objects.create(
            roll=roll,
            entitlement=held,
            area=held.area,
            for_month=for_month,
            kind="back_pay" if fen > 0 else "recovery",
            persons=1,
            due=already + fen,
            already=already,
            amount=fen,
            snapshot={"parts": {}},
            seal="",
        )
        if fen < 0:
            Recovery.objects.create(line=line, entitlement=held, area=held.area, amount=-fen, opened_on=roll.pay_on)
        return line

    def approve(self, roll: Roll) -> None:
        roll.state = "approved"
        roll.save(update_fields=["state"])

    def check(
        self, household: Household, persons: int, on: date, purpose: str = "assistance.dibao.application"
    ) -> VerificationRequest:
        return VerificationRequest.objects.create(
            household=household,
            purpose=purpose,
            occasion="review" if purpose.endswith(".review") else "entry",
            subject_kind="cases.case",
            subject_id=0,
            source="stub",
            consent_on=on,
            persons=persons,
            area=household.area,
            requested_on=on,
        )
