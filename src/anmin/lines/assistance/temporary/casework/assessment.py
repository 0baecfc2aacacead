"""What the rules say of a case: whether it may be aided, at most how much, and who may decide that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from anmin.base.periods import Month
from anmin.ground.cases.grounds import grounds_of
from anmin.ground.cases.situation import Situation
from anmin.ground.policy.assessing import batch_of, explain
from anmin.ground.policy.book import policy
from anmin.lines.assistance.deliberation.exceptions import exception_of
from anmin.lines.assistance.deliberation.vocabulary import ResolutionKind
from anmin.lines.assistance.temporary.models import Aid
from anmin.lines.assistance.temporary.rules import PROGRAMME
from anmin.lines.assistance.temporary.vocabulary import EMERGENCY


@dataclass(frozen=True)
class Assessed:
    """The outcome with the paragraph that explains it; amounts in fen."""

    outcome: str
    level: str
    amount: int
    town_limit: int
    persons: int
    paragraph: str
    resolution: int | None
    grounds: Mapping[str, Any]

    def as_data(self) -> dict[str, Any]:
        """Plain data kept with the step."""
        return {**{name: value for name, value in vars(self).items() if name != "grounds"}, **self.grounds}


def asked(situation: Situation) -> Mapping[str, Any]:
    """What was said when the case was opened."""
    opening = situation.last("report", "apply")
    return opening.data if opening is not None else situation.data


def assessed(situation: Situation, more: Mapping[str, Any] | None = None) -> Assessed:
    """The rules' answer on the day of the step; `more` are what was just verified (income, assets)."""
    key = ("temporary", tuple(sorted((more or {}).items())))
    if key in situation.memo:
        found: Assessed = situation.memo[key]
        return found
    said, case, on = asked(situation), situation.case, situation.on
    resolution = exception_of(case, ResolutionKind.AID_OVER_LIMIT, on)
    helped = set(said.get("helped") or [row.person_id for row in situation.members])
    household = {
        "aid_kind": "emergency" if case.kind == EMERGENCY else "expenditure",
        "aid_need": said.get("need"),
        "aids_before": aids_before(situation),
        "same_event_aided": int(_same_event(situation, said)),
        "deliberated_amount": (resolution.amount or 0) if resolution else 0,
        "members": [{"aid_for": int(row.person_id in helped)} for row in situation.members],
        **(more or {}),
    }
    names = [row.person.name for row in situation.members]
    made = explain(PROGRAMME, batch_of(PROGRAMME.rules.facts, [household]), Month.from_date(on), policy(), on, members=names)
    limit = made.values["town_limit"]
    persons = made.values["aided_persons"]
    situation.memo[key] = Assessed(
        outcome=made.outcome,
        level=made.route,
        amount=made.amount_fen or 0,
        town_limit=(limit[0] or 0) if limit else 0,
        persons=(persons[0] or 0) if persons else 0,
        paragraph=made.paragraph,
        resolution=resolution.pk if resolution else None,
        grounds=grounds_of(made),
    )
    return assessed(situation, more)


def aids_before(situation: Situation) -> int:
    """How many other cases of the family were aided in this calendar year."""
    year = situation.on.year
    aids = Aid.objects.filter(household_id=situation.case.household_id, given_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return aids.exclude(case_id=situation.case.pk).values("case_id").distinct().count()


def _same_event(situation: Situation, said: Mapping[str, Any]) -> bool:
    aids = Aid.objects.filter(
        household_id=situation.case.household_id, cause=said["cause"], happened_on=date.fromisoformat(said["happened_on"])
    )
    return aids.exclude(case_id=situation.case.pk).exists()
