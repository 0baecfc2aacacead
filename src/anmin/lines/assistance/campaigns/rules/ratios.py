"""An amount divided among the budgets that bear it, by their shares in per mille."""

from anmin.ground.policy.operators import Number, Operators
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.campaigns.rules.sources import BORNE


@rule("month", source=BORNE, label="中央应担", unit="CNY")
def central_share(o: Operators, rate: Number, funding_central: Number) -> Number:
    return o.half_up(rate, funding_central)


@rule("month", source=BORNE, label="省级应担", unit="CNY")
def provincial_share(o: Operators, rate: Number, funding_provincial: Number) -> Number:
    return o.half_up(rate, funding_provincial)


@rule("month", source=BORNE, label="南通市级应担", unit="CNY")
def municipal_share(o: Operators, rate: Number, funding_municipal: Number) -> Number:
    return o.half_up(rate, funding_municipal)


@rule("month", source=BORNE, label="海安市级应担", unit="CNY")
def county_share(
    o: Operators,
    rate: Number,
    funding_county: Number,
    central_share: Number,
    provincial_share: Number,
    municipal_share: Number,
) -> Number:
    # The shares add up to a thousand; the last one takes what the roundings of the others leave.
    return o.either(funding_county > 0, rate - central_share - provincial_share - municipal_share, 0)
