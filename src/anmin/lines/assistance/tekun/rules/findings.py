"""What is to be said of a person besides the amount: why yes, why no, and what to find out."""

from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding
from anmin.lines.assistance.tekun.rules.amounts import CARE_GRADES, STANDARDS
from anmin.lines.assistance.tekun.rules.capacity import CAPACITY
from anmin.lines.assistance.tekun.rules.codes import HUKOU, YES_NO
from anmin.lines.assistance.tekun.rules.facts import MEASURES, STATE_COUNCIL
from anmin.lines.assistance.tekun.rules.means import MEANS
from anmin.lines.assistance.tekun.rules.obligors import OBLIGORS

YES = YES_NO["yes"]


@finding(
    "person",
    severity="info",
    source=MEASURES,
    label="符合特困三项条件",
    sentence="{who}无劳动能力、无生活来源，无法定义务人或义务人无履行能力。",
)
def tekun_met(o: Operators, tekun_eligible: Truth) -> Truth:
    return tekun_eligible


@finding(
    "person",
    severity="block",
    source=CAPACITY,
    label="有劳动能力",
    sentence="{who}（{age}）不属于无劳动能力，不符合特困条件。",
)
def tekun_able_to_work(o: Operators, no_work_capacity: Truth, present_here: Truth) -> Truth:
    return o.is_not(no_work_capacity) & present_here


@finding(
    "person",
    severity="block",
    source=MEANS,
    label="本人收入不低于低保标准",
    sentence="{who}本人月收入{tekun_income}，不低于低保标准{standard}，不符合特困“无生活来源”条件。",
)
def tekun_income_over(o: Operators, no_work_capacity: Truth, tekun_income_low: Truth, present_here: Truth) -> Truth:
    return no_work_capacity & o.is_not(tekun_income_low) & present_here


@finding(
    "person",
    severity="block",
    source=MEANS,
    label="本人财产超过特困规定",
    sentence="{who}本人名下财产超过规定，不符合特困“无生活来源”条件。",
)
def tekun_assets_over(o: Operators, no_work_capacity: Truth, tekun_property_over: Truth, present_here: Truth) -> Truth:
    return no_work_capacity & tekun_property_over & present_here


@finding(
    "person",
    severity="block",
    source=OBLIGORS,
    label="有具备履行能力的义务人",
    sentence="{who}有具备履行能力的法定赡养、抚养、扶养义务人，不符合特困条件。",
)
def tekun_supported(
    o: Operators, no_work_capacity: Truth, has_capable_supporter: Truth, has_capable_relative: Truth, present_here: Truth
) -> Truth:
    return no_work_capacity & (has_capable_supporter | has_capable_relative) & present_here


@finding(
    "person",
    severity="warning",
    source=OBLIGORS,
    label="义务人情况待查明",
    sentence="{who}没有法定义务人的登记，也没有经查无义务人的记录，不能按特困认定；请查明后登记。",
)
def tekun_obligors_unclear(
    o: Operators,
    no_work_capacity: Truth,
    obligors_looked_into: Truth,
    has_capable_supporter: Truth,
    has_capable_relative: Truth,
    present_here: Truth,
) -> Truth:
    supported = has_capable_supporter | has_capable_relative
    return no_work_capacity & o.is_not(obligors_looked_into) & o.is_not(supported) & present_here


@finding(
    "person",
    severity="block",
    source=MEASURES,
    label="已选择儿童保障",
    sentence="{who}符合特困条件，但选择享受孤儿、事实无人抚养儿童等保障，二者不重复享受。",
)
def tekun_child_benefit(o: Operators, meets_tekun: Truth, prefers_child_benefit: Truth) -> Truth:
    return meets_tekun & prefers_child_benefit


@finding("person", severity="block", source=MEASURES, label="特困对象死亡", sentence="{who}已死亡，应终止特困供养。")
def tekun_died(o: Operators, in_tekun_already: Truth, dead: Number) -> Truth:
    return in_tekun_already & (dead == YES)


@finding(
    "person",
    severity="block",
    source=MEASURES,
    label="服刑或下落不明",
    sentence="{who}正在服刑或下落不明，不享受特困供养。",
)
def tekun_absent(o: Operators, no_work_capacity: Truth, in_prison: Number, missing_person: Number, dead: Number) -> Truth:
    return no_work_capacity & ((in_prison == YES) | (missing_person == YES)) & (dead != YES)


@finding("person", severity="block", source=MEASURES, label="非本地户籍", sentence="{who}不是本地户籍，请在户籍地申请特困供养。")
def tekun_elsewhere(o: Operators, no_work_capacity: Truth, hukou_local: Number, dead: Number) -> Truth:
    return no_work_capacity & (hukou_local != YES) & (dead != YES)


@finding(
    "person",
    severity="info",
    source=STATE_COUNCIL,
    label="有承包土地，执行农村标准",
    sentence="{who}为城镇户籍，但有承包土地或参加集体收益分配，执行农村特困标准。",
)
def tekun_rural_by_land(o: Operators, tekun_eligible: Truth, hukou_kind: Number, land_contracted: Number) -> Truth:
    return tekun_eligible & (hukou_kind == HUKOU["urban"]) & (land_contracted == YES)


@finding(
    "person",
    severity="info",
    source=CARE_GRADES,
    label="照料护理补贴",
    sentence="{who}有{care_items_lost}生活自理事项不能自理，按低保标准的{care_rate}给予照料护理补贴{care_amount}。",
)
def tekun_care_given(o: Operators, care_amount: Number) -> Truth:
    return care_amount > 0


@finding(
    "person",
    severity="info",
    source=STANDARDS,
    label="集中供养，护理经费另行保障",
    sentence="{who}集中供养，照料护理经费由县级统一保障，不发给本人。",
)
def tekun_care_in_residence(o: Operators, tekun_eligible: Truth, in_residence: Truth) -> Truth:
    return tekun_eligible & in_residence


@finding(
    "person",
    severity="info",
    source=MEASURES,
    label="成年后就学，继续供养",
    sentence="{who}已年满十八周岁，仍在接受义务教育或高中阶段教育，可继续享受特困供养至学业结束。",
)
def tekun_studies_on(o: Operators, tekun_eligible: Truth, studies_on: Truth) -> Truth:
    return tekun_eligible & studies_on


@finding(
    "person",
    severity="warning",
    source="苏政规〔2023〕8号",
    label="基本生活标准低于下限",
    sentence="特困基本生活标准{basic_living}低于低保标准的1.3倍（{basic_floor}），请核对标准。",
)
def tekun_below_floor(o: Operators, tekun_eligible: Truth, basic_living: Number, basic_floor: Number) -> Truth:
    return tekun_eligible & (basic_living < basic_floor)
