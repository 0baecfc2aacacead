"""Temporary assistance as a benefit: what the county decided is due once, in the month it was put in."""

from datetime import datetime

import numpy as np

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Benefit, DueColumns, Ints
from anmin.ground.entitlements.reckoning import rules_version
from anmin.lines.assistance.temporary.models import Aid
from anmin.lines.assistance.temporary.rules import PROGRAMME
from anmin.lines.assistance.temporary.vocabulary import BENEFIT, LABEL


def due(entitlement_ids: Ints, month: Month, known_at: datetime) -> DueColumns:
    """What was decided for this month, as decided: aid is given once, and no later figure of the law changes it. One query."""
    place = {entitlement_id: at for at, entitlement_id in enumerate(entitlement_ids.tolist())}
    amount, persons = np.zeros(len(place), dtype=np.int64), np.ones(len(place), dtype=np.int64)
    aids = Aid.objects.filter(entitlement__benefit=BENEFIT, entitlement__valid_from=month.first_day).order_by()
    for entitlement_id, fen in aids.values_list("entitlement_id", "amount"):
        if entitlement_id in place:
            amount[place[entitlement_id]] = fen
    return DueColumns(
        entitlement_ids=entitlement_ids,
        amount=amount,
        persons=persons,
        undetermined=np.zeros(len(place), dtype=np.bool_),
        parts={"aid": amount},
    )


TEMPORARY = Benefit(
    address=BENEFIT,
    label=LABEL,
    letters="LS",
    pay_day=f"{BENEFIT}.pay_day",
    recovery_share=f"{BENEFIT}.recovery_max_share",
    due=due,
    rules_version=lambda: rules_version(PROGRAMME),
    routes={"county": "县级审核确认", "deliberated": "一事一议"},
    labels={"aid": "救助金额"},
    once=True,
)
