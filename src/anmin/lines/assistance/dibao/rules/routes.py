"""By which way a household is covered: as a whole, as a single person (单人保) by one of two routes, or in a period of grace.

A person who claims alone and does not name a route gets the one that holds; both pay the same, so where both hold
the first is taken: it looks only at the person's own means.
"""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import any_of, rule
from anmin.lines.assistance.dibao.rules.codes import CLAIM, GRACE, ROUTE, WORK, YES_NO
from anmin.lines.assistance.dibao.rules.facts import MEASURES

JIANGSU_2023 = "江苏省民政厅等四部门低保扩围增效文件（2023年8月）"
SINGLE_A = JIANGSU_2023 + "；民发〔2022〕83号"
SINGLE_B = MEASURES + "第八条；《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）"
YES = YES_NO["yes"]


@rule("household", source=MEASURES, label="整户符合条件")
def household_route(o: Operators, single_claim: Truth, within_income: Truth, property_refused: Truth) -> Truth:
    return o.is_not(single_claim) & within_income & o.is_not(property_refused)


# ── route A: an adult of severe disability without work, by own means alone ──────────────────────────────────────────────


@rule("person", source=SINGLE_A, label="成年无业重残的申请人")
def single_a_person(
    o: Operators,
    covered: Truth,
    age: Number,
    adult_age: Number,
    severely_disabled: Truth,
    work_status: Number,
    income_wage: Number,
) -> Truth:
    without_work = (work_status != WORK["employed"]) & (income_wage == 0)
    return covered & (age >= adult_age) & severely_disabled & without_work


single_a_met = any_of("single_a_person", source=SINGLE_A, label="申请人成年、无业、重度残疾")


@rule("household", source=SINGLE_A, label="按成年无业重残单独保障")
def single_a_route(
    o: Operators,
    single_claim: Truth,
    claim_type: Number,
    single_a_met: Truth,
    within_income: Truth,
    property_refused: Truth,
) -> Truth:
    asked = single_claim & (claim_type != CLAIM["single_b"])
    return asked & single_a_met & within_income & o.is_not(property_refused)


# ── route B: severe disability or illness, or religious residence, in a family of low income ─────────────────────────────


@rule("person", source=SINGLE_B, label="重残、重病或宗教教职的申请人")
def single_b_person(o: Operators, covered: Truth, severe: Truth, religious_resident: Number) -> Truth:
    return covered & (severe | (religious_resident == YES))


single_b_met = any_of("single_b_person", source=SINGLE_B, label="申请人重残、重病或为宗教教职人员")


@rule("household", source=SINGLE_B, label="需要掌握全家经济状况")
def family_matters(o: Operators, single_claim: Truth, claim_type: Number, single_b_met: Truth, single_a_route: Truth) -> Truth:
    asked = single_claim & (claim_type != CLAIM["single_a"])
    return asked & single_b_met & o.is_not(single_a_route)


@rule("household", source=SINGLE_B, label="家庭低保标准合计")
def family_line(o: Operators, standard: Number, counted_persons: Number) -> Number:
    return standard * counted_persons


@rule("household", source=SINGLE_B, label="家庭低收入上限")
def family_margin(o: Operators, family_line: Number, margin_multiple: Number) -> Number:
    return o.half_up(family_line, margin_multiple)


@rule("household", source=SINGLE_B, label="家庭收入高于低保标准、低于低收入上限")
def family_in_band(o: Operators, family_income: Number, family_line: Number, family_margin: Number) -> Truth:
    return (family_income > family_line) & (family_income < family_margin)


@rule("household", source=SINGLE_B, label="按低收入家庭重残重病单独保障")
def single_b_route(
    o: Operators, family_matters: Truth, family_in_band: Truth, family_property_refused: Truth, within_income: Truth
) -> Truth:
    return family_matters & family_in_band & o.is_not(family_property_refused) & within_income


# ── grace after work was found (渐退、缓退) ──────────────────────────────────────────────────────────────────────────────


@rule("household", source=JIANGSU_2023, label="已批准渐退或缓退")
def grace_claimed(o: Operators, grace_kind: Number) -> Truth:
    return grace_kind != GRACE["none"]


@rule("household", source=JIANGSU_2023, label="可延长月数", unit="months")
def grace_extended(o: Operators, has_severe_member: Truth, grace_extension: Number, grace_extension_months: Number) -> Number:
    return o.either(has_severe_member, o.least(grace_extension, grace_extension_months), 0)


@rule("household", source=JIANGSU_2023, label="渐退缓退期限", unit="months")
def grace_limit(
    o: Operators, grace_kind: Number, grace_delayed_months: Number, grace_gradual_months: Number, grace_extended: Number
) -> Number:
    return o.either(grace_kind == GRACE["delayed"], grace_delayed_months, grace_gradual_months) + grace_extended


@rule("household", source=JIANGSU_2023, label="处于渐退缓退期")
def in_grace(
    o: Operators,
    grace_claimed: Truth,
    within_income: Truth,
    grace_elapsed: Number,
    grace_limit: Number,
    property_refused: Truth,
) -> Truth:
    in_time = (grace_elapsed >= 1) & (grace_elapsed <= grace_limit)
    return grace_claimed & in_time & o.is_not(within_income) & o.is_not(property_refused)


@rule("household", source=JIANGSU_2023, label="本月发放比例", unit="per_mille")
def grace_rate(
    o: Operators, grace_kind: Number, grace_elapsed: Number, grace_gradual_full_months: Number, grace_gradual_rate: Number
) -> Number:
    reduced = (grace_kind == GRACE["gradual"]) & (grace_elapsed > grace_gradual_full_months)
    return o.either(reduced, grace_gradual_rate, 1000)


# ── the outcome ──────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("household", source=MEASURES, label="符合低保条件")
def meets_conditions(o: Operators, household_route: Truth, single_a_route: Truth, single_b_route: Truth) -> Truth:
    return household_route | single_a_route | single_b_route


@rule("household", source=MEASURES, label="给予保障")
def eligible(o: Operators, amount: Number) -> Truth:
    return amount > 0


@rule("household", source=MEASURES, label="保障方式", unit="code")
def route(
    o: Operators,
    household_route: Truth,
    single_a_route: Truth,
    single_b_route: Truth,
    in_grace: Truth,
    grace_kind: Number,
    eligible: Truth,
) -> Number:
    delayed = grace_kind == GRACE["delayed"]
    grace = o.either(delayed, ROUTE["grace_delayed"], ROUTE["grace_gradual"])
    single = o.either(
        single_a_route, ROUTE["single_a"], o.either(single_b_route, ROUTE["single_b"], o.either(in_grace, grace, 0))
    )
    return o.either(eligible, o.either(household_route, ROUTE["household"], single), 0)


@rule("person", source=MEASURES, label="享受低保")
def granted(o: Operators, covered: Truth, eligible: Truth) -> Truth:
    return covered & eligible
