"""Families that are asked about: their numbers, letters, requests, and what departments deliver about them, on the real rules."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from anmin.base.identity import make_identity_number, mask_identity_number
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.areas.models import Area
from anmin.ground.people import secrecy
from anmin.ground.people.models import Household, Person
from anmin.ground.verification.actions import Letter, receive_extract, record_consents, run_requests
from anmin.ground.verification.models import Extract, Finding, Hit, Inquiry, InquiryPerson, InquirySource, VerificationRequest
from tests.conftest import TODAY, Cast, County
from tests.dibao_counter import household, person

JUNE = date(2024, 6, 20)
AGREED = {"name": [1, 100], "number": [1, 360], "birth": [5, 0], "sex": [3, 0], "village": [0, 0], "telephone": [0, 0]}
REGION = "320685"
_numbers = count(1)


@dataclass
class Checked:
    """Registers families with their letters, delivers files about them, and runs what was asked."""

    cast: Cast
    county: County

    def person(self, name: str, area: Area | None = None, born: date = date(1957, 3, 1), **facts: int) -> Person:
        """Somebody with a number of their own; facts as `assets__financial=…`, nothing otherwise."""
        number = make_identity_number(REGION, born, next(_numbers) % 999 + 1)
        known = {kind.replace("__", "."): value for kind, value in facts.items()}
        made = person(area or self.county.liuqiao, name, born, known)
        made.identity_cipher, made.identity_index = secrecy.encrypt(number), secrecy.blind_index(number)
        made.identity_mask = mask_identity_number(number)
        made.identity_number = number
        made.save()
        return made

    def family(self, *members: Person, letters: bool = True) -> Household:
        home = household(members[0].area, *members)
        if letters:
            self.sign(members)
        return home

    def sign(self, people: Sequence[Person]) -> None:
        area = people[0].area
        record_consents(letters=[Letter(person=each, signed_on=JUNE) for each in people], area=area, actor=SYSTEM, on=TODAY)

    def deliver(self, source: str, head: str, *rows: str, as_of: date = JUNE, partial: bool | None = None) -> Extract:
        """A department's file of that head and those rows."""
        content = "\n".join([head, *rows, ""]).encode()
        return receive_extract(
            source=source, department="", file_name=f"{source}.csv", content=content, as_of=as_of, partial=partial,
            actor=SYSTEM, on=TODAY,
        )  # fmt: skip

    def cars(self, *rows: tuple[str, str, str]) -> Extract:
        """Cars by name, number, plate."""
        return self.deliver("vehicles", "姓名,公民身份号码,号牌号码,车辆类型", *(f"{','.join(row)},小型轿车" for row in rows))

    def request(self, home: Household) -> VerificationRequest:
        return VerificationRequest.objects.create(
            household=home, purpose="assistance.dibao.application", subject_kind="cases.case", subject_id=0, source="by_hand",
            persons=1, consent_on=JUNE, area=home.area, requested_on=TODAY, requested_by_id=self.cast.clerk.id,
        )  # fmt: skip

    def run(self, *homes: Household) -> list[Inquiry]:
        """The families are asked about, each by its own request."""
        requests = [self.request(home) for home in homes]
        run_requests(requests=requests, area=self.county.county, actor=self.cast.reviewer, on=TODAY)
        return [VerificationRequest.objects.get(pk=each.pk).inquiry for each in requests]  # type: ignore[misc]  # they were run

    def inquiry(self, home: Household) -> Inquiry:
        """The family's head has been asked about, and no source has said anything: written straight into the tables."""
        made = Inquiry.objects.create(
            number=f"HD2024{next(_numbers):06d}",
            occasion="entry",
            ground="申请核对",
            area=home.area,
            asked_on=TODAY,
            asked_by_id=self.cast.clerk.id,
            done_on=TODAY,
        )
        InquiryPerson.objects.create(inquiry=made, person=home.head, household=home, capacity="applicant")
        return made

    def with_a_car(self, name: str = "张桂兰", area: Area | None = None) -> Finding:
        """A family that declared no car, and the finding that there is one: written straight into the tables, as a run does."""
        owner = self.person(name, area)
        home = self.family(owner)
        number, plate = owner.identity_number or "", f"苏F{owner.pk:05d}"
        cars = self.cars((name, number, plate))
        inquiry = self.inquiry(home)
        InquirySource.objects.create(inquiry=inquiry, source="vehicles", extract=cars, answered="searched", persons=1, hits=1)
        row = {"name": name, "identity_number": number, "plate": plate, "vehicle_kind": "小型轿车"}
        hit = Hit.objects.create(
            inquiry=inquiry, person=owner, source="vehicles", extract=cars, row=2, tier="A", points=460, levels=AGREED,
            delivered_cipher=secrecy.encrypt(json.dumps(row)),
        )  # fmt: skip
        return Finding.objects.create(
            inquiry=inquiry, person=owner, household=home, kind="undeclared_vehicle", hit=hit, declared="机动车0辆",
            found=f"机动车1辆：{plate}（小型轿车）", fact_kind="assets.vehicles", fact_value=1, fact_from=JUNE,
            amount_before=90_600, amount_after=41_200, area=home.area,
        )  # fmt: skip

    def contradiction(self) -> Finding:
        """A living owner of a car, who is among the dead as well."""
        car = self.with_a_car()
        owner = car.person
        number = secrecy.decrypt(owner.identity_cipher or b"")
        dead = self.deliver("deaths", "姓名,公民身份号码,死亡日期", f"{owner.name},{number},2024-06-01")
        row = {"name": owner.name, "identity_number": number, "died_on": "2024-06-01"}
        other = Hit.objects.create(
            inquiry=car.inquiry, person=owner, source="deaths", extract=dead, row=2, tier="A", points=460, levels=AGREED,
            delivered_cipher=secrecy.encrypt(json.dumps(row)),
        )  # fmt: skip
        return Finding.objects.create(
            inquiry=car.inquiry, person=owner, household=car.household, kind="contradiction", hit=car.hit, against=other,
            declared="健在", found="机动车在用；2024-06-01死亡", area=car.area,
        )  # fmt: skip


def replied_on(finding: Finding) -> date:
    """The last day on which the family may answer."""
    finding.refresh_from_db()
    assert finding.reply_due_on is not None
    return finding.reply_due_on
