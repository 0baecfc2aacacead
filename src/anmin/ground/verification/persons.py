"""Our side of a comparison: the people who are asked about, with their numbers in clear, in memory only."""

from collections.abc import Collection, Mapping
from typing import Any

import pyarrow as pa

from anmin.ground.people import secrecy
from anmin.ground.people.models import Person
from anmin.ground.people.vocabulary import Sex

_FEW = 500


def persons_table(homes: Mapping[int, int | None]) -> pa.Table:
    """The people by id, with the household each is asked about in, as `matching.columns.PERSONS` declares; one query.

    Numbers are deciphered into memory and never written anywhere.
    """
    rows = list(_read(homes.keys()))
    return pa.table(
        {
            "person_id": pa.array([row[0] for row in rows], pa.int64()),
            "name": pa.array([row[1] for row in rows], pa.string()),
            "identity_number": pa.array([secrecy.decrypt(row[2]) if row[2] is not None else None for row in rows], pa.string()),
            "sex": pa.array([str(Sex(row[3]).label) for row in rows], pa.string()),
            "birth_date": pa.array([row[4].isoformat() for row in rows], pa.string()),
            "household_id": pa.array([homes[row[0]] for row in rows], pa.int64()),
            "village": pa.array([row[5] for row in rows], pa.string()),
            "telephone": pa.array([row[6] or None for row in rows], pa.string()),
        }
    )


def _read(wanted: Collection[int]) -> Any:
    columns = ("id", "name", "identity_cipher", "sex", "birth_on", "area__name", "phone")
    found = Person.objects.order_by("id")
    # A long list of ids overflows SQLite's parameters; beyond a few hundred the register is read in spans.
    if len(wanted) <= _FEW:
        return found.filter(pk__in=wanted).values_list(*columns)
    spanned = found.filter(pk__range=(min(wanted), max(wanted))).values_list(*columns)
    return (row for row in spanned.iterator(chunk_size=5_000) if row[0] in wanted)


def their_side(rows: pa.Table) -> pa.Table:
    """The columns of a delivery by which its people are recognised, as `matching.columns.EXTRACT` declares."""
    named = {
        "row": "row",
        "name": "name",
        "identity_number": "identity_number",
        "other_number": "card_number",
        "birth_date": "birth_on",
        "sex": "sex",
        "village": "address",
        "telephone": "phone",
    }
    return pa.table({ours: rows.column(theirs) for ours, theirs in named.items()})
