"""Cases as staff look at them: the worklist, one case with its course and its clocks, counts by town."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from anmin.base.errors import Refused
from anmin.base.workdays import CalendarUnknown, add_workdays
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import Staff
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.cases.casetypes import CASE_TYPES, Need
from anmin.ground.cases.clocks import read_clocks
from anmin.ground.cases.models import Case
from anmin.ground.cases.pages import (
    ActionLine,
    CasePage,
    ClockLine,
    PaperLine,
    PhaseLine,
    PossibleStep,
    action_line,
    clock_line,
    issued_of,
    papers_of,
    phases_of,
    possible,
    step_line,
)
from anmin.ground.cases.progress import situation_of
from anmin.ground.cases.rows import Filters, Worklist, WorkRow, row_of
from anmin.ground.cases.situation import Situation
from anmin.ground.documents.models import Document
from anmin.ground.documents.paper import Paper
from anmin.ground.people.models import Household, HouseholdMember, Person
from anmin.ground.people.vocabulary import Relation

if TYPE_CHECKING:
    from anmin.ground.entitlements.models import Entitlement

__all__ = [
    "ActionLine", "CasePage", "ClockLine", "Filters", "Need", "Options", "PaperLine", "PhaseLine", "PossibleStep", "TownCounts",
    "WorkRow", "Worklist", "case", "due_counts_by_town", "find", "of_household",
    "open_of_households", "opening_step", "options", "paper_line", "paper_preview", "possible_steps", "worklist",
]  # fmt: skip

SOON_WORKING_DAYS = 3


# --- the worklist ---------------------------------------------------------------------------------------------------


def worklist(actor: Actor, on: date, filters: Filters | None = None) -> Worklist:
    """The cases the actor may see, what is due first on top, those without a due date last; one query to read, one to count."""
    chosen = filters or Filters()
    rows = Case.objects.filter(within(actor)).select_related("household", "applicant", "area__parent")
    if not chosen.every:
        rows = rows.filter(closed_on__isnull=not chosen.closed)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.town is not None:
        rows = rows.filter(Q(area_id=chosen.town) | Q(area__parent_id=chosen.town))
    if chosen.overdue:
        rows = rows.filter(_overdue(on))
    if chosen.soon:
        rows = rows.filter(due_on__gte=on, due_on__lte=_soon(on))
    if chosen.mine:
        rows = rows.filter(_for_roles(actor))
    if text := chosen.text.strip():
        rows = rows.filter(
            Q(number__iexact=text)
            | Q(household__number__iexact=text)
            | Q(applicant__name__startswith=text)
            | Q(applicant__initials__startswith=text.lower())
        )
    # Databases disagree on where rows without a date go.
    order = ("-id",) if chosen.every else ("-closed_on", "-id") if chosen.closed else (F("due_on").asc(nulls_last=True), "id")
    return Worklist(rows.order_by(*order), on)


def _waits() -> list[str]:
    return sorted({name for case_type in CASE_TYPES.values() for name in case_type.waiting_clocks})


def _overdue(on: date) -> Q:
    return Q(closed_on__isnull=True, due_on__lt=on) & ~Q(clock__in=_waits())


def _soon(on: date) -> date:
    try:
        return add_workdays(on, SOON_WORKING_DAYS)
    except CalendarUnknown:
        return on


def _for_roles(actor: Actor) -> Q:
    """Cases in a state from which one of the actor's roles has a step other than giving up, or whose clock waits for one."""
    held = {role for role, _ in actor.roles}
    found = Q(pk__in=[])
    for case_type in CASE_TYPES.values():
        states = {
            state
            for step in case_type.steps
            if held & set(step.roles) and step.to_state is not None and step.to_state not in _ways_out(case_type.kind)
            for state in step.from_states
        }
        # A step that leaves the state as it is, such as a verification, is asked for by the clock that waits for it.
        clocks = {
            clock.name
            for clock in case_type.clocks
            for step in case_type.steps
            if step.name in clock.stops_on and step.to_state is None and held & set(step.roles)
        }
        found |= Q(kind=case_type.kind, state__in=sorted(states)) | Q(kind=case_type.kind, clock__in=sorted(clocks))
    return found


def _ways_out(kind: str) -> frozenset[str]:
    """Final states reachable from nearly everywhere (withdrawn, terminated): being able to end a case is not being asked to."""
    case_type = CASE_TYPES[kind]
    return frozenset(
        str(step.to_state) for step in case_type.steps if step.to_state in case_type.final and len(step.from_states) > 3
    )


# --- counts ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TownCounts:
    """What lies in one town: open cases, those due soon, those overdue, those waiting with the clock stopped."""

    town_id: int
    town: str
    open: int
    soon: int
    overdue: int
    stopped: int


def due_counts_by_town(actor: Actor, on: date, kind: str = "") -> list[TownCounts]:
    """Open cases by town, the most overdue first; two queries however many there are."""
    rows = Case.objects.filter(within(actor), closed_on__isnull=True)
    if kind:
        rows = rows.filter(kind=kind)
    counted = (
        rows.order_by()
        .values("area_id", "area__level", "area__parent_id")
        .annotate(
            open=Count("id"),
            soon=Count("id", filter=Q(due_on__gte=on, due_on__lte=_soon(on))),
            overdue=Count("id", filter=_overdue(on)),
            stopped=Count("id", filter=Q(clock_stopped=True)),
        )
    )
    sums: dict[int, list[int]] = {}
    for row in counted:
        town = row["area__parent_id"] if row["area__level"] == Level.VILLAGE else row["area_id"]
        here = (row["open"], row["soon"], row["overdue"], row["stopped"])
        sums[town or row["area_id"]] = [a + b for a, b in zip(sums.get(town or row["area_id"], (0, 0, 0, 0)), here, strict=True)]
    names = dict(Area.objects.filter(pk__in=sums).values_list("pk", "name"))
    counts = [TownCounts(town, names[town], *numbers) for town, numbers in sums.items()]
    return sorted(counts, key=lambda each: (-each.overdue, -each.soon, -each.open, each.town_id))


