"""The rules of the lists of insured elders: age and benefits in, the list out. Nothing is paid to a person by it."""

from collections.abc import Mapping

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.eldercare.accident_insurance.rules import lists
from anmin.lines.eldercare.accident_insurance.rules.codes import ROUTE
from anmin.lines.eldercare.accident_insurance.rules.facts import FACTS

ADDRESS = "eldercare.accident_insurance"

RULES = RuleSet(
    ADDRESS,
    label="老年人意外伤害保险",
    facts=FACTS,
    modules=(lists,),
    codes={"route": ROUTE},
    outputs=("eligible", "route", "premium"),
)


def said(made: Explanation, value: Mapping[str, int]) -> str:
    """On which list, in a sentence."""
    return f"{value['age']}周岁，列入{ROUTE[made.route].label}保险名单，每年保费{format_yuan(value['premium'])}元。"


PROGRAMME = Programme(RULES, unit="person", amount="", route="route", routes=ROUTE, columns=("premium",), say=said)

__all__ = ["ADDRESS", "FACTS", "PROGRAMME", "ROUTE", "RULES"]
