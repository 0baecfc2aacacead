"""The rules of the allowances by age: birth and hukou in, band and amount out, each with the article it rests on."""

from anmin.ground.policy.assessing import Programme
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


PROGRAMME = Programme(
    RULES,
    unit="person",
    route="route",
    routes=ROUTE,
    columns=("age_reached",),
    publishes={"holds_allowance": "eligible"},
)

__all__ = ["ADDRESS", "FACTS", "PROGRAMME", "ROUTE", "RULES"]