# --- one case -------------------------------------------------------------------------------------------------------


def find(actor: Actor, number: str) -> Case | None:
    """The case with this number, where the actor may see it; for the doors to hand to an action."""
    return (
        Case.objects.filter(within(actor), number=number)
        .select_related("household__area", "applicant", "area__parent", "entitlement__area")
        .first()
    )


def by_id(actor: Actor, case_id: int) -> Case | None:
    """The case with this id and its household; None for who may not see it."""
    return Case.objects.filter(within(actor), pk=case_id).select_related("household__head").first()


def case(actor: Actor, number: str, on: date) -> CasePage:
    """One case with its course, its clocks and what this person may do next. Refuses: a number not in the actor's scope."""
    found = find(actor, number)
    if found is None:
        raise Refused(f"没有编号为“{number}”的事项，或者不在您的管辖范围内。")
    situation = situation_of(found, actor, on)
    issued = issued_of(found)
    actions = tuple(action_line(situation, taken, issued) for taken in situation.actions)
    return CasePage(
        case=found,
        row=row_of(found, on),
        basis=situation.case_type.basis,
        actions=actions,
        clocks=tuple(clock_line(reading, on) for reading in read_clocks(situation.case_type, situation.actions)),
        steps=tuple(possible(situation)),
        papers=tuple(paper for line in actions for paper in line.papers),
        phases=tuple(phases_of(situation)),
    )


def possible_steps(actor: Actor, case: Case, on: date) -> list[PossibleStep]:
    """The steps that start from the present state, each with the reason why this person may not take it, if so."""
    return possible(situation_of(case, actor, on))


def paper_preview(actor: Actor, case: Case, kind: str, on: date) -> Paper:
    """A paper as it would be issued, without number. Refuses: a kind the case type does not have, a step not taken."""
    situation = situation_of(case, actor, on)
    paper = situation.case_type.paper(kind)
    giving = [step.name for step in situation.case_type.steps if kind in step.papers]
    last = situation.last(*giving)
    if paper is None or last is None:
        raise Refused("尚未办理相应的步骤，没有可以预览的文书。")
    situation.on = last.on
    built: Paper = paper.build(situation)
    return built


def paper_line(actor: Actor, case: Case, kind: str) -> PaperLine:
    """The latest paper of a kind, with its document once it was issued. Refuses a paper whose step was not taken."""
    found = [line for line in papers_of(situation_of(case, actor, case.opened_on)) if line.kind == kind]
    if not found:
        raise Refused("尚未办理相应的步骤，没有可以预览的文书。")
    return found[-1]


def of_household(actor: Actor, household_id: int, on: date) -> list[WorkRow]:
    """Every case of a household, the latest first."""
    rows = Case.objects.filter(within(actor), household_id=household_id)
    return [row_of(each, on) for each in rows.select_related("household", "applicant", "area__parent").order_by("-id")]


def open_of_households(actor: Actor, household_ids: Sequence[int], on: date) -> list[WorkRow]:
    """The open cases of these households; one query."""
    rows = Case.objects.filter(within(actor), household_id__in=household_ids, closed_on__isnull=True)
    return [row_of(each, on) for each in rows.select_related("household", "applicant", "area__parent").order_by("id")]


def opening_step(
    actor: Actor, kind: str, household: Household, applicant: Person, on: date, entitlement: "Entitlement | None" = None
) -> PossibleStep:
    """The step that opens a case of a kind for a family, with the reason why this person may not take it, if so."""
    case_type = CASE_TYPES[kind]
    case = Case(kind=kind, household=household, applicant=applicant, entitlement=entitlement, area=household.area, opened_on=on)
    situation = Situation(case=case, case_type=case_type, actions=[], actor=actor, on=on)
    return step_line(situation, case_type.opening)


@dataclass(frozen=True)
class Options:
    """Whom the form of a step may offer: members of the household, colleagues, papers handed in; ids with what to show."""

    people: tuple[tuple[int, str], ...]
    staff: tuple[tuple[int, str], ...]
    files: tuple[tuple[int, str], ...]


def options(actor: Actor, case: Case, on: date) -> Options:
    """What the form of a step offers; three queries. Colleagues are those who hold a role within the actor's own scope."""
    situation = Situation(case=case, case_type=CASE_TYPES[case.kind], actions=[], actor=actor, on=on)
    held = Q(assignments__valid_until__isnull=True) | Q(assignments__valid_until__gte=on)
    colleagues = Staff.objects.filter(held, within(actor, "assignments__area"), is_active=True, assignments__valid_from__lte=on)
    files = Document.objects.filter(within(actor), subject_kind=case._meta.label_lower, subject_id=str(case.pk))
    return Options(
        people=tuple((row.person_id, _called(row, on)) for row in situation.family),
        staff=tuple(colleagues.order_by("name", "pk").distinct().values_list("pk", "name")),
        files=tuple(files.order_by("pk").values_list("pk", "title")),
    )


def _called(row: HouseholdMember, on: date) -> str:
    relation = Relation(row.relation).label
    died = row.person.died_on
    return f"{row.person.name}（{relation}{'，已死亡' if died is not None and died <= on else ''}）"
