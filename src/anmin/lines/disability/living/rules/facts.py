"""What the living allowance asks besides the card: fixed income, other benefits, and the family's means where they matter."""

from anmin.ground.policy.facts import Fact, Means, Undetermined
from anmin.lines.disability.rules.codes import CATEGORY, RELATION, WORK
from anmin.lines.disability.rules.facts import CARD, JIANGSU, STATE_COUNCIL, not_registered, person, yes_no

_means = Undetermined(JIANGSU, when="means_matter")
_stated = Means(0, JIANGSU, "没有申报和核对到这一项")


def _money(name: str, label: str, kind: str, missing: Means | Undetermined) -> Fact:
    return person(name, label, "CNY/month", kind, missing, at_entry=True)


FACTS: tuple[Fact, ...] = (
    *CARD,
    person("birth_on", "出生日期", "date", "birth_on", Undetermined(JIANGSU), least=18_000_101, most=22_001_231),
    person("relation", "与户主关系", "code", "relation", Undetermined(JIANGSU), codes=RELATION),
    yes_no("register_counted", "登记为共同生活家庭成员", "counted", Means(1, JIANGSU, "登记册没有另行标注的，按计入")),
    yes_no("income_fixed", "有固定收入", "income.fixed", Undetermined(JIANGSU, when="fixed_income_matters"), at_entry=True),
    person(
        "work_status",
        "就业状况",
        "code",
        "work.status",
        Means(0, JIANGSU, "未登记就业状况的，只看有无固定收入"),
        codes=WORK,
        at_entry=True,
    ),
    yes_no("holds_dibao", "享受低保", "held.assistance.dibao", not_registered("低保")),
    yes_no("holds_margin", "低保边缘家庭成员", "held.assistance.margin", not_registered("低保边缘家庭认定")),
    yes_no("holds_child_stipend", "享受困境儿童基本生活费", "held.children.stipend", not_registered("困境儿童基本生活费")),
    person("child_category", "困境儿童类别", "code", "child.category", not_registered("困境儿童类别"), codes=CATEGORY),
    yes_no("residence_institution", "由福利机构供养", "residence.institution", not_registered("机构供养", STATE_COUNCIL)),
    _money("income_wage", "工资性收入", "income.wage", _means),
    _money("income_business", "经营净收入", "income.business", _means),
    _money("income_property", "财产净收入", "income.property", _means),
    _money("income_pension", "养老金", "income.pension", _means),
    _money("income_pension_central", "其中中央确定的基础养老金", "income.pension_central", _stated),
    _money("income_transfer_other", "其他转移净收入", "income.transfer_other", _stated),
    _money("income_support_received", "实际收到的赡养、抚养、扶养费", "income.support_received", _stated),
)
"""Every input of the rules of the living allowance."""
