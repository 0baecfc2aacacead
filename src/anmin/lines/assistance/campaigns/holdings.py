"""Who stands on a roster: everybody who held one of the benefits on the cut-off day, once, with all they held."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
from django.db.models import Q

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import BENEFITS as DECLARED
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.policy.programmes import DECIDED
from anmin.lines.assistance.campaigns.vocabulary import Group

STIPEND = "children.stipend"

BENEFITS = {
    "assistance.dibao": Group.DIBAO,
    "assistance.tekun": Group.TEKUN,
    STIPEND: Group.ORPHAN,
    "assistance.margin": Group.MARGIN,
}
"""The benefits whose holders a roster knows; the first one a person holds says where they live and who collects."""

CHILDREN = {
    "institution": Group.ORPHAN,
    "orphan": Group.ORPHAN,
    "hiv": Group.ORPHAN,
    "no_guardian": Group.UNATTENDED,
    "unable": Group.UNATTENDED,
}
"""As what a child stands on the roster, by the rate its stipend is due at; the other rates are no group of their own."""


@dataclass
class Candidate:
    """A person on the cut-off day: in which household, who collects, and as what."""

    person_id: int
    household_id: int
    payee_id: int
    area_id: int
    died_on: date | None
    undecided: bool = False
    """Whether it is not known at which rate a child's stipend is due, and so as what it would stand here."""
    groups: list[Group] = field(default_factory=list)


def holders(on: date) -> list[Candidate]:
    """Everybody covered by one of the benefits on a day, sorted by village; a person in several groups is there once.

    Money goes to the person's own card where one is on record, otherwise to whoever collects the family's benefit.
    """
    found: dict[int, Candidate] = {}
    order = list(BENEFITS)
    shares = sorted(_shares(on), key=lambda share: (order.index(share.benefit), share.person_id))
    children, undecided = _children([share.entitlement_id for share in shares if share.benefit == STIPEND], on)
    for share in shares:
        group = children.get(share.entitlement_id) if share.benefit == STIPEND else BENEFITS[share.benefit]
        open_question = share.entitlement_id in undecided
        if group is None and not open_question:
            continue
        payee = share.person_id if share.has_account and share.died_on is None else share.payee_id
        known = found.setdefault(
            share.person_id, Candidate(share.person_id, share.household_id, payee, share.area_id, share.died_on)
        )
        known.undecided = known.undecided or open_question
        if group is not None and group not in known.groups:
            known.groups.append(group)
    return sorted(found.values(), key=lambda each: (each.area_id, each.household_id, each.person_id))


def _children(entitlement_ids: list[int], on: date) -> tuple[dict[int, Group], set[int]]:
    """As what each child stands on the roster, by the rate at which its stipend is due in that month; who is open."""
    if not entitlement_ids or STIPEND not in DECLARED or STIPEND not in DECIDED:
        return {}, set(entitlement_ids)
    asked = np.array(sorted(entitlement_ids), dtype=np.int64)
    due = DECLARED[STIPEND].due(asked, Month.from_date(on), clock.instant(clock.today()))
    routes = DECIDED[STIPEND].routes
    assert routes is not None  # the stipend is due by rates
    undecided = set(asked[due.undetermined].tolist())
    named = {key: routes.name(route) for key, route in zip(asked.tolist(), due.parts["route"].tolist(), strict=True)}
    return {key: CHILDREN[name] for key, name in named.items() if key not in undecided and name in CHILDREN}, undecided


class _Share(NamedTuple):
    benefit: str
    entitlement_id: int
    person_id: int
    household_id: int
    payee_id: int
    area_id: int
    died_on: date | None
    has_account: str


def _shares(on: date) -> list[_Share]:
    held = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    rows = EntitlementMember.objects.filter(held, benefit__in=list(BENEFITS)).order_by()
    columns = (
        "benefit",
        "entitlement_id",
        "person_id",
        "entitlement__household_id",
        "entitlement__payee_id",
        "entitlement__area_id",
        "person__died_on",
        "person__bank_account_mask",
    )
    return [_Share(*each) for each in rows.values_list(*columns).iterator(chunk_size=5000)]
