"""The yearly look at a family that is recognised without money: kept for another term, or ended, told to the family before."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import models

from anmin.base.periods import Month
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.casetypes import CaseType, Step
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements.actions import set_review
from anmin.ground.entitlements.applications import Plain, plain_review
from anmin.ground.entitlements.benefits import Benefit
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.book import policy


class NeededPaper(models.TextChoices):
    """What a family may be asked to bring to a review."""

    SPENDING = "spending", "近十二个月医疗、教育、康复支出票据"


def recognition_review(programme: Programme, benefit: Benefit, *, basis: str, series: str, months: str) -> CaseType:
    """The review of a recognition; kept, it lasts for `months` (the address of a figure) from the next month on."""

    plain = Plain(programme=programme, benefit=benefit, basis=basis, series=series, required_papers=NeededPaper)

    def keep(situation: Situation) -> Mapping[str, Any]:
        held = situation.case.entitlement
        assert held is not None  # a review is opened about one
        term = policy().value(months, on=situation.on)
        assert isinstance(term, int)  # the unit is months
        due = (Month.from_date(situation.on) + term).last_day
        set_review(entitlement=held, review_class="", review_due_on=due, actor=situation.actor, on=situation.on)
        return {"review_due_on": str(due), **plain.keep(situation)}

    def fitted(step: Step) -> Step:
        # Whether a family stays recognised is the decision maker's to say; the rules' answer is on the entitlement's page.
        return replace(step, roles=(Role.DECISION_MAKER,), effect=keep) if step.name == "keep" else step

    made = plain_review(plain)
    return replace(made, steps=tuple(fitted(step) for step in made.steps))
