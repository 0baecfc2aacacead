"""A case as it stands when somebody wants to take a step: its actions, its family, what was filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.casetypes import CaseType, Step
from anmin.ground.cases.models import Case, CaseAction
from anmin.ground.people.models import HouseholdMember
from anmin.ground.people.vocabulary import Relation


@dataclass
class Situation:
    """What checks, effects and papers look at. `memo` keeps what was looked up once for all steps of one question."""

    case: Case
    case_type: CaseType
    actions: list[CaseAction]
    actor: Actor
    on: date
    step: Step | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    memo: dict[Any, Any] = field(default_factory=dict)

    def all(self, *steps: str) -> Iterator[CaseAction]:
        """The actions of these steps, oldest first."""
        return (action for action in self.actions if action.step in steps)

    def last(self, *steps: str) -> CaseAction | None:
        """The latest action of these steps."""
        return next((action for action in reversed(self.actions) if action.step in steps), None)

    def took(self, *steps: str, since: str = "") -> bool:
        """Whether one of the steps was taken, since the latest action of `since` when that was taken."""
        found, start = self.last(*steps), self.last(since) if since else None
        return found is not None and (start is None or found.sequence > start.sequence)

    def answer(self, step: str, name: str) -> Any:
        """What was answered to a need when the step was last taken."""
        action = self.last(step)
        return action.data.get(name) if action else None

    @property
    def family(self) -> list[HouseholdMember]:
        """Everybody who belongs or belonged to the household, as it is known now; head first."""
        if "family" not in self.memo:
            rows = HouseholdMember.objects.filter(household_id=self.case.household_id, superseded_at__isnull=True)
            self.memo["family"] = sorted(rows.select_related("person"), key=lambda row: (row.relation != Relation.HEAD, row.pk))
        found: list[HouseholdMember] = self.memo["family"]
        return found

    @property
    def members(self) -> list[HouseholdMember]:
        """Those who belong to the household on the day of the step and are alive."""
        return [
            row
            for row in self.family
            if row.valid_from <= self.on
            and (row.valid_until is None or row.valid_until >= self.on)
            and (row.person.died_on is None or row.person.died_on > self.on)
        ]
