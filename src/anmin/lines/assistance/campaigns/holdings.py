"""Who stands on a roster: everybody who held one of the benefits on the cut-off day, once, with all they held."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from anmin.ground.entitlements.models import EntitlementMember
from anmin.lines.assistance.campaigns.vocabulary import Group

BENEFITS = {
    "assistance.dibao": Group.DIBAO,
    "assistance.tekun": Group.TEKUN,
    "children.stipend": Group.ORPHAN,
    "assistance.margin": Group.MARGIN,
}
"""The benefits whose holders a roster knows; the first one a person holds says where they live and who collects."""

ORPHANS = ("orphan", "hiv")
UNATTENDED = ("unattended", "no_guardian", "unable")
"""How the routes of the children's stipend begin that make a child an orphan, or one whose parents do not look after it."""


@dataclass
class Candidate:
    """A person on the cut-off day: in which household, who collects, and as what."""

    person_id: int
    household_id: int
    payee_id: int
    area_id: int
    died_on: date | None
    groups: list[Group] = field(default_factory=list)


def holders(on: date) -> list[Candidate]:
    """Everybody covered by one of the benefits on a day, sorted by village; a person in several groups is there once. One query.

    Money goes to the person's own card where one is on record, otherwise to whoever collects the family's benefit.
    """
    found: dict[int, Candidate] = {}
    order = list(BENEFITS)
    for share in sorted(_shares(on), key=lambda row: (order.index(row[0]), row[2])):
        benefit, route, person_id, household_id, payee_id, area_id, died_on, has_account = share
        group = _group(benefit, route)
        if group is None:
            continue
        payee = person_id if has_account and died_on is None else payee_id
        known = found.setdefault(person_id, Candidate(person_id, household_id, payee, area_id, died_on))
        if group not in known.groups:
            known.groups.append(group)
    return sorted(found.values(), key=lambda each: (each.area_id, each.household_id, each.person_id))


def _group(benefit: str, route: str) -> Group | None:
    if benefit != "children.stipend":
        return BENEFITS[benefit]
    if route.startswith(ORPHANS):
        return Group.ORPHAN
    return Group.UNATTENDED if route.startswith(UNATTENDED) else None


def _shares(on: date) -> Iterator[tuple[str, str, int, int, int, int, date | None, bool]]:
    held = Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    rows = EntitlementMember.objects.filter(held, benefit__in=list(BENEFITS)).order_by()
    for benefit, route, person_id, household_id, payee_id, area_id, died_on, account in rows.values_list(
        "benefit",
        "entitlement__route",
        "person_id",
        "entitlement__household_id",
        "entitlement__payee_id",
        "entitlement__area_id",
        "person__died_on",
        "person__bank_account_mask",
    ).iterator(chunk_size=5000):
        yield benefit, route, person_id, household_id, payee_id, area_id, died_on, bool(account)
