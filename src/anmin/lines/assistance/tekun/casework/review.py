"""The yearly look at somebody supported: self-care is graded anew, or support ends, after seven days of notice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases import progress
from anmin.ground.cases.casetypes import CaseType, Clock, Need, Phase, Step
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements import actions as entitlements
from anmin.ground.entitlements.models import Entitlement
from anmin.ground.entitlements.vocabulary import EndReason, StopReason
from anmin.ground.people.models import Person
from anmin.ground.people.queries import person_by_identity_number
from anmin.lines.assistance.tekun.casework import papers
from anmin.lines.assistance.tekun.casework.applicant import APPLICANT, LIMIT, next_reassessment
from anmin.lines.assistance.tekun.casework.application import VISIT_NEEDS
from anmin.lines.assistance.tekun.funeral import award_funeral, funeral_amount, last_month_due
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
        return _payee_problem(situation)
    return None


def _payee_problem(situation: Situation) -> str | None:
    """Money goes to somebody whose account is on record."""
    number = situation.data.get("funeral_payee")
    if not number:
        return None if _who_is_paid_already(situation) else "请填写“丧葬费领款人身份证号”：供养金没有另外的领款人。"
    try:
        payee = person_by_identity_number(situation.actor, str(number))
    except BadValue as fault:
        return f"“丧葬费领款人身份证号”：{fault.message}"
    if payee is None:
        return "“丧葬费领款人身份证号”尚未登记，或不在您的管辖范围内，请先建立人员档案并登记银行账户。"
    return f"丧葬费领款人{payee.name}已去世，请另行填写。" if payee.died_on is not None else None


def _who_is_paid_already(situation: Situation) -> Person | None:
    """Whoever received the support for the person, where that was somebody else, alive."""
    held = _held(situation)
    return held.payee if held.payee_id != held.holder_id and held.payee.died_on is None else None


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
    return {"review_due_on": str(due), **APPLICANT.keep(situation)}


def keep_payee(situation: Situation) -> Mapping[str, Any]:
    """Who is paid for the funeral is kept by record and masked number; the number itself is not."""
    if situation.data.get("end_reason") != EndReason.DIED:
        return {"funeral_payee": ""}
    number = situation.data.get("funeral_payee")
    payee = person_by_identity_number(situation.actor, str(number)) if number else _who_is_paid_already(situation)
    assert payee is not None  # checked when it was proposed
    return {"funeral_payee": f"{payee.name}（{payee.identity_mask}）", "funeral_payee_id": payee.pk}


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
        told |= _funeral(situation, held, last_month_due(died_on))
    entitlements.end_entitlement(
        entitlement=held, valid_until=month.last_day, reason=reason, actor=situation.actor, on=situation.on
    )
    return told


def _funeral(situation: Situation, held: Entitlement, month: Month) -> dict[str, Any]:
    """The sum by the standard of the last month due is on its way to a roll.

    Where too little is known to say how much, the rolls pass it over until it is known.
    """
    amount = funeral_amount(held, month)
    payee = Person.objects.get(pk=situation.answer("propose", "funeral_payee_id"))
    if amount == 0:
        return {"funeral_amount": amount}
    award = award_funeral(held=held, payee=payee, month=month, case=situation.case, actor=situation.actor, on=situation.on)
    return {"funeral_amount": amount, "funeral_payee": payee.name, "funeral_entitlement": award.entitlement_id}


def funeral_lines(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the end brought about, for the page of the case."""
    last = Month.from_date(date.fromisoformat(str(data["valid_until"])))
    lines = [("最后发放月份", last.label), ("终止原因", str(EndReason(data["end_reason"]).label))]
    if data.get("funeral_amount"):
        sum_of = format_yuan(int(data["funeral_amount"]))
        lines.append(("丧葬费", f"{sum_of}元，由{data['undertaker']}办理，付给{data['funeral_payee']}，列入丧葬费名册"))
    elif "funeral_entitlement" in data:
        lines.append(("丧葬费", "资料不全，暂不能核定金额；补录后由下一期丧葬费名册支付"))
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
                Need("end_reason", "终止原因", "choice", required=False, choices=StopReason),
                Need("undertaker", "办理丧葬的单位或个人", "text", required=False, hint="死亡的填写"),
                Need(
                    "funeral_payee", "丧葬费领款人身份证号", "text", required=False,
                    hint="死亡的填写，须已登记人员档案；不填即付给原供养金领款人",
                ),
                Need("explanation", "情况说明", "long_text"),
            ),
            data_checks=(proposal_is_complete,), effect=keep_payee, basis=NATIONAL,
        ),
        Step(
            "post_end_notice", "终止公示", TOWN, (R.PROPOSED,), R.ON_NOTICE, needs=(Need("places", "公示地点", "text"),),
            checks=(proposes_to_end,), hint="公示七天；死亡的不公示。", basis=NATIONAL,
        ),
        Step(
            "return_to_town", "退回重新评估", (*SECTION, *COUNTY), (R.PROPOSED, R.ON_NOTICE), R.OPENED,
            needs=(Need("reason", "退回的原因", "long_text"),), basis=NATIONAL,
        ),
        Step(
            "keep", "继续供养", COUNTY, (R.PROPOSED,), R.KEPT, papers=(papers.KEPT_NOTICE.kind,), checks=(proposes_to_keep,),
            effect=keep, basis=NATIONAL,
        ),
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
