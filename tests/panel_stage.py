"""A panel of five who decide what a rule refuses: for tests of deliberations and of what they open."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.cases.actions import open_case, take_step
from anmin.ground.cases.models import Case
from anmin.lines.assistance.deliberation.vocabulary import DELIBERATION
from tests.conftest import Cast, make_staff

ON = date(2024, 7, 1)


@dataclass
class Panel:
    """Plays one deliberation about one case."""

    cast: Cast
    county: Area
    about: Case
    members: list[Actor] = field(init=False)
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        others = [make_staff(f"leader{number}", f"副局长{number}", Role.LEADER, self.county) for number in (2, 3)]
        self.members = [self.cast.leader, *others, self.cast.decision_maker, self.cast.second_reviewer]

    def raise_it(self, kind: str = "aid_over_limit", amount: int | None = 1_500_000, **more: Any) -> Case:
        data = {
            "about": self.about.number,
            "kind": kind,
            "obstacle": "amount",
            "problem": "自付医疗费六万元。",
            "proposal": "建议超上限救助。",
            "amount": amount,
            **more,
        }
        self.case = open_case(
            kind=DELIBERATION,
            household=self.about.household,
            applicant=self.about.applicant,
            data=data,
            actor=self.cast.clerk,
            on=ON,
        )
        return self.case

    def take(self, step: str, actor: Actor | None = None, **data: Any) -> Case:
        self.case = take_step(case=self.case, step=step, data=data, actor=actor or self.cast.reviewer, on=ON)
        return self.case

    def convene(self, members: list[Actor] | None = None) -> Case:
        return self.take("convene", panel=[each.id for each in members or self.members])

    def meet(self, came: list[Actor] | None = None) -> Case:
        return self.take("record_attendance", held_on=ON, chair="周局长", attended=[each.id for each in came or self.members])

    def vote(self, *choices: str) -> None:
        for member, choice in zip(self.members, choices, strict=False):
            self.take("vote", member, choice=choice)

    def agree(self, amount: int | None = 1_500_000, until: date = date(2024, 12, 31)) -> Case:
        return self.take("agree", minutes="会议同意。", amount=amount, valid_until=until, review_on=date(2024, 10, 1))

    def agreed(self, kind: str = "aid_over_limit", amount: int | None = 1_500_000) -> Case:
        """Raised, convened, met, voted and agreed."""
        self.raise_it(kind, amount)
        self.convene()
        self.meet()
        self.vote(*["agree"] * 5)
        return self.agree(amount)
