"""Who lives together and counts (共同生活的家庭成员), by the Jiangsu rule.

Jiangsu counts adult children in any full-time schooling and leaves out conscripts; where it is silent the national measures hold.
The register's own flag decides nothing: where the two differ the officer is told.
"""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import any_of, count_of, rule
from anmin.lines.assistance.dibao.rules.codes import ABSENCE, CLAIM, DISABILITY, RELATION, SCHOOLING, YES_NO
from anmin.lines.assistance.dibao.rules.facts import MEASURES

JIANGSU = "《江苏省居民最低生活保障工作规程》（苏民规〔2020〕5号）"
MEMBERS = JIANGSU + "；" + MEASURES + "第七条"
YES = YES_NO["yes"]


@rule("person", source=MEMBERS, label="周岁", unit="years")
def age(o: Operators, birth_on: Number, first_day: Number) -> Number:
    return o.years(birth_on, first_day)


@rule("person", source=MEMBERS, label="未成年")
def minor(o: Operators, age: Number, adult_age: Number) -> Truth:
    return age < adult_age


@rule("person", source=MEMBERS, label="全日制在校")
def in_schooling(o: Operators, schooling_level: Number, student_max_level: Number) -> Truth:
    return (schooling_level > SCHOOLING["none"]) & (schooling_level <= student_max_level)


@rule("person", source=MEMBERS, label="有法定赡养、抚养、扶养义务")
def has_duty(o: Operators, relation: Number, legal_duty: Number) -> Truth:
    return o.one_of(relation, RELATION["spouse"], RELATION["child"], RELATION["parent"]) | (legal_duty == YES)


@rule("person", source=MEMBERS, label="依规不计入")
def left_out(o: Operators, absence_reason: Number, absence_proof: Number, dead: Number, already_tekun: Truth) -> Truth:
    by_reason = o.one_of(
        absence_reason,
        ABSENCE["conscript"],
        ABSENCE["prison"],
        ABSENCE["religious"],
        ABSENCE["declared_missing"],
        ABSENCE["county_decision"],
        ABSENCE["other"],
    )
    missing = (absence_reason == ABSENCE["missing_two_years"]) & (absence_proof == YES)
    return by_reason | missing | (dead == YES) | already_tekun


@rule("person", source=MEMBERS, label="不在一起生活")
def lives_apart(o: Operators, absence_reason: Number) -> Truth:
    return o.one_of(absence_reason, ABSENCE["graduate_student"], ABSENCE["independent"])


@rule("person", source=MEMBERS, label="共同生活的家庭成员")
def counted(
    o: Operators,
    relation: Number,
    minor: Truth,
    in_schooling: Truth,
    same_hukou: Number,
    has_duty: Truth,
    left_out: Truth,
    lives_apart: Truth,
) -> Truth:
    by_kinship = o.one_of(relation, RELATION["head"], RELATION["spouse"])
    as_child = (relation == RELATION["child"]) & (minor | in_schooling)
    by_hukou = (same_hukou == YES) & has_duty & o.is_not(lives_apart)
    return (by_kinship | as_child | by_hukou) & o.is_not(left_out)


counted_persons = count_of("counted", source=MEMBERS, label="共同生活的家庭成员人数")


@rule("household", source=MEASURES + "第八条", label="单独申请")
def single_claim(o: Operators, claim_type: Number) -> Truth:
    return claim_type != CLAIM["household"]


@rule("person", source=MEASURES + "第八条", label="注明为单独申请人")
def named_claimant(o: Operators, claimant: Number) -> Truth:
    return claimant == YES


claimant_named = any_of("named_claimant", source=MEASURES + "第八条", label="已注明单独申请人")


@rule("person", source=MEASURES + "第八条", label="申请人本人")
def is_claimant(o: Operators, claimant_named: Truth, named_claimant: Truth, relation: Number) -> Truth:
    return o.whichever(claimant_named, named_claimant, relation == RELATION["head"])


@rule("person", source=MEASURES + "第七条、第八条", label="保障对象")
def covered(o: Operators, single_claim: Truth, is_claimant: Truth, counted: Truth, dead: Number) -> Truth:
    return o.whichever(single_claim, is_claimant & (dead != YES), counted)


covered_persons = count_of("covered", source=MEASURES + "第七条、第八条", label="保障对象人数")


@rule("person", source="江苏省民政厅等四部门低保扩围增效文件（2023年8月）；" + MEASURES + "第八条", label="重度残疾")
def severely_disabled(o: Operators, disability_kind: Number, disability_grade: Number) -> Truth:
    first_two = o.one_of(disability_grade, 1, 2)
    of_the_mind = o.one_of(disability_kind, DISABILITY["intellectual"], DISABILITY["mental"])
    return first_two | ((disability_grade == 3) & of_the_mind)


@rule("person", source=MEASURES + "第八条", label="重残或重病")
def severe(o: Operators, severely_disabled: Truth, illness_severe: Number) -> Truth:
    return severely_disabled | (illness_severe == YES)


has_severe_member = any_of("severe", where="covered", source=MEASURES + "第八条", label="有重残或重病的保障对象")
