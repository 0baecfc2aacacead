"""The margin rules: who belongs to a family just above dibao (低保边缘家庭). Recognised without monthly cash."""

from collections.abc import Mapping

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.assistance.dibao.rules.codes import SCHOOLING, SEVERITY
from anmin.lines.assistance.margin.rules import family, held, recognised
from anmin.lines.assistance.margin.rules.facts import FACTS

ADDRESS = "assistance.margin"
CODES = {"student_max_level": SCHOOLING, "property_severity": SEVERITY}

RULES = RuleSet(
    ADDRESS,
    label="低保边缘家庭",
    facts=FACTS,
    modules=(family, held, recognised),
    codes=CODES,
    outputs=("margin_eligible", "margin_granted", "margin_persons", "family_income_per_head"),
    includes=("assistance.dibao",),
)


def said(made: Explanation, value: Mapping[str, int]) -> str:
    """The basis of the recognition in a sentence."""
    return (
        f"认定为低保边缘家庭，共{value['margin_persons']}人，家庭月人均收入{format_yuan(value['family_income_per_head'])}元；"
        "不按月发放保障金，按规定享受专项救助。"
    )


PROGRAMME = Programme(
    RULES,
    unit="household",
    eligible="margin_eligible",
    amount="",
    columns=("margin_persons", "family_income_per_head"),
    publishes={"holds_margin": "margin_granted"},
    say=said,
)

__all__ = ["ADDRESS", "CODES", "FACTS", "PROGRAMME", "RULES"]
