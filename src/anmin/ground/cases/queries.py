"""Cases as staff look at them: the worklist, one case with its course and its clocks, counts by town."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from anmin.base.errors import Refused
from anmin.base.workdays import CalendarUnknown, add_workdays
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import Staff
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.cases.answers import shown
from anmin.ground.cases.casetypes import CASE_TYPES, CaseType, Need, Step
from anmin.ground.cases.clocks import Reading, read_clocks
from anmin.ground.cases.models import Case, CaseAction
from anmin.ground.cases.progress import refusal_of, situation_of
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
    "WorkRow", "Worklist", "case", "due_counts_by_town", "find", "kinds", "of_household",
    "open_of_households", "opening_step", "options", "paper_line", "paper_preview", "possible_steps", "states", "worklist",
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
        str(step.to_state)
        for step in case_type.steps
        if step.to_state in case_type.final and len(step.from_states) > 3
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


def kinds() -> dict[str, str]:
    """What the kinds of cases are called."""
    return {kind: case_type.label for kind, case_type in CASE_TYPES.items()}


def states(kind: str = "", *, open_only: bool = False) -> dict[str, str]:
    """What the states of a kind of cases are called, in their order; those of every kind where none is given."""
    return {
        str(value): str(label)
        for case_type in CASE_TYPES.values()
        if kind in ("", case_type.kind)
        for value, label in case_type.states.choices
        if not (open_only and value in case_type.final)
    }


# --- one case -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PossibleStep:
    """A step of the case in its present state; `refusal` says why this person may not take it now.

    `aside`: it may be taken nearly everywhere and leads nowhere but out. `decides`: nothing can follow that would undo it.
    """

    name: str
    label: str
    needs: tuple[Need, ...]
    hint: str
    basis: str
    roles: str
    refusal: str | None
    leads_to: str = ""
    aside: bool = False
    decides: bool = False

    @property
    def allowed(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True)
class PaperLine:
    """A paper the case has given rise to; `document` once it was issued."""

    kind: str
    label: str
    on: date
    document: Document | None


@dataclass(frozen=True)
class ActionLine:
    """One action as it is read: what was done, by whom, with which answers."""

    sequence: int
    step: str
    label: str
    state_label: str
    actor: str
    on: date
    at: datetime
    note: str
    basis: str
    answers: tuple[tuple[str, str], ...]
    outcome: tuple[tuple[str, str], ...]
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True)
class ClockLine:
    """One clock as it is read."""

    name: str
    label: str
    of: str
    basis: str
    limit: str
    started_on: date
    stopped_on: date | None
    due_on: date | None
    suspended: bool
    suspended_days: int
    days_left: int | None
    late_days: int
    waits: bool


@dataclass(frozen=True)
class PhaseLine:
    """A phase of the case: `state` is done, current, todo or skipped; when the case was last in it."""

    label: str
    state: str
    on: date | None


@dataclass(frozen=True)
class CasePage:
    """Everything about one case."""

    case: Case
    row: WorkRow
    basis: str
    actions: tuple[ActionLine, ...]
    clocks: tuple[ClockLine, ...]
    steps: tuple[PossibleStep, ...]
    papers: tuple[PaperLine, ...]
    phases: tuple[PhaseLine, ...]

    @property
    def overdue_clocks(self) -> tuple[ClockLine, ...]:
        return tuple(clock for clock in self.clocks if clock.late_days and clock.stopped_on is None)


def find(actor: Actor, number: str) -> Case | None:
    """The case with this number, where the actor may see it; for the doors to hand to an action."""
    return (
        Case.objects.filter(within(actor), number=number)
        .select_related("household__area", "applicant", "area__parent", "entitlement__area")
        .first()
    )


def case(actor: Actor, number: str, on: date) -> CasePage:
    """One case with its course, its clocks and what this person may do next. Refuses: a number not in the actor's scope."""
    found = find(actor, number)
    if found is None:
        raise Refused(f"没有编号为“{number}”的事项，或者不在您的管辖范围内。")
    situation = situation_of(found, actor, on)
    issued = _issued(found)
    actions = tuple(_action_line(situation, taken, issued) for taken in situation.actions)
    return CasePage(
        case=found,
        row=row_of(found, on),
        basis=situation.case_type.basis,
        actions=actions,
        clocks=tuple(_clock_line(reading, on) for reading in read_clocks(situation.case_type, situation.actions)),
        steps=tuple(_possible(situation)),
        papers=tuple(paper for line in actions for paper in line.papers),
        phases=tuple(_phases(situation)),
    )


