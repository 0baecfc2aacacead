"""What a benefit is called on pages, in which part of the bureau it stands, and whether families or persons hold it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse

from anmin.base import clock
from anmin.ground.cases.casetypes import CASE_TYPES
from anmin.ground.entitlements import reasons
from anmin.ground.entitlements.benefits import BENEFITS, Benefit
from anmin.ground.entitlements.vocabulary import EntitlementState
from anmin.ground.policy.programmes import DECIDED, PROGRAMMES

HOME = {"label": "首页", "url": "/"}
SECTIONS = {"assistance": "社会救助", "eldercare": "养老服务", "children": "儿童福利", "disability": "残疾人福利"}
ELSEWHERE = "其他待遇"
LOW_INCOME = ("assistance.tekun", "assistance.dibao", "assistance.margin", "assistance.hardship")
"""The layers of the low-income population, the deepest need first: nobody stands in two of them."""

STATE_TONES = {EntitlementState.IN_FORCE: "success", EntitlementState.SUSPENDED: "warning", EntitlementState.ENDED: "neutral"}


@dataclass(frozen=True)
class Named:
    """A benefit as its pages speak of it."""

    benefit: Benefit
    on: date | None = None
    """The day whose name it bears; today, where none is given."""

    @property
    def address(self) -> str:
        return self.benefit.address

    @property
    def label(self) -> str:
        return self.benefit.called(self.on or clock.today())

    @property
    def full(self) -> str:
        """The name of the law, where the label is short for it."""
        return PROGRAMMES.get(self.address, self.label)

    @property
    def section(self) -> str:
        return SECTIONS.get(self.address.partition(".")[0], ELSEWHERE)

    @property
    def of_persons(self) -> bool:
        """Whether each person holds it alone, rather than a family."""
        return DECIDED[self.address].unit == "person" if self.address in DECIDED else self.benefit.once

    @property
    def pays(self) -> bool:
        """Whether it comes with money every month; some are recognised only."""
        return self.address not in DECIDED or bool(DECIDED[self.address].amount)

    @property
    def routes(self) -> dict[str, str]:
        """Its routes with their labels; none where there is no choice."""
        return dict(self.benefit.routes) if len(self.benefit.routes) > 1 else {}

    @property
    def tiers(self) -> Mapping[int, str]:
        """The tiers an amount is reckoned by, by the code that stands on the lines of rolls."""
        return self.benefit.codes.get("route", {})

    @property
    def review(self) -> str:
        """The kind of the case that reviews it; empty where there is none."""
        kind = f"{self.address}.review"
        return kind if kind in CASE_TYPES else ""

    @property
    def application(self) -> str:
        """The kind of the case by which it is applied for; empty where there is none."""
        kind = f"{self.address}.application"
        return kind if kind in CASE_TYPES else ""

    @property
    def explained(self) -> bool:
        """Whether rules can say why."""
        return reasons.explained(self.address)

    @property
    def unit(self) -> str:
        return "人" if self.of_persons else "户"

    @property
    def url(self) -> str:
        return reverse("benefit", args=[self.address])

    @property
    def why(self) -> str:
        return reverse("benefit-why", args=[self.address])

    def route(self, route: str) -> str:
        """The route in words; as it stands, where the benefit no longer knows it."""
        return self.benefit.routes.get(route, route)


def named(address: str, on: date | None = None) -> Named:
    """The benefit of an address under its name of a day, or a page that is not there."""
    if address not in BENEFITS:
        raise Http404
    return Named(BENEFITS[address], on)


def everything() -> list[Named]:
    """Every benefit of the house."""
    return [Named(benefit) for benefit in BENEFITS.values()]
