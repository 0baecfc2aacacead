"""What is to be said of a person besides the amount."""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.disability.living.rules.ways import MOST_FAVOURABLE
from anmin.lines.disability.rules.facts import JIANGSU, STATE_COUNCIL

YES = YES_NO["yes"]


@finding(
    "person",
    severity="info",
    source=STATE_COUNCIL,
    label="给予生活补贴",
    sentence="{who}属于{route}，按低保标准{dibao_standard}的{rate}发给生活补贴{amount}。",
)
def living_given(o: Operators, eligible: Truth) -> Truth:
    return eligible


@finding(
    "person",
    severity="info",
    source=MOST_FAVOURABLE,
    label="多种情形取最高",
    sentence="{who}同时符合多种情形，已按最高的一项计发。",
)
def several_open(o: Operators, without_income: Truth, by_family: Truth, third_grade: Truth) -> Truth:
    return by_family & (without_income | third_grade)


@rule("person", source=MOST_FAVOURABLE, label="不享受低保时的月补贴金额")
def amount_outside(o: Operators, dibao_standard: Number, rates_no_income: Number) -> Number:
    return o.half_up(dibao_standard, rates_no_income)


@finding(
    "person",
    severity="info",
    source=MOST_FAVOURABLE,
    label="另有途径可比较",
    sentence="{who}享受低保，补贴按低保家庭的比例发给；如不享受低保，可按无固定收入重度残疾人每月领取{amount_outside}，"
    "请与低保金合并比较后由本人选择。",
)
def other_way_open(
    o: Operators, dibao_severe: Truth, heavily_disabled: Truth, income_fixed: Number, income_fixed_known: Truth
) -> Truth:
    return dibao_severe & heavily_disabled & income_fixed_known & (income_fixed != YES)


@finding(
    "person",
    severity="block",
    source=STATE_COUNCIL,
    label="已享受孤儿保障",
    sentence="{who}已享受孤儿基本生活保障，不再享受生活补贴，仍可享受护理补贴。",
)
def kept_as_orphan(o: Operators, has_card: Truth, orphan_provided_for: Truth) -> Truth:
    return has_card & orphan_provided_for


@finding(
    "person",
    severity="block",
    source=STATE_COUNCIL,
    label="由机构供养",
    sentence="{who}由福利机构供养，不享受生活补贴，仍可享受护理补贴。",
)
def kept_in_institution(o: Operators, has_card: Truth, residence_institution: Number) -> Truth:
    return has_card & (residence_institution == YES)


@finding(
    "person",
    severity="block",
    source=JIANGSU,
    label="不属于补贴情形",
    sentence="{who}不属于低保家庭残疾人、无固定收入重度残疾人、一户多残、依老养残或三级智力、精神残疾中的任何一种情形。",
)
def no_way_open(o: Operators, open_to: Truth, eligible: Truth) -> Truth:
    return open_to & o.is_not(eligible)


@finding(
    "person",
    severity="block",
    source=JIANGSU,
    label="家庭收入超过上限",
    sentence="{who}家庭月收入{family_income}，不低于上限{family_line}。",
)
def family_over_the_line(o: Operators, income_in_question: Truth, low_income: Truth, eligible: Truth) -> Truth:
    return income_in_question & o.is_not(low_income) & o.is_not(eligible)


@finding(
    "person",
    severity="warning",
    source=JIANGSU,
    label="收入记录不一致",
    sentence="{who}登记为没有固定收入，但有工资性收入{income_wage}，请核实。",
)
def income_contradicted(o: Operators, without_income: Truth, third_grade: Truth, income_wage: Number) -> Truth:
    return (without_income | third_grade) & (income_wage > 0)
