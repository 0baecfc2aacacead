"""The yearly look at somebody supported: self-care is graded anew, or support ends, after seven days of notice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from anmin.base.periods import Month
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases import progress
from anmin.ground.cases.casetypes import CaseType, Clock, Need, Phase, Step
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements import actions as entitlements
from anmin.ground.entitlements.claims import claims_of
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.entitlements.reckoning import why
from anmin.ground.entitlements.vocabulary import EndReason
from anmin.lines.assistance.tekun.casework import papers
from anmin.lines.assistance.tekun.casework.applicant import APPLICANT, LIMIT, next_reassessment
from anmin.lines.assistance.tekun.casework.application import VISIT_NEEDS
from anmin.lines.assistance.tekun.rules import PROGRAMME
from anmin.lines.assistance.tekun.vocabulary import BASIS, BENEFIT, NATIONAL, REVIEW, REVIEW_LABEL, Proposal, ReviewState

R = ReviewState
TOWN, SECTION, COUNTY = (Role.TOWN_CLERK,), (Role.SECTION_REVIEWER,), (Role.DECISION_MAKER,)


def _held(situation: Situation) -> Entitlement:
    assert situation.case.entitlement is not None  # a review is opened about one
    return situation.case.entitlement


# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def entitlement_runs(situation: Situation) -> str | None:
    held = situation.case.entitlement
    if held is None or held.benefit != BENEFIT:
        return "复核应当针对一份正在执行的特困供养，请先选定待遇。"
    if held.valid_until is not None and held.valid_until < situation.on:
        return f"{held.number} 已于{held.valid_until}停发，无须复核。"
    return None


def proposal_is_complete(situation: Situation) -> str | None:
    data, died_on = situation.data, _held(situation).holder.died_on
    if data["proposal"] == Proposal.KEEP:
        if died_on is not None and died_on <= situation.on:
            return "供养对象已死亡，应当终止供养。"
        return None if situation.took("reassess") else "继续供养的，请先登记本次生活自理能力评估。"
    if not data.get("end_reason"):
        return "终止供养的，请选择“终止原因”。"
    if data["end_reason"] == EndReason.DIED:
        if died_on is None:
            return "尚未登记死亡日期，请先在人员档案中登记。"
        if not str(data.get("undertaker") or "").strip():
            return "请填写“办理丧葬的单位或个人”：集中供养由机构办理，分散供养由村（居）或亲属办理。"
    return None


def proposes_to_end(situation: Situation) -> str | None:
    return None if situation.answer("propose", "proposal") == Proposal.END else "复核意见为继续供养，不需要公示。"


def proposes_to_keep(situation: Situation) -> str | None:
    if situation.answer("propose", "proposal") == Proposal.KEEP:
        return None
    return "镇（街道）的意见为终止供养；如不同意，请退回重新评估。"


def end_was_posted(situation: Situation) -> str | None:
    """The end hangs out for seven days; a death needs no notice."""
    if proposes_to_end(situation) is not None:
        return "镇（街道）的意见为继续供养，与此决定不一致。"
    if situation.answer("propose", "end_reason") == EndReason.DIED:
        return None
    if not situation.took("post_end_notice", since="propose"):
        return "终止供养应当先公示七天。"
    end = progress.end_of_wait(situation, "end_notice")
    return f"公示期至{end}届满，次日起方可办理。" if end is not None and situation.on <= end else None


# ── effects ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def keep(situation: Situation) -> Mapping[str, Any]:
    """Support goes on; self-care is graded again within the year."""
    due = next_reassessment((Month.from_date(situation.on) + 1).first_day)
    entitlements.set_review(
        entitlement=_held(situation), review_class="", review_due_on=due, actor=situation.actor, on=situation.on
    )
    return {"review_due_on": str(due)}


def end_support(situation: Situation) -> Mapping[str, Any]:
    """Support ends with the month of the fact: of the death, or of this decision; a death brings the cost of the funeral."""
    held, reason = _held(situation), EndReason(situation.answer("propose", "end_reason"))
    died_on = held.holder.died_on if reason is EndReason.DIED else None
    month = Month.from_date(died_on or situation.on)
    told: dict[str, Any] = {
        "valid_until": str(month.last_day),
        "end_reason": reason.value,
        "holder_name": held.holder.name,
        "undertaker": situation.answer("propose", "undertaker") or "",
    }
    if died_on is not None:
        told["funeral_amount"] = _funeral(held, month)
    entitlements.end_entitlement(
        entitlement=held, valid_until=month.last_day, reason=reason, actor=situation.actor, on=situation.on
    )
    return told


def _funeral(held: Entitlement, month: Month) -> int | None:
    """The sum for the funeral by the standard of the month of the death; None where too little is known to say.

    On the first day of that month the person lived, so the rules see somebody who is supported.
    """
    said = why(PROGRAMME, claims_of(PROGRAMME, np.array([held.pk], dtype=np.int64), month), month)
    row = list(said.who["person"]).index(held.holder.name)
    return said.values["funeral_amount"][row]


def funeral_lines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the end brought about, for the page of the case."""
    last = Month.from_date(date.fromisoformat(str(data["valid_until"])))
    lines = [("最后发放月份", last.label), ("终止原因", str(EndReason(data["end_reason"]).label))]
    if data.get("funeral_amount"):
        lines.append(("丧葬费", f"{int(data['funeral_amount']) / 100:,.2f}元，由{data['undertaker']}办理"))
    return lines


