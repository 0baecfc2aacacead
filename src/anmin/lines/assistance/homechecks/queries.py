"""Rounds, households and visits as far as the asker may see them, and how far each place is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from anmin.base import clock
from anmin.ground.accounts import queries as accounts
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import Staff
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.lines.assistance.homechecks.drawing import draw, read_roll
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan, HomeVisit
from anmin.lines.assistance.homechecks.progress import Progress, overdue
from anmin.lines.assistance.homechecks.vocabulary import CHECKED, VisitResult


def plans(actor: Actor) -> QuerySet[HomeCheckPlan]:
    """Every round, the latest first, with the households the asker sees (`seen`), and how many are checked and changed."""
    mine = within(actor, "checks__area")
    found = HomeCheckPlan.objects.defer("roll").select_related("area", "made_by", "fixed_by")
    if not actor.roles:
        return found.none()
    return found.annotate(
        seen=Count("checks", filter=mine),
        checked=Count("checks", filter=mine & Q(checks__result__in=CHECKED)),
        changed=Count("checks", filter=mine & Q(checks__result=VisitResult.CHANGED)),
    )


def plan(actor: Actor, plan_id: int) -> HomeCheckPlan | None:
    """One round with those who dealt with it."""
    if not actor.roles:
        return None
    return HomeCheckPlan.objects.filter(pk=plan_id).select_related("area", "made_by", "drawn_by", "fixed_by").first()


def checks(actor: Actor, plan: HomeCheckPlan) -> QuerySet[HomeCheck]:
    """The households of a round as far as the asker may see them, in the order of the draw."""
    found = HomeCheck.objects.filter(within(actor), plan=plan)
    return found.select_related("household__head", "area__parent", "review").order_by("place")


def check(actor: Actor, check_id: int) -> HomeCheck | None:
    """One household of a round with its visits, the first one first."""
    visits = HomeVisit.objects.select_related("visitor", "second_visitor", "recorded_by", "corrected_by").order_by("id")
    found = HomeCheck.objects.filter(within(actor), pk=check_id)
    related = ("plan", "household__head", "household__area", "area__parent", "review")
    return found.select_related(*related).prefetch_related(Prefetch("visits", visits)).first()


@dataclass(frozen=True)
class DrawnVillage:
    """A village that was drawn, in its order, and how many of its households of how many on the roll."""

    place: int
    village: str
    town: str
    households: int
    on_roll: int


def drawn_villages(actor: Actor, plan: HomeCheckPlan) -> list[DrawnVillage]:
    """What the draw of a plan gives, made anew from seed and roll; nothing before there is a seed. One question."""
    if not plan.seed or not actor.roles:
        return []
    lines = read_roll(plan.roll)
    on_roll: dict[str, int] = {}
    for line in lines:
        on_roll[line.village] = on_roll.get(line.village, 0) + 1
    drawn: dict[str, int] = {}
    for line in draw(lines, seed=plan.seed, villages=plan.villages, households=plan.households):
        drawn[line.village] = drawn.get(line.village, 0) + 1
    names = {
        area.code: (area.name, area.parent.name if area.parent else "")
        for area in Area.objects.filter(code__in=list(drawn)).select_related("parent")
    }
    return [
        DrawnVillage(place, *names.get(code, (code, "")), households, on_roll[code])
        for place, (code, households) in enumerate(drawn.items(), 1)
    ]


def progress_by_village(actor: Actor, plan: HomeCheckPlan, on: date | None = None) -> list[Progress]:
    """Each village of a round the asker may see, by code; one question."""
    late = overdue(plan, on or clock.today())
    rows = (
        HomeCheck.objects.filter(within(actor), plan=plan)
        .order_by("area__code")
        .values("area__parent__name", "area__name", "area_id")
        .annotate(
            households=Count("id"),
            checked=Count("id", filter=Q(result__in=CHECKED)),
            changed=Count("id", filter=Q(result=VisitResult.CHANGED)),
            moved=Count("id", filter=Q(result=VisitResult.MOVED)),
            absent=Count("id", filter=Q(result=VisitResult.ABSENT)),
            late=Count("id", filter=late),
        )
    )
    return [
        Progress(
            row["area__parent__name"],
            row["area__name"],
            row["area_id"],
            row["households"],
            row["checked"],
            row["changed"],
            row["moved"],
            row["absent"],
            row["late"],
        )
        for row in rows
    ]


def visitors(actor: Actor, check: HomeCheck) -> list[tuple[int, str]]:
    """The staff who may be named as visitors of a household: who works in its town, and the section."""
    path = check.area.path
    found = [
        member
        for member in accounts.staff(actor)
        if any(
            each.role in (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER)
            and each.valid_until is None
            and path.startswith(each.area.path)
            for each in member.assignments.all()
        )
    ]
    return [(member.pk, member.name) for member in sorted(found, key=lambda member: (member.pk != actor.id, member.username))]


def staff_by_name(actor: Actor) -> dict[str, list[Staff]]:
    """The accounts the asker may see, by the name of the person and by sign-in name; for sheets filled in by hand."""
    found: dict[str, list[Staff]] = {}
    for member in accounts.staff(actor):
        found.setdefault(member.name, []).append(member)
        if member.username != member.name:
            found.setdefault(member.username, []).append(member)
    return found
