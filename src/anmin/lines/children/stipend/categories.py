"""Children who hold the stipend and whose recorded category is missing, or another than the rules find."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import Q

from anmin.base.periods import Month
from anmin.ground.entitlements.claims import Claims, load, no_grace
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.people.models import Fact
from anmin.ground.policy.assessing import assess
from anmin.ground.policy.book import policy
from anmin.lines.children.stipend.actions import CATEGORY as KIND
from anmin.lines.children.stipend.rules import CATEGORY, PROGRAMME
from anmin.lines.children.stipend.vocabulary import BENEFIT


@dataclass(frozen=True)
class Otherwise:
    """A child, the category the rules find this month, and the one on record; blank where there is none."""

    person_id: int
    name: str
    area_id: int
    since: date
    found: str
    recorded: str


def otherwise(month: Month) -> Iterator[Otherwise]:
    """The children with the stipend whose record says no category, or another than the rules; a fixed number of questions.

    Of whom the rules find none (grown up, adopted) nothing is said here: that is for the review of the stipend.
    """
    day = month.first_day
    running = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    shares = list(
        EntitlementMember.objects.filter(running, benefit=BENEFIT, valid_from__lte=day)
        .order_by("id")
        .values_list("person_id", "person__name", "entitlement__area_id", "entitlement__household_id", "valid_from")
    )
    if not shares:
        return
    recorded = dict(
        Fact.objects.filter(
            running, kind=KIND, superseded_at__isnull=True, valid_from__lte=day, person__in=[share[0] for share in shares]
        ).values_list("person_id", "code")
    )
    claims = Claims(
        np.array([share[3] for share in shares], dtype=np.int64),
        ["orphan"] * len(shares),
        [(row, share[0]) for row, share in enumerate(shares)],
        no_grace(len(shares)),
    )
    loaded = load(PROGRAMME, claims, month, None)
    found = assess(PROGRAMME, loaded.batch, month, policy()).columns["category"]
    for (person_id, name, area_id, _, since), row in zip(shares, loaded.unit_rows.tolist(), strict=True):
        category = CATEGORY.name(int(found[row])) if row >= 0 else "none"
        known = recorded.get(person_id) or ""
        if category not in {"none", known}:
            yield Otherwise(person_id, name, area_id, since, category, known)
