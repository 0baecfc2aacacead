"""The two situations of a family that open the living allowance outside dibao, and whether its income is low enough.

Several disabled members in one household (一户多残), or one who lives off old parents or elders (依老养残); the income of the
counted members per head below twice the dibao standard. A family that is recognised as one on the margin of dibao has shown that.
"""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import any_of, count_of, rule, total_of
from anmin.lines.disability.rules.codes import RELATION, WORK
from anmin.lines.disability.rules.facts import JIANGSU

YES = YES_NO["yes"]
FAMILY = JIANGSU + "：一户多残、依老养残"


@rule("person", source=FAMILY, label="周岁", unit="years")
def age(o: Operators, birth_on: Number, first_day: Number) -> Number:
    return o.years(birth_on, first_day)


@rule("person", source=FAMILY, label="计入家庭的成员")
def lives_here(o: Operators, register_counted: Number, dead: Number) -> Truth:
    return (register_counted == YES) & (dead != YES)


family_size = count_of("lives_here", source=FAMILY, label="家庭人数")


# ── 一户多残 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=FAMILY, label="家庭中的持证残疾人")
def disabled_member(o: Operators, lives_here: Truth, has_card: Truth) -> Truth:
    return lives_here & has_card


disabled_members = count_of("disabled_member", source=FAMILY, label="家庭中的持证残疾人数")


@rule("household", source=FAMILY, label="一户多残家庭")
def several_disabled(o: Operators, disabled_members: Number, several_least: Number) -> Truth:
    return disabled_members >= several_least


# ── 依老养残 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=FAMILY, label="达到老年年龄")
def old(o: Operators, age: Number, elder_age: Number, lives_here: Truth) -> Truth:
    return (age >= elder_age) & lives_here


@rule("person", source=FAMILY, label="老年户主或其老年配偶")
def old_at_the_head(o: Operators, old: Truth, relation: Number) -> Truth:
    return old & o.one_of(relation, RELATION["head"], RELATION["spouse"])


@rule("person", source=FAMILY, label="户主的老年父母、祖父母")
def old_above_the_head(o: Operators, old: Truth, relation: Number) -> Truth:
    return old & o.one_of(relation, RELATION["parent"], RELATION["grandparent"])


elders_at_the_head = any_of("old_at_the_head", source=FAMILY, label="户主或其配偶年老")
elders_above_the_head = any_of("old_above_the_head", source=FAMILY, label="户主的父母、祖父母年老")


@rule("person", source=FAMILY, label="依靠老年亲属供养")
def kept_by_elders(
    o: Operators,
    old: Truth,
    relation: Number,
    work_status: Number,
    elders_at_the_head: Truth,
    elders_above_the_head: Truth,
) -> Truth:
    beside = o.one_of(
        relation, RELATION["child"], RELATION["child_in_law"], RELATION["grandchild"], RELATION["sibling"], RELATION["other"]
    )
    of_the_head = o.one_of(relation, RELATION["head"], RELATION["spouse"])
    kept = (beside & (elders_at_the_head | elders_above_the_head)) | (of_the_head & elders_above_the_head)
    return kept & o.is_not(old) & (work_status != WORK["employed"])


# ── income below twice the standard ──────────────────────────────────────────────────────────────────────────────────


@rule("person", source=FAMILY, label="属于一户多残或依老养残")
def in_such_a_family(
    o: Operators,
    open_to: Truth,
    in_dibao: Truth,
    disability_grade: Number,
    family_lowest_grade: Number,
    several_disabled: Truth,
    kept_by_elders: Truth,
) -> Truth:
    outside = open_to & o.is_not(in_dibao)
    return outside & (disability_grade <= family_lowest_grade) & (several_disabled | kept_by_elders)


@rule("person", source=FAMILY, label="需要查明家庭收入")
def income_in_question(o: Operators, in_such_a_family: Truth, holds_margin: Number, without_income: Truth) -> Truth:
    return in_such_a_family & (holds_margin != YES) & o.is_not(without_income)


family_in_question = any_of("income_in_question", source=FAMILY, label="需要查明全家收入")


@rule("person", source=FAMILY, label="收入需要查明的成员")
def means_matter(o: Operators, family_in_question: Truth, lives_here: Truth, age: Number, working_age: Number) -> Truth:
    return family_in_question & lives_here & (age >= working_age)


@rule("person", source=FAMILY, label="可不计入的基础养老金")
def pension_exempt(
    o: Operators, income_pension: Number, income_pension_central: Number, central_pension_exempt: Number
) -> Number:
    return o.least(income_pension, income_pension_central, central_pension_exempt)


@rule("person", source=FAMILY, label="成员月收入")
def member_income(
    o: Operators,
    income_wage: Number,
    income_business: Number,
    income_property: Number,
    income_pension: Number,
    pension_exempt: Number,
    income_transfer_other: Number,
    income_support_received: Number,
) -> Number:
    earned = income_wage + income_business + income_property
    return earned + income_pension - pension_exempt + income_transfer_other + income_support_received


family_income = total_of("member_income", where="means_matter", source=FAMILY, label="家庭月收入")


@rule("household", source=FAMILY, label="家庭收入上限（低保标准的倍数）")
def family_line(o: Operators, dibao_standard: Number, family_size: Number, margin_multiple: Number) -> Number:
    return o.half_up(dibao_standard * family_size, margin_multiple)


@rule("person", source=FAMILY, label="家庭人均收入低于上限")
def low_income(
    o: Operators, holds_margin: Number, income_in_question: Truth, family_income: Number, family_line: Number
) -> Truth:
    return (holds_margin == YES) | (income_in_question & (family_income < family_line))
