"""A round of home checks in two towns: households on dibao and tekun in three villages."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from anmin.ground.entitlements.models import Entitlement
from anmin.lines.assistance.homechecks import actions
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan
from anmin.lines.assistance.homechecks.reports import Report
from tests.conftest import Cast, County
from tests.one_off_stage import OneOffStage

PLANNED, DRAWN, FIXED = date(2024, 5, 6), date(2024, 5, 7), date(2024, 5, 8)
VISITED = date(2024, 5, 20)
TITLE = "2024年上半年入户核查"


@dataclass
class Round:
    """The households that may be drawn, and the staff who do it."""

    cast: Cast
    county: County
    held: list[Entitlement]

    def plan(self, **more: Any) -> HomeCheckPlan:
        given = {
            "title": TITLE,
            "area": self.county.county,
            "benefits": ["assistance.dibao", "assistance.tekun"],
            "rostered_on": date(2024, 4, 30),
            "villages": 2,
            "households": 2,
            "starts_on": date(2024, 5, 13),
            "due_on": date(2024, 6, 14),
            "actor": self.cast.reviewer,
            "on": PLANNED,
        }
        return actions.plan_checks(**{**given, **more})

    def draw(self, plan: HomeCheckPlan, seed: str = "030812192533+16") -> HomeCheckPlan:
        return actions.draw_households(
            plan=plan, seed=seed, seed_source="福彩双色球第2024051期", actor=self.cast.reviewer, on=DRAWN
        )

    def fix(self, plan: HomeCheckPlan) -> HomeCheckPlan:
        return actions.fix_draw(plan=plan, actor=self.cast.second_reviewer, on=FIXED)

    def under_way(self, **more: Any) -> HomeCheckPlan:
        return self.fix(self.draw(self.plan(**more)))

    def report(self, result: str = "as_declared", **more: Any) -> Report:
        given = {"visited_on": VISITED, "visitor_id": self.cast.clerk.id, "other_visitor": "刘村长", **more}
        return Report(result=result, **given)

    def of_clerk(self, plan: HomeCheckPlan) -> list[HomeCheck]:
        found = HomeCheck.objects.filter(plan=plan, area__path__startswith=self.county.qutang.path)
        return list(found.select_related("household", "area", "plan").order_by("place"))


@pytest.fixture
def round_(cast: Cast, county: County) -> Round:
    stage = OneOffStage(county.liuqiao)
    held = [stage.family() for _ in range(4)]
    held += [stage.family(benefit="assistance.tekun", route="rural") for _ in range(2)]
    stage.area = county.sunzhuang
    held += [stage.family(2) for _ in range(3)]
    stage.area = county.zoufeng
    held.append(stage.family())
    return Round(cast, county, held)
