"""What the programmes for elders ask about a person, and what it means that something is not known."""

from anmin.ground.policy.facts import YES_NO, Fact, Means, Undetermined

PROVINCIAL = "江苏省百岁老人长寿保健费和高龄津贴政策（2011年起，文号待核）"
MUNICIPAL = "南通市尊老金发放规定（文号待核）"


def yes_no(name: str, label: str, kind: str, missing: Means) -> Fact:
    """A fact that holds or does not."""
    return Fact(name, "person", label, "code", missing, codes=YES_NO, kind=kind)


def not_registered(what: str) -> Means:
    """No register shows it, so there is none."""
    return Means(0, MUNICIPAL, f"登记和核对中没有{what}的记录，按没有处理")


ELDER = (
    Fact("birth_on", "person", "出生日期", "date", Undetermined(MUNICIPAL), 18_000_101, 22_001_231, kind="birth_on"),
    yes_no("hukou_local", "本地户籍", "hukou.local", Means(1, MUNICIPAL, "登记册没有另行标注的，按本地户籍")),
    yes_no("dead", "已死亡", "status.dead", not_registered("死亡")),
)
"""When they were born, whether they live and have their hukou here."""
