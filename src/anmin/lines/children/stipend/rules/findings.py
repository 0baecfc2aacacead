"""What is to be said of a child besides the amount."""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding
from anmin.lines.children.stipend.rules.amounts import DIFFERENCE
from anmin.lines.children.stipend.rules.codes import CATEGORY, SCHOOLING
from anmin.lines.children.stipend.rules.facts import JIANGSU_2018, NATIONAL, TEKUN

YES = YES_NO["yes"]


@finding(
    "person",
    severity="info",
    source=JIANGSU_2018,
    label="给予生活费",
    sentence="{who}属于{category}，月标准{full_amount}，发给{amount}。",
)
def stipend_given(o: Operators, eligible: Truth) -> Truth:
    return eligible


@finding(
    "person",
    severity="info",
    source=DIFFERENCE,
    label="已补差",
    sentence="{who}已享受其他待遇每月{already_given}，从月标准{full_amount}中扣除后补差。",
)
def paid_the_difference(o: Operators, already_given: Number, eligible: Truth) -> Truth:
    return (already_given > 0) & eligible


@finding(
    "person",
    severity="block",
    source=DIFFERENCE,
    label="无需补差",
    sentence="{who}已享受其他待遇每月{already_given}，不低于月标准{full_amount}，不再发给。",
)
def nothing_left(o: Operators, already_given: Number, eligible: Truth) -> Truth:
    return (already_given > 0) & o.is_not(eligible)


@finding(
    "person",
    severity="block",
    source=TEKUN,
    label="特困与儿童保障选一",
    sentence="{who}已享受特困供养；特困供养与困境儿童保障只能选择一项，选择儿童保障的，请先终止特困供养。",
)
def in_tekun(o: Operators, is_child: Truth, unattended: Truth, keeps_tekun: Truth) -> Truth:
    return is_child & unattended & keeps_tekun


@finding(
    "person",
    severity="warning",
    source=TEKUN,
    label="应终止特困供养",
    sentence="{who}选择享受儿童保障，请办理特困供养终止，不得重复享受。",
)
def tekun_to_end(o: Operators, eligible: Truth, holds_tekun: Number) -> Truth:
    return eligible & (holds_tekun == YES)


@finding(
    "person",
    severity="info",
    source=NATIONAL,
    label="在学延续",
    sentence="{who}已满十八周岁，仍在全日制学校就读，继续发给至{study_age}。",
)
def goes_on_in_school(o: Operators, studies_on: Truth, eligible: Truth) -> Truth:
    return studies_on & eligible


@finding(
    "person",
    severity="block",
    source=JIANGSU_2018,
    label="已成年",
    sentence="{who}已满十八周岁，不再作为困境儿童保障；仍在全日制学校就读的，请登记学籍。",
)
def of_age(o: Operators, is_minor: Truth, studies_on: Truth, holds_child_stipend: Number) -> Truth:
    return o.is_not(is_minor | studies_on) & (holds_child_stipend == YES)


@finding(
    "person",
    severity="block",
    source=NATIONAL,
    label="成年后首次申请",
    sentence="{who}已满十八周岁；未成年时已享受基本生活费、成年后仍在全日制学校就读的才继续发给，成年后首次申请的不予纳入。",
)
def first_asked_of_age(
    o: Operators,
    is_minor: Truth,
    age: Number,
    study_age: Number,
    schooling_level: Number,
    unattended: Truth,
    holds_child_stipend: Number,
) -> Truth:
    # Nobody would go on but who studies and has lost their parents: a grandmother in the family asks for nothing.
    in_school = (schooling_level > SCHOOLING["none"]) & (age < study_age)
    return o.is_not(is_minor) & in_school & unattended & (holds_child_stipend != YES)


@finding(
    "person",
    severity="block",
    source=JIANGSU_2018,
    label="收养后不再保障",
    sentence="{who}已被收养，由收养人抚养，不再作为孤儿或事实无人抚养儿童保障。",
)
def was_adopted(o: Operators, is_minor: Truth, child_adopted: Number) -> Truth:
    return is_minor & (child_adopted == YES)


@finding(
    "person",
    severity="info",
    source=JIANGSU_2018,
    label="登记为困境儿童，不另发生活费",
    sentence="{who}属于{category}，通过低保、医疗、教育等途径保障，不另发生活费，纳入走访关爱。",
)
def registered_only(o: Operators, category: Number) -> Truth:
    return o.one_of(category, CATEGORY["poor"], CATEGORY["other"])


@finding(
    "person",
    severity="block",
    source=JIANGSU_2018,
    label="不属于困境儿童",
    sentence="按登记的父母情况、本人健康和家庭状况，{who}不属于六类困境儿童。",
)
def no_category(o: Operators, is_child: Truth, category: Number) -> Truth:
    return is_child & (category == CATEGORY["none"])


@finding(
    "person",
    severity="block",
    source=JIANGSU_2018,
    label="不是本地户籍",
    sentence="{who}的户籍不在本市，由户籍地保障。",
)
def not_local(o: Operators, is_minor: Truth, studies_on: Truth, hukou_local: Number) -> Truth:
    return (is_minor | studies_on) & (hukou_local != YES)


@finding("person", severity="block", source=JIANGSU_2018, label="已去世", sentence="{who}已去世，自去世的次月起停发。")
def has_died(o: Operators, is_minor: Truth, studies_on: Truth, dead: Number) -> Truth:
    return (is_minor | studies_on) & (dead == YES)
