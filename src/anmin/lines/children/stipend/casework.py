"""The stipend of children in distress: application and review; due from the month after the decision.

With the decision the category the child was found in becomes a fact: other benefits and the figures read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from anmin.base.periods import Month
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements.applications import Plain, from_month_after_decision, plain_application, plain_review
from anmin.ground.entitlements.claims import one_claim
from anmin.ground.entitlements.reckoning import why
from anmin.lines.children.stipend.actions import set_category
from anmin.lines.children.stipend.benefit import STIPEND
from anmin.lines.children.stipend.rules import CATEGORY, PROGRAMME
from anmin.lines.children.stipend.vocabulary import BASIS, NeededPaper


@dataclass(frozen=True)
class ChildPlain(Plain):
    """As for every person's benefit, with the category written down."""

    def grant(self, situation: Situation) -> Mapping[str, Any]:
        """The child holds the stipend from the next month on, and its category is on record from then."""
        first = self.starts(situation)
        category, route = self.found(situation, Month.from_date(first))
        made = Plain.grant(replace(self, route=route), situation)
        set_category(
            person=self.beneficiary(situation),
            category=category,
            valid_from=first,
            source=f"{situation.case.number} 审定",
            actor=situation.actor,
            on=situation.on,
        )
        return {**made, "category": category}

    def found(self, situation: Situation, month: Month) -> tuple[str, str]:
        """The category and the measure by the rules, of the month from which the child is provided for."""
        person = self.beneficiary(situation)
        said = why(self.programme, one_claim(situation.case.household_id, self.route, [person.pk]), month)
        number = said.values["category"][int(said.root.rpartition("@")[2])]
        return CATEGORY.name(number or 0), said.route


PLAIN = ChildPlain(
    programme=PROGRAMME,
    benefit=STIPEND,
    basis=BASIS,
    series="ET",
    required_papers=NeededPaper,
    starts=from_month_after_decision,
    route=next(iter(STIPEND.routes)),
)

CASE_TYPES = (plain_application(PLAIN), plain_review(PLAIN))
