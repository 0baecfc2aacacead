"""A family at the dibao counter and the staff who deal with it: plays a case step by step, on the real rules and records."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.cases.actions import open_case, take_step
from anmin.ground.cases.models import Case
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person
from anmin.lines.assistance.dibao.vocabulary import APPLICATION
from tests.conftest import Cast

NOTHING = {"income.wage": 0, "income.business": 0, "income.property": 0, "income.pension": 0, "assets.financial": 0}
LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def person(area: Area, name: str, birth_on: date, facts: dict[str, int] | None = None, **more: Any) -> Person:
    """Somebody with nothing, but for the facts given."""
    number = next(_numbers)
    made = Person.objects.create(
        name=name,
        name_key=name,
        initials=f"x{number}",
        identity_mask=f"320699********{number:04d}",
        birth_on=birth_on,
        sex="female",
        hukou_kind="rural",
        area=area,
        **more,
    )
    Fact.objects.bulk_create(
        Fact(person=made, kind=kind, amount=amount, valid_from=LONG_AGO, recorded_at=clock.instant(LONG_AGO), source="申报")
        for kind, amount in {**NOTHING, **(facts or {})}.items()
    )
    return made


def household(area: Area, *members: Person) -> Household:
    """They live together; the first is the head."""
    home = Household.objects.create(
        number=f"JT{next(_numbers):06d}", head=members[0], area=area, address="3组12号", hukou_kind="rural", opened_on=LONG_AGO
    )
    for place, member in enumerate(members):
        HouseholdMember.objects.create(
            household=home,
            person=member,
            relation="child" if place else "head",
            counted=True,
            valid_from=LONG_AGO,
            recorded_at=clock.instant(LONG_AGO),
        )
    return home


@dataclass
class Counter:
    """One family and its case. Steps not given data take what such a case usually says."""

    cast: Cast
    area: Area
    members: list[Person] = field(default_factory=list)
    home: Household = field(init=False)
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        self.members = self.members or [
            person(self.area, "张桂兰", date(1957, 3, 1)),
            person(self.area, "张小宝", date(2014, 5, 1)),
        ]
        self.home = household(self.area, *self.members)

    def who(self, step: str) -> Actor:
        """Whose step it usually is."""
        if step.endswith("_verification") and not step.startswith("request"):
            return self.cast.reviewer
        if step in ("review_file", "record_county_visit", "extend", "return_to_town"):
            return self.cast.reviewer
        if step in ("confirm", "refuse", "keep", "change", "stop", "give_grace", "return_proposal"):
            return self.cast.decision_maker
        return self.cast.clerk

    def usual(self, step: str, on: date) -> dict[str, Any]:
        """What is usually filled in."""
        visit = {
            "visited_on": on,
            "investigators": [self.cast.clerk.id, self.cast.second_clerk.id],
            "conditions": ["plain_home", "consistent"],
            "findings": "住房为三间平房，家中无值钱物品。",
        }
        data: dict[str, dict[str, Any]] = {
            "apply": {"reason": "年老体弱，没有收入来源。"},
            "request_papers": {"missing": ["household_register", "consent"]},
            "supply_papers": {"supplied": ["household_register", "consent"]},
            "decline": {"reason": "not_local"},
            "file_near_relative": {"relation_kind": "village_cadre", "relative": "刘主任", "kinship": "侄子"},
            "request_verification": {"consented_by": self.members, "consent_on": on},
            "receive_verification": {
                "result": "nothing_over", "sources": "不动产、车辆、社保、公积金", "as_of": on, "summary": "未发现超标。",
            },
            "record_visit": visit,
            "record_county_visit": {**visit, "investigators": [self.cast.reviewer.id, self.cast.second_reviewer.id]},
            "appraise": {"held_on": on, "attendance": 11, "result": "true"},
            "examine": {"opinion": "grant", "route": "household", "review_class": "A"},
            "post_notice": {"places": "村务公开栏"},
            "raise_objection": {"channel": "telephone", "content": "反映该户有一辆汽车。"},
            "resolve_objection": {"conclusion": "车辆属邻居，异议不成立。"},
            "uphold_objection": {"conclusion": "情况属实，重新调查。"},
            "review_file": {"opinion": "grant"},
            "return_to_town": {"reason": "补充邻里访问。"},
            "refuse": {"reason": "income", "explanation": "家庭月人均收入900元。"},
            "send_refusal_notice": {"service": "direct", "served_on": on},
            "extend": {"reason": "申请人住院，调查需要时间。"},
            "withdraw": {"reason": "by_choice"},
            "terminate": {"reason": "多次拒绝入户调查。"},
        }  # fmt: skip
        return data.get(step, {})

    def apply(self, on: date, actor: Actor | None = None, **data: Any) -> Case:
        """The family applies."""
        self.case = open_case(
            kind=APPLICATION,
            household=self.home,
            applicant=self.members[0],
            data={**self.usual("apply", on), **data},
            actor=actor or self.cast.clerk,
            on=on,
        )
        return self.case

    def take(self, step: str, on: date, actor: Actor | None = None, **data: Any) -> Case:
        """One step, with the usual data but for what is given."""
        self.case = take_step(
            case=self.case, step=step, data={**self.usual(step, on), **data}, actor=actor or self.who(step), on=on
        )
        return self.case

    def to_examined(self, start: date = date(2024, 3, 4)) -> Case:
        """From the application to the day before the town's opinion; all in one week of March 2024."""
        self.apply(start)
        for step, day in (
            ("accept", 4), ("start_survey", 5), ("request_verification", 5), ("start_verification", 6),
            ("receive_verification", 8), ("record_visit", 11),
        ):  # fmt: skip
            self.take(step, date(2024, 3, day))
        return self.case

    def to_reviewed(self) -> Case:
        """To the day before the decision: 26 March 2024."""
        self.to_examined()
        for step, day in (("examine", 12), ("post_notice", 13), ("close_notice", 21), ("submit", 21), ("review_file", 25)):
            self.take(step, date(2024, 3, day))
        return self.case

    def to_confirmed(self) -> Case:
        """Confirmed on 26 March 2024, so that dibao begins in April."""
        self.to_reviewed()
        return self.take("confirm", date(2024, 3, 26))
