"""The tekun rules: facts and policy in, who is supported, where and with how much, each with the article it rests on."""

from collections.abc import Mapping

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.assistance.dibao.rules.codes import SCHOOLING, SEVERITY
from anmin.lines.assistance.tekun.rules import amounts, capacity, findings, means, obligors, reused
from anmin.lines.assistance.tekun.rules.codes import CARE, SUPPORT
from anmin.lines.assistance.tekun.rules.facts import FACTS

ADDRESS = "assistance.tekun"

MODULES = (capacity, means, obligors, amounts, findings)
"""What tekun brings of its own; where dibao's rules are decided with it they stand beside these."""

CODES = {
    "tekun_route": SUPPORT,
    "care_grade": CARE,
    "property_severity": SEVERITY,
    "student_max_level": SCHOOLING,
}

RULES = RuleSet(
    ADDRESS,
    label="特困人员救助供养",
    facts=FACTS,
    modules=(reused, *MODULES),
    codes=CODES,
    outputs=("tekun_amount", "tekun_eligible", "tekun_route", "care_grade", "funeral_amount", "basic_amount", "care_amount"),
    includes=("assistance.dibao",),
    borrows={"disposable_income": "assistance.hardship.disposable_income"},
)


def said(made: Explanation, value: Mapping[str, int]) -> str:
    """The basis of the amount in a sentence."""
    worked = (
        f"给予特困人员救助供养，{SUPPORT[made.route].label}，基本生活费{format_yuan(value['basic_amount'])}元"
        f"（{CARE.label(value['care_grade'])}）"
    )
    if value["care_amount"]:
        worked += f"，照料护理补贴{format_yuan(value['care_amount'])}元"
    return f"{worked}，每月合计{format_yuan(value['tekun_amount'])}元。"


PROGRAMME = Programme(
    RULES,
    unit="person",
    eligible="tekun_eligible",
    amount="tekun_amount",
    route="tekun_route",
    routes=SUPPORT,
    columns=("basic_living", "basic_amount", "care_amount", "care_grade", "funeral_amount"),
    publishes={"holds_tekun": "tekun_eligible"},
    say=said,
)

__all__ = ["ADDRESS", "CARE", "CODES", "FACTS", "MODULES", "PROGRAMME", "RULES", "SUPPORT"]
