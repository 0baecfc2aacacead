"""What the page of a case is made of: its steps, its course, its clocks, its papers, as they are read."""

from dataclasses import dataclass
from datetime import date, datetime

from anmin.ground.cases.answers import shown
from anmin.ground.cases.casetypes import CaseType, Need, Step
from anmin.ground.cases.clocks import Reading
from anmin.ground.cases.models import Case, CaseAction
from anmin.ground.cases.progress import refusal_of
from anmin.ground.cases.rows import WorkRow
from anmin.ground.cases.situation import Situation
from anmin.ground.documents.models import Document


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


def issued_of(case: Case) -> dict[tuple[str, str], Document]:
    about = Document.objects.filter(subject_kind="cases.case", subject_id__startswith=f"{case.pk}/")
    return {(document.kind, document.subject_id): document for document in about.prefetch_related("files")}


def papers_of(situation: Situation) -> list[PaperLine]:
    issued = issued_of(situation.case)
    return [paper for taken in situation.actions for paper in action_line(situation, taken, issued).papers]


def phases_of(situation: Situation) -> list[PhaseLine]:
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


def possible(situation: Situation) -> list[PossibleStep]:
    state = situation.actions[-1].to_state
    return [step_line(situation, step) for step in situation.case_type.steps if state in step.from_states]


def step_line(situation: Situation, step: Step) -> PossibleStep:
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


def action_line(situation: Situation, taken: CaseAction, issued: dict[tuple[str, str], Document]) -> ActionLine:
    case_type = situation.case_type
    step = case_type.step(taken.step)
    assert step is not None  # steps once declared stay declared
    papers = []
    for kind in step.papers:
        paper = case_type.paper(kind)
        assert paper is not None  # checked when the type was declared
        papers.append(PaperLine(kind, paper.label, taken.on, issued.get((kind, f"{taken.case_id}/{taken.sequence}"))))
    hidden = bool(step.read_by) and not situation.actor.has(*step.read_by)
    answers = tuple((need.label, shown(need, taken.data)) for need in step.needs if need.name in taken.data)
    outcome = tuple(step.outcome(taken.data)) if step.outcome else ()
    return ActionLine(
        sequence=taken.sequence,
        step=taken.step,
        label=step.label,
        state_label=case_type.state_label(taken.to_state),
        actor=taken.actor_name,
        on=taken.on,
        at=taken.at,
        note="" if hidden else taken.note,
        basis=step.basis,
        answers=(("内容", "只供办理和监督的岗位查阅"),) if hidden else answers,
        outcome=() if hidden else outcome,
        papers=tuple(papers),
    )


def clock_line(reading: Reading, on: date) -> ClockLine:
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
