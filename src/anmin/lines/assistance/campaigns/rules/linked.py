"""Who gets the price subsidy of a month: the groups named, in a month in which there is one."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.assistance.campaigns.rules.facts import YES
from anmin.lines.assistance.campaigns.rules.prices import LINKED


@rule("person", source=LINKED, label="应予发放")
def eligible(o: Operators, on_roster: Number, groups: Number, rate: Number) -> Truth:
    return (on_roster == YES) & (groups >= 1) & (rate > 0)


@finding(
    "person",
    severity="block",
    source=LINKED,
    label="价格涨幅未达启动条件",
    sentence="当月价格涨幅为{rise}，没有达到启动条件{thresholds_first}，不发放价格临时补贴。",
)
def prices_are_calm(o: Operators, on_roster: Number, rate: Number) -> Truth:
    return (on_roster == YES) & (rate == 0)
