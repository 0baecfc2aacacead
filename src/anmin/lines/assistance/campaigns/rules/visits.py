"""Visits before the Spring Festival (春节慰问): one sum of money for whoever stands on the list of those visited."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.campaigns.rules.facts import YES

VISIT = "春节慰问方案（文号待核）"


@rule("month", source=VISIT, label="每户慰问标准", unit="CNY")
def rate(o: Operators, cash: Number) -> Number:
    return cash


@rule("person", source=VISIT, label="应予慰问")
def eligible(o: Operators, on_roster: Number) -> Truth:
    return on_roster == YES
