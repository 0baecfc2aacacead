"""People decide what a finding is: somebody proposes, the family is heard, somebody else decides; nothing follows from a match.

Legal basis of the whole: 民发〔2021〕57号 第十八条; 省政府令第126号 (the checked person may object, and is checked again).
"""

from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.base.workdays import add_workdays
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.documents.models import Document
from anmin.ground.policy.book import policy
from anmin.ground.verification.actions.requests import BASIS
from anmin.ground.verification.carrying import steps_of
from anmin.ground.verification.models import Finding, FindingStep, Hit
from anmin.ground.verification.permissions import may_decide_finding, may_look_into_finding
from anmin.ground.verification.recording import record_what_was_found, undo_what_was_recorded
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import CLOSED, DECIDED, FindingKind, FindingState, StepTaken

S, T = FindingState, StepTaken
_LONGEST = 500


@action("verification.family_asked", permission=may_look_into_finding)
def ask_family(*, finding: Finding, reason: str, actor: Actor, on: date) -> Finding:
    """The family has been asked to explain, and may answer for so many working days.

    Basis: `verification.findings.reply_days`. Refuses a finding that waits for a decision, is decided, or a contradiction of
    two sources, which is for somebody to settle.
    """
    current = _current(finding, S.OPEN, S.ANSWERED)
    days = policy().value("verification.findings.reply_days", on=on)
    assert isinstance(days, int)  # the unit is working days
    current.reply_due_on = add_workdays(on, days)
    _moved(current, S.ASKED)
    _step(current, T.ASKED, reason, actor, on)
    remark(f"请家庭说明“{current.get_kind_display()}”，至{current.reply_due_on}：{reason.strip()}", basis=BASIS)
    return current


@action("verification.objection_recorded", permission=may_look_into_finding)
def record_objection(*, finding: Finding, reason: str, document: Document | None = None, actor: Actor, on: date) -> Finding:
    """The family's answer or objection is on record with its evidence; what was proposed falls away and is looked at anew.

    Refuses a decided finding (an objection reopens it).
    """
    current = _current(finding, S.OPEN, S.ASKED, S.ANSWERED, S.PROPOSED)
    _moved(current, S.ANSWERED)
    _step(current, T.OBJECTED, reason, actor, on, document=document)
    evidence = "，附证明材料" if document is not None else ""
    remark(f"家庭对“{current.get_kind_display()}”提出异议或说明{evidence}：{reason.strip()}", basis=BASIS)
    return current


@action("verification.finding_proposed", permission=may_look_into_finding)
def propose_finding(*, finding: Finding, proposal: FindingState | str, reason: str, actor: Actor, on: date) -> Finding:
    """Somebody who looked into it says that it is so, or is not; another person decides.

    Refuses while the family may still answer, anything but accepted or rejected, no reason.
    """
    if proposal not in DECIDED:
        raise BadValue("处理意见应为“属实”或者“不属实”。")
    current = _current(finding, S.OPEN, S.ASKED, S.ANSWERED)
    if current.state == S.ASKED and current.reply_due_on is not None and on <= current.reply_due_on:
        raise Refused(f"已请家庭说明，期限至{current.reply_due_on}；家庭说明之前、期限届满之前不能提出处理意见。")
    _moved(current, S.PROPOSED)
    _step(current, T.PROPOSED, reason, actor, on, proposal=FindingState(proposal))
    remark(f"对“{current.get_kind_display()}”提出意见：{FindingState(proposal).label}。{reason.strip()}", basis=BASIS)
    return current


@action("verification.finding_returned", permission=may_decide_finding)
def return_finding(*, finding: Finding, reason: str, actor: Actor, on: date) -> Finding:
    """What was proposed is not followed: it is to be looked into again."""
    current = _current(finding, S.PROPOSED)
    _another_person(current, actor, "退回")
    _moved(current, S.OPEN)
    _step(current, T.RETURNED, reason, actor, on)
    remark(f"退回对“{current.get_kind_display()}”的意见：{reason.strip()}", basis=BASIS)
    return current


@action("verification.finding_decided", permission=may_decide_finding)
def decide_finding(*, finding: Finding, accept: bool, reason: str, actor: Actor, on: date) -> Finding:
    """It is decided, by another person than who proposed it; accepted, the fact is recorded with its evidence.

    What was known before stays readable; the next assessment, review and roll reckon with the new fact. Refuses the person who
    proposed it, a decision other than the one proposed (that takes a return), no reason, whatever recording the fact refuses.
    """
    current = _current(finding, S.PROPOSED)
    proposed = _another_person(current, actor, "认定")
    outcome = S.ACCEPTED if accept else S.REJECTED
    if proposed.proposal != outcome:
        raise Refused(f"提出的意见是“{FindingState(proposed.proposal).label}”，与此认定不一致；如不同意，请退回重新核实。")
    recorded = record_what_was_found(current, actor=actor, on=on) if accept else ""
    _moved(current, outcome)
    said = _step(current, T.ACCEPTED if accept else T.REJECTED, reason, actor, on, told=recorded)
    remark(f"认定“{current.get_kind_display()}”{outcome.label}：{said}", basis=BASIS)
    return current


