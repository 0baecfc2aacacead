"""The rules of money given once: who of a frozen roster gets how much, out of whose budget. No Django, no tables."""

from anmin.lines.assistance.campaigns.rules.programmes import (
    BUDGETS,
    DIALYSIS_VISIT,
    FESTIVAL,
    LIVING_SUBSIDY,
    PRICE_SUBSIDY,
    PROGRAMMES,
    VILLAGE_VISIT,
)

__all__ = ["BUDGETS", "DIALYSIS_VISIT", "FESTIVAL", "LIVING_SUBSIDY", "PRICE_SUBSIDY", "PROGRAMMES", "VILLAGE_VISIT"]
