"""Cases are opened and moved on, one declared step at a time; their papers are issued."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.cases.answers import read_answers
from anmin.ground.cases.casetypes import CASE_TYPES, CaseType, Step
from anmin.ground.cases.models import Case, CaseAction
from anmin.ground.cases.permissions import may_issue_paper, may_open_case, may_take_step
from anmin.ground.cases.progress import fold, refusal_of, situation_of
from anmin.ground.cases.situation import Situation
from anmin.ground.documents.actions import issue_document
from anmin.ground.documents.authority import authority
from anmin.ground.documents.models import Document
from anmin.ground.documents.numbers import next_plain_number
from anmin.ground.people.models import Household, Person

if TYPE_CHECKING:
    from anmin.ground.entitlements.models import Entitlement

LONGEST_NOTE = 1000


@action("case.opened", permission=may_open_case)
def open_case(
    *,
    kind: str,
    household: Household,
    applicant: Person,
    entitlement: "Entitlement | None" = None,
    data: Mapping[str, Any] | None = None,
    note: str = "",
    actor: Actor,
    on: date,
) -> Case:
    """A case of a declared type is open and has its first action; its clocks have begun.

    Basis: that of the case type. Refuses: an unknown type, an entitlement of another household, whatever the opening step
    refuses.
    """
    case_type = _case_type(kind)
    # Two who open a case for one family wait for each other here: the second must find the first one's.
    Household.objects.select_for_update().get(pk=household.pk)
    if entitlement is not None:
        if entitlement.household_id != household.pk:
            raise BadValue(f"待遇 {entitlement.number} 不是家庭 {household.number} 的，请核对后重新选择。")
        # It may have ended since the caller read it.
        entitlement.refresh_from_db(fields=["valid_until"])
    case = Case(
        kind=kind,
        household=household,
        applicant=applicant,
        entitlement=entitlement,
        area=household.area,
        opened_on=on,
    )
    situation = Situation(case=case, case_type=case_type, actions=[], actor=actor, on=on)
    _prepare(situation, case_type.opening, data, note)
    case.number = next_plain_number(case_type.series, year=on.year)
    _write(situation)
    return case


@action("case.step_taken", permission=may_take_step)
def take_step(*, case: Case, step: str, data: Mapping[str, Any] | None = None, note: str = "", actor: Actor, on: date) -> Case:
    """The case has one more action, and whatever the step brings about has happened with it.

    Basis: that of the step. Refuses in the precise words of what is wrong: wrong order, role, place or person; an answer
    missing or impossible; whatever the declared checks refuse. Gives back the case as it stands now.
    """
    # Whoever gave us the case may have read it before somebody else moved it.
    current = (
        Case.objects.select_for_update(of=("self",))
        .select_related("household__area", "applicant", "area", "entitlement__area")
        .get(pk=case.pk)
    )
    situation = situation_of(current, actor, on)
    declared = situation.case_type.step(step)
    if declared is None or declared is situation.case_type.opening:
        raise BadValue(f"“{situation.case_type.label}”没有“{step}”这一步骤。")
    _prepare(situation, declared, data, note)
    _write(situation)
    return current


@action("case.paper_issued", permission=may_issue_paper)
def issue_paper(*, case: Case, kind: str, actor: Actor, on: date) -> Document:
    """The paper of a case has its number and is frozen as .docx and PDF; asked for again, the same paper is given.

    Refuses: a paper whose step has not been taken.
    """
    paper = _case_type(case.kind).paper(kind)
    if paper is None:
        raise BadValue(f"“{CASE_TYPES[case.kind].label}”没有这种文书。")
    # Asked for twice at once, the second waits and is given the paper of the first.
    Case.objects.select_for_update().get(pk=case.pk)
    situation = situation_of(case, actor, on)
    giving = [step for step in situation.case_type.steps if kind in step.papers]
    last = situation.last(*(step.name for step in giving))
    if last is None:
        raise Refused(f"尚未办理“{giving[0].label}”，不能打印{paper.label}。")
    subject_id = f"{case.pk}/{last.sequence}"
    before = Document.objects.filter(kind=kind, subject_kind="cases.case", subject_id=subject_id).first()
    if before is not None:
        remark(f"{case.number}：再次取用{paper.label} {before.number}")
        return before
    situation.on = last.on
    document = issue_document(
        kind=kind,
        series=f"{authority().mark}{paper.series}",
        title=paper.label,
        subject=case,
        part=str(last.sequence),
        area=case.area,
        content=paper.build(situation),
        actor=actor,
        on=on,
    )
    remark(f"{case.number}：出具{paper.label} {document.number}", case=case.number)
    return document


def _case_type(kind: str) -> CaseType:
    if kind not in CASE_TYPES:
        raise BadValue(f"没有名为“{kind}”的事项类型。")
    return CASE_TYPES[kind]


def _prepare(situation: Situation, step: Step, data: Mapping[str, Any] | None, note: str) -> None:
    """The situation holds the step and its checked answers, or the step is refused."""
    if reason := refusal_of(situation, step):
        raise Refused(reason)
    situation.step, situation.note = step, note.strip()
    if len(situation.note) > LONGEST_NOTE:
        raise BadValue(f"备注最多{LONGEST_NOTE}字。")
    if step.note_required and not situation.note:
        raise BadValue(f"办理“{step.label}”请填写备注。")
    situation.data = read_answers(step, data, situation)
    for check in step.data_checks:
        if reason := check(situation):
            raise Refused(reason)


def _write(situation: Situation) -> None:
    """The action is appended, the effect carried out, and the columns of the case repeat the new fold."""
    case, step = situation.case, situation.step
    assert step is not None  # set by _prepare
    before = situation.actions[-1].to_state if situation.actions else ""
    if case.pk is None:
        case.state = str(step.to_state)
        case.save(force_insert=True)
    brought = step.effect(situation) if step.effect else None
    taken = CaseAction(
        case=case,
        sequence=len(situation.actions) + 1,
        step=step.name,
        from_state=before,
        to_state=step.to_state or before,
        actor_id=situation.actor.id,
        actor_name=situation.actor.name,
        on=situation.on,
        at=clock.instant(situation.on),
        note=situation.note,
        data={**situation.data, **(brought or {})},
    )
    try:
        taken.save(force_insert=True)
    except IntegrityError as fault:
        if "case_action_in_sequence" in str(fault) or "sequence" in str(fault):
            raise Refused("他人刚刚办理了本件，请刷新后再试。") from fault
        raise
    situation.actions.append(taken)
    now = fold(situation.case_type, situation.actions)
    for name, value in vars(now).items():
        setattr(case, name, value)
    case.save(update_fields=list(vars(now)))
    remark(
        f"{situation.case_type.label} {case.number}：{step.label}（{situation.case_type.state_label(now.state)}）",
        basis=step.basis,
        case=case.number,
        step=step.name,
        sequence=taken.sequence,
    )