def _issued(case: Case) -> dict[tuple[str, str], Document]:
    about = Document.objects.filter(subject_kind="cases.case", subject_id__startswith=f"{case.pk}/")
    return {(document.kind, document.subject_id): document for document in about.prefetch_related("files")}


def _papers_of(situation: Situation) -> list[PaperLine]:
    issued = _issued(situation.case)
    return [paper for taken in situation.actions for paper in _action_line(situation, taken, issued).papers]


def _phases(situation: Situation) -> list[PhaseLine]:
    """The declared phases, and the end of the case as the last one."""
    case_type, state = situation.case_type, situation.actions[-1].to_state
    closed = state in case_type.final
    reached = {action.to_state: action.on for action in situation.actions}
    here = next((place for place, phase in enumerate(case_type.phases) if state in phase.states), len(case_type.phases))
    lines = []
    for place, phase in enumerate(case_type.phases):
        days = [reached[each] for each in phase.states if each in reached]
        if closed:
            said = "done" if days else "skipped"
        else:
            said = "current" if place == here else "todo" if place > here else "done" if days else "skipped"
        lines.append(PhaseLine(phase.label, said, max(days) if days and said != "todo" else None))
    end = PhaseLine(case_type.state_label(state), "done", situation.actions[-1].on) if closed else PhaseLine("办结", "todo", None)
    return [*lines, end]


def possible_steps(actor: Actor, case: Case, on: date) -> list[PossibleStep]:
    """The steps that start from the present state, each with the reason why this person may not take it, if so."""
    return _possible(situation_of(case, actor, on))


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
    found = [line for line in _papers_of(situation_of(case, actor, case.opened_on)) if line.kind == kind]
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
    return _step_line(situation, case_type.opening)


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
    colleagues = Staff.objects.filter(
        held, within(actor, "assignments__area"), is_active=True, assignments__valid_from__lte=on
    )
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


def _possible(situation: Situation) -> list[PossibleStep]:
    state = situation.actions[-1].to_state
    return [_step_line(situation, step) for step in situation.case_type.steps if state in step.from_states]


def _step_line(situation: Situation, step: Step) -> PossibleStep:
    return PossibleStep(
        name=step.name,
        label=step.label,
        needs=step.needs,
        hint=step.hint,
        basis=step.basis,
        roles="、".join(str(role.label) for role in step.roles),
        refusal=refusal_of(situation, step),
        leads_to=situation.case_type.state_label(step.to_state) if step.to_state else "",
        aside=len(step.from_states) > 3,
        decides=_decides(situation.case_type, step),
    )


def _decides(case_type: CaseType, step: Step) -> bool:
    """Whether the step ends the case, or leaves nothing but ways to end it."""
    if step.to_state is None:
        return False
    following = [each for each in case_type.steps if step.to_state in each.from_states]
    return step.to_state in case_type.final or all(each.to_state in case_type.final for each in following)


def _action_line(
    situation: Situation, taken: CaseAction, issued: dict[tuple[str, str], Document]
) -> ActionLine:
    case_type = situation.case_type
    step = case_type.step(taken.step)
    assert step is not None  # steps once declared stay declared
    papers = []
    for kind in step.papers:
        paper = case_type.paper(kind)
        assert paper is not None  # checked when the type was declared
        papers.append(PaperLine(kind, paper.label, taken.on, issued.get((kind, f"{taken.case_id}/{taken.sequence}"))))
    return ActionLine(
        sequence=taken.sequence,
        step=taken.step,
        label=step.label,
        state_label=case_type.state_label(taken.to_state),
        actor=taken.actor_name,
        on=taken.on,
        at=taken.at,
        note=taken.note,
        basis=step.basis,
        answers=tuple((need.label, shown(need, taken.data)) for need in step.needs if need.name in taken.data),
        outcome=tuple(step.outcome(taken.data)) if step.outcome else (),
        papers=tuple(papers),
    )


def _clock_line(reading: Reading, on: date) -> ClockLine:
    return ClockLine(
        name=reading.clock.name,
        label=reading.clock.label,
        of=reading.clock.of,
        basis=reading.clock.basis,
        limit=reading.limit_label,
        started_on=reading.started_on,
        stopped_on=reading.stopped_on,
        due_on=reading.due_on,
        suspended=reading.suspended,
        suspended_days=reading.suspended_days,
        days_left=reading.days_left(on) if reading.is_running else None,
        late_days=reading.late_days(on),
        waits=reading.clock.waits,
    )
