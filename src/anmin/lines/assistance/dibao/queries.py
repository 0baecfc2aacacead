"""Why a household gets what it gets, and the register of who holds dibao; scoped to what the asker may see."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import numpy as np
from django.db.models import OuterRef, Q, QuerySet, Subquery

from anmin.base.clock import SHANGHAI
from anmin.base.errors import Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.payments.models import RollLine
from anmin.ground.payments.vocabulary import RollState
from anmin.ground.people.models import Household, Person
from anmin.ground.policy.book import policy
from anmin.ground.policy.explanation import Explanation
from anmin.lines.assistance.dibao.columns import Claims, Loaded, claims_of, load, one_claim
from anmin.lines.assistance.dibao.rules import explain
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
    month = month if isinstance(month, Month) else Month.parse(month)
    held = entitlement
    if held is None:
        assert household is not None, "ask about an entitlement or a household"
        held = entitlements.in_force(actor, BENEFIT, month.first_day).filter(household=household).order_by("id").first()
    if held is None:
        assert household is not None
        return assessed(actor, household=household, month=month, known_at=known_at)
    if not Entitlement.objects.filter(within(actor), pk=held.pk).exists():
        raise Refused("该家庭不在您的管辖范围内。")
    return _explained(claims_of(np.array([held.pk], dtype=np.int64), month), month, known_at)


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
    month = month if isinstance(month, Month) else Month.parse(month)
    if not Household.objects.filter(within(actor), pk=household.pk).exists():
        raise Refused("该家庭不在您的管辖范围内。")
    return _explained(one_claim(household.pk, route, claimants), month, known_at)


def register(
    actor: Actor, on: date, *, town: str = "", route: str = "", review_class: str = "", search: str = ""
) -> QuerySet[Entitlement]:
    """Who holds dibao on a day, with `last_amount` and `last_persons` of the latest approved roll up to then.

    `town` is the path of an area; `search` is part of a name, a household's or an entitlement's number.
    """
    latest = RollLine.objects.filter(
        entitlement=OuterRef("pk"), roll__state=RollState.APPROVED, due__gt=0, for_month__lte=str(Month.from_date(on))
    ).order_by("-for_month", "-roll__month")
    found = entitlements.in_force(actor, BENEFIT, on).select_related("household", "holder", "area__parent")
    if town:
        found = found.filter(area__path__startswith=town)
    if route:
        found = found.filter(route__startswith=route)
    if review_class:
        found = found.filter(review_class=review_class)
    if search:
        found = found.filter(
            Q(holder__name__contains=search)
            | Q(holder__initials__startswith=search.lower())
            | Q(number__contains=search)
            | Q(household__number__contains=search)
        )
    return found.annotate(
        last_amount=Subquery(latest.values("due")[:1]), last_persons=Subquery(latest.values("persons")[:1])
    ).order_by("area__code", "id")


def _explained(claims: Claims, month: Month, known_at: datetime | None) -> Explanation:
    loaded = load(claims, month, known_at, with_fact_ids=True)
    names = dict(
        Person.objects.filter(pk__in={*loaded.person_ids.tolist(), *loaded.obligor_ids.tolist()}).values_list("id", "name")
    )
    return explain(
        loaded.facts,
        month,
        policy(),
        known_at.astimezone(SHANGHAI).date() if known_at else None,
        members=[names[each] for each in loaded.person_ids.tolist()],
        supporters=[names[each] for each in loaded.obligor_ids.tolist()],
        fact_ids=_fact_ids(loaded),
    )


def _fact_ids(loaded: Loaded) -> Callable[[str, int], int | None]:
    def find(name: str, row: int) -> int | None:
        column = loaded.fact_ids.get(name)
        found = int(column[row]) if column is not None and row < len(column) else -1
        return None if found < 0 else found

    return find
