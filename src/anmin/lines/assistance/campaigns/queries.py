"""Campaigns, their rosters and totals, as far as the asker may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.payments.models import Payment, Roll
from anmin.ground.payments.vocabulary import PaymentState
from anmin.ground.policy.explanation import Explanation
from anmin.lines.assistance.campaigns import amounts
from anmin.lines.assistance.campaigns.models import Campaign, RosterRow, RosterShare
from anmin.lines.assistance.campaigns.vocabulary import Budget


def campaigns(actor: Actor) -> QuerySet[Campaign]:
    """Every campaign, the latest first, with how many of its persons the asker sees (`seen_persons`) and their money."""
    seen = within(actor, "rows__area") & Q(rows__left_out="")
    return Campaign.objects.annotate(
        seen_persons=Count("rows", filter=seen), seen_total=Sum("rows__amount", filter=seen, default=0)
    ).select_related("made_by", "checked_by", "approved_by")


def campaign(actor: Actor, campaign_id: int) -> Campaign | None:
    """One campaign with those who dealt with it; what one sees of its roster depends on one's area."""
    if not actor.roles:
        return None
    people = ("made_by", "frozen_by", "checked_by", "approved_by")
    return Campaign.objects.filter(pk=campaign_id).select_related(*people).first()


def rows(actor: Actor, campaign: Campaign) -> QuerySet[RosterRow]:
    """The roster as far as the asker may see it, by village, with each budget's money (`from_county`, …)."""
    shares = RosterShare.objects.filter(row=OuterRef("pk"))
    # Asked for the rows of a page only: a join would add up the whole roster for each of its pages.
    budgets = {
        f"from_{budget.value}": Coalesce(Subquery(shares.filter(budget=budget).values("amount")[:1]), Value(0))
        for budget in Budget
    }
    return (
        RosterRow.objects.filter(within(actor), campaign=campaign)
        .annotate(**budgets, withheld=Exists(shares.exclude(withheld="")))
        .select_related("person", "payee", "household", "area__parent")
        .order_by("area__code", "id")
    )


def row(actor: Actor, row_id: int) -> RosterRow | None:
    """One person of a roster with campaign, village and shares."""
    found = RosterRow.objects.filter(within(actor), pk=row_id).select_related("campaign", "person", "payee", "area__parent")
    return found.prefetch_related("shares").first()


def payment_of(actor: Actor, row: RosterRow) -> Payment | None:
    """The latest payment of a person's award; none while no roll carries it."""
    if row.entitlement_id is None:
        return None
    found = Payment.objects.filter(within(actor), entitlement_id=row.entitlement_id)
    return found.select_related("roll").order_by("-id").first()


def why(actor: Actor, row: RosterRow) -> Explanation:
    """Why a person of a roster gets what they get, step by step."""
    withheld = {share.budget: share.withheld for share in row.shares.all() if share.withheld}
    return amounts.why(row.campaign, row, withheld, row.campaign.frozen_on or clock.today())


@dataclass(frozen=True)
class TownTotal:
    """What one town's people get."""

    town: str
    persons: int
    amount: int
    gifts: int
    paid: int


def totals_by_town(actor: Actor, campaign: Campaign) -> list[TownTotal]:
    """Persons, money, gifts and what the bank has paid, by town; one question."""
    # Not row by row: SQLite would look through everything that was ever paid once for each of them.
    paid = Payment.objects.filter(roll__benefit=campaign.kind, state=PaymentState.PAID).values("entitlement")
    found = (
        RosterRow.objects.filter(within(actor), campaign=campaign, left_out="")
        .annotate(
            town=Case(When(area__level=Level.TOWN, then=F("area__name")), default=F("area__parent__name")),
            place=Case(When(area__level=Level.TOWN, then=F("area__code")), default=F("area__parent__code")),
            arrived=Case(When(entitlement__in=paid, then=F("amount")), default=Value(0), output_field=IntegerField()),
        )
        .order_by("place")
        .values("town", "place")
        .annotate(persons=Count("id"), money=Sum("amount"), packs=Sum("gifts"), paid=Sum("arrived"))
    )
    return [TownTotal(each["town"], each["persons"], each["money"], each["packs"], each["paid"]) for each in found]


@dataclass(frozen=True)
class BudgetTotal:
    """What one budget gives: to how many persons, how much, and from how many it is withheld."""

    budget: Budget
    persons: int
    amount: int
    withheld: int


def totals_by_budget(actor: Actor, campaign: Campaign) -> list[BudgetTotal]:
    """Each budget's money apart from the others'; one question."""
    found = (
        RosterShare.objects.filter(within(actor, "row__area"), row__campaign=campaign, row__left_out="")
        .order_by()
        .values("budget")
        .annotate(persons=Count("id", filter=Q(amount__gt=0)), money=Sum("amount"), held=Count("id", filter=~Q(withheld="")))
    )
    by_budget = {each["budget"]: each for each in found}
    return [
        BudgetTotal(budget, each["persons"], each["money"], each["held"])
        for budget in Budget
        if (each := by_budget.get(budget.value))
    ]


def roll_of(actor: Actor, campaign: Campaign) -> Roll | None:
    """The roll that pays a campaign; none before it was generated."""
    if not actor.sees_the_county:
        return None
    return Roll.objects.filter(benefit=campaign.kind, month__gte=campaign.pay_month).order_by("month").first()


def villages_without(actor: Actor, campaign: Campaign) -> Sequence[Area]:
    """The villages nobody of whom is on the roster: each should have its household."""
    listed = RosterRow.objects.filter(campaign=campaign, area=OuterRef("pk"))
    found = areas.areas(actor, level=Level.VILLAGE, on=campaign.cutoff_on).filter(~Exists(listed))
    return list(found.select_related("parent"))
