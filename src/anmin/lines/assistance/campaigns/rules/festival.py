"""The festival grant (节日补助): so much from each budget for everybody on dibao or tekun and every orphan."""

from anmin.ground.policy.operators import Number, Operators
from anmin.ground.policy.rules import rule

GRANT = "节日补助通知（文号待核）"


@rule("month", source=GRANT, label="中央应担", unit="CNY")
def central_share(o: Operators, shares_central: Number) -> Number:
    return shares_central


@rule("month", source=GRANT, label="省级应担", unit="CNY")
def provincial_share(o: Operators, shares_provincial: Number) -> Number:
    return shares_provincial


@rule("month", source=GRANT, label="南通市级应担", unit="CNY")
def municipal_share(o: Operators, shares_municipal: Number) -> Number:
    return shares_municipal


@rule("month", source=GRANT, label="海安市级应担", unit="CNY")
def county_share(o: Operators, shares_county: Number) -> Number:
    return shares_county


@rule("month", source=GRANT, label="每人补助标准", unit="CNY")
def rate(o: Operators, central_share: Number, provincial_share: Number, municipal_share: Number, county_share: Number) -> Number:
    return central_share + provincial_share + municipal_share + county_share
