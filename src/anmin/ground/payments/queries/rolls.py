"""Rolls, their lines and notices, and the totals a checker looks at; scoped to what the asker may see."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from anmin.base.money import Fen
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.payments import ledger
from anmin.ground.payments.models import (
    Roll,
    RollLine,
    RollNotice,
)
from anmin.ground.payments.vocabulary import LineKind, RollState


def rolls(actor: Actor, benefit: str | None = None) -> QuerySet[Roll]:
    """The rolls, the latest first, each with `seen_total` and `seen_lines` of what the actor may see; none without a role."""
    if not actor.roles:
        return Roll.objects.none()
    found = Roll.objects.select_related("generated_by", "checked_by", "approved_by")
    if actor.sees_the_county:
        # The roll itself knows: adding up the lines of all years for a list of two dozen rolls takes seconds.
        found = found.annotate(seen_total=F("total"), seen_lines=F("line_count"))
    else:
        seen = RollLine.objects.filter(within(actor), roll=OuterRef("pk")).order_by().values("roll")
        found = found.annotate(
            seen_total=Coalesce(Subquery(seen.values(sum=Sum("amount")), output_field=BigIntegerField()), 0),
            seen_lines=Coalesce(Subquery(seen.values(count=Count("id")), output_field=BigIntegerField()), 0),
        )
    return (found if benefit is None else found.filter(benefit=benefit)).order_by("-month", "benefit")


def roll(actor: Actor, benefit: str, month: Month | str) -> Roll | None:
    """The roll of a benefit and month; none where there is none, or for an actor without a role."""
    if not actor.roles:
        return None
    found = Roll.objects.select_related("generated_by", "checked_by", "approved_by")
    return found.filter(benefit=benefit, month=str(month)).first()


def roll_by_id(actor: Actor, roll_id: int) -> Roll | None:
    """The roll with this id; none where there is none, or for an actor without a role."""
    if not actor.roles:
        return None
    found = Roll.objects.select_related("generated_by", "checked_by", "approved_by")
    return found.filter(pk=roll_id).first()


def lines(actor: Actor, roll: Roll, *, town: str = "", kind: LineKind | str = "", search: str = "") -> QuerySet[RollLine]:
    """The lines of a roll with entitlement, household and payee, in the order of entitlement and month.

    `town` is the path of an area; `search` is part of a name or of a number.
    """
    found = RollLine.objects.filter(within(actor), roll=roll).select_related(
        "area", "entitlement__household", "entitlement__holder", "entitlement__payee"
    )
    if town:
        found = found.filter(area__path__startswith=town)
    if kind:
        found = found.filter(kind=kind)
    if search:
        found = found.filter(
            Q(entitlement__holder__name__contains=search)
            | Q(entitlement__number__contains=search)
            | Q(entitlement__household__number__contains=search)
        )
    return found.order_by("entitlement_id", "for_month")


def line(actor: Actor, line_id: int) -> RollLine | None:
    """One line with its roll, entitlement, household and payee; none out of sight."""
    found = RollLine.objects.filter(within(actor), pk=line_id)
    return found.select_related(
        "roll", "area__parent", "entitlement__household", "entitlement__holder", "entitlement__payee"
    ).first()


def lines_total(actor: Actor, roll: Roll, *, town: str = "", kind: LineKind | str = "", search: str = "") -> Fen:
    """What the lines of such a list come to."""
    found = lines(actor, roll, town=town, kind=kind, search=search)
    return int(found.order_by().aggregate(total=Sum("amount", default=0))["total"])


def notices(actor: Actor, roll: Roll, kind: str = "") -> QuerySet[RollNotice]:
    """Whom the roll passes over or wants looked at, with the reasons."""
    found = RollNotice.objects.filter(within(actor), roll=roll).select_related(
        "area", "entitlement__household", "entitlement__holder"
    )
    return found.filter(kind=kind) if kind else found


@dataclass(frozen=True)
class Totals:
    """Counts and amounts of a roll: its own month, and what it puts right for earlier ones."""

    lines: int
    households: int
    persons: int
    due: Fen
    regular: Fen
    back_pay: Fen
    recovery: Fen
    amount: Fen


@dataclass(frozen=True)
class Change:
    """One entitlement whose amount for the roll's month differs from last month's: `entered`, `left`, `raised` or `lowered`."""

    entitlement_id: int
    number: str
    holder: str
    area: str
    before: Fen
    after: Fen
    kind: str


@dataclass(frozen=True)
class ControlTotals:
    """A roll beside last month's: last month's due + entered − left + raised − lowered = this month's due, to the fen."""

    now: Totals
    before: Totals | None
    entered: Fen
    left: Fen
    raised: Fen
    lowered: Fen
    entered_count: int
    left_count: int
    raised_count: int
    lowered_count: int
    undetermined: int
    balanced: bool