TEKUN_REVIEW = CaseType(
    kind=REVIEW,
    label=REVIEW_LABEL,
    basis=BASIS,
    states=ReviewState,
    final=frozenset((R.KEPT, R.ENDED)),
    steps=(
        Step(
            "open", "开展复核", (*TOWN, *SECTION), (), R.OPENED,
            needs=(Need("reason", "复核的缘由", "text"),), checks=(entitlement_runs,), basis=NATIONAL,
        ),
        Step(
            "reassess", "生活自理能力评估", TOWN, (R.OPENED,), None, needs=VISIT_NEEDS, effect=APPLICANT.record_care,
            hint="状况变化的随时评估，其他每年评估一次。", basis=NATIONAL,
        ),
        Step(
            "propose", "提出复核意见", TOWN, (R.OPENED,), R.PROPOSED,
            needs=(
                Need("proposal", "复核意见", "choice", choices=Proposal),
                Need("end_reason", "终止原因", "choice", required=False, choices=EndReason),
                Need("undertaker", "办理丧葬的单位或个人", "text", required=False, hint="死亡的填写"),
                Need("explanation", "情况说明", "long_text"),
            ),
            data_checks=(proposal_is_complete,), basis=NATIONAL,
        ),
        Step(
            "post_end_notice", "终止公示", TOWN, (R.PROPOSED,), R.ON_NOTICE, needs=(Need("places", "公示地点", "text"),),
            checks=(proposes_to_end,), hint="公示七天；死亡的不公示。", basis=NATIONAL,
        ),
        Step(
            "return_to_town", "退回重新评估", (*SECTION, *COUNTY), (R.PROPOSED, R.ON_NOTICE), R.OPENED,
            needs=(Need("reason", "退回的原因", "long_text"),), basis=NATIONAL,
        ),
        Step("keep", "继续供养", COUNTY, (R.PROPOSED,), R.KEPT, checks=(proposes_to_keep,), effect=keep, basis=NATIONAL),
        Step(
            "end_support", "决定终止供养", COUNTY, (R.PROPOSED, R.ON_NOTICE), R.ENDED, papers=(papers.END_NOTICE.kind,),
            checks=(end_was_posted,), different_person_from=("propose",), effect=end_support, outcome=funeral_lines,
            basis=NATIONAL,
        ),
    ),
    clocks=(
        Clock(
            "end_notice", "终止公示期", ("post_end_notice",), ("end_support", "return_to_town"), LIMIT + "end_notice_days",
            NATIONAL, waits=True, of="镇（街道）",
        ),
    ),
    series="TKR",
    papers=papers.REVIEW_PAPERS,
    phases=(Phase("评估", (R.OPENED,)), Phase("意见公示", (R.PROPOSED, R.ON_NOTICE))),
)  # fmt: skip
