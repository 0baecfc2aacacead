"""The rules of the stipend: facts about a child and its parents in, category and amount out, each with its article."""

from anmin.ground.policy.assessing import Programme
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
    codes={"route": ROUTE, "measure": ROUTE, "category": CATEGORY, "study_extension": EXTENDED},
    outputs=("amount", "eligible", "route", "category", "full_amount", "already_given"),
)


PROGRAMME = Programme(
    RULES,
    unit="person",
    route="route",
    routes=ROUTE,
    columns=("category", "measure", "full_amount", "already_given"),
    publishes={"holds_child_stipend": "eligible", "child_category": "category"},
)

__all__ = ["ADDRESS", "CATEGORY", "FACTS", "PROGRAMME", "ROUTE", "RULES"]
