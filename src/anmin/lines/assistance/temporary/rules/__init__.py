"""The rules of temporary assistance: whether, at most how much, decided by whom. No Django, no tables."""

from collections.abc import Mapping

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.assistance.temporary.rules import amounts, conditions
from anmin.lines.assistance.temporary.rules.facts import AID, FACTS, LEVEL


def _say(made: Explanation, values: Mapping[str, int]) -> str:
    return f"可以给予临时救助，受助{values['aided_persons']}人，本次最多{format_yuan(made.amount_fen or 0)}元。"


PROGRAMME = Programme(
    RuleSet(
        "assistance.temporary",
        label="临时救助",
        facts=FACTS,
        modules=(conditions, amounts),
        codes={"level": LEVEL},
        outputs=("eligible", "amount", "level", "town_limit"),
        borrows={"dibao_standard": "assistance.dibao.standard"},
    ),
    route="level",
    routes=LEVEL,
    columns=("town_limit", "aided_persons"),
    say=_say,
)

__all__ = ["AID", "LEVEL", "PROGRAMME"]
