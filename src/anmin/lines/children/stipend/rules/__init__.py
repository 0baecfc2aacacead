"""The rules of the stipend: facts about a child and its parents in, category and amount out, each with its article."""

from collections.abc import Mapping

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.children.stipend.rules import amounts, categories, findings
from anmin.lines.children.stipend.rules.codes import CATEGORY, EXTENDED, ROUTE
from anmin.lines.children.stipend.rules.facts import FACTS

ADDRESS = "children.stipend"

RULES = RuleSet(
    ADDRESS,
    label="困境儿童基本生活费",
    facts=FACTS,
    modules=(categories, amounts, findings),
    codes={"route": ROUTE, "category": CATEGORY, "study_extension": EXTENDED},
    outputs=("amount", "eligible", "route", "category", "full_amount", "already_given"),
)


def said(made: Explanation, value: Mapping[str, int]) -> str:
    """The basis of the amount in a sentence."""
    less = f"，扣除已享受待遇{format_yuan(value['already_given'])}元" if value["already_given"] else ""
    return (
        f"属于{CATEGORY.label(value['category'])}，月标准{format_yuan(value['full_amount'])}元{less}，"
        f"每月发给{format_yuan(value['amount'])}元。"
    )


PROGRAMME = Programme(
    RULES,
    unit="person",
    route="route",
    routes=ROUTE,
    columns=("category", "full_amount", "already_given"),
    publishes={"holds_child_stipend": "eligible", "child_category": "category"},
    say=said,
)

__all__ = ["ADDRESS", "CATEGORY", "FACTS", "PROGRAMME", "ROUTE", "RULES"]
