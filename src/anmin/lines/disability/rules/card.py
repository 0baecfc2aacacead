"""Who holds a valid card and is kept from both subsidies by nothing."""

from anmin.ground.policy.facts import YES_NO
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.rules import finding, rule
from anmin.lines.disability.rules.facts import MEASURES, STATE_COUNCIL

YES = YES_NO["yes"]


@rule("person", source=STATE_COUNCIL, label="持有有效残疾人证")
def has_card(o: Operators, disability_grade: Number) -> Truth:
    return disability_grade >= 1


@rule("person", source=STATE_COUNCIL, label="一级、二级残疾")
def severe_grade(o: Operators, disability_grade: Number) -> Truth:
    return o.one_of(disability_grade, 1, 2)


@rule("person", source=STATE_COUNCIL, label="本地户籍且健在、未服刑")
def present(o: Operators, hukou_local: Number, dead: Number, in_prison: Number) -> Truth:
    return (hukou_local == YES) & (dead != YES) & (in_prison != YES)


@rule("person", source=STATE_COUNCIL, label="已有不能同时享受的待遇")
def covered_elsewhere(o: Operators, holds_tekun: Number, injury_nursing: Number) -> Truth:
    return (holds_tekun == YES) | (injury_nursing == YES)


@finding(
    "person",
    severity="block",
    source=STATE_COUNCIL,
    label="没有有效残疾人证",
    sentence="{who}没有在有效期内的第二代残疾人证；证件到期的，请尽快换证，换证后从到期的次月起补发。",
)
def no_card(o: Operators, has_card: Truth) -> Truth:
    return o.is_not(has_card)


@finding(
    "person",
    severity="block",
    source=STATE_COUNCIL,
    label="不是本地户籍",
    sentence="{who}的户籍不在本市，请向户籍地申请。",
)
def not_local(o: Operators, has_card: Truth, hukou_local: Number) -> Truth:
    return has_card & (hukou_local != YES)


@finding("person", severity="block", source=STATE_COUNCIL, label="已去世", sentence="{who}已去世，自去世的次月起停发。")
def has_died(o: Operators, has_card: Truth, dead: Number) -> Truth:
    return has_card & (dead == YES)


@finding(
    "person",
    severity="block",
    source=MEASURES,
    label="服刑期间停发",
    sentence="{who}正在服刑或强制隔离戒毒，期间停发，期满后重新申请。",
)
def serves_sentence(o: Operators, has_card: Truth, in_prison: Number) -> Truth:
    return has_card & (in_prison == YES)


@finding(
    "person",
    severity="block",
    source=STATE_COUNCIL,
    label="已享受特困供养",
    sentence="{who}已享受特困人员救助供养，不再享受残疾人两项补贴。",
)
def in_tekun(o: Operators, has_card: Truth, holds_tekun: Number) -> Truth:
    return has_card & (holds_tekun == YES)


@finding(
    "person",
    severity="block",
    source=STATE_COUNCIL,
    label="已领取工伤护理费",
    sentence="{who}已领取工伤保险生活护理费，不再享受残疾人两项补贴。",
)
def has_injury_nursing(o: Operators, has_card: Truth, injury_nursing: Number) -> Truth:
    return has_card & (injury_nursing == YES)
