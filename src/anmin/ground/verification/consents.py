"""Whose consent holds on a day, for what is asked on the strength of it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Max, Q

from anmin.ground.verification.models import Consent


def consented(person_ids: Collection[int], *, on: date) -> dict[int, frozenset[str]]:
    """The sources at which each of the persons may be asked about on the day; who is absent may not be asked about at all.

    Not scoped, never for a door. One statement.
    """
    in_force = Consent.objects.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on), valid_from__lte=on, valid_until__gte=on
    )
    found: dict[int, frozenset[str]] = {}
    wanted = frozenset(person_ids)
    # Thousands of ids overflow SQLite's parameters; beyond a few hundred the whole book of letters is cheaper to read.
    rows = in_force.filter(person_id__in=wanted) if len(wanted) <= 500 else in_force
    for person_id, sources in rows.values_list("person_id", "sources"):
        if person_id in wanted:
            found[person_id] = found.get(person_id, frozenset()) | frozenset(sources)
    return found


def withdrawn(person_ids: Collection[int]) -> dict[int, date]:
    """The last day on which each of the persons withdrew a letter; who never did is absent. Not scoped, never for a door."""
    rows = Consent.objects.filter(withdrawn_on__isnull=False).values("person_id").annotate(last=Max("withdrawn_on")).order_by()
    wanted = frozenset(person_ids)
    if len(wanted) <= 500:
        rows = rows.filter(person_id__in=wanted)
    return {row["person_id"]: row["last"] for row in rows if row["person_id"] in wanted}
