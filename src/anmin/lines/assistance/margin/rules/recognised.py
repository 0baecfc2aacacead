"""Who belongs to a family on the margin of dibao: at least the dibao standard, below its multiple, property within limits."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import any_of, count_of, finding, rule
from anmin.lines.assistance.dibao.rules.assets import PROPERTY
from anmin.lines.assistance.dibao.rules.facts import MEASURES
from anmin.lines.assistance.dibao.rules.routes import family_margin

LOW_INCOME = "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）关于低收入家庭的规定"
LAYERS = "《关于加强低收入人口动态监测做好分层分类社会救助工作的意见》（国办发〔2023〕39号）"


@rule("person", source=LAYERS, label="可认定为低保边缘的成员")
def open_to_margin(o: Operators, counted: Truth, already_tekun: Truth, already_dibao: Truth) -> Truth:
    return counted & o.is_not(already_tekun | already_dibao)


any_open_to_margin = any_of("open_to_margin", source=LAYERS, label="有可认定为低保边缘的成员")


@rule("household", source=LOW_INCOME, label="收入不低于低保标准、低于低收入上限")
def in_margin_band(o: Operators, family_income: Number, family_line: Number, family_margin: Number) -> Truth:
    return (family_income >= family_line) & (family_income < family_margin)


@rule("household", source=LOW_INCOME, label="认定为低保边缘家庭")
def margin_eligible(
    o: Operators, claimed_by_family: Truth, any_open_to_margin: Truth, in_margin_band: Truth, family_property_refused: Truth
) -> Truth:
    return claimed_by_family & any_open_to_margin & in_margin_band & o.is_not(family_property_refused)


@rule("person", source=LAYERS, label="低保边缘家庭成员")
def margin_granted(o: Operators, margin_eligible: Truth, open_to_margin: Truth) -> Truth:
    return margin_eligible & open_to_margin


margin_persons = count_of("margin_granted", source=LAYERS, label="低保边缘家庭人数")


@finding(
    "household",
    severity="info",
    source=LOW_INCOME,
    label="认定为低保边缘",
    sentence="家庭月人均收入{family_income_per_head}，不低于低保标准{standard}、低于其{margin_multiple}，财产符合规定。",
)
def margin_recognised(o: Operators, margin_eligible: Truth) -> Truth:
    return margin_eligible


@finding(
    "household",
    severity="block",
    source=LOW_INCOME,
    label="收入达到低收入上限",
    sentence="家庭收入{family_income}，不低于低收入上限{family_margin}，不属于低保边缘家庭。",
)
def margin_income_over(
    o: Operators, claimed_by_family: Truth, any_open_to_margin: Truth, family_income: Number, family_margin: Number
) -> Truth:
    return claimed_by_family & any_open_to_margin & (family_income >= family_margin)


@finding(
    "household",
    severity="block",
    source=MEASURES,
    label="收入低于低保标准，先按低保认定",
    sentence="家庭收入{family_income}低于低保标准合计{family_line}，应先按低保认定，不属于低保边缘家庭。",
)
def margin_income_below(
    o: Operators, claimed_by_family: Truth, any_open_to_margin: Truth, family_income: Number, family_line: Number
) -> Truth:
    return claimed_by_family & any_open_to_margin & (family_income < family_line)


@finding(
    "household",
    severity="block",
    source=PROPERTY,
    label="家庭财产超过低收入家庭规定",
    sentence="家庭财产超过规定，不属于低保边缘家庭。",
)
def margin_property_over(
    o: Operators, claimed_by_family: Truth, any_open_to_margin: Truth, family_property_refused: Truth
) -> Truth:
    return claimed_by_family & any_open_to_margin & family_property_refused


@finding(
    "household",
    severity="block",
    source=LAYERS,
    label="全体成员已在低保或特困",
    sentence="共同生活的成员均已纳入低保或特困供养，每人只属一类。",
)
def margin_held_already(o: Operators, has_family: Truth, any_open_to_margin: Truth) -> Truth:
    return has_family & o.is_not(any_open_to_margin)


__all__ = [
    "any_open_to_margin", "family_margin", "in_margin_band", "margin_eligible", "margin_granted", "margin_held_already",
    "margin_income_below", "margin_income_over", "margin_persons", "margin_property_over", "margin_recognised", "open_to_margin",
]  # fmt: skip
