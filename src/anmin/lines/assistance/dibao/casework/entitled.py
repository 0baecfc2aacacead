"""Whom an entitlement covers on a day, for checks that come before its actions."""

from datetime import date

from django.db.models import Q

from anmin.ground.entitlements.models import Entitlement, EntitlementMember


def _covered(entitlement: Entitlement | None, on: date) -> list[EntitlementMember]:
    if entitlement is None:
        return []
    return list(
        EntitlementMember.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=on), entitlement=entitlement
        ).select_related("person")
    )


def covered_ids(entitlement: Entitlement | None, *, on: date) -> set[int]:
    """The persons covered on the day or from a later one."""
    return {row.person_id for row in _covered(entitlement, on)}


def covered_names(entitlement: Entitlement | None, *, on: date) -> list[str]:
    """Their names, in the order they were entered."""
    return [row.person.name for row in _covered(entitlement, on)]


def everyone_died(entitlement: Entitlement | None, *, on: date) -> bool:
    """Whether nobody of those covered is alive."""
    rows = _covered(entitlement, on)
    return bool(rows) and all(row.person.died_on is not None and row.person.died_on <= on for row in rows)
