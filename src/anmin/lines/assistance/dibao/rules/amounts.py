"""The monthly amount: the shortfall below the standard, raised to the yuan, and the category extras (分类施保)."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import count_of, rule, total_of
from anmin.lines.assistance.dibao.rules.codes import DISABILITY, WORK, YES_NO
from anmin.lines.assistance.dibao.rules.facts import MEASURES

AMOUNT = MEASURES + "；《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）"
EXTRAS = "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）分类施保"
YES = YES_NO["yes"]


@rule("person", source=MEASURES, label="无正当理由连续拒绝工作")
def refuses_work(o: Operators, covered: Truth, work_refusals: Number, refusals_limit: Number, work_status: Number) -> Truth:
    return covered & (work_refusals >= refusals_limit) & (work_status != WORK["unable"])


refusing_persons = count_of("refuses_work", source=MEASURES, label="因拒绝工作停发的人数")


@rule("household", source=AMOUNT, label="计发人数", unit="persons")
def paid_persons(o: Operators, covered_persons: Number, refusing_persons: Number) -> Number:
    return covered_persons - refusing_persons


@rule("household", source=AMOUNT, label="收入与标准的差额")
def shortfall(o: Operators, standard: Number, paid_persons: Number, countable_income: Number) -> Number:
    return o.greatest(standard * paid_persons - countable_income, 0)


@rule("household", source=AMOUNT, label="最低补差额")
def minimum_topup(o: Operators, standard: Number, paid_persons: Number, minimum_topup_rate: Number) -> Number:
    return o.half_up(standard * paid_persons, minimum_topup_rate)


@rule("household", source=AMOUNT, label="基本补差金额")
def base_amount(o: Operators, shortfall: Number, minimum_topup: Number, amount_step: Number) -> Number:
    return o.either(shortfall > 0, o.round_up(o.greatest(shortfall, minimum_topup), amount_step), 0)


# ── extras: of all the categories a person falls into, the highest only ──────────────────────────────────────────────────


@rule("household", source=EXTRAS, label="单独生活")
def lives_alone(o: Operators, counted_persons: Number) -> Truth:
    return counted_persons == 1


@rule("person", source=EXTRAS, label="因年龄或单独生活的增发比例", unit="per_mille")
def extra_for_age(
    o: Operators,
    age: Number,
    extra_elder_age: Number,
    extra_rates_elder: Number,
    minor: Truth,
    extra_rates_minor: Number,
    lives_alone: Truth,
    extra_rates_alone: Number,
) -> Number:
    return o.greatest(
        o.either(age >= extra_elder_age, extra_rates_elder, 0),
        o.either(minor, extra_rates_minor, 0),
        o.either(lives_alone, extra_rates_alone, 0),
    )


@rule("person", source=EXTRAS, label="因残疾或疾病的增发比例", unit="per_mille")
def extra_for_health(
    o: Operators,
    severely_disabled: Truth,
    extra_rates_severe_disability: Number,
    illness_severe: Number,
    extra_rates_severe_illness: Number,
    disability_kind: Number,
    disability_grade: Number,
    extra_rates_hearing_speech: Number,
) -> Number:
    of_hearing = o.one_of(disability_kind, DISABILITY["hearing"], DISABILITY["speech"]) & (disability_grade >= 1)
    return o.greatest(
        o.either(severely_disabled, extra_rates_severe_disability, 0),
        o.either(illness_severe == YES, extra_rates_severe_illness, 0),
        o.either(of_hearing, extra_rates_hearing_speech, 0),
    )


@rule("person", source=EXTRAS, label="增发比例（取最高一项）", unit="per_mille")
def extra_rate(
    o: Operators, extra_for_age: Number, extra_for_health: Number, veteran: Number, extra_rates_veteran: Number
) -> Number:
    return o.greatest(extra_for_age, extra_for_health, o.either(veteran == YES, extra_rates_veteran, 0))


@rule("person", source=EXTRAS, label="分类增发")
def extra(o: Operators, covered: Truth, refuses_work: Truth, standard: Number, extra_rate: Number) -> Number:
    return o.either(covered & o.is_not(refuses_work), o.half_up(standard, extra_rate), 0)


extras_amount = total_of("extra", source=EXTRAS, label="分类增发合计")


# ── what is paid ─────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("household", source=AMOUNT, label="按差额计算的保障金额")
def regular_amount(o: Operators, meets_conditions: Truth, base_amount: Number, extras_amount: Number) -> Number:
    return o.either(meets_conditions & (base_amount > 0), base_amount + extras_amount, 0)


@rule("household", source="江苏省民政厅等四部门低保扩围增效文件（2023年8月）", label="渐退缓退期保障金额")
def grace_amount(o: Operators, in_grace: Truth, grace_previous_amount: Number, grace_rate: Number, amount_step: Number) -> Number:
    return o.either(in_grace, o.round_up(o.half_up(grace_previous_amount, grace_rate), amount_step), 0)


@rule("household", source=AMOUNT, label="月保障金额", unit="CNY/household/month")
def amount(o: Operators, regular_amount: Number, grace_amount: Number) -> Number:
    return o.greatest(regular_amount, grace_amount)
