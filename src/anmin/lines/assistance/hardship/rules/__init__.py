"""The hardship rules: who belongs to a family whose unavoidable expenses eat up its income. Recognised without monthly cash."""

from collections.abc import Mapping

from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.assistance.hardship.rules import held, recognised
from anmin.lines.assistance.hardship.rules.facts import FACTS
from anmin.lines.assistance.margin.rules import CODES, family

ADDRESS = "assistance.hardship"
FIRST_MONTH_AS_RIGID = "2024-11"
"""The first whole month under the new name (《刚性支出困难家庭认定办法》 of 24 October 2024)."""

RULES = RuleSet(
    ADDRESS,
    label="支出型（刚性支出）困难家庭",
    facts=FACTS,
    modules=(family, held, recognised),
    codes=CODES,
    outputs=("hardship_eligible", "hardship_granted", "hardship_persons", "spending_share", "rigid_spending"),
    includes=("assistance.dibao",),
)


def said(made: Explanation, value: Mapping[str, int]) -> str:
    """The basis of the recognition in a sentence, under the name of the month."""
    name = "刚性支出困难家庭" if made.month >= FIRST_MONTH_AS_RIGID else "支出型困难家庭"
    return f"认定为{name}，共{value['hardship_persons']}人；不按月发放保障金，按规定享受专项救助和临时救助。"


PROGRAMME = Programme(
    RULES,
    unit="household",
    eligible="hardship_eligible",
    amount="",
    columns=("hardship_persons", "spending_share", "rigid_spending"),
    publishes={"holds_hardship": "hardship_granted"},
    say=said,
)

__all__ = ["ADDRESS", "FACTS", "FIRST_MONTH_AS_RIGID", "PROGRAMME", "RULES"]
