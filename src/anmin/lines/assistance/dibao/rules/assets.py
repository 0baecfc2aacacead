"""Limits of property (家庭财产), for those to be covered and, for the second route of single persons, for the whole family.

Each kind has its own consequence by parameter: it refuses, or it asks for an explanation on file.
"""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import any_of, rule, total_of
from anmin.lines.assistance.dibao.rules.codes import SEVERITY, YES_NO
from anmin.lines.assistance.dibao.rules.facts import MEASURES

PROPERTY = MEASURES + "第十四条；《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）"
BLOCK = SEVERITY["block"]
YES = YES_NO["yes"]


@rule("month", source=PROPERTY, label="人均金融资产限额", unit="CNY")
def financial_limit_per_head(o: Operators, standard: Number, financial_months: Number) -> Number:
    return standard * financial_months


@rule("person", source=PROPERTY, label="名下有拆迁安置住房")
def has_relocation_home(o: Operators, assets_homes_relocation: Number) -> Truth:
    return assets_homes_relocation == YES


@rule("person", source=PROPERTY, label="名下有经营中的企业")
def has_company(o: Operators, assets_company: Number) -> Truth:
    return assets_company == YES


# ── of those to be covered ───────────────────────────────────────────────────────────────────────────────────────────

financial_assets = total_of("assets_financial", where="covered", source=PROPERTY, label="金融资产合计", unit="CNY")
homes = total_of("assets_homes", where="covered", source=PROPERTY, label="住房总套数", unit="count")
relocated = any_of("has_relocation_home", where="covered", source=PROPERTY, label="有拆迁安置住房")
vehicles = total_of("assets_vehicles", where="covered", source=PROPERTY, label="机动车总数", unit="count")
company_held = any_of("has_company", where="covered", source=PROPERTY, label="持有经营中的企业")


@rule("household", source=PROPERTY, label="金融资产限额", unit="CNY")
def financial_limit(o: Operators, financial_limit_per_head: Number, covered_persons: Number) -> Number:
    return financial_limit_per_head * covered_persons


@rule("household", source=PROPERTY, label="金融资产超过限额")
def financial_over(o: Operators, financial_assets: Number, financial_limit: Number) -> Truth:
    return financial_assets > financial_limit


@rule("household", source=PROPERTY, label="住房套数限额", unit="count")
def homes_allowed(o: Operators, relocated: Truth, homes_limit_relocation: Number, homes_limit: Number) -> Number:
    return o.either(relocated, homes_limit_relocation, homes_limit)


@rule("household", source=PROPERTY, label="住房超过限额")
def homes_over(o: Operators, homes: Number, homes_allowed: Number) -> Truth:
    return homes > homes_allowed


@rule("household", source=PROPERTY, label="机动车超过限额")
def vehicles_over(o: Operators, vehicles: Number, vehicles_limit: Number) -> Truth:
    return vehicles > vehicles_limit


@rule("household", source=PROPERTY, label="财产超过规定而不予通过")
def property_refused(
    o: Operators,
    financial_over: Truth,
    property_severity_financial: Number,
    homes_over: Truth,
    property_severity_homes: Number,
    vehicles_over: Truth,
    property_severity_vehicles: Number,
    company_held: Truth,
    property_severity_company: Number,
) -> Truth:
    return (
        (financial_over & (property_severity_financial == BLOCK))
        | (homes_over & (property_severity_homes == BLOCK))
        | (vehicles_over & (property_severity_vehicles == BLOCK))
        | (company_held & (property_severity_company == BLOCK))
    )


# ── of the whole family, which the second route of single persons looks at ──────────────────────────────────────────────

family_financial = total_of("assets_financial", where="counted", source=PROPERTY, label="家庭金融资产合计", unit="CNY")
family_homes = total_of("assets_homes", where="counted", source=PROPERTY, label="家庭住房总套数", unit="count")
family_relocated = any_of("has_relocation_home", where="counted", source=PROPERTY, label="家庭有拆迁安置住房")
family_vehicles = total_of("assets_vehicles", where="counted", source=PROPERTY, label="家庭机动车总数", unit="count")
family_company = any_of("has_company", where="counted", source=PROPERTY, label="家庭持有经营中的企业")


@rule("household", source=PROPERTY, label="家庭财产超过规定")
def family_property_refused(
    o: Operators,
    family_financial: Number,
    financial_limit_per_head: Number,
    counted_persons: Number,
    property_severity_financial: Number,
    family_homes: Number,
    family_relocated: Truth,
    homes_limit_relocation: Number,
    homes_limit: Number,
    property_severity_homes: Number,
    family_vehicles: Number,
    vehicles_limit: Number,
    property_severity_vehicles: Number,
    family_company: Truth,
    property_severity_company: Number,
) -> Truth:
    homes_allowed = o.either(family_relocated, homes_limit_relocation, homes_limit)
    financial = family_financial > financial_limit_per_head * counted_persons
    return (
        (financial & (property_severity_financial == BLOCK))
        | ((family_homes > homes_allowed) & (property_severity_homes == BLOCK))
        | ((family_vehicles > vehicles_limit) & (property_severity_vehicles == BLOCK))
        | (family_company & (property_severity_company == BLOCK))
    )
