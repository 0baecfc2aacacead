"""The campaigns as programmes: each decides of a person on the roster whether, how much, and out of whose budget."""

from collections.abc import Mapping

from anmin.base.money import format_yuan
from anmin.ground.policy.assessing import Programme, Say
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.ruleset import RuleSet
from anmin.lines.assistance.campaigns.rules import (
    dialysis,
    festival,
    granted,
    groups,
    linked,
    living,
    prices,
    ratios,
    sources,
    visits,
)
from anmin.lines.assistance.campaigns.rules.facts import ALSO_CASH, HOLDS, ON_ROSTER, WITHHELD

BUDGETS = {"central": "中央", "provincial": "省级", "municipal": "南通市级", "county": "海安市级"}
"""The budgets a share may come from, as the funding tables call them."""

MONEY = tuple(f"from_{budget}" for budget in BUDGETS)


def _said(what: str) -> Say:
    def say(made: Explanation, values: Mapping[str, int]) -> str:
        parts = [
            f"{label}资金{format_yuan(values[f'from_{budget}'])}元"
            for budget, label in BUDGETS.items()
            if values.get(f"from_{budget}")
        ]
        return f"{what}{format_yuan(made.amount_fen or 0)}元，其中{'、'.join(parts)}。"

    return say


FESTIVAL = Programme(
    RuleSet(
        "assistance.festival",
        label="节日补助",
        facts=(ON_ROSTER, *HOLDS, *WITHHELD),
        modules=(groups, granted, festival, sources),
        outputs=("eligible", "amount", "rate", *MONEY),
    ),
    unit="person",
    columns=MONEY,
    say=_said("发放节日补助"),
)

VILLAGE_VISIT = Programme(
    RuleSet(
        "assistance.village_visit",
        label="春节“一村一户”慰问",
        facts=(ON_ROSTER, *WITHHELD),
        modules=(visits, ratios, sources),
        outputs=("eligible", "amount", "rate", *MONEY),
    ),
    unit="person",
    columns=MONEY,
    say=_said("春节慰问金"),
)

DIALYSIS_VISIT = Programme(
    RuleSet(
        "assistance.dialysis_visit",
        label="血透患者慰问",
        facts=(ON_ROSTER, ALSO_CASH, *WITHHELD),
        modules=(dialysis, ratios, sources),
        outputs=("eligible", "visited", "amount", "gifts", "rate", *MONEY),
    ),
    unit="person",
    eligible="visited",
    columns=(*MONEY, "gifts"),
    say=_said("慰问金"),
)

PRICE_SUBSIDY = Programme(
    RuleSet(
        "assistance.price_subsidy",
        label="价格临时补贴",
        facts=(ON_ROSTER, *HOLDS, *WITHHELD),
        modules=(groups, linked, prices, ratios, sources),
        outputs=("eligible", "amount", "rate", *MONEY),
        borrows={"dibao_standard": "assistance.dibao.standard"},
    ),
    unit="person",
    columns=MONEY,
    say=_said("发放价格临时补贴"),
)

LIVING_SUBSIDY = Programme(
    RuleSet(
        "assistance.living_subsidy",
        label="一次性生活补贴",
        facts=(ON_ROSTER, *HOLDS, *WITHHELD),
        modules=(groups, granted, living, ratios, sources),
        outputs=("eligible", "amount", "rate", *MONEY),
    ),
    unit="person",
    columns=MONEY,
    say=_said("发放一次性生活补贴"),
)

PROGRAMMES = (FESTIVAL, VILLAGE_VISIT, DIALYSIS_VISIT, PRICE_SUBSIDY, LIVING_SUBSIDY)
