"""The rules of the nursing subsidy: facts and policy in, the rate out, each with the article it rests on."""

from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.disability.nursing.rules import care
from anmin.lines.disability.nursing.rules.codes import REQUIRED, ROUTE
from anmin.lines.disability.nursing.rules.facts import FACTS
from anmin.lines.disability.rules import card

ADDRESS = "disability.nursing"

RULES = RuleSet(
    ADDRESS,
    label="重度残疾人护理补贴",
    facts=FACTS,
    modules=(card, care),
    codes={"route": ROUTE, "proof_required": REQUIRED},
    outputs=("amount", "eligible", "route"),
)


PROGRAMME = Programme(
    RULES, unit="person", route="route", routes=ROUTE, columns=("own_rate",), publishes={"holds_nursing": "eligible"}
)

__all__ = ["ADDRESS", "FACTS", "PROGRAMME", "ROUTE", "RULES"]
