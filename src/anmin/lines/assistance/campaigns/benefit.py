"""Campaigns as benefits: what is due is what the approved roster says, so that rolls and bank files pay it like anything else.

Not `benefit_of`: that reckons by what the register says on the first day of a month, and a roster is frozen on a day of its own.
"""

from collections.abc import Callable
from datetime import datetime

import numpy as np

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Benefit, Due, DueColumns, Ints
from anmin.ground.entitlements.reckoning import rules_version
from anmin.ground.policy.assessing import Programme
from anmin.lines.assistance.campaigns.amounts import BY_KIND
from anmin.lines.assistance.campaigns.models import RosterShare
from anmin.lines.assistance.campaigns.vocabulary import ROUTE, Budget, CampaignKind, CampaignState

LETTERS = {
    CampaignKind.FESTIVAL: "JR",
    CampaignKind.VILLAGE_VISIT: "WW",
    CampaignKind.DIALYSIS_VISIT: "XT",
    CampaignKind.PRICE_SUBSIDY: "JG",
    CampaignKind.LIVING_SUBSIDY: "YC",
}


def _due_of(kind: CampaignKind) -> Due:
    def due(entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
        """What the rosters approved for this month say; one query."""
        place = {entitlement_id: at for at, entitlement_id in enumerate(entitlement_ids.tolist())}
        parts = {budget.value: np.zeros(len(place), dtype=np.int64) for budget in Budget}
        shares = RosterShare.objects.filter(
            row__entitlement__benefit=kind,
            row__entitlement__valid_from=month.first_day,
            row__campaign__state=CampaignState.APPROVED,
        ).order_by()
        for entitlement_id, budget, amount in shares.values_list("row__entitlement_id", "budget", "amount"):
            if entitlement_id in place:
                parts[budget][place[entitlement_id]] = amount
        nothing = np.zeros(len(place), dtype=np.int64)
        return DueColumns(
            entitlement_ids=entitlement_ids,
            amount=sum(parts.values(), nothing),
            persons=np.ones(len(place), dtype=np.int64),
            undetermined=np.zeros(len(place), dtype=np.bool_),
            parts=parts,
        )

    return due


def _version_of(programme: Programme) -> Callable[[], str]:
    return lambda: rules_version(programme)


def _benefit(kind: CampaignKind) -> Benefit:
    return Benefit(
        address=kind.value,
        label=str(kind.label),
        letters=LETTERS[kind],
        pay_day=f"{kind.value}.pay_day",
        recovery_share=f"{kind.value}.recovery_max_share",
        due=_due_of(kind),
        rules_version=_version_of(BY_KIND[kind]),
        routes={ROUTE: "按名册一次发放"},
        labels={budget.value: f"{budget.label}资金" for budget in Budget},
        once=True,
    )


BENEFITS = tuple(_benefit(kind) for kind in CampaignKind)
