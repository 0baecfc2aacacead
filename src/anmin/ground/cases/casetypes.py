"""How a room declares a kind of case: its states, its steps, what each step asks for, and its clocks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.db import models

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.vocabulary import Outcome

if TYPE_CHECKING:
    from anmin.ground.cases.situation import Situation

Shape = Literal["date", "text", "long_text", "yuan", "count", "choice", "checklist", "yes_no", "people", "staff", "files"]
"""What a form must ask: `yuan` is read from text in yuan or an int in fen; `checklist` is several of the choices;
`people` are members of the household by id; `staff` are members of staff by id; `files` are documents by id."""

Check = Callable[["Situation"], str | None]
"""Looks at a case as it stands and answers with a Chinese refusal, or with nothing."""

Effect = Callable[["Situation"], Mapping[str, Any] | None]
"""Carried out in the transaction of the step; what it returns is kept with the step's data."""

Told = Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]
"""Tells, from the data kept with an action, what the step brought about: labels and texts."""


@dataclass(frozen=True)
class Need:
    """One thing a step asks for, with everything a form must know to ask it."""

    name: str
    label: str
    shape: Shape
    required: bool = True
    choices: type[models.TextChoices] | None = None
    hint: str = ""
    at_least: int = 1


@dataclass(frozen=True)
class Step:
    """One move in a case. `to_state=None` leaves the state as it is; `from_states=()` opens the case.

    `checks` can be answered before the form is filled in, `data_checks` look at what was filled in. Whoever took one of the
    steps in `different_person_from` may not take this one. What was answered is read by `read_by`, or by whoever sees the case.
    """

    name: str
    label: str
    roles: tuple[Role, ...]
    from_states: tuple[str, ...]
    to_state: str | None
    needs: tuple[Need, ...] = ()
    papers: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    data_checks: tuple[Check, ...] = ()
    different_person_from: tuple[str, ...] = ()
    effect: Effect | None = None
    outcome: Told | None = None
    basis: str = ""
    once: bool = False
    note_required: bool = False
    hint: str = ""
    read_by: tuple[Role, ...] = ()

    def need(self, name: str) -> Need | None:
        """The need with this name."""
        return next((need for need in self.needs if need.name == name), None)


@dataclass(frozen=True)
class Clock:
    """A time limit: runs from the day after one of the steps in `starts_on` until one of `stops_on`.

    `limit` is the address of a policy value whose unit says whether working or calendar days are counted; `special_limit`
    takes its place once the case was declared special. The clock stands still in the states of `suspended_in`; while
    another clock that is to be waited out runs, only until that one is over. A clock with `waits` must be let run out
    (a public notice): its end is a permission, not a breach.
    """

    name: str
    label: str
    starts_on: tuple[str, ...]
    stops_on: tuple[str, ...]
    limit: str
    basis: str
    special_limit: str = ""
    suspended_in: tuple[str, ...] = ()
    waits: bool = False
    of: str = ""
    """Who has to act before it runs out, in Chinese; for reminders."""


@dataclass(frozen=True)
class PaperKind:
    """A paper that a step gives rise to: form, notice or sheet. `series` is the middle of its number, such as `低受`.

    `outcomes` are those it tells a family of; none for a form or a sheet.
    """

    kind: str
    label: str
    series: str
    build: Callable[["Situation"], Any]
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Phase:
    """A stretch of the way that a family would recognise; its states, one or several, are shown as one place."""

    label: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class CaseType:
    """A kind of case. The first step opens it; a case in one of the `final` states is closed."""

    kind: str
    label: str
    basis: str
    states: type[models.TextChoices]
    final: frozenset[str]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...]
    series: str
    papers: tuple[PaperKind, ...] = ()
    phases: tuple[Phase, ...] = ()
    special_step: str = ""

    def __post_init__(self) -> None:
        names = [step.name for step in self.steps]
        known = set(self.states.values)
        wrong = [
            *(f"step {name} is declared twice" for name in set(names) if names.count(name) > 1),
            *(
                f"{step.name}: unknown state {state}"
                for step in self.steps
                for state in (*step.from_states, *([step.to_state] if step.to_state else []))
                if state not in known
            ),
            *(
                f"{step.name}: unknown step {other}"
                for step in self.steps
                for other in step.different_person_from
                if other not in names
            ),
            *(
                f"{clock.name}: unknown step {step}"
                for clock in self.clocks
                for step in (*clock.starts_on, *clock.stops_on)
                if step not in names
            ),
            *(f"{step.name}: unknown paper {paper}" for step in self.steps for paper in step.papers if paper not in self._papers),
            *(f"unknown final state {state}" for state in self.final if state not in known),
            *(f"{phase.label}: unknown state {state}" for phase in self.phases for state in phase.states if state not in known),
        ]
        if self.steps[0].from_states or self.steps[0].to_state is None:
            wrong.append("the first step does not open the case")
        if wrong:
            raise ValueError(f"case type {self.kind}: {'; '.join(wrong)}")

    @property
    def _papers(self) -> set[str]:
        return {paper.kind for paper in self.papers}

    @property
    def opening(self) -> Step:
        return self.steps[0]

    def step(self, name: str) -> Step | None:
        """The step with this name."""
        return next((step for step in self.steps if step.name == name), None)

    def paper(self, kind: str) -> PaperKind | None:
        """The paper with this kind."""
        return next((paper for paper in self.papers if paper.kind == kind), None)

    def state_label(self, state: str) -> str:
        """The Chinese name of a state."""
        return str(self.states(state).label)

    @property
    def waiting_clocks(self) -> tuple[str, ...]:
        return tuple(clock.name for clock in self.clocks if clock.waits)


CASE_TYPES: dict[str, CaseType] = {}
"""Every case type of the house by its kind; filled by the assembly."""


def register(case_types: Iterable[CaseType]) -> None:
    """The case types are known; registering the same one again changes nothing."""
    for case_type in case_types:
        if CASE_TYPES.setdefault(case_type.kind, case_type) is not case_type:
            raise ValueError(f"two case types claim the kind {case_type.kind}")


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
