"""The dibao rules once more, as one would tell them: one household, plain Python, no engine. Written apart from the rules.

Only for comparison in tests: a fault in the engine, or in how a rule was put into its vocabulary, shows as a difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

S = 82_000
ABSENT_BY_LAW = {"conscript", "prison", "religious", "declared_missing", "county_decision", "other"}
REQUIRED = ("income_wage", "income_business", "income_property", "income_pension", "assets_financial")


@dataclass
class Told:
    """What came out for one household."""

    outcome: str
    amount: int = 0
    route: str = "none"
    lacking: set[tuple[str, str]] = field(default_factory=set)


def _half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def _to_yuan(fen: int) -> int:
    return int((Decimal(fen) / 100).quantize(Decimal(1), ROUND_CEILING)) * 100


def tell(household: Mapping[str, Any], year: int, month: int) -> Told:
    """The outcome at the policy of the first half of 2024."""
    members = [_Member(each, year, month) for each in household["members"]]
    claim = household.get("claim_type") or "household"
    family = [each for each in members if each.counted]
    if claim == "household":
        covered = family
    else:
        named = [each for each in members if each.get("claimant")]
        covered = [each for each in (named or [m for m in members if m["relation"] == "head"]) if not each.get("dead")]

    lacking = {item for each in covered for item in each.lacking()}
    income = sum(each.income() for each in covered)
    below = income < S * len(covered)
    barred = _property_barred(covered)

    route = "none"
    if claim == "household":
        if below and not barred:
            route = "household"
    else:
        fit = any(each.adult_without_work_and_severely_disabled() for each in covered)
        if claim != "single_b" and fit and below and not barred:
            route = "single_a"
        by_b = any(each.severe() or each.get("religious_resident") for each in covered)
        if route == "none" and claim != "single_a" and by_b:
            lacking |= {item for each in family for item in each.lacking()}
            together = sum(each.income() for each in family)
            line = S * len(family)
            if line < together < 2 * line and not _property_barred(family) and below:
                route = "single_b"

    grace = household.get("grace_kind") or "none"
    if grace != "none":
        lacking |= {("household", name) for name in ("grace_elapsed", "grace_previous_amount") if household.get(name) is None}
    if lacking:
        return Told("undetermined", lacking=lacking)

    amount = 0
    if route != "none":
        working = [each for each in covered if not each.refuses()]
        gap = S * len(working) - income
        if gap > 0:
            amount = _to_yuan(gap) + sum(each.extra(alone=len(family) == 1) for each in working)
    if grace != "none" and not below and not barred:
        kept = _grace_amount(household, grace, any(each.severe() for each in covered))
        if kept:
            return Told("eligible", kept, f"grace_{grace}")
    return Told("eligible", amount, route) if amount else Told("not_eligible")


def _grace_amount(household: Mapping[str, Any], grace: str, severe: bool) -> int:
    extension = min(household.get("grace_extension") or 0, 6) if severe else 0
    elapsed = household["grace_elapsed"]
    if not 1 <= elapsed <= 6 + extension:
        return 0
    share = Decimal("0.5") if grace == "gradual" and elapsed > 3 else Decimal(1)
    return _to_yuan(_half_up(household["grace_previous_amount"] * share))


def _property_barred(group: list["_Member"]) -> bool:
    savings = sum(each.money("assets_financial") for each in group)
    homes = sum(each.get("assets_homes") or 0 for each in group)
    allowed = 2 if any(each.get("assets_homes_relocation") for each in group) else 1
    cars = sum(each.get("assets_vehicles") or 0 for each in group)
    return savings > 24 * S * len(group) or homes > allowed or cars > 0


class _Member:
    def __init__(self, facts: Mapping[str, Any], year: int, month: int) -> None:
        self.facts = facts
        born = facts["birth_on"]
        self.age = year - born // 10_000 - ((month, 1) < (born // 100 % 100, born % 100))

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]

    def get(self, name: str) -> Any:
        return self.facts.get(name)

    def money(self, name: str) -> int:
        return self.facts.get(name) or 0

    @property
    def counted(self) -> bool:
        reason = self.get("absence_reason") or "none"
        if reason in ABSENT_BY_LAW or self.get("dead"):
            return False
        if reason == "missing_two_years" and self.get("absence_proof") in (None, 1):
            return False
        if self["relation"] in ("head", "spouse"):
            return True
        studies = (self.get("schooling_level") or "none") != "none"
        if self["relation"] == "child" and (self.age < 18 or studies):
            return True
        duty = self["relation"] in ("child", "parent") or self.get("legal_duty") == 1
        return duty and self.get("same_hukou") in (None, 1) and reason not in ("graduate_student", "independent")

    def lacking(self) -> set[tuple[str, str]]:
        found = set()
        if self.age >= 16:
            found = {("person", name) for name in REQUIRED if self.get(name) is None}
        for each in self.get("supporters") or ():
            if not each.get("supporter_exempt") and each.get("supporter_court_amount") is None:
                needed = ("supporter_income", "supporter_members", "supporter_dependants")
                found |= {("supporter", name) for name in needed if each.get(name) is None}
        return found

    def income(self) -> int:
        wage = self.money("income_wage")
        if (self.get("disability_grade") or 0) >= 1:
            wage -= _half_up(wage * Decimal("0.3"))
        wage -= min(wage, S * 3 // 10)
        business = self.money("income_business")
        if self.age >= 60:
            business -= min(business, self.money("income_farming"))
        if self.get("work_status") == "able_idle":
            business += 0  # nothing is imputed
        pension = self.money("income_pension")
        pension -= min(pension, self.money("income_pension_central"), 10_300)
        other = self.money("income_property") + self.money("income_transfer_other")
        return wage + business + pension + other + self.support()

    def support(self) -> int:
        due = 0
        for each in self.get("supporters") or ():
            court = each.get("supporter_court_amount")
            if court is not None:
                owed = court
            elif each.get("supporter_exempt"):
                owed = 0
            else:
                members = each.get("supporter_members") or 1
                excess = max(0, (each.get("supporter_income") or 0) - 2 * S * members)
                owed = _half_up(Decimal(excess) / 2 / (each.get("supporter_dependants") or 1))
            due += max(owed, each.get("supporter_actual_amount") or 0)
        return max(due, self.money("income_support_received"))

    def severely_disabled(self) -> bool:
        grade = self.get("disability_grade") or 0
        return grade in (1, 2) or (grade == 3 and self.get("disability_kind") in ("intellectual", "mental"))

    def severe(self) -> bool:
        return self.severely_disabled() or bool(self.get("illness_severe"))

    def adult_without_work_and_severely_disabled(self) -> bool:
        idle = self.get("work_status") != "employed" and self.money("income_wage") == 0
        return self.age >= 18 and idle and self.severely_disabled()

    def refuses(self) -> bool:
        return (self.get("work_refusals") or 0) >= 3 and self.get("work_status") != "unable"

    def extra(self, *, alone: bool) -> int:
        tenth = self.age >= 70 or self.age < 18 or alone
        hears_badly = self.get("disability_kind") in ("hearing", "speech") and (self.get("disability_grade") or 0) >= 1
        fifth = self.severe() or hears_badly or bool(self.get("veteran"))
        return S // 5 if fifth else S // 10 if tenth else 0