@action("verification.finding_reopened", permission=may_decide_finding)
def reopen_finding(*, finding: Finding, reason: str, document: Document | None = None, actor: Actor, on: date) -> Finding:
    """A decided finding is looked into again, on an objection with its evidence.

    What was recorded when it was accepted is taken back, and what was known before is known again.
    """
    current = _current(finding, S.ACCEPTED, S.REJECTED)
    undone = undo_what_was_recorded(current, actor=actor, on=on) if current.state == S.ACCEPTED else ""
    _moved(current, S.OPEN)
    said = _step(current, T.REOPENED, reason, actor, on, document=document, told=undone)
    remark(f"重新核查“{current.get_kind_display()}”：{said}", basis=BASIS)
    return current


@action("verification.contradiction_settled", permission=may_decide_finding)
def settle_contradiction(*, finding: Finding, holds: Hit, reason: str, actor: Actor, on: date) -> Finding:
    """Where two sources contradict each other, a named person has said which one holds, and why.

    Refuses a finding that is no contradiction or is settled, a record that is neither of the two, no reason.
    """
    current = Finding.objects.select_for_update().get(pk=finding.pk)
    _refuse_taken_up(current)
    if current.kind != FindingKind.CONTRADICTION:
        raise BadValue("只有“数据源之间不一致”需要裁定采信哪个来源。")
    if current.state in CLOSED:
        raise Refused("该疑点已经认定，如有异议请重新核查。")
    if holds.pk not in (current.hit_id, current.against_id):
        raise BadValue("请在两个来源的记录中选择一个。")
    outcome = S.ACCEPTED if holds.pk == current.hit_id else S.REJECTED
    _moved(current, outcome)
    told = f"采信{SOURCES[holds.source].label}"
    _step(current, T.ACCEPTED if outcome is S.ACCEPTED else T.REJECTED, reason, actor, on, told=told)
    remark(f"数据源不一致，采信{SOURCES[holds.source].label}：{reason.strip()}", basis=BASIS, holds=holds.pk)
    return current


def _current(finding: Finding, *states: FindingState) -> Finding:
    """The finding as it stands now, for whoever gave it may have read it before somebody else moved it."""
    current = Finding.objects.select_for_update().get(pk=finding.pk)
    _refuse_taken_up(current)
    if current.kind == FindingKind.CONTRADICTION and current.state not in CLOSED:
        raise Refused("数据源之间不一致的，请裁定采信哪个来源，并写明理由。")
    if current.state not in states:
        raise Refused(f"该疑点目前为“{FindingState(current.state).label}”，不能办理此步骤，请刷新后再看。")
    return current


def _refuse_taken_up(finding: Finding) -> None:
    if finding.state == S.CARRIED and finding.taken_up_by is not None:
        raise Refused(f"该疑点已并入后一次核对{finding.taken_up_by.inquiry.number}，请在那里办理。")


def _moved(finding: Finding, state: FindingState) -> None:
    finding.state = state
    finding.save(update_fields=["state", "reply_due_on"])


def _step(
    finding: Finding,
    step: StepTaken,
    reason: str,
    actor: Actor,
    on: date,
    *,
    proposal: str = "",
    document: Document | None = None,
    told: str = "",
) -> str:
    """The step stands with its reason and, after it, what came of it for the register (`told`); both are given back."""
    came = f"；{told}" if told else ""
    said = _reason(reason, _LONGEST - len(came)) + came
    FindingStep.objects.create(
        finding=finding,
        step=step,
        proposal=proposal,
        reason=said,
        document=document,
        taken_by_id=actor.id,
        taken_on=on,
    )
    return said


def _reason(reason: str, longest: int) -> str:
    said = reason.strip()
    if not said:
        raise BadValue("请写明理由。")
    if len(said) > longest:
        raise BadValue(f"理由最多{longest}字，请精简。")
    return said


def _another_person(finding: Finding, actor: Actor, verb: str) -> FindingStep:
    proposed = steps_of(finding).filter(step=T.PROPOSED).order_by("-id").first()
    assert proposed is not None  # the state says that there is one
    if proposed.taken_by_id == actor.id and not actor.is_system:
        raise Refused(f"提出意见的人不能自己{verb}，请由另一名审核人员办理。")
    return proposed
