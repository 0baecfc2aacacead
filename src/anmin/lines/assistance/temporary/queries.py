"""The two ledgers of temporary assistance and what is late, as far as the asker may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.areas.queries import within
from anmin.ground.cases.models import Case
from anmin.lines.assistance.temporary.models import Aid, Allocation, TownFund
from anmin.lines.assistance.temporary.vocabulary import EMERGENCY, EmergencyState, Level


def allocations(actor: Actor) -> QuerySet[Allocation]:
    """The money handed down to towns, the latest first."""
    return Allocation.objects.filter(within(actor, "town")).select_related("town", "recorded_by")


def aids(actor: Actor) -> QuerySet[Aid]:
    """The aid given to people, the latest first."""
    people = ("case", "payee", "household", "area__parent", "town", "entitlement", "resolution")
    return Aid.objects.filter(within(actor)).select_related(*people)


@dataclass(frozen=True)
class Balance:
    """One town's fund: what it has had, what it has given, what is left; and what it gave in the period shown."""

    town_id: int
    town: str
    allocated: int
    spent: int
    aids: int
    by_county: int

    @property
    def left(self) -> int:
        return self.allocated - self.spent


def balances(actor: Actor, on: date) -> list[Balance]:
    """Each town's fund, with how many families it aided and what the county gave there; three questions."""
    funds = {fund.town_id: fund for fund in TownFund.objects.filter(within(actor, "town"))}
    given: dict[tuple[int, str], tuple[int, int]] = {}
    for each in Aid.objects.filter(within(actor)).order_by().values("town_id", "level").annotate(total=Sum("amount")):
        given[each["town_id"], each["level"]] = (0, each["total"])
    counts = list(Aid.objects.filter(within(actor), level=Level.TOWN).order_by().values_list("town_id", "case_id").distinct())
    made = []
    for town in areas.towns(actor, on=on):
        fund = funds.get(town.pk)
        made.append(
            Balance(
                town.pk,
                town.name,
                fund.allocated if fund else 0,
                fund.spent if fund else 0,
                sum(town_id == town.pk for town_id, _ in counts),
                given.get((town.pk, Level.COUNTY), (0, 0))[1],
            )
        )
    return made


def causes(actor: Actor, first: date, last: date) -> Sequence[tuple[str, int, int]]:
    """By cause: how many cases, and how much, given in the days from first to last."""
    found = Aid.objects.filter(within(actor), given_on__range=(first, last)).order_by().values("cause")
    sums = found.annotate(total=Sum("amount")).values_list("cause", "total")
    pairs = Aid.objects.filter(within(actor), given_on__range=(first, last)).order_by().values_list("cause", "case_id").distinct()
    cases = list(pairs)
    return [(cause, sum(each == cause for each, _ in cases), total) for cause, total in sums]


def papers_due(actor: Actor) -> QuerySet[Case]:
    """The emergencies that were aided and whose papers are still missing, the most urgent first; `due_on` says until when."""
    found = Case.objects.filter(within(actor), kind=EMERGENCY, state=EmergencyState.AIDED)
    return found.select_related("applicant", "household", "area__parent").order_by("due_on", "id")
