"""Everybody on the roster who belongs to one of the groups is granted it."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.campaigns.rules.facts import FROZEN, YES


@rule("person", source=FROZEN, label="应予发放")
def eligible(o: Operators, on_roster: Number, groups: Number) -> Truth:
    return (on_roster == YES) & (groups >= 1)
