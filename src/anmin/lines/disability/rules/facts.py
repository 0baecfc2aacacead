"""What both subsidies ask, and what it means that something is not known.

The card is the door: no card on record, or one that has expired, is no card. What a person must state (fixed income, hukou,
the amount of another care benefit) leaves the question open where it is not known.
"""

from dataclasses import replace

from anmin.ground.policy.facts import YES_NO, Codes, Fact, Means, Undetermined
from anmin.lines.disability.rules.codes import DISABILITY

STATE_COUNCIL = "《国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见》（国发〔2015〕52号）"
MEASURES = "《民政部等关于完善残疾人两项补贴制度的文件》（民发〔2021〕70号）"
JIANGSU = "江苏省残疾人两项补贴政策（文号待核）"


def not_registered(what: str, source: str = STATE_COUNCIL) -> Means:
    """No register shows it, so there is none."""
    return Means(0, source, f"登记和核对中没有{what}的记录，按没有处理")


def person(
    name: str,
    label: str,
    unit: str,
    kind: str,
    missing: Means | Undetermined,
    *,
    codes: Codes | None = None,
    least: int = 0,
    most: int | None = None,
    at_entry: bool = False,
) -> Fact:
    """A fact about a member of the family; `at_entry` opens the subsidy within the month in which it was applied for."""
    fact = Fact(name, "person", label, unit, missing, least, codes=codes, kind=kind, at_entry=at_entry)
    return fact if most is None else replace(fact, most=most)


def yes_no(name: str, label: str, kind: str, missing: Means | Undetermined, *, at_entry: bool = False) -> Fact:
    """A fact that holds or does not."""
    return person(name, label, "code", kind, missing, codes=YES_NO, at_entry=at_entry)


NO_CARD = not_registered("有效残疾人证")
HUKOU_LOCAL = Means(1, STATE_COUNCIL, "登记册没有另行标注的，按本地户籍")

CARD = (
    person("disability_kind", "残疾类别", "code", "disability.kind", NO_CARD, codes=DISABILITY, at_entry=True),
    person("disability_grade", "残疾等级", "grade", "disability.grade", NO_CARD, most=4, at_entry=True),
    yes_no("hukou_local", "本地户籍", "hukou.local", HUKOU_LOCAL),
    yes_no("dead", "已死亡", "status.dead", not_registered("死亡")),
    yes_no("in_prison", "正在服刑或强制隔离戒毒", "status.in_prison", not_registered("服刑")),
    yes_no("holds_tekun", "享受特困供养", "held.assistance.tekun", not_registered("特困供养")),
    yes_no("injury_nursing", "领取工伤保险生活护理费", "injury.nursing", not_registered("工伤保险生活护理费")),
)
"""What stands on the card, and what ends or excludes both subsidies."""
