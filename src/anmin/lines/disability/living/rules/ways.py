"""Which ways to the living allowance are open to a person, the most favourable of them, and the month's amount."""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.disability.living.rules.codes import ROUTE
from anmin.lines.disability.rules.codes import CATEGORY, DISABILITY
from anmin.lines.disability.rules.facts import JIANGSU, STATE_COUNCIL

YES = YES_NO["yes"]
MOST_FAVOURABLE = JIANGSU + "：同时符合多种情形的，按有利于残疾人的原则取最高一项"


@rule("person", source=STATE_COUNCIL, label="已享受孤儿基本生活保障")
def orphan_provided_for(o: Operators, holds_child_stipend: Number, child_category: Number) -> Truth:
    # Other children keep the allowance: their stipend is paid by the difference.
    return (holds_child_stipend == YES) & (child_category == CATEGORY["orphan"])


@rule("person", source=STATE_COUNCIL, label="可以申领生活补贴")
def open_to(
    o: Operators,
    has_card: Truth,
    present: Truth,
    covered_elsewhere: Truth,
    orphan_provided_for: Truth,
    residence_institution: Number,
) -> Truth:
    barred = covered_elsewhere | orphan_provided_for | (residence_institution == YES)
    return has_card & present & o.is_not(barred)


@rule("person", source=JIANGSU, label="低保对象")
def in_dibao(o: Operators, holds_dibao: Number) -> Truth:
    return holds_dibao == YES


@rule("person", source=JIANGSU, label="智力或精神残疾")
def of_the_mind(o: Operators, disability_kind: Number) -> Truth:
    return o.one_of(disability_kind, DISABILITY["intellectual"], DISABILITY["mental"])


@rule("person", source=JIANGSU, label="智力、肢体、精神、视力重度残疾")
def heavily_disabled(o: Operators, severe_grade: Truth, disability_kind: Number) -> Truth:
    kinds = o.one_of(
        disability_kind,
        DISABILITY["intellectual"],
        DISABILITY["physical"],
        DISABILITY["mental"],
        DISABILITY["visual"],
        DISABILITY["multiple"],
    )
    return severe_grade & kinds


@rule("person", source=JIANGSU, label="三级智力、精神残疾")
def third_grade_of_the_mind(o: Operators, disability_grade: Number, of_the_mind: Truth) -> Truth:
    return (disability_grade == 3) & of_the_mind


@rule("person", source=JIANGSU, label="需要查明有无固定收入")
def fixed_income_matters(
    o: Operators, open_to: Truth, in_dibao: Truth, heavily_disabled: Truth, third_grade_of_the_mind: Truth
) -> Truth:
    return open_to & o.is_not(in_dibao) & (heavily_disabled | third_grade_of_the_mind)


# ── the ways ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=JIANGSU, label="低保家庭重度残疾人")
def dibao_severe(o: Operators, open_to: Truth, in_dibao: Truth, severe_grade: Truth) -> Truth:
    return open_to & in_dibao & severe_grade


@rule("person", source=JIANGSU, label="低保家庭非重度残疾人")
def dibao_other(o: Operators, open_to: Truth, in_dibao: Truth, severe_grade: Truth) -> Truth:
    return open_to & in_dibao & o.is_not(severe_grade)


@rule("person", source=JIANGSU, label="低保以外无固定收入的重度残疾人")
def without_income(o: Operators, fixed_income_matters: Truth, heavily_disabled: Truth, income_fixed: Number) -> Truth:
    return fixed_income_matters & heavily_disabled & (income_fixed != YES)


@rule("person", source=JIANGSU, label="低保以外生活困难的三级智力、精神残疾人")
def third_grade(o: Operators, fixed_income_matters: Truth, third_grade_of_the_mind: Truth, income_fixed: Number) -> Truth:
    return fixed_income_matters & third_grade_of_the_mind & (income_fixed != YES)


@rule("person", source=JIANGSU, label="一户多残或依老养残且家庭收入低于上限")
def by_family(o: Operators, in_such_a_family: Truth, low_income: Truth) -> Truth:
    return in_such_a_family & low_income


# ── the most favourable of them ──────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=MOST_FAVOURABLE, label="计发比例（占低保标准）", unit="per_mille")
def rate(
    o: Operators,
    dibao_severe: Truth,
    rates_dibao_severe: Number,
    dibao_other: Truth,
    rates_dibao_other: Number,
    without_income: Truth,
    rates_no_income: Number,
    by_family: Truth,
    rates_family: Number,
    third_grade: Truth,
    rates_grade_three: Number,
) -> Number:
    return o.greatest(
        o.either(dibao_severe, rates_dibao_severe, 0),
        o.either(dibao_other, rates_dibao_other, 0),
        o.either(without_income, rates_no_income, 0),
        o.either(by_family, rates_family, 0),
        o.either(third_grade, rates_grade_three, 0),
    )


@rule("person", source=STATE_COUNCIL, label="月补贴金额")
def amount(o: Operators, dibao_standard: Number, rate: Number) -> Number:
    return o.half_up(dibao_standard, rate)


@rule("person", source=STATE_COUNCIL, label="符合给予生活补贴的条件")
def eligible(o: Operators, amount: Number) -> Truth:
    return amount > 0


@rule("person", source=MOST_FAVOURABLE, label="补贴情形", unit="code")
def route(
    o: Operators,
    rate: Number,
    dibao_severe: Truth,
    dibao_other: Truth,
    without_income: Truth,
    rates_no_income: Number,
    by_family: Truth,
    rates_family: Number,
    several_disabled: Truth,
    third_grade: Truth,
) -> Number:
    family = o.either(several_disabled, ROUTE["several"], ROUTE["elders"])
    of_family = by_family & (rate == rates_family)
    outside = o.either(
        without_income & (rate == rates_no_income),
        ROUTE["no_income"],
        o.either(of_family, family, o.either(third_grade, ROUTE["grade_three"], ROUTE["none"])),
    )
    return o.either(dibao_severe, ROUTE["dibao_severe"], o.either(dibao_other, ROUTE["dibao_other"], outside))
