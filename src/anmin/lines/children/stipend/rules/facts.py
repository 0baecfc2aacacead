"""What the stipend asks about a child and its parents, and what it means that something is not known.

A parent of whom no register shows otherwise can look after the child. What the child already gets from dibao or as a disabled
person must be stated before a difference can be paid.
"""

from dataclasses import replace

from anmin.ground.policy.facts import YES_NO, Codes, Fact, Means, Undetermined
from anmin.lines.children.stipend.rules.codes import DISABILITY, PARENT, PLACEMENT, SCHOOLING

JIANGSU_2018 = "江苏省八部门《关于落实困境儿童分类保障制度有关问题的补充意见》（2018年，文号待核）"
NATIONAL = "《关于进一步加强事实无人抚养儿童保障工作的意见》（民发〔2019〕62号）；民发〔2020〕125号"
TEKUN = "《特困人员认定办法》（民发〔2021〕43号）"


def not_registered(what: str) -> Means:
    """No register shows it, so there is none."""
    return Means(0, JIANGSU_2018, f"登记和核对中没有{what}的记录，按没有处理")


def _code(name: str, label: str, kind: str, codes: Codes, missing: Means) -> Fact:
    return Fact(name, "person", label, "code", missing, codes=codes, kind=kind)


def _yes_no(name: str, label: str, kind: str, missing: Means | None = None) -> Fact:
    return _code(name, label, kind, YES_NO, missing or not_registered(label))


def _parent(name: str, label: str, kind: str) -> Fact:
    able = Means(int(PARENT["able"]), NATIONAL, "没有登记父母失能、失联等情况的，按能够履行监护职责")
    return _code(name, label, kind, PARENT, able)


FACTS: tuple[Fact, ...] = (
    Fact("birth_on", "person", "出生日期", "date", Undetermined(JIANGSU_2018), 18_000_101, 22_001_231, kind="birth_on"),
    _yes_no("hukou_local", "本地户籍", "hukou.local", Means(1, JIANGSU_2018, "登记册没有另行标注的，按本地户籍")),
    _yes_no("dead", "已死亡", "status.dead"),
    _parent("child_father", "父亲情况", "child.father"),
    _parent("child_mother", "母亲情况", "child.mother"),
    _yes_no("child_abandoned", "弃婴（儿）", "child.abandoned"),
    _yes_no("child_adopted", "已被收养", "child.adopted"),
    _code(
        "child_placement",
        "养育方式",
        "child.placement",
        PLACEMENT,
        Means(int(PLACEMENT["family"]), JIANGSU_2018, "没有登记机构养育的，按社会散居"),
    ),
    _code("disability_kind", "残疾类别", "disability.kind", DISABILITY, not_registered("残疾证")),
    replace(Fact("disability_grade", "person", "残疾等级", "grade", not_registered("残疾证"), kind="disability.grade"), most=4),
    _yes_no("illness_severe", "患重特大疾病", "illness.severe"),
    _yes_no("child_hiv", "感染艾滋病病毒", "child.hiv"),
    replace(
        Fact(
            "child_vaccine_injury",
            "person",
            "预防接种异常反应等级",
            "grade",
            not_registered("预防接种异常反应"),
            kind="child.vaccine_injury",
        ),
        most=4,
    ),
    _yes_no("child_vagrant", "流浪儿童", "child.vagrant"),
    _yes_no("child_other_hardship", "经认定有其他困难需要帮助", "child.other_hardship"),
    _code("schooling_level", "全日制就学", "schooling.level", SCHOOLING, not_registered("学籍")),
    _yes_no("holds_tekun", "享受特困供养", "held.assistance.tekun"),
    _yes_no("holds_dibao", "享受低保", "held.assistance.dibao"),
    _yes_no("holds_margin", "低保边缘家庭成员", "held.assistance.margin"),
    _yes_no("holds_hardship", "刚性支出困难家庭成员", "held.assistance.hardship"),
    _yes_no("holds_living", "享受残疾人生活补贴", "held.disability.living"),
    _yes_no("holds_child_stipend", "享受困境儿童基本生活费", "held.children.stipend"),
    _yes_no("child_benefit_chosen", "选择享受儿童保障（不选特困）", "child.benefit_chosen"),
    Fact(
        "child_other_benefits",
        "person",
        "本人每月已享受的低保、残疾人生活补贴等金额",
        "CNY/month",
        Undetermined(JIANGSU_2018, when="difference_matters"),
        kind="child.other_benefits",
    ),
)
"""Every input of the rules of the stipend."""
