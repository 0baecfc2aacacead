"""The first condition: no capacity to work (无劳动能力), by age, by disability, or as certified."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import rule
from anmin.lines.assistance.dibao.rules.codes import DISABILITY, SCHOOLING
from anmin.lines.assistance.tekun.rules.codes import YES_NO
from anmin.lines.assistance.tekun.rules.facts import MEASURES

CAPACITY = MEASURES + "第五条"
YES = YES_NO["yes"]


@rule("person", source=CAPACITY, label="已在特困供养")
def in_tekun_already(o: Operators, holds_tekun: Number) -> Truth:
    return holds_tekun == YES


@rule("person", source=MEASURES, label="成年后仍在接受义务教育或高中阶段教育")
def studies_on(o: Operators, in_tekun_already: Truth, minor: Truth, schooling_level: Number) -> Truth:
    at_school = o.one_of(schooling_level, SCHOOLING["primary"], SCHOOLING["middle"], SCHOOLING["high"], SCHOOLING["vocational"])
    return in_tekun_already & o.is_not(minor) & at_school


@rule("person", source=CAPACITY, label="因年龄无劳动能力")
def without_capacity_by_age(
    o: Operators, age: Number, elder_age: Number, new_minor_age: Number, in_tekun_already: Truth, minor: Truth, studies_on: Truth
) -> Truth:
    growing = (age < new_minor_age) | (in_tekun_already & minor) | studies_on
    return (age >= elder_age) | growing


@rule("person", source=CAPACITY, label="因残疾无劳动能力")
def without_capacity_by_disability(
    o: Operators,
    disability_kind: Number,
    disability_grade: Number,
    capacity_grades_visual: Number,
    capacity_grades_physical: Number,
    capacity_grades_intellectual: Number,
    capacity_grades_mental: Number,
    capacity_grades_multiple: Number,
) -> Truth:
    visual = (disability_kind == DISABILITY["visual"]) & (disability_grade <= capacity_grades_visual)
    physical = (disability_kind == DISABILITY["physical"]) & (disability_grade <= capacity_grades_physical)
    intellectual = (disability_kind == DISABILITY["intellectual"]) & (disability_grade <= capacity_grades_intellectual)
    mental = (disability_kind == DISABILITY["mental"]) & (disability_grade <= capacity_grades_mental)
    multiple = (disability_kind == DISABILITY["multiple"]) & (disability_grade <= capacity_grades_multiple)
    return (disability_grade >= 1) & (visual | physical | intellectual | mental | multiple)


@rule("person", source=CAPACITY, label="无劳动能力")
def no_work_capacity(
    o: Operators, without_capacity_by_age: Truth, without_capacity_by_disability: Truth, capacity_lost: Number
) -> Truth:
    return without_capacity_by_age | without_capacity_by_disability | (capacity_lost == YES)


@rule("person", source=MEASURES, label="健在、在当地并有本地户籍")
def present_here(o: Operators, dead: Number, in_prison: Number, missing_person: Number, hukou_local: Number) -> Truth:
    return (dead != YES) & (in_prison != YES) & (missing_person != YES) & (hukou_local == YES)
