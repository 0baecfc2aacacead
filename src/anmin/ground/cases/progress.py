"""Where a case stands and what may happen next; the one place that says whether a step may be taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anmin.ground.accounts.gate import Actor
from anmin.ground.cases.casetypes import CASE_TYPES, CaseType, Step
from anmin.ground.cases.clocks import pressing, read_clocks
from anmin.ground.cases.models import Case, CaseAction
from anmin.ground.cases.situation import Situation


@dataclass(frozen=True)
class Fold:
    """What the actions of a case say together; the columns of the case repeat it."""

    state: str
    special: bool
    closed_on: date | None
    due_on: date | None
    clock: str
    clock_stopped: bool


def fold(case_type: CaseType, actions: Sequence[CaseAction]) -> Fold:
    """State, pressing clock and its end, from the actions alone."""
    state = actions[-1].to_state
    special = bool(case_type.special_step) and any(action.step == case_type.special_step for action in actions)
    if state in case_type.final:
        return Fold(state, special, actions[-1].on, None, "", False)
    clock = pressing(read_clocks(case_type, actions))
    if clock is None:
        return Fold(state, special, None, None, "", False)
    return Fold(state, special, None, clock.acts_on, clock.clock.name, clock.suspended)


def situation_of(case: Case, actor: Actor, on: date, actions: list[CaseAction] | None = None) -> Situation:
    """The case with its actions, for one question; one query."""
    found = list(case.actions.order_by("sequence")) if actions is None else actions
    return Situation(case=case, case_type=CASE_TYPES[case.kind], actions=found, actor=actor, on=on)


def refusal_of(situation: Situation, step: Step) -> str | None:
    """Why this person may not take the step now, in Chinese; nothing when the form may be filled in."""
    case_type, actor = situation.case_type, situation.actor
    if situation.actions:
        state = situation.actions[-1].to_state
        if state in case_type.final:
            return f"本件已办结（{case_type.state_label(state)}），不能再办理“{step.label}”。"
        if state not in step.from_states:
            expected = "、".join(case_type.state_label(each) for each in step.from_states)
            return f"本件目前为“{case_type.state_label(state)}”，办理“{step.label}”须在：{expected}。"
    if not actor.has(*step.roles, at=situation.case.area.path):
        roles = "、".join(str(role.label) for role in step.roles)
        if actor.has(*step.roles):
            return f"“{step.label}”由本地的{roles}办理，您的岗位不在此管辖范围内。"
        return f"“{step.label}”由{roles}办理，您没有这一岗位。"
    for earlier in situation.actions:
        if earlier.step in step.different_person_from and earlier.actor_id == actor.id:
            done = case_type.step(earlier.step)
            return f"“{step.label}”须由另一人办理：本件的“{done.label if done else earlier.step}”是您办理的。"
    if step.once and (before := situation.last(step.name)):
        return f"“{step.label}”只能办理一次，已于{before.on}办理。"
    if situation.actions and situation.on < situation.actions[-1].on:
        return f"办理日期{situation.on}早于上一步的日期{situation.actions[-1].on}。"
    for check in step.checks:
        if reason := check(situation):
            return reason
    return None


def open_case_of(*, household_id: int, kind: str) -> str | None:
    """The number of the household's open case of a kind, for the checks of a step; not scoped."""
    return (
        Case.objects.filter(household_id=household_id, kind=kind, closed_on__isnull=True).values_list("number", flat=True).first()
    )


def end_of_wait(situation: Situation, clock: str) -> date | None:
    """The last day of a clock that must be waited out, in the case as it stands; None while it stands still."""
    readings = read_clocks(situation.case_type, situation.actions)
    return next((reading.due_on for reading in readings if reading.clock.name == clock), None)
