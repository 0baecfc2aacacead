"""The one-off living subsidy (一次性生活补贴): one sum for each person of the groups named, by a notice of its own each time."""

from anmin.ground.policy.operators import Number, Operators
from anmin.ground.policy.rules import rule

NOTICE = "一次性生活补贴通知（文号待核）"


@rule("month", source=NOTICE, label="每人补贴标准", unit="CNY")
def rate(o: Operators, cash: Number) -> Number:
    return cash
