"""Each budget's money as money of its own: one may be withheld from a person, with a reason, and the others are paid."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.assistance.campaigns.rules.facts import YES

BORNE = "资金分担比例见政策参数"


@rule("person", source=BORNE, label="中央资金", unit="CNY")
def from_central(o: Operators, eligible: Truth, central_share: Number, withheld_central: Number) -> Number:
    return o.either(eligible & (withheld_central != YES), central_share, 0)


@rule("person", source=BORNE, label="省级资金", unit="CNY")
def from_provincial(o: Operators, eligible: Truth, provincial_share: Number, withheld_provincial: Number) -> Number:
    return o.either(eligible & (withheld_provincial != YES), provincial_share, 0)


@rule("person", source=BORNE, label="南通市级资金", unit="CNY")
def from_municipal(o: Operators, eligible: Truth, municipal_share: Number, withheld_municipal: Number) -> Number:
    return o.either(eligible & (withheld_municipal != YES), municipal_share, 0)


@rule("person", source=BORNE, label="海安市级资金", unit="CNY")
def from_county(o: Operators, eligible: Truth, county_share: Number, withheld_county: Number) -> Number:
    return o.either(eligible & (withheld_county != YES), county_share, 0)


@rule("person", source=BORNE, label="发放金额", unit="CNY")
def amount(o: Operators, from_central: Number, from_provincial: Number, from_municipal: Number, from_county: Number) -> Number:
    return from_central + from_provincial + from_municipal + from_county


@finding(
    "person",
    severity="warning",
    source=BORNE,
    label="缺发一部分资金",
    sentence="{who}按登记的理由不发其中一部分资金，实发{amount}，标准为{rate}。",
)
def part_is_withheld(o: Operators, eligible: Truth, amount: Number, rate: Number) -> Truth:
    return eligible & (amount < rate)
