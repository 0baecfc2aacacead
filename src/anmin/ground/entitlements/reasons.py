"""Why somebody gets what they get, of any benefit, on the records; scoped to what the asker may see."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from anmin.base.clock import SHANGHAI
from anmin.base.errors import Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements import queries, reckoning
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.claims import Claims, claims_of, load, one_claim
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.people.families import homes_of
from anmin.ground.people.models import Household, Person
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import ORDER
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.nearest import Turn, nearest
from anmin.ground.policy.programmes import DECIDED

_ELSEWHERE = "该家庭不在您的管辖范围内。"


def explained(benefit: str) -> bool:
    """Whether the register says why a benefit is held; what is given once rests on a frozen roster or a case, which say it."""
    return benefit in DECIDED and benefit in ORDER


def why(
    actor: Actor,
    benefit: str,
    *,
    entitlement: Entitlement | None = None,
    household: Household | None = None,
    person: Person | None = None,
    month: Month | str,
    known_at: datetime | None = None,
) -> Explanation:
    """Every step to what one entitlement gives in a month; or to what a household or a person gets, or would get, of a benefit.

    As known at an instant, or as known now. Without an entitlement it is explained as if all applied, by the benefit's first
    route. Refuses what the actor may not see, a benefit without rules, and a month before the first policy value.
    """
    month = month if isinstance(month, Month) else Month.parse(month)
    claims = _asked(actor, benefit, entitlement, household, person, month)
    return reckoning.why(DECIDED[benefit], claims, month, known_at)


def turns(
    actor: Actor,
    benefit: str,
    *,
    entitlement: Entitlement | None = None,
    household: Household | None = None,
    person: Person | None = None,
    month: Month | str,
    known_at: datetime | None = None,
) -> tuple[Turn, ...]:
    """The nearest changes of one fact each that would turn what `why` says of the same question; a few, the smallest first.

    Refuses the same.
    """
    month = month if isinstance(month, Month) else Month.parse(month)
    programme = DECIDED[benefit]
    claims = _asked(actor, benefit, entitlement, household, person, month)
    loaded = load(programme, claims, month, known_at)
    row = reckoning.own_row(programme, claims, loaded, month, known_at)
    concerned = {*loaded.person_ids.tolist(), *loaded.obligor_ids.tolist()}
    names = dict(Person.objects.filter(pk__in=concerned).values_list("id", "name"))
    return nearest(
        programme,
        loaded.batch,
        month,
        policy(),
        known_at.astimezone(SHANGHAI).date() if known_at else None,
        row=row,
        members=[names[each] for each in loaded.person_ids.tolist()],
        supporters=[names[each] for each in loaded.obligor_ids.tolist()],
    )


def assessed(
    actor: Actor,
    benefit: str,
    *,
    household: Household | None = None,
    person: Person | None = None,
    month: Month | str,
    route: str = "",
    claimants: Sequence[int] = (),
    known_at: datetime | None = None,
) -> Explanation:
    """What the rules would say of a household or a person in a month, claimed by a route, by these persons if it is for some.

    Refuses what the actor may not see, and a person who lives in no household.
    """
    month = month if isinstance(month, Month) else Month.parse(month)
    claims = _supposed(actor, benefit, household, person, month, route, claimants)
    return reckoning.why(DECIDED[benefit], claims, month, known_at)


def _asked(
    actor: Actor,
    benefit: str,
    entitlement: Entitlement | None,
    household: Household | None,
    person: Person | None,
    month: Month,
) -> Claims:
    """The claim of the entitlement, or of what is held in the month; otherwise one as if all applied."""
    held = entitlement or _held(actor, benefit, household, person, month)
    if held is None:
        return _supposed(actor, benefit, household, person, month)
    if not Entitlement.objects.filter(within(actor), pk=held.pk).exists():
        raise Refused(_ELSEWHERE)
    return _claims(DECIDED[benefit], held, month)


def _supposed(
    actor: Actor,
    benefit: str,
    household: Household | None,
    person: Person | None,
    month: Month,
    route: str = "",
    claimants: Sequence[int] = (),
) -> Claims:
    if person is not None and not claimants:
        claimants = [person.pk]
    household_id = household.pk if household is not None else _home_of(actor, person, month)
    if not Household.objects.filter(within(actor), pk=household_id).exists():
        raise Refused(_ELSEWHERE)
    declared = BENEFITS[benefit].routes if benefit in BENEFITS else {}
    return one_claim(household_id, route or next(iter(declared), ""), claimants)


def _held(actor: Actor, benefit: str, household: Household | None, person: Person | None, month: Month) -> Entitlement | None:
    """What the person, or else the household, holds of the benefit on the first day of the month."""
    found = queries.in_force(actor, benefit, month.first_day)
    if person is not None:
        shares = queries.persons_in_force(actor, benefit, month.first_day).filter(person=person)
        return found.filter(pk__in=shares.values("entitlement")).first()
    assert household is not None, "ask about an entitlement, a household or a person"
    return found.filter(household=household).order_by("id").first()


def _claims(programme: Programme, held: Entitlement, month: Month) -> Claims:
    claims = claims_of(programme, np.array([held.pk], dtype=np.int64), month)
    if programme.unit == "person" and not claims.claimants:
        # Asked about a month in which nobody was covered: the holder is meant, not whoever stands first in the family.
        return one_claim(held.household_id, held.route, [held.holder_id])
    return claims


def _home_of(actor: Actor, person: Person | None, month: Month) -> int:
    assert person is not None, "ask about a household or a person"
    home = homes_of(actor, [person.pk], on=month.first_day).get(person.pk)
    if home is None:
        raise Refused(f"{person.name}在{month.label}没有登记在您管辖范围内的任何家庭中，请先登记家庭成员。")
    return home
