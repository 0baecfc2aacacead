"""A family in trouble, and the staff who deal with it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.actions import open_case, take_step
from anmin.ground.cases.models import Case
from anmin.ground.people.models import Household, Person
from anmin.lines.assistance.temporary.actions import allocate
from anmin.lines.assistance.temporary.models import Allocation, TownFund
from anmin.lines.assistance.temporary.vocabulary import EMERGENCY, EXPENDITURE
from tests.conftest import Cast, County
from tests.one_off_stage import OneOffStage

MONDAY = date(2024, 6, 3)
PAPERS = ["identity", "application", "event_proof", "receipt", "survey"]


@dataclass
class Trouble:
    """Plays a case of temporary assistance step by step."""

    cast: Cast
    county: County
    members: list[Person]
    home: Household
    case: Case | None = None

    def fund(self, yuan: int = 10_000, on: date = MONDAY) -> Allocation:
        return allocate(
            town=self.county.qutang, amount=yuan * 100, document="拨款单1号", allocated_on=on, actor=self.cast.cashier, on=on
        )

    def open(self, kind: str = EMERGENCY, on: date = MONDAY, **data: Any) -> Case:
        said = {"cause": "fire", "happened_on": on, "description": "灶间失火，房屋烧毁。", "need": 120_000}
        said |= {"place": "刘桥村5组"} if kind == EMERGENCY else {}
        self.case = open_case(
            kind=kind, household=self.home, applicant=self.members[0], data={**said, **data}, actor=self.cast.clerk, on=on
        )
        return self.case

    def take(self, step: str, actor: Actor | None = None, on: date = MONDAY, **data: Any) -> Case:
        assert self.case is not None
        self.case = take_step(case=self.case, step=step, data=data, actor=actor or self.cast.clerk, on=on)
        return self.case

    def aid(self, yuan: int, on: date = MONDAY) -> Case:
        return self.take("aid_first", amount=yuan * 100, way="cash", paid_on=on, on=on)

    def left(self) -> int:
        fund = TownFund.objects.get(town=self.county.qutang)
        return (fund.allocated - fund.spent) // 100

    def applied(self, need: int = 800_000, day: date = MONDAY) -> Case:
        """An application for expenses, verified and visited."""
        self.open(EXPENDITURE, on=day, cause="medical", need=need)
        self.take("accept", on=day)
        self.take("request_verification", consented_by=self.members, consent_on=day, on=day)
        self.take("start_verification", self.cast.reviewer, on=day)
        self.take(
            "receive_verification",
            self.cast.reviewer,
            result="nothing_over",
            sources="不动产、车辆",
            as_of=day,
            summary="未发现超标。",
            on=day,
        )
        return self.take(
            "record_visit",
            visited_on=day,
            investigators=[self.cast.clerk.id, self.cast.second_clerk.id],
            findings="情况属实。",
            on=day,
        )

    def examine(self, yuan: int | None, day: date = MONDAY, **more: Any) -> Case:
        data = {"income": 250_000, "assets_over": "否", "opinion": "grant", "amount": yuan and yuan * 100, **more}
        return self.take("examine", on=day, **data)


@pytest.fixture
def trouble(cast: Cast, county: County) -> Trouble:
    stage = OneOffStage(county.liuqiao)
    members = [stage.person("张三"), stage.person("李四")]
    return Trouble(cast, county, members, stage.household(*members))
