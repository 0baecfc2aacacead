"""How much a family may be given at most, and who may decide so much."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.assistance.temporary.rules.facts import LEVEL, MEASURES, OPINIONS

SMALL = OPINIONS + "关于乡镇（街道）小额救助的规定"


@rule("household", source=SMALL, label="镇（街道）小额救助上限", unit="CNY")
def town_limit(
    o: Operators, dibao_standard: Number, town_multiple: Number, aided_persons: Number, town_household_limit: Number
) -> Number:
    return o.least(dibao_standard * town_multiple * aided_persons, town_household_limit)


@rule("month", source=MEASURES, label="每户救助上限", unit="CNY")
def household_limit(o: Operators, dibao_standard: Number, household_multiple: Number) -> Number:
    return dibao_standard * household_multiple


@rule("household", source=MEASURES, label="本次可救助的最高金额", unit="CNY")
def most(o: Operators, fits: Truth, household_limit: Number, deliberated_amount: Number) -> Number:
    # Whom only the panel lets in is given what the panel said, not the ceiling of those who come in by rule.
    return o.either(fits, o.greatest(household_limit, deliberated_amount), deliberated_amount)


@rule("household", source=MEASURES, label="可救助金额", unit="CNY")
def amount(o: Operators, eligible: Truth, aid_need: Number, most: Number) -> Number:
    return o.either(eligible, o.least(aid_need, most), 0)


@rule("household", source=SMALL, label="由谁决定", unit="code")
def level(o: Operators, eligible: Truth, deliberated: Truth, amount: Number, town_limit: Number) -> Number:
    by_amount = o.either(amount <= town_limit, LEVEL["town"], LEVEL["county"])
    return o.either(eligible, o.either(deliberated, LEVEL["deliberated"], by_amount), LEVEL["none"])


@finding(
    "household",
    severity="info",
    source=SMALL,
    label="镇（街道）可以直接救助",
    sentence="可救助金额{amount}，在镇（街道）小额救助上限{town_limit}以内，由镇（街道）直接决定。",
)
def town_may_decide(o: Operators, level: Number) -> Truth:
    return level == LEVEL["town"]


@finding(
    "household",
    severity="info",
    source=MEASURES,
    label="超过小额上限报县级",
    sentence="可救助金额{amount}，超过镇（街道）小额救助上限{town_limit}；镇（街道）可先在上限内救助，其余报县级民政部门。",
)
def county_decides(o: Operators, level: Number) -> Truth:
    return level == LEVEL["county"]


@finding(
    "household",
    severity="warning",
    source=MEASURES,
    label="按上限救助",
    sentence="需要救助的支出或损失{aid_need}，按每户上限{household_limit}计；仍难以维持生活的，可以提请一事一议。",
)
def capped(o: Operators, eligible: Truth, deliberated: Truth, aid_need: Number, most: Number) -> Truth:
    return eligible & o.is_not(deliberated) & (aid_need > most)


@finding(
    "household",
    severity="info",
    source=OPINIONS,
    label="一事一议放宽",
    sentence="经一事一议同意，可救助至{most}。",
)
def lifted_by_panel(o: Operators, eligible: Truth, deliberated: Truth) -> Truth:
    return eligible & deliberated
