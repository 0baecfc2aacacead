"""Visits to dialysis patients (血透慰问): a gift for each, money for those of whom the list says so."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.campaigns.rules.facts import YES

VISIT = "血透患者慰问方案（文号待核）"


@rule("month", source=VISIT, label="现金慰问标准", unit="CNY")
def rate(o: Operators, cash: Number) -> Number:
    return cash


@rule("person", source=VISIT, label="应予慰问")
def visited(o: Operators, on_roster: Number) -> Truth:
    return on_roster == YES


@rule("person", source=VISIT, label="慰问现金")
def eligible(o: Operators, visited: Truth, dialysis_cash: Number) -> Truth:
    return visited & (dialysis_cash == YES)


@rule("person", source=VISIT, label="慰问品", unit="count")
def gifts(o: Operators, visited: Truth, packs: Number) -> Number:
    return o.either(visited, packs, 0)
