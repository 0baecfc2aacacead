"""What a roll starts from, read in a fixed number of queries, and how its lines are written and read back."""

import json
from collections.abc import Iterator
from datetime import date

import numpy as np
from django.db.models import Count, Q, QuerySet, Sum

from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import Ints
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, Suspension
from anmin.ground.payments.differences import ENDLESS, Differences, Ledger, index
from anmin.ground.payments.models import Roll, RollLine, RollNotice
from anmin.ground.payments.seals import line_seal, roll_seal, snapshot_text
from anmin.ground.payments.vocabulary import LineKind, RollState
from anmin.ground.rows import insert


def load_ledger(benefit: str, month: Month, earliest: Month) -> tuple[Ledger, Month]:
    """The entitlements a roll may concern, with what was already put on approved rolls; and the first month to look at.

    No entitlement is looked at before the month from which our rolls pay it, nor before `earliest`. Four queries.
    """
    floor = earliest.first_day
    standing = RollLine.objects.filter(roll__benefit=benefit, roll__state=RollState.APPROVED, for_month__gte=str(earliest))
    rows = list(
        Entitlement.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=floor) | Q(pk__in=standing.values("entitlement_id")),
            benefit=benefit,
            accounted_from__lte=month.last_day,
        )
        .order_by("id")
        .values_list("id", "area_id", "route", "accounted_from", "valid_until")
    )
    place = {row[0]: number for number, row in enumerate(rows)}
    ledger = Ledger(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        area_ids=np.array([row[1] for row in rows], dtype=np.int64),
        routes=[row[2] for row in rows],
        first=np.array([index(row[3]) for row in rows], dtype=np.int64),
        last=np.array([ENDLESS if row[4] is None else index(row[4]) for row in rows], dtype=np.int64),
        suspended=_suspensions(benefit, place),
        already=_already(standing, place),
        covered=_covered(benefit, month.first_day, place),
    )
    first = min((row[3] for row in rows), default=month.first_day)
    return ledger, max(earliest, Month.from_date(first))


def _already(standing: QuerySet[RollLine], place: dict[int, int]) -> dict[int, Ints]:
    """For each month the sums of the approved lines, in the order of the entitlements; one query."""
    made: dict[str, Ints] = {}
    sums = standing.order_by().values_list("for_month", "entitlement_id").annotate(Sum("amount"))
    for for_month, entitlement_id, amount in sums.iterator(chunk_size=10_000):
        column = made.get(for_month)
        if column is None:
            column = made[for_month] = np.zeros(len(place), dtype=np.int64)
        column[place[entitlement_id]] = amount
    return {index(Month.parse(for_month).first_day): column for for_month, column in made.items()}


def _suspensions(benefit: str, place: dict[int, int]) -> list[tuple[int, int, int]]:
    spells = Suspension.objects.filter(entitlement__benefit=benefit, released=False)
    return [
        (place[entitlement_id], index(first), ENDLESS if last is None else index(last))
        for entitlement_id, first, last in spells.values_list("entitlement_id", "valid_from", "valid_until")
        if entitlement_id in place
    ]


def _covered(benefit: str, on: date, place: dict[int, int]) -> Ints:
    counts = np.zeros(len(place), dtype=np.int64)
    held = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    shares = EntitlementMember.objects.filter(held, benefit=benefit, valid_from__lte=on).order_by()
    for entitlement_id, persons in shares.values_list("entitlement_id").annotate(Count("id")):
        if entitlement_id in place:
            counts[place[entitlement_id]] = persons
    return counts


_LINE = (
    "roll_id", "entitlement_id", "area_id", "for_month", "kind", "persons", "due", "already", "amount", "snapshot", "seal",
)  # fmt: skip
_NOTICE = ("roll_id", "entitlement_id", "area_id", "kind", "months", "reasons")


def write_lines(roll: Roll, found: Differences) -> None:
    """The lines and notices of a roll are in the database, each line with its seal; the roll has its totals and its own seal."""
    seals = [
        line_seal(
            roll.benefit,
            roll.month,
            line.entitlement_id,
            line.for_month,
            line.kind.value,
            line.persons,
            line.due,
            line.already,
            line.amount,
            line.snapshot,
        )
        for line in found.lines
    ]
    insert(
        RollLine,
        _LINE,
        (
            (
                roll.pk,
                line.entitlement_id,
                line.area_id,
                line.for_month,
                line.kind.value,
                line.persons,
                line.due,
                line.already,
                line.amount,
                line.snapshot,
                seal,
            )
            for line, seal in zip(found.lines, seals, strict=True)
        ),
    )
    insert(
        RollNotice,
        _NOTICE,
        (
            (roll.pk, entitlement_id, notice.area_id, kind.value, _json(notice.months), _json(notice.reasons))
            for (entitlement_id, kind), notice in sorted(found.notices.items())
        ),
    )
    current = [line for line in found.lines if line.for_month == roll.month and line.due > 0]
    roll.line_count = len(found.lines)
    roll.household_count = len(current)
    roll.person_count = sum(line.persons for line in current)
    roll.total = sum(line.amount for line in found.lines)
    roll.seal = roll_seal(roll.benefit, roll.month, roll.total, seals)


def _json(words: list[str]) -> str:
    return json.dumps(words, ensure_ascii=False)


def problems(roll: Roll) -> Iterator[str]:
    """What no longer agrees with the roll's seals and totals, in Chinese; nothing when all is as it was generated."""
    seals: list[str] = []
    total = households = persons = 0
    for line in _stored(roll):
        entitlement_id, for_month, kind, heads, due, already, amount, snapshot, seal = line
        expected = line_seal(
            roll.benefit, roll.month, entitlement_id, for_month, kind, heads, due, already, amount, snapshot_text(snapshot)
        )
        if seal != expected:
            yield f"{for_month} 的一行（待遇 {entitlement_id}）与封印不符"
        if amount != due - already or (kind == LineKind.RECOVERY) != (amount < 0):
            yield f"{for_month} 的一行（待遇 {entitlement_id}）金额不平"
        seals.append(seal)
        total += amount
        if for_month == roll.month and due > 0:
            households, persons = households + 1, persons + heads
    if (len(seals), households, persons, total) != (
        roll.line_count, roll.household_count, roll.person_count, roll.total,
    ):  # fmt: skip
        yield "名册合计与各行之和不一致"
    if roll.seal != roll_seal(roll.benefit, roll.month, total, seals):
        yield "名册封印与各行不符"


def _stored(roll: Roll) -> Iterator[tuple[int, str, str, int, int, int, int, dict[str, object], str]]:
    rows = RollLine.objects.filter(roll=roll).order_by("entitlement_id", "for_month")
    yield from rows.values_list(
        "entitlement_id", "for_month", "kind", "persons", "due", "already", "amount", "snapshot", "seal"
    ).iterator(chunk_size=5000)
