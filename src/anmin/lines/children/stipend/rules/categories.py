"""Which of the six categories a child belongs to, from the state of its parents, its own health and its family's means.

A child that fits several belongs to the first. The national 事实无人抚养 are the second and third together.
"""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import any_of, rule
from anmin.lines.children.stipend.rules.codes import CATEGORY, DISABILITY, EXTENDED, PARENT, SCHOOLING
from anmin.lines.children.stipend.rules.facts import JIANGSU_2018, NATIONAL

YES = YES_NO["yes"]
LOST = (PARENT["dead"], PARENT["missing"], PARENT["not_found"])
"""A parent who is dead, declared missing by a court, or cannot be found."""
ABSENT = (PARENT["prison"], PARENT["lost_contact"], PARENT["revoked"], PARENT["deported"])
"""A parent who lives but does not look after the child."""
UNFIT = (PARENT["severe"], PARENT["no_capacity"])
"""A parent who cannot look after the child."""


# ── the parents ──────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=JIANGSU_2018, label="父亲去世、失踪或查找不到")
def father_lost(o: Operators, child_father: Number) -> Truth:
    return o.one_of(child_father, *LOST)


@rule("person", source=JIANGSU_2018, label="母亲去世、失踪或查找不到")
def mother_lost(o: Operators, child_mother: Number) -> Truth:
    return o.one_of(child_mother, *LOST)


@rule("person", source=NATIONAL, label="父亲不在身边履行监护")
def father_away(o: Operators, child_father: Number) -> Truth:
    return o.one_of(child_father, *LOST, *ABSENT)


@rule("person", source=NATIONAL, label="母亲不在身边履行监护")
def mother_away(o: Operators, child_mother: Number) -> Truth:
    return o.one_of(child_mother, *LOST, *ABSENT)


@rule("person", source=NATIONAL, label="父亲不能履行监护")
def father_unfit(o: Operators, child_father: Number) -> Truth:
    return o.one_of(child_father, *LOST, *ABSENT, *UNFIT)


@rule("person", source=NATIONAL, label="母亲不能履行监护")
def mother_unfit(o: Operators, child_mother: Number) -> Truth:
    return o.one_of(child_mother, *LOST, *ABSENT, *UNFIT)


@rule("person", source=JIANGSU_2018, label="失去父母或弃婴（儿）")
def is_orphan(o: Operators, father_lost: Truth, mother_lost: Truth, child_abandoned: Number, child_adopted: Number) -> Truth:
    return ((father_lost & mother_lost) | (child_abandoned == YES)) & (child_adopted != YES)


@rule("person", source=NATIONAL, label="父母双方均不在身边履行监护")
def lacks_guardian(o: Operators, father_away: Truth, mother_away: Truth, child_adopted: Number) -> Truth:
    return father_away & mother_away & (child_adopted != YES)


@rule("person", source=NATIONAL, label="父母双方均不能履行监护")
def parents_unable(o: Operators, father_unfit: Truth, mother_unfit: Truth, child_adopted: Number) -> Truth:
    return father_unfit & mother_unfit & (child_adopted != YES)


@rule("person", source=NATIONAL, label="孤儿或事实无人抚养")
def unattended(o: Operators, is_orphan: Truth, lacks_guardian: Truth, parents_unable: Truth) -> Truth:
    return is_orphan | lacks_guardian | parents_unable


# ── the child itself, and its family ─────────────────────────────────────────────────────────────────────────────────


@rule("person", source=JIANGSU_2018, label="重度残疾")
def child_disabled(o: Operators, disability_grade: Number, disability_kind: Number) -> Truth:
    of_the_mind = o.one_of(disability_kind, DISABILITY["intellectual"], DISABILITY["mental"])
    return o.one_of(disability_grade, 1, 2) | (o.one_of(disability_grade, 3, 4) & of_the_mind)


@rule("person", source=JIANGSU_2018, label="重残、重病或流浪")
def child_severe(
    o: Operators,
    child_disabled: Truth,
    illness_severe: Number,
    child_hiv: Number,
    child_vaccine_injury: Number,
    child_vagrant: Number,
) -> Truth:
    ill = (illness_severe == YES) | (child_hiv == YES) | o.one_of(child_vaccine_injury, 1, 2, 3)
    return child_disabled | ill | (child_vagrant == YES)


@rule("person", source=JIANGSU_2018, label="低保、特困、低保边缘或刚性支出困难对象")
def recognised_poor(
    o: Operators, holds_dibao: Number, holds_tekun: Number, holds_margin: Number, holds_hardship: Number
) -> Truth:
    lowest = (holds_dibao == YES) | (holds_tekun == YES)
    return lowest | (holds_margin == YES) | (holds_hardship == YES)


poor_family = any_of("recognised_poor", source=JIANGSU_2018, label="贫困家庭")


# ── age ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=JIANGSU_2018, label="周岁", unit="years")
def age(o: Operators, birth_on: Number, first_day: Number) -> Number:
    return o.years(birth_on, first_day)


@rule("person", source=JIANGSU_2018, label="未成年")
def is_minor(o: Operators, age: Number, adult_age: Number) -> Truth:
    return age < adult_age


@rule("person", source=NATIONAL, label="成年后在学，延续保障")
def studies_on(
    o: Operators,
    is_minor: Truth,
    age: Number,
    study_age: Number,
    study_extension: Number,
    schooling_level: Number,
    holds_child_stipend: Number,
    unattended: Truth,
) -> Truth:
    in_school = (schooling_level > SCHOOLING["none"]) & (age < study_age) & (study_extension == EXTENDED["yes"])
    return o.is_not(is_minor) & in_school & unattended & (holds_child_stipend == YES)


@rule("person", source=JIANGSU_2018, label="在保障年龄内的本地户籍儿童")
def is_child(o: Operators, is_minor: Truth, studies_on: Truth, hukou_local: Number, dead: Number) -> Truth:
    return (is_minor | studies_on) & (hukou_local == YES) & (dead != YES)


# ── the category ─────────────────────────────────────────────────────────────────────────────────────────────────────


@rule("person", source=JIANGSU_2018, label="困境儿童类别", unit="code")
def category(
    o: Operators,
    is_child: Truth,
    is_orphan: Truth,
    lacks_guardian: Truth,
    parents_unable: Truth,
    child_severe: Truth,
    poor_family: Truth,
    child_other_hardship: Number,
) -> Number:
    last = o.either(child_other_hardship == YES, CATEGORY["other"], CATEGORY["none"])
    by_means = o.either(poor_family, CATEGORY["poor"], last)
    by_health = o.either(child_severe, CATEGORY["severe"], by_means)
    by_parents = o.either(
        is_orphan,
        CATEGORY["orphan"],
        o.either(lacks_guardian, CATEGORY["no_guardian"], o.either(parents_unable, CATEGORY["unable"], by_health)),
    )
    return o.either(is_child, by_parents, CATEGORY["none"])
