"""Whom a full check of a benefit covers, and how its reviews are opened; rooms declare their rolls with it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.db.models import Q

from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.actions import open_case
from anmin.ground.cases.models import Case
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.policy.assessing import Programme
from anmin.ground.verification.declarations import Listed, Roll
from anmin.ground.verification.homes import members_on, people_of

_AT_ONCE = 500
LONGEST = 200
"""So much the first step of a review takes as its reason."""


def reason(why: str) -> Mapping[str, object]:
    """The answer to the first step of a review that asks for nothing but its reason."""
    return {"reason": why[:LONGEST]}


def checked_roll(
    programme: Programme, label: str, *, answers: Callable[[str], Mapping[str, object]], in_full: bool = True
) -> Roll:
    """The roll of a benefit under its address: of a family's benefit everybody in the family, of a person's benefit the person,
    and in both who owes them support. Reviews are cases of the kind `<benefit>.review`, told by `answers` why.
    """
    benefit, kind = programme.address, f"{programme.address}.review"

    def people(on: date, path: str) -> Iterable[Listed]:
        held = EntitlementMember.objects.filter(
            _in_force(on), benefit=benefit, valid_from__lte=on, entitlement__area__path__startswith=path
        ).order_by()
        members = members_on(on)
        if programme.unit == "person":
            members = members.filter(person_id__in=held.values("person_id"))
        return people_of(members.filter(household_id__in=held.values("entitlement__household_id")), on)

    def open_reviews(reasons: Mapping[int, str], actor: Actor, on: date) -> int:
        begun = 0
        wanted = sorted(reasons)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            open_ones = Case.objects.filter(kind=kind, closed_on__isnull=True, household_id__in=some)
            busy = set(open_ones.values_list("household_id", flat=True))
            running = Entitlement.objects.filter(
                _in_force(on), benefit=benefit, valid_from__lte=on, household_id__in=some
            ).select_related("household__area", "holder")
            for held in running.order_by("id"):
                if held.household_id in busy:
                    continue
                open_case(
                    kind=kind,
                    household=held.household,
                    applicant=held.holder,
                    entitlement=held,
                    data=dict(answers(reasons[held.household_id])),
                    actor=actor,
                    on=on,
                )
                busy.add(held.household_id)
                begun += 1
        return begun

    return Roll(benefit, label, people, open_reviews, in_full)


def _in_force(on: date) -> Q:
    return Q(valid_until__isnull=True) | Q(valid_until__gte=on)
