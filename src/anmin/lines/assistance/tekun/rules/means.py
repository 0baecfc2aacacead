"""The second condition: no means of living (无生活来源): own income below the dibao standard, own property within its limits.

Not counted: the basic pension fixed by the state, insurance, honours and old-age allowances (art. 6); the last three are never
recorded as income.
"""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.dibao.rules.codes import SEVERITY
from anmin.lines.assistance.tekun.rules.facts import MEASURES

MEANS = MEASURES + "第六条"
BLOCK = SEVERITY["block"]


@rule("person", source=MEANS, label="不计入的中央基础养老金")
def tekun_pension_exempt(
    o: Operators, income_pension: Number, income_pension_central: Number, central_pension_excluded: Number
) -> Number:
    return o.half_up(o.least(income_pension, income_pension_central), central_pension_excluded)


@rule("person", source=MEANS, label="本人月收入")
def tekun_income(
    o: Operators,
    income_wage: Number,
    income_business: Number,
    income_property: Number,
    income_pension: Number,
    tekun_pension_exempt: Number,
    income_transfer_other: Number,
    income_support_received: Number,
) -> Number:
    earned = income_wage + income_business + income_property
    return earned + (income_pension - tekun_pension_exempt) + income_transfer_other + income_support_received


@rule("person", source=MEANS, label="本人收入低于低保标准")
def tekun_income_low(o: Operators, tekun_income: Number, standard: Number) -> Truth:
    return tekun_income < standard


@rule("person", source=MEANS, label="本人财产超过规定")
def tekun_property_over(
    o: Operators,
    assets_financial: Number,
    financial_limit_per_head: Number,
    property_severity_financial: Number,
    assets_homes: Number,
    has_relocation_home: Truth,
    homes_limit_relocation: Number,
    homes_limit: Number,
    property_severity_homes: Number,
    assets_vehicles: Number,
    vehicles_limit: Number,
    property_severity_vehicles: Number,
    has_company: Truth,
    property_severity_company: Number,
) -> Truth:
    homes_over = assets_homes > o.either(has_relocation_home, homes_limit_relocation, homes_limit)
    return (
        ((assets_financial > financial_limit_per_head) & (property_severity_financial == BLOCK))
        | (homes_over & (property_severity_homes == BLOCK))
        | ((assets_vehicles > vehicles_limit) & (property_severity_vehicles == BLOCK))
        | (has_company & (property_severity_company == BLOCK))
    )


@rule("person", source=MEANS, label="无生活来源")
def without_means(o: Operators, tekun_income_low: Truth, tekun_property_over: Truth) -> Truth:
    return tekun_income_low & o.is_not(tekun_property_over)
