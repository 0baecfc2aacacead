"""The third condition: nobody who owes support, or nobody of them able to give it (arts. 7, 8), in the family or outside."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import any_of, count_of, rule
from anmin.lines.assistance.dibao.rules.codes import RELATION
from anmin.lines.assistance.tekun.rules.codes import INCAPACITY, YES_NO
from anmin.lines.assistance.tekun.rules.facts import MEASURES

OBLIGORS = MEASURES + "第七条、第八条"
ARTICLE_8 = MEASURES + "第八条"
YES = YES_NO["yes"]
MONTHS_OF_A_YEAR = 12


# ── outside the family ───────────────────────────────────────────────────────────────────────────────────────────────


@rule("supporter", source=ARTICLE_8, label="义务人家庭人均收入低于人均可支配收入")
def supporter_income_low(o: Operators, supporter_income: Number, supporter_members: Number, disposable_income: Number) -> Truth:
    return supporter_income * MONTHS_OF_A_YEAR < disposable_income * supporter_members


@rule("supporter", source=ARTICLE_8, label="义务人已满规定年龄")
def supporter_old_enough(
    o: Operators,
    supporter_birth_on: Number,
    first_day: Number,
    supporter_incapacity: Number,
    obligor_ages_dibao: Number,
    obligor_ages_elder: Number,
) -> Truth:
    # A birth that is not known stands as 1800: the case was certified with the age in view.
    needed = o.either(supporter_incapacity == INCAPACITY["dibao_60"], obligor_ages_dibao, obligor_ages_elder)
    return o.years(supporter_birth_on, first_day) >= needed


@rule("supporter", source=ARTICLE_8, label="义务人没有履行能力")
def supporter_unable(
    o: Operators, supporter_incapacity: Number, supporter_old_enough: Truth, supporter_income_low: Truth
) -> Truth:
    outright = o.one_of(
        supporter_incapacity,
        INCAPACITY["tekun"],
        INCAPACITY["no_capacity"],
        INCAPACITY["missing"],
        INCAPACITY["prison"],
        INCAPACITY["other"],
    )
    dibao = (supporter_incapacity == INCAPACITY["dibao_60"]) & supporter_old_enough
    elder = (supporter_incapacity == INCAPACITY["age_70"]) & supporter_old_enough & supporter_income_low
    disabled = (supporter_incapacity == INCAPACITY["severe_disabled"]) & supporter_income_low
    return outright | dibao | elder | disabled


@rule("supporter", source=ARTICLE_8, label="义务人具备履行能力")
def supporter_capable(o: Operators, supporter_unable: Truth) -> Truth:
    return o.is_not(supporter_unable)


has_capable_supporter = any_of("supporter_capable", source=OBLIGORS, label="家庭以外有具备履行能力的义务人")
unable_supporters = count_of("supporter_unable", source=OBLIGORS, label="没有履行能力的义务人数")


# ── in the family ────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=OBLIGORS, label="家庭成员间有法定义务")
def bound_by_duty(o: Operators, relation: Number, has_duty: Truth) -> Truth:
    further = o.one_of(relation, RELATION["head"], RELATION["grandchild"], RELATION["grandparent"])
    return has_duty | further


@rule("person", source=OBLIGORS, label="有劳动能力的成年家庭成员")
def works_at_home(o: Operators, bound_by_duty: Truth, minor: Truth, no_work_capacity: Truth, present_here: Truth) -> Truth:
    return bound_by_duty & o.is_not(minor) & o.is_not(no_work_capacity) & present_here


@rule("person", source=OBLIGORS, label="具备履行能力的家庭成员")
def capable_at_home(
    o: Operators, works_at_home: Truth, bound_by_duty: Truth, minor: Truth, without_means: Truth, present_here: Truth
) -> Truth:
    provided = bound_by_duty & o.is_not(minor) & o.is_not(without_means) & present_here
    return works_at_home | provided


capable_members = count_of("capable_at_home", source=OBLIGORS, label="具备履行能力的家庭成员人数")
working_members = count_of("works_at_home", source=OBLIGORS, label="有劳动能力的家庭成员人数")


@rule("person", source=OBLIGORS, label="家中有具备履行能力的义务人")
def has_capable_relative(o: Operators, bound_by_duty: Truth, capable_members: Number, capable_at_home: Truth) -> Truth:
    return bound_by_duty & (capable_members > o.either(capable_at_home, 1, 0))


# ── together ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=OBLIGORS, label="义务人情况已经查明")
def obligors_looked_into(o: Operators, obligor_none: Number, unable_supporters: Number, in_tekun_already: Truth) -> Truth:
    return (obligor_none == YES) | (unable_supporters >= 1) | in_tekun_already


@rule("person", source=OBLIGORS, label="无法定义务人或义务人无履行能力")
def without_obligors(
    o: Operators, obligors_looked_into: Truth, has_capable_supporter: Truth, has_capable_relative: Truth
) -> Truth:
    return obligors_looked_into & o.is_not(has_capable_supporter) & o.is_not(has_capable_relative)


# ── of whom the gate asks for means ──────────────────────────────────────────────────────────────────────────────────


@rule("person", source=MEASURES, label="除收入财产外可能符合特困条件")
def tekun_candidate(
    o: Operators,
    no_work_capacity: Truth,
    present_here: Truth,
    obligors_looked_into: Truth,
    has_capable_supporter: Truth,
    bound_by_duty: Truth,
    working_members: Number,
) -> Truth:
    supported = has_capable_supporter | (bound_by_duty & (working_members >= 1))
    return no_work_capacity & present_here & obligors_looked_into & o.is_not(supported)


candidates_at_home = count_of("tekun_candidate", source=MEASURES, label="可能符合特困条件的人数")


@rule("person", source=MEASURES + "第六条", label="需要掌握本人收入和财产")
def tekun_means_matter(
    o: Operators,
    tekun_candidate: Truth,
    candidates_at_home: Number,
    bound_by_duty: Truth,
    present_here: Truth,
    age: Number,
    working_age: Number,
) -> Truth:
    relative = (candidates_at_home >= 1) & bound_by_duty & present_here
    return (tekun_candidate | relative) & (age >= working_age)


@rule("supporter", source=ARTICLE_8, label="需要掌握义务人家庭收入")
def supporter_means_matter(o: Operators, no_work_capacity: Truth, present_here: Truth, supporter_incapacity: Number) -> Truth:
    by_income = o.one_of(supporter_incapacity, INCAPACITY["age_70"], INCAPACITY["severe_disabled"])
    return no_work_capacity & present_here & by_income
