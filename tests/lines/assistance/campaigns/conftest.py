"""A festival before its roster is frozen: two towns, people on dibao and tekun, an orphan."""

from dataclasses import dataclass
from datetime import date

import pytest

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.people.models import Person
from anmin.lines.assistance.campaigns import actions
from anmin.lines.assistance.campaigns.models import Campaign, RosterRow
from anmin.lines.children.stipend.benefit import STIPEND
from tests.conftest import Cast, County
from tests.one_off_stage import OneOffStage

CUTOFF, FROZEN, DECIDED = date(2024, 1, 31), date(2024, 2, 1), date(2024, 2, 2)
FEBRUARY = Month(2024, 2)


@dataclass
class Festival:
    """The festival grant of 2024 and those it may concern."""

    cast: Cast
    stage: OneOffStage
    couple: list[Person]
    grandson: Person
    next_door: Person

    def propose(self, kind: str = "assistance.festival", occasion: str = "2024年春节", **more: object) -> Campaign:
        given = {"cutoff_on": CUTOFF, "for_month": FEBRUARY, "pay_month": FEBRUARY, **more}
        return actions.propose_campaign(kind=kind, occasion=occasion, actor=self.cast.reviewer, on=CUTOFF, **given)  # type: ignore[arg-type]  # one helper for all

    def freeze(self, campaign: Campaign, on: date = FROZEN) -> Campaign:
        return actions.freeze_roster(campaign=campaign, actor=self.cast.reviewer, on=on)

    def frozen(self) -> Campaign:
        return self.freeze(self.propose())

    def check(self, campaign: Campaign) -> Campaign:
        return actions.check_campaign(campaign=campaign, actor=self.cast.second_reviewer, on=DECIDED)

    def approved(self, campaign: Campaign | None = None) -> Campaign:
        checked = self.check(campaign or self.frozen())
        return actions.approve_campaign(campaign=checked, actor=self.cast.leader, on=DECIDED)

    def row(self, campaign: Campaign, person: Person) -> RosterRow:
        return RosterRow.objects.select_related("campaign", "person").get(campaign=campaign, person=person)


@pytest.fixture
def festival(cast: Cast, county: County) -> Festival:
    BENEFITS.register(STIPEND)
    stage = OneOffStage(county.liuqiao)
    couple = [stage.person("王大爷"), stage.person("王奶奶", account="")]
    home = stage.household(*couple)
    stage.holds(home, *couple)
    grandson = stage.person("王小宝", account="", birth_on=date(2014, 5, 1))
    stage.knows(
        grandson, **{"child.father": "dead", "child.mother": "dead", "child.placement": "family", "child.other_benefits": 0}
    )
    orphans = stage.household(grandson)
    stage.holds(orphans, grandson, benefit="children.stipend", route="person")
    stage.holds(orphans, grandson)
    next_door = stage.person("陈福根", area=county.zoufeng)
    stage.holds(stage.household(next_door), next_door, benefit="assistance.tekun", route="rural")
    return Festival(cast, stage, couple, grandson, next_door)
