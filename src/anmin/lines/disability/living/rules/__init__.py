"""The rules of the living allowance: facts and policy in, the way and the amount out, each with the article it rests on."""

from collections.abc import Mapping

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.disability.living.rules import family, findings, ways
from anmin.lines.disability.living.rules.codes import ROUTE
from anmin.lines.disability.living.rules.facts import FACTS
from anmin.lines.disability.rules import card

ADDRESS = "disability.living"

RULES = RuleSet(
    ADDRESS,
    label="困难残疾人生活补贴",
    facts=FACTS,
    modules=(card, family, ways, findings),
    codes={"route": ROUTE},
    outputs=("amount", "eligible", "route", "rate"),
    borrows={
        "dibao_standard": "assistance.dibao.standard",
        "margin_multiple": "assistance.dibao.margin_multiple",
        "central_pension_exempt": "assistance.dibao.central_pension_exempt",
        "working_age": "assistance.dibao.working_age",
    },
)


def said(made: Explanation, value: Mapping[str, int]) -> str:
    """The basis of the amount in a sentence."""
    share = f"{value['rate'] / 10:g}%"
    return (
        f"属于{ROUTE[made.route].label}，低保标准每人每月{format_yuan(value['dibao_standard'])}元，"
        f"生活补贴按{share}计发，每月{format_yuan(value['amount'])}元。"
    )


PROGRAMME = Programme(
    RULES,
    unit="person",
    route="route",
    routes=ROUTE,
    columns=("rate",),
    publishes={"holds_living": "eligible"},
    say=said,
)

__all__ = ["ADDRESS", "FACTS", "PROGRAMME", "ROUTE", "RULES"]
