"""The stipend: a share of the orphan standard by category, less what the child already gets (补差).

Whoever is in tekun must choose; the child's benefit is paid when it was chosen.
"""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.children.stipend.rules.codes import CATEGORY, PLACEMENT, ROUTE
from anmin.lines.children.stipend.rules.facts import JIANGSU_2018, TEKUN

YES = YES_NO["yes"]
POOR_2020 = "江苏省2020年困境儿童保障政策：贫困家庭的事实无人抚养儿童按散居孤儿标准全额（文号待核）"
DIFFERENCE = "困境儿童已享受低保、残疾人生活补贴的，补差发放（苏州等地做法，海安待确认）"


@rule("person", source=TEKUN, label="已选特困供养")
def keeps_tekun(o: Operators, holds_tekun: Number, child_benefit_chosen: Number) -> Truth:
    return (holds_tekun == YES) & (child_benefit_chosen != YES)


@rule("person", source=JIANGSU_2018, label="机构集中养育的孤儿")
def in_institution(o: Operators, category: Number, child_placement: Number) -> Truth:
    return (category == CATEGORY["orphan"]) & (child_placement == PLACEMENT["institution"])


@rule("person", source=JIANGSU_2018, label="感染艾滋病病毒的困境儿童")
def with_hiv(o: Operators, category: Number, child_hiv: Number) -> Truth:
    return (category != CATEGORY["none"]) & (child_hiv == YES)


@rule("person", source=POOR_2020, label="贫困家庭的事实无人抚养儿童")
def unattended_and_poor(o: Operators, category: Number, poor_family: Truth) -> Truth:
    return o.one_of(category, CATEGORY["no_guardian"], CATEGORY["unable"]) & poor_family


@rule("person", source=JIANGSU_2018, label="按类别的比例", unit="per_mille")
def category_rate(
    o: Operators,
    category: Number,
    rates_orphan: Number,
    rates_no_guardian: Number,
    rates_unable: Number,
    rates_severe: Number,
    rates_poor: Number,
    rates_other: Number,
) -> Number:
    return o.greatest(
        o.either(category == CATEGORY["orphan"], rates_orphan, 0),
        o.either(category == CATEGORY["no_guardian"], rates_no_guardian, 0),
        o.either(category == CATEGORY["unable"], rates_unable, 0),
        o.either(category == CATEGORY["severe"], rates_severe, 0),
        o.either(category == CATEGORY["poor"], rates_poor, 0),
        o.either(category == CATEGORY["other"], rates_other, 0),
    )


@rule("person", source=JIANGSU_2018, label="计发比例（占散居孤儿标准）", unit="per_mille")
def rate(
    o: Operators,
    category_rate: Number,
    with_hiv: Truth,
    rates_hiv: Number,
    unattended_and_poor: Truth,
    rates_unattended_poor: Number,
) -> Number:
    return o.greatest(category_rate, o.either(with_hiv, rates_hiv, 0), o.either(unattended_and_poor, rates_unattended_poor, 0))


@rule("person", source=JIANGSU_2018, label="补差前的月标准")
def full_amount(
    o: Operators, in_institution: Truth, standards_institution: Number, standards_at_home: Number, rate: Number
) -> Number:
    return o.either(in_institution, standards_institution, o.half_up(standards_at_home, rate))


@rule("person", source=DIFFERENCE, label="需要补差")
def difference_matters(o: Operators, full_amount: Number, keeps_tekun: Truth, holds_dibao: Number, holds_living: Number) -> Truth:
    return (full_amount > 0) & o.is_not(keeps_tekun) & ((holds_dibao == YES) | (holds_living == YES))


@rule("person", source=DIFFERENCE, label="应扣除的已享受待遇")
def already_given(o: Operators, difference_matters: Truth, child_other_benefits: Number) -> Number:
    return o.either(difference_matters, child_other_benefits, 0)


@rule("person", source=DIFFERENCE, label="月发放金额")
def amount(o: Operators, keeps_tekun: Truth, full_amount: Number, already_given: Number) -> Number:
    return o.either(keeps_tekun, 0, o.greatest(full_amount - already_given, 0))


@rule("person", source=JIANGSU_2018, label="给予困境儿童基本生活费")
def eligible(o: Operators, amount: Number) -> Truth:
    return amount > 0


@rule("person", source=JIANGSU_2018, label="适用的标准", unit="code")
def measure(o: Operators, category: Number, in_institution: Truth, with_hiv: Truth) -> Number:
    by_health = o.either(category == CATEGORY["severe"], ROUTE["severe"], ROUTE["none"])
    by_parents = o.either(
        category == CATEGORY["no_guardian"],
        ROUTE["no_guardian"],
        o.either(category == CATEGORY["unable"], ROUTE["unable"], by_health),
    )
    at_home = o.either(category == CATEGORY["orphan"], ROUTE["orphan"], o.either(with_hiv, ROUTE["hiv"], by_parents))
    return o.either(in_institution, ROUTE["institution"], at_home)


@rule("person", source=JIANGSU_2018, label="计发标准", unit="code")
def route(o: Operators, eligible: Truth, measure: Number) -> Number:
    return o.either(eligible, measure, ROUTE["none"])
