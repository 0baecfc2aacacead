"""Why a household gets what it gets of dibao, and who holds it; scoped to what the asker may see."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import QuerySet

from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements import reasons
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.payments import queries as payments
from anmin.ground.people.models import Household
from anmin.ground.policy.explanation import Explanation
from anmin.lines.assistance.dibao.vocabulary import BENEFIT


def why(
    actor: Actor,
    *,
    entitlement: Entitlement | None = None,
    household: Household | None = None,
    month: Month | str,
    known_at: datetime | None = None,
) -> Explanation:
    """Every step to the amount of one entitlement (or of the household that holds it, or might) in a month, on the records.

    As known at an instant, or as known now. A household without an entitlement is explained as if all of it applied.
    Refuses what the actor may not see, and a month before the first policy value.
    """
    return reasons.why(actor, BENEFIT, entitlement=entitlement, household=household, month=month, known_at=known_at)


def assessed(
    actor: Actor,
    *,
    household: Household,
    month: Month | str,
    route: str = "household",
    claimants: Sequence[int] = (),
    known_at: datetime | None = None,
) -> Explanation:
    """What the rules would say of a household in a month, claimed by a route, by these persons where it is for one alone."""
    return reasons.assessed(actor, BENEFIT, household=household, month=month, route=route, claimants=claimants, known_at=known_at)


def register(actor: Actor, on: date, *, town: str = "", route: str = "", search: str = "") -> QuerySet[Entitlement]:
    """Who holds dibao on a day, with `last_amount` and `last_persons` of the latest approved roll up to then."""
    return payments.register(actor, BENEFIT, on, town=town, route=route, search=search)
