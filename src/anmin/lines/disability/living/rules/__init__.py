"""The rules of the living allowance: facts and policy in, the way and the amount out, each with the article it rests on."""

from anmin.ground.policy.assessing import Programme
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


PROGRAMME = Programme(
    RULES,
    unit="person",
    route="route",
    routes=ROUTE,
    columns=("rate",),
    publishes={"holds_living": "eligible"},
)

__all__ = ["ADDRESS", "FACTS", "PROGRAMME", "ROUTE", "RULES"]
