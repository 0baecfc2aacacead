"""The whole half-year as it will be told by files: who is on the register, who applies, who changes, who leaves, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from anmin.base.periods import Month
from anmin.demo import applying, leaving
from anmin.demo.county import Citizen, Family, Registered, Village
from anmin.demo.courses import Event
from anmin.demo.families import make_family, sizes
from anmin.demo.holders.holding import Holders
from anmin.demo.maker import Maker
from anmin.demo.scenario import Scenario
from anmin.demo.staff import Staffing

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class BankRefusal:
    """The bank will send back this payment of a month, and why; it goes through when tried again."""

    month: Month
    payee: Citizen
    reason: str


@dataclass
class Plan:
    """Everything the files will say."""

    scenario: Scenario
    staff: Staffing
    families: list[Family] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    refusals: list[BankRefusal] = field(default_factory=list)
    holders: Holders = field(default_factory=Holders)

    @property
    def on_register(self) -> list[Family]:
        return [family for family in self.families if family.register is not None]


def make_plan(scenario: Scenario, county: str, villages: Sequence[Village]) -> Plan:
    """The plan of a scenario; the same seed gives the same plan."""

    def drawn(purpose: str) -> Random:
        # A stream for each purpose: a change in one part leaves the others as they were.
        return Random(f"{scenario.seed}/{purpose}")  # noqa: S311  invented people, no secrets

    towns = list(dict.fromkeys(village.town for village in villages))
    if scenario.name == "tiny":
        towns = [town for town in towns if town in scenario.towns]
    chosen = [village for village in villages if village.town in towns]
    weights = [_weight(scenario, village, chosen) for village in chosen]
    make = Maker(drawn("people"), chosen, weights, scenario.central_pension, scenario.standard)
    # The busiest town first: its clerk is the one to look around with.
    staffed = sorted(towns, key=lambda town: -scenario.towns.get(town, 0))
    plan = Plan(scenario, Staffing(drawn("staff"), county, staffed))
    _fill_register(plan, make, drawn("register"))
    applying.apply_all(plan, make, drawn("applications"))
    leaving.leave_all(plan, make, drawn("changes"))
    _break_accounts(plan, drawn("bank"))
    plan.events.sort(key=lambda event: event.on)
    return plan


def _weight(scenario: Scenario, village: Village, villages: Sequence[Village]) -> int:
    beside = sum(1 for each in villages if each.town == village.town)
    return 1000 * scenario.towns.get(village.town, 4) // beside


def _fill_register(plan: Plan, make: Maker, rng: Random) -> None:
    """Those who are on dibao when the platform starts."""
    scenario = plan.scenario
    opening = scenario.opening
    first = scenario.period.first_day
    make.today, make.arrives = first, scenario.opens_on
    for place, size in enumerate(sizes(opening.households, opening.persons, rng), 1):
        reviewed = Month.from_date(first) - rng.randint(1, 6)
        make.since = reviewed.first_day
        family = make_family(make, f"HA{place:06d}", size, scenario.families)
        began = max(reviewed - rng.randint(0, 150), Month.from_date(family.members[0].since) + 1)
        family.covered_from = began.first_day
        family.register = Registered(
            since=began.first_day,
            decided_on=began.first_day - rng.randint(2, 20) * _DAY,
            review_due_on=(reviewed + 12).last_day,
        )
        plan.families.append(family)
    _let_incomes_run_out(plan, rng)


def _let_incomes_run_out(plan: Plan, rng: Random) -> None:
    """Some declared their income for a time that is over on the business day: they cannot be determined until asked again."""
    last = plan.scenario.period.last_day
    couples = [family for family in plan.families if family.kind in ("worker_alone", "ill_couple", "parent_child")]
    for family in rng.sample(couples or plan.families, plan.scenario.undetermined):
        for known in family.head.known:
            if known.kind.startswith("income."):
                known.until = last


def _break_accounts(plan: Plan, rng: Random) -> None:
    """The bank sends some payments back."""
    stay = [family for family in plan.on_register if family.covered_until is None and family.grace is None]
    reasons = ("账号与户名不符", "账户已销户", "账户状态异常（久悬户）")
    for month, count in zip(plan.scenario.period.months, plan.scenario.failing_accounts, strict=True):
        for family in rng.sample(stay, count):
            plan.refusals.append(BankRefusal(month, family.applicant, rng.choice(reasons)))
