"""What is asked of a family in hardship through unavoidable expenses: its means, what it had to spend, what it holds already."""

from anmin.ground.policy.facts import Fact, Means
from anmin.lines.assistance.margin.rules.facts import FACTS as MARGIN_FACTS
from anmin.lines.assistance.margin.rules.facts import held

HARDSHIP = "《刚性支出困难家庭认定办法》（2024年，文号待核）"


def _spent(name: str, label: str) -> Fact:
    missing = Means(0, HARDSHIP, "没有申报和票据的，不计支出")
    return Fact(name, "person", label, "CNY", missing, kind=name.replace("_", ".", 1))


FACTS: tuple[Fact, ...] = (
    *MARGIN_FACTS,
    held("holds_margin", "低保边缘家庭成员", "assistance.margin"),
    _spent("expense_medical", "近十二个月自付医疗费"),
    _spent("expense_education", "近十二个月自付教育费"),
    _spent("expense_rehabilitation", "近十二个月残疾康复费"),
    _spent("expense_aid", "近十二个月已得专项救助"),
)
"""Every input of the hardship rules."""