def control_totals(actor: Actor, roll: Roll) -> ControlTotals:
    """What the checker looks at before anything is paid; five queries, within what the actor may see."""
    before = _last_month(roll)
    now_totals = _totals(actor, roll)
    before_totals = _totals(actor, before) if before else None
    moved = _moved(actor, roll, before)
    entered = [after for was, after in moved.values() if was == 0]
    left = [was for was, after in moved.values() if after == 0]
    raised = [after - was for was, after in moved.values() if 0 < was < after]
    lowered = [was - after for was, after in moved.values() if 0 < after < was]
    expected = (before_totals.due if before_totals else 0) + sum(entered) - sum(left) + sum(raised) - sum(lowered)
    return ControlTotals(
        now=now_totals,
        before=before_totals,
        entered=sum(entered),
        left=sum(left),
        raised=sum(raised),
        lowered=sum(lowered),
        entered_count=len(entered),
        left_count=len(left),
        raised_count=len(raised),
        lowered_count=len(lowered),
        undetermined=notices(actor, roll, "undetermined").count(),
        balanced=expected == now_totals.due,
    )


def changes(actor: Actor, roll: Roll) -> list[Change]:
    """Every entitlement whose amount moved against last month, the largest movement first."""
    moved = _moved(actor, roll, _last_month(roll))
    found = RollLine.objects.filter(
        within(actor), entitlement_id__in=RollLine.objects.filter(roll__in=_pair(roll)).values("entitlement_id")
    )
    who = {
        row[0]: row[1:]
        for row in found.order_by()
        .values_list("entitlement_id", "entitlement__number", "entitlement__holder__name", "entitlement__area__name")
        .distinct()
    }
    made = [
        Change(entitlement_id, *who[entitlement_id], before=was, after=after, kind=_kind(was, after))
        for entitlement_id, (was, after) in moved.items()
    ]
    return sorted(made, key=lambda change: (-abs(change.after - change.before), change.entitlement_id))


def problems(actor: Actor, roll: Roll) -> list[str]:
    """What no longer agrees with the roll's seals, in Chinese; empty when nothing was touched. Reads every line."""
    return list(ledger.problems(roll)) if actor.roles else []


def totals_by_town(actor: Actor, roll: Roll) -> list[tuple[str, int, int, Fen]]:
    """Town, households, persons and amount of the roll, in the order of the towns; one query."""
    made: dict[str, list[int]] = {}
    rows = (
        RollLine.objects.filter(within(actor), roll=roll)
        .order_by()
        # A village's parent is its town; a line of the town itself stands under the town.
        .values_list("area__level", "area__name", "area__parent__name", "area__parent__code", "area__code")
        .annotate(
            households=Count("id", filter=Q(for_month=roll.month, due__gt=0)),
            heads=Sum("persons", filter=Q(for_month=roll.month, due__gt=0), default=0),
            total=Sum("amount"),
        )
    )
    order: dict[str, str] = {}
    for level, name, parent, parent_code, code, households, persons, amount in rows:
        town, key = (parent, parent_code) if level == Level.VILLAGE else (name, code)
        order[town] = key
        sums = made.setdefault(town, [0, 0, 0])
        for place, value in enumerate((households, persons, amount)):
            sums[place] += value
    return [(town, *made[town]) for town in sorted(made, key=lambda each: order[each])]  # type: ignore[misc]  # three sums


def lines_of_household(actor: Actor, household_id: int) -> QuerySet[RollLine]:
    """Every line of approved rolls for a household, the latest first."""
    return (
        RollLine.objects.filter(within(actor), entitlement__household_id=household_id, roll__state=RollState.APPROVED)
        .select_related("roll", "entitlement")
        .order_by("-roll__month", "-for_month", "-id")
    )


def _last_month(roll: Roll) -> Roll | None:
    month = str(Month.parse(roll.month) - 1)
    return Roll.objects.filter(benefit=roll.benefit, month=month, state=RollState.APPROVED).first()


def _pair(roll: Roll) -> Iterable[Roll]:
    before = _last_month(roll)
    return [roll] if before is None else [roll, before]


def _totals(actor: Actor, roll: Roll) -> Totals:
    own = Q(for_month=roll.month, due__gt=0)
    sums = RollLine.objects.filter(within(actor), roll=roll).aggregate(
        lines=Count("id"),
        households=Count("id", filter=own),
        persons=Sum("persons", filter=own, default=0),
        due=Sum("due", filter=own, default=0),
        regular=Sum("amount", filter=Q(kind=LineKind.REGULAR), default=0),
        back_pay=Sum("amount", filter=Q(kind=LineKind.BACK_PAY), default=0),
        recovery=Sum("amount", filter=Q(kind=LineKind.RECOVERY), default=0),
        amount=Sum("amount", default=0),
    )
    return Totals(**{name: int(value) for name, value in sums.items()})


def _moved(actor: Actor, roll: Roll, before: Roll | None) -> dict[int, tuple[Fen, Fen]]:
    def due(of: Roll) -> dict[int, Fen]:
        own = RollLine.objects.filter(within(actor), roll=of, for_month=of.month, due__gt=0).order_by()
        return dict(own.values_list("entitlement_id", "due"))

    now, was = due(roll), due(before) if before else {}
    pairs = {key: (was.get(key, 0), now.get(key, 0)) for key in {**was, **now}}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _kind(before: Fen, after: Fen) -> str:
    if before == 0:
        return "entered"
    if after == 0:
        return "left"
    return "raised" if after > before else "lowered"
