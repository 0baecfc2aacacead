"""Who is nursed at the bureau's cost, at which rate; of two kinds of care money only the higher (择高)."""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.disability.nursing.rules.codes import REQUIRED, ROUTE
from anmin.lines.disability.rules.codes import HUKOU
from anmin.lines.disability.rules.facts import JIANGSU, STATE_COUNCIL

YES = YES_NO["yes"]
HIGHER = STATE_COUNCIL + "：与老年、因公、离休等护理待遇择高享受其中一项"


@rule("person", source=JIANGSU, label="长期照护要求已满足")
def care_proven(o: Operators, proof_required: Number, care_proof: Number) -> Truth:
    return (proof_required == REQUIRED["waived"]) | (care_proof == YES)


@rule("person", source=STATE_COUNCIL, label="可以申领护理补贴")
def open_to(o: Operators, severe_grade: Truth, present: Truth, covered_elsewhere: Truth, care_proven: Truth) -> Truth:
    return severe_grade & present & care_proven & o.is_not(covered_elsewhere)


@rule("person", source=JIANGSU, label="护理补贴标准")
def own_rate(o: Operators, hukou_kind: Number, rates_urban: Number, rates_rural: Number) -> Number:
    return o.either(hukou_kind == HUKOU["urban"], rates_urban, rates_rural)


@rule("person", source=HIGHER, label="需要与其他护理待遇比较")
def other_care_matters(o: Operators, open_to: Truth, care_other_benefit: Number) -> Truth:
    return open_to & (care_other_benefit == YES)


@rule("person", source=HIGHER, label="其他护理待遇不低于护理补贴")
def other_care_higher(o: Operators, other_care_matters: Truth, care_other_amount: Number, own_rate: Number) -> Truth:
    return other_care_matters & (care_other_amount >= own_rate)


@rule("person", source=STATE_COUNCIL, label="符合给予护理补贴的条件")
def eligible(o: Operators, open_to: Truth, other_care_higher: Truth) -> Truth:
    return open_to & o.is_not(other_care_higher)


@rule("person", source=STATE_COUNCIL, label="月补贴金额")
def amount(o: Operators, eligible: Truth, own_rate: Number) -> Number:
    return o.either(eligible, own_rate, 0)


@rule("person", source=JIANGSU, label="补贴标准类别", unit="code")
def route(o: Operators, eligible: Truth, hukou_kind: Number) -> Number:
    return o.either(eligible, o.either(hukou_kind == HUKOU["urban"], ROUTE["urban"], ROUTE["rural"]), ROUTE["none"])


@finding(
    "person",
    severity="info",
    source=STATE_COUNCIL,
    label="给予护理补贴",
    sentence="{who}为{disability_kind}{disability_grade}残疾，按{route}发给护理补贴{amount}。",
)
def nursing_given(o: Operators, eligible: Truth) -> Truth:
    return eligible


@finding(
    "person",
    severity="block",
    source=STATE_COUNCIL,
    label="不是重度残疾",
    sentence="{who}的残疾等级为{disability_grade}，护理补贴发给一级、二级残疾人。",
)
def not_severe(o: Operators, has_card: Truth, severe_grade: Truth) -> Truth:
    return has_card & o.is_not(severe_grade)


@finding(
    "person",
    severity="block",
    source=JIANGSU,
    label="缺少长期照护证明",
    sentence="{who}没有需要长期照护的证明；按本月执行的规定，申领护理补贴须有该证明。",
)
def care_not_proven(o: Operators, severe_grade: Truth, care_proven: Truth) -> Truth:
    return severe_grade & o.is_not(care_proven)


@finding(
    "person",
    severity="block",
    source=HIGHER,
    label="其他护理待遇较高",
    sentence="{who}已享受其他护理待遇每月{care_other_amount}，不低于护理补贴{own_rate}，择高享受，不另发护理补贴。",
)
def kept_other_care(o: Operators, other_care_higher: Truth) -> Truth:
    return other_care_higher


@finding(
    "person",
    severity="warning",
    source=HIGHER,
    label="停发较低的护理待遇",
    sentence="{who}另享受护理待遇每月{care_other_amount}，低于护理补贴，择高发给护理补贴，请同时停发较低的一项。",
)
def give_up_other_care(o: Operators, other_care_matters: Truth, eligible: Truth) -> Truth:
    return other_care_matters & eligible
