"""The price subsidy (价格临时补贴): when prices rise past a threshold, a part of the dibao standard for that month.

The index is that of the municipality, as published: so many thousandths of the same month a year before.
"""

from anmin.ground.policy.operators import Number, Operators
from anmin.ground.policy.rules import rule

LINKED = "苏发改收费发〔2021〕1306号"
UNCHANGED = 1000


@rule("month", source=LINKED, label="当月价格涨幅", unit="per_mille")
def rise(o: Operators, index: Number) -> Number:
    return o.greatest(index - UNCHANGED, 0)


@rule("month", source=LINKED, label="第一档补贴", unit="CNY")
def first_step(o: Operators, dibao_standard: Number, divisors_first: Number) -> Number:
    return o.shared(dibao_standard, divisors_first)


@rule("month", source=LINKED, label="第二档补贴", unit="CNY")
def second_step(o: Operators, dibao_standard: Number, divisors_second: Number) -> Number:
    return o.shared(dibao_standard, divisors_second)


@rule("month", source=LINKED, label="当月每人补贴标准", unit="CNY")
def rate(
    o: Operators,
    rise: Number,
    thresholds_first: Number,
    thresholds_second: Number,
    first_step: Number,
    second_step: Number,
) -> Number:
    return o.either(rise >= thresholds_second, second_step, o.either(rise >= thresholds_first, first_step, 0))
