"""Group decisions as lists and pages read them; scoped to what the asker may see."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When

from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.claims import one_claim
from anmin.ground.entitlements.models import GroupDecision, GroupLine
from anmin.ground.entitlements.permissions import may_change_group, may_decide_group
from anmin.ground.entitlements.reckoning import why
from anmin.ground.entitlements.vocabulary import GroupKind
from anmin.ground.policy.programmes import DECIDED


def groups(actor: Actor, *, benefit: str = "", kind: str = "", state: str = "", search: str = "") -> QuerySet[GroupDecision]:
    """The lists the actor may see, the latest first, with how many persons they name."""
    found = GroupDecision.objects.filter(within(actor)).annotate(persons=Count("lines")).select_related("area", "proposed_by")
    if benefit:
        found = found.filter(benefit=benefit)
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(Q(number__contains=search) | Q(title__contains=search))
    return found


def group(actor: Actor, number: str) -> GroupDecision | None:
    """The list of a number; none where there is none or the actor may not see it."""
    found = GroupDecision.objects.filter(within(actor), number=number)
    return found.select_related("area", "proposed_by", "decided_by", "batch").first()


def lines(actor: Actor, group: GroupDecision, *, outcome: str = "", search: str = "") -> QuerySet[GroupLine]:
    """The persons of a list, with household, payee, village and town; `said` is the outcome, `left_out`, or `stop`."""
    said = Case(When(~Q(left_out=""), then=Value("left_out")), When(outcome="", then=Value("stop")), default=F("outcome"))
    found = GroupLine.objects.filter(within(actor), group=group)
    found = found.select_related("group", "person", "household", "payee", "area__parent", "entitlement").annotate(said=said)
    if outcome:
        found = found.filter(said=outcome)
    if search:
        found = found.filter(Q(person__name__contains=search) | Q(person__initials__startswith=search.lower()))
    return found.order_by("area__code", "id")


@dataclass(frozen=True)
class Tally:
    """How many of a list the rules carry, and what their first months come to, in fen."""

    persons: int
    eligible: int
    not_eligible: int
    undetermined: int
    left_out: int
    amount: int


def tally(actor: Actor, group: GroupDecision) -> Tally:
    """The list in numbers; one query."""
    kept = Q(left_out="")
    found = GroupLine.objects.filter(within(actor), group=group).aggregate(
        persons=Count("id"),
        eligible=Count("id", filter=kept & Q(outcome="eligible")),
        not_eligible=Count("id", filter=kept & Q(outcome="not_eligible")),
        undetermined=Count("id", filter=kept & Q(outcome="undetermined")),
        # Not under the names of the columns: what follows would look at these counts instead.
        passed_over=Count("id", filter=~kept),
        total=Sum("amount", filter=kept),
    )
    return Tally(
        found["persons"],
        found["eligible"],
        found["not_eligible"],
        found["undetermined"],
        found["passed_over"],
        found["total"] or 0,
    )


def may(actor: Actor, group: GroupDecision) -> tuple[bool, bool]:
    """Whether the actor may change the list, and whether they may decide it."""
    decides = bool(may_decide_group(actor=actor, group=group)) and actor.id != group.proposed_by_id
    return bool(may_change_group(actor=actor, group=group)), decides


def reasons(group: GroupDecision, line: GroupLine) -> str:
    """What the rules say of the person for the first month, as a paragraph; empty for a list of stops."""
    if group.kind != GroupKind.GRANT or group.benefit not in DECIDED:
        return ""
    claim = one_claim(line.household_id, next(iter(BENEFITS[group.benefit].routes)), [line.person_id])
    return why(DECIDED[group.benefit], claim, Month.from_date(line.edge)).paragraph
