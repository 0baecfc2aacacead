"""The allowance by age band, counted from the month of the birthday.

Whoever moves away is paid for the month of the move, and by the new place from the next; so the hukou is that of the first day.
"""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.eldercare.allowance.rules.codes import ROUTE
from anmin.lines.eldercare.rules.facts import MUNICIPAL, PROVINCIAL

YES = YES_NO["yes"]
DAYS = 30
"""Dates are written 20240601, so this much later is past every day of the month and before the next."""

RULES = MUNICIPAL + "；" + PROVINCIAL


@rule("person", source=MUNICIPAL + "：自满岁生日的当月起计发", label="当月达到的周岁", unit="years")
def age_reached(o: Operators, birth_on: Number, first_day: Number) -> Number:
    return o.years(birth_on, first_day + DAYS)


@rule("person", source=MUNICIPAL, label="健在且可联系的本地户籍老人")
def here(o: Operators, hukou_local: Number, dead: Number, missing_person: Number) -> Truth:
    return (hukou_local == YES) & (dead != YES) & (missing_person != YES)


@rule("person", source=RULES, label="年龄对应的月标准")
def rate(
    o: Operators,
    age_reached: Number,
    ages_first: Number,
    ages_second: Number,
    ages_longevity: Number,
    rates_first: Number,
    rates_second: Number,
    rates_longevity: Number,
) -> Number:
    younger = o.either(age_reached >= ages_first, rates_first, 0)
    middle = o.either(age_reached >= ages_second, rates_second, younger)
    return o.either(age_reached >= ages_longevity, rates_longevity, middle)


@rule("person", source=RULES, label="月发放金额")
def amount(o: Operators, here: Truth, rate: Number) -> Number:
    return o.either(here, rate, 0)


@rule("person", source=RULES, label="给予尊老金、长寿金")
def eligible(o: Operators, amount: Number) -> Truth:
    return amount > 0


@rule("person", source=RULES, label="发放档次", unit="code")
def route(o: Operators, eligible: Truth, age_reached: Number, ages_second: Number, ages_longevity: Number) -> Number:
    band = o.either(age_reached >= ages_second, ROUTE["second"], ROUTE["first"])
    return o.either(eligible, o.either(age_reached >= ages_longevity, ROUTE["longevity"], band), ROUTE["none"])


@finding(
    "person",
    severity="info",
    source=RULES,
    label="给予尊老金长寿金",
    sentence="{who}当月{age_reached}，按{route}每月发给{amount}。",
)
def allowance_given(o: Operators, eligible: Truth) -> Truth:
    return eligible


@finding(
    "person",
    severity="block",
    source=RULES,
    label="未到年龄",
    sentence="{who}当月{age_reached}，未满{ages_first}；自满岁生日的当月起计发。",
)
def too_young(o: Operators, age_reached: Number, ages_first: Number) -> Truth:
    return age_reached < ages_first


@finding(
    "person",
    severity="block",
    source=MUNICIPAL,
    label="户籍已迁出",
    sentence="{who}当月首日已不是本地户籍，由迁入地自迁入的次月起发放。",
)
def moved_away(o: Operators, age_reached: Number, ages_first: Number, hukou_local: Number) -> Truth:
    return (age_reached >= ages_first) & (hukou_local != YES)


@finding("person", severity="block", source=MUNICIPAL, label="已去世", sentence="{who}已去世，自去世的次月起停发。")
def has_died(o: Operators, age_reached: Number, ages_first: Number, dead: Number) -> Truth:
    return (age_reached >= ages_first) & (dead == YES)


@finding(
    "person",
    severity="block",
    source=MUNICIPAL,
    label="下落不明暂停发放",
    sentence="{who}下落不明，暂停发放；找到后补发停发的月份。",
)
def is_missing(o: Operators, age_reached: Number, ages_first: Number, missing_person: Number) -> Truth:
    return (age_reached >= ages_first) & (missing_person == YES)
