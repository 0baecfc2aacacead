"""The rules of the allowances by age: birth and hukou in, band and amount out, each with the article it rests on."""

from collections.abc import Mapping

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.eldercare.allowance.rules import bands
from anmin.lines.eldercare.allowance.rules.codes import ROUTE
from anmin.lines.eldercare.allowance.rules.facts import FACTS

ADDRESS = "eldercare.allowance"

RULES = RuleSet(
    ADDRESS,
    label="尊老金、长寿金",
    facts=FACTS,
    modules=(bands,),
    codes={"route": ROUTE},
    outputs=("amount", "eligible", "route", "age_reached"),
)


def said(made: Explanation, value: Mapping[str, int]) -> str:
    """The basis of the amount in a sentence."""
    return f"当月{value['age_reached']}周岁，按{ROUTE[made.route].label}每月发给{format_yuan(value['amount'])}元。"


PROGRAMME = Programme(
    RULES,
    unit="person",
    route="route",
    routes=ROUTE,
    columns=("age_reached",),
    publishes={"holds_allowance": "eligible"},
    say=said,
)

__all__ = ["ADDRESS", "FACTS", "PROGRAMME", "ROUTE", "RULES"]
