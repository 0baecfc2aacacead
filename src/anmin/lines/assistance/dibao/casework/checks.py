"""What must be so before a step of dibao casework; each answers with the reason in Chinese, or with nothing."""

from collections.abc import Sequence
from datetime import date

from anmin.ground.cases import progress
from anmin.ground.cases.departures import unreasoned
from anmin.ground.cases.situation import Situation
from anmin.ground.policy.book import policy
from anmin.ground.verification.models import VerificationRequest
from anmin.ground.verification.requests import requests_of
from anmin.lines.assistance.dibao.casework import assessment, entitled
from anmin.lines.assistance.dibao.vocabulary import (
    APPLICATION,
    BENEFIT,
    REVIEW,
    Layer,
    MissingPaper,
    Opinion,
    Proposal,
    ReviewOccasion,
    Route,
)


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


# --- opening ---------------------------------------------------------------------------------------------------------


def no_open_application(situation: Situation) -> str | None:
    open_one = progress.open_case_of(household_id=situation.case.household_id, kind=APPLICATION)
    return f"该家庭已有正在办理的低保申请（{open_one}），不能重复申请。" if open_one else None


def applicant_is_alive_member(situation: Situation) -> str | None:
    applicant = situation.case.applicant
    if applicant.died_on is not None and applicant.died_on <= situation.on:
        return f"申请人{applicant.name}已于{applicant.died_on}死亡，请由其他共同生活的家庭成员提出申请。"
    if applicant.pk not in {row.person_id for row in situation.members}:
        return f"{applicant.name}在{situation.on}不是该家庭的成员，不能作为申请人。"
    return None


def applied_for_live_here(situation: Situation) -> str | None:
    """Those for whom it is asked are alive and of the household on the day; the dead stand in the family's history only."""
    here = {row.person_id for row in situation.members}
    wanted = set(situation.data.get("applied_for") or ()) - here
    for row in situation.family:
        if row.person_id not in wanted:
            continue
        if row.person.died_on is not None and row.person.died_on <= situation.on:
            return f"“申请保障的成员”中，{row.person.name}已于{row.person.died_on}死亡，请去掉后再提交。"
        return f"“申请保障的成员”中，{row.person.name}在{situation.on}不是该家庭的成员，请去掉后再提交。"
    return None


def no_open_review(situation: Situation) -> str | None:
    open_one = progress.open_case_of(household_id=situation.case.household_id, kind=REVIEW)
    return f"该家庭已有正在办理的低保复核（{open_one}），请在原复核中办理。" if open_one else None


def entitlement_runs(situation: Situation) -> str | None:
    entitlement = situation.case.entitlement
    if entitlement is None or entitlement.benefit != BENEFIT:
        return "复核应当针对一份正在执行的低保待遇，请先选定待遇。"
    if entitlement.valid_until is not None and entitlement.valid_until < situation.on:
        return f"该家庭的低保已于{entitlement.valid_until}停发，无须复核。"
    return None


# --- papers ----------------------------------------------------------------------------------------------------------


def every_missing_paper_supplied(situation: Situation) -> str | None:
    missing = set(situation.answer("request_papers", "missing") or ()) - set(situation.data.get("supplied") or ())
    if not missing:
        return None
    labels = "、".join(str(MissingPaper(paper).label) for paper in MissingPaper.values if paper in missing)
    return f"还缺少一次性告知的材料：{labels}。补齐后再登记。"


# --- verification ----------------------------------------------------------------------------------------------------


def _requests(situation: Situation) -> list[VerificationRequest]:
    if "verifications" not in situation.memo:
        situation.memo["verifications"] = requests_of(situation.case) if situation.case.pk else []
    found: list[VerificationRequest] = situation.memo["verifications"]
    return found


def no_verification_under_way(situation: Situation) -> str | None:
    waiting = next((request for request in _requests(situation) if request.answered_on is None), None)
    return f"已于{waiting.requested_on}提请核对，尚未出具报告，不必重复提请。" if waiting else None


def verification_requested(situation: Situation) -> str | None:
    if any(request.answered_on is None for request in _requests(situation)):
        return None
    return "镇（街道）尚未提请信息核对，或者核对报告已经出具。"


def verification_not_started(situation: Situation) -> str | None:
    started = situation.last("start_verification")
    if started is not None and situation.took("start_verification", since="request_verification"):
        return f"信息核对已于{started.on}启动。"
    return None


def consent_is_not_later(situation: Situation) -> str | None:
    return "授权日期不能晚于提请核对的日期。" if _day(situation.data["consent_on"]) > situation.on else None


def as_of_is_not_later(situation: Situation) -> str | None:
    return "数据截至日期不能晚于出具报告的日期。" if _day(situation.data["as_of"]) > situation.on else None


def has_valid_report(situation: Situation) -> str | None:
    answered = [request for request in _requests(situation) if request.answered_on is not None]
    if not answered:
        return "没有家庭经济状况核对报告。逢进必核：未经核对的，不得提出初审意见或者作出决定。"
    until = max(request.valid_until for request in answered if request.valid_until is not None)
    if until < situation.on:
        return f"核对报告的有效期已于{until}届满，请重新提请核对。"
    return None


# --- visits ----------------------------------------------------------------------------------------------------------


def two_investigators(situation: Situation) -> str | None:
    staff = set(situation.data.get("investigators") or ())
    others = 1 if str(situation.data.get("other_investigator") or "").strip() else 0
    fewest = policy().value("assistance.dibao.casework.visit_investigators", on=situation.on)
    assert isinstance(fewest, int)  # the unit is persons
    if len(staff) + others < fewest:
        return f"入户调查每组不得少于{fewest}人，其中至少一名工作人员，请补充另一名调查人员。"
    return None


def visited_in_the_case(situation: Situation) -> str | None:
    return _within_the_case(situation, "visited_on", "入户日期")


def held_in_the_case(situation: Situation) -> str | None:
    return _within_the_case(situation, "held_on", "评议日期")


def told_in_the_case(situation: Situation) -> str | None:
    return _within_the_case(situation, "told_on", "告知日期")


def _within_the_case(situation: Situation, name: str, label: str) -> str | None:
    day = _day(situation.data[name])
    if day > situation.on:
        return f"{label}{day}晚于登记日期{situation.on}，请核对。"
    if day < situation.case.opened_on:
        return f"{label}{day}早于本件的起始日期{situation.case.opened_on}，请核对。"
    return None


def has_visit(situation: Situation) -> str | None:
    # After a return or an upheld objection the old visit no longer carries the opinion.
    since = max(
        (action for action in situation.all("return_to_town", "uphold_objection")),
        key=lambda action: action.sequence,
        default=None,
    )
    visit = situation.last("record_visit", "record_county_visit")
    if visit is None:
        return "尚未入户调查，不能提出初审意见。"
    if since is not None and visit.sequence < since.sequence and since.step == "return_to_town":
        return "材料退回后尚未重新入户调查，不能提出初审意见。"
    return None


def looked_again_since_objection(situation: Situation) -> str | None:
    if situation.took("record_visit", "appraise", since="raise_objection"):
        return None
    return "有异议的，应当重新调查或者组织民主评议，再作出复查结论。"


def county_visited_near_relative(situation: Situation) -> str | None:
    if situation.took("file_near_relative") and not situation.took("record_county_visit"):
        return "本件有近亲属备案，县级民政部门应当入户调查后再审核。"
    return None


# --- opinion and notice ----------------------------------------------------------------------------------------------


def opinion_is_complete(situation: Situation) -> str | None:
    data = situation.data
    if data["opinion"] == Opinion.REFUSE:
        return None if data.get("refusal_reason") else "拟不予确认的，请选择“不予确认的理由”。"
    if (data.get("layer") or Layer.DIBAO) != Layer.DIBAO:
        return _family_is_whole(situation)
    for name, label in (("route", "保障方式"), ("review_class", "复核类别")):
        if not data.get(name):
            return f"拟同意确认的，请填写“{label}”。"
    if data["route"] == Route.SINGLE and len(data.get("covered") or ()) != 1:
        return "单人保请选择一名保障成员。"
    if len(data.get("payee") or ()) > 1:
        return "领款人只能选择一人。"
    return None


def _family_is_whole(situation: Situation) -> str | None:
    """Of the classes without monthly money only the family as one is recognised."""
    if situation.data.get("route") == Route.SINGLE:
        return "低保边缘、刚性支出困难按整户认定，不能选择单人保。"
    return None


def rules_allow_the_opinion(situation: Situation) -> str | None:
    data = situation.data
    if data["opinion"] != Opinion.GRANT:
        return None
    covered = data.get("covered") or []
    layer = data.get("layer") or Layer.DIBAO
    route = data.get("route") or Route.HOUSEHOLD
    found = assessment.of_layer(situation, layer, route, covered)
    return found.refusal(covered) or (_tekun_first(situation, found, route, covered) if layer == Layer.DIBAO else None)


def _tekun_first(situation: Situation, found: assessment.Assessed, route: str, claimants: Sequence[int]) -> str | None:
    """Whoever meets the conditions of tekun is not covered by dibao: that class comes before it, and gives more."""
    classes = assessment.classified(situation, route, claimants)
    first = set(classes.members_of("tekun")) & set(found.covered)
    if not first:
        return None
    names = "、".join(name for each, name in zip(classes.people, classes.names, strict=True) if each in first)
    return f"{names}符合特困人员救助供养条件，按分类认定的顺序应先认定特困，不能纳入低保。请为其提出特困供养申请。"


def departure_is_reasoned(situation: Situation) -> str | None:
    """Whoever proposes to refuse, or refuses, a family that the rules find eligible says why."""
    data, step = situation.data, situation.step
    if data.get("opinion", Opinion.REFUSE) == Opinion.GRANT:
        return None
    told = data if step is not None and step.name == "examine" else {}
    layer = told.get("layer") or assessment.layer_of(situation)
    route = told.get("route") or assessment.route_of(situation)
    covered = told.get("covered") or situation.answer("examine", "covered") or []
    return unreasoned(situation, assessment.of_layer(situation, layer, route, covered).outcome)


def rules_still_grant(situation: Situation) -> str | None:
    covered = situation.answer("examine", "covered") or []
    return assessment.of_layer(situation, assessment.layer_of(situation), assessment.route_of(situation), covered).refusal(
        covered
    )


def proposed_to_grant(situation: Situation) -> str | None:
    if situation.answer("examine", "opinion") != Opinion.GRANT:
        return "镇（街道）的初审意见为拟不予确认，不能办理此步骤。"
    return None


def county_proposes_to_grant(situation: Situation) -> str | None:
    if situation.answer("review_file", "opinion") != Opinion.GRANT:
        return "县级审核意见为拟不予确认；如需确认，请退回重新调查。"
    return None


def grant_rests_on_the_town(situation: Situation) -> str | None:
    if situation.data["opinion"] == Opinion.GRANT and situation.answer("examine", "opinion") != Opinion.GRANT:
        return "镇（街道）的初审意见为拟不予确认且未经公示；如拟同意，请退回镇（街道）重新调查并公示。"
    return None


def notice_still_hangs(situation: Situation) -> str | None:
    end = progress.end_of_wait(situation, "notice")
    if end is not None and situation.on > end:
        return f"公示期已于{end}届满。此后的反映请按信访举报处理，或由县级退回重新调查。"
    return None


def notice_is_over(situation: Situation) -> str | None:
    end = progress.end_of_wait(situation, "notice")
    if end is not None and situation.on <= end:
        return f"公示期至{end}届满，次日起方可办理。"
    return None


def notice_hung_if_granting(situation: Situation) -> str | None:
    if situation.answer("examine", "opinion") == Opinion.GRANT and not situation.took("close_notice", since="examine"):
        return "拟同意确认的申请应当先张榜公示七天，公示完毕后再报送。"
    return None


def served_after_decision(situation: Situation) -> str | None:
    decided = situation.last("refuse")
    served = _day(situation.data["served_on"])
    if served > situation.on:
        return f"送达日期{served}晚于登记日期{situation.on}，请核对。"
    if decided is not None and served < decided.on:
        return f"送达日期{served}早于决定日期{decided.on}，请核对。"
    return None


# --- review ----------------------------------------------------------------------------------------------------------


def _every_covered_person_died(situation: Situation) -> bool:
    if "all_died" not in situation.memo:
        situation.memo["all_died"] = entitled.everyone_died(situation.case.entitlement, on=situation.on)
    return bool(situation.memo["all_died"])


def _short_path(situation: Situation) -> bool:
    """Nobody is left to be visited or told: the death of the only member, or of all of them."""
    return situation.answer("open", "occasion") == ReviewOccasion.DEATH and _every_covered_person_died(situation)


def reviewed_enough(situation: Situation) -> str | None:
    if _short_path(situation) or situation.answer("open", "occasion") == ReviewOccasion.WITHDRAWAL:
        return None
    if not situation.took("record_visit"):
        return "尚未入户走访，不能提出复核意见。"
    return has_valid_report(situation)


def review_is_verified(situation: Situation) -> str | None:
    return has_valid_report(situation)


def proposal_is_complete(situation: Situation) -> str | None:
    data = situation.data
    proposal = Proposal(data["proposal"])
    covered = entitled.covered_ids(situation.case.entitlement, on=situation.on)
    if proposal in (Proposal.STOP, Proposal.GRACE) and not data.get("end_reason"):
        return "停发或渐退、缓退的，请选择“停发或减员的理由”。"
    if proposal is Proposal.GRACE and (not data.get("grace_kind") or data.get("previous_amount") is None):
        return "渐退、缓退的，请填写“渐退或缓退”和“此前的月保障金额”。"
    if proposal is Proposal.CHANGE:
        removed, added = set(data.get("removed") or ()), set(data.get("added") or ())
        if not removed and not added:
            return "调整保障成员的，请选择停止保障或增加保障的成员。"
        if removed and not data.get("end_reason"):
            return "停止部分成员保障的，请选择“停发或减员的理由”。"
        if removed - covered:
            return "所选停止保障的成员目前不在保障范围内，请核对。"
        if added & covered:
            return "所选增加保障的成员已经在保障范围内，请核对。"
        if removed >= covered and not added:
            return "全部成员停止保障的，请选择“停发”。"
    if proposal is Proposal.KEEP and _every_covered_person_died(situation):
        return "保障成员均已死亡，应当停发。"
    return None


def proposes_less(situation: Situation) -> str | None:
    if situation.answer("propose", "proposal") == Proposal.KEEP:
        return "复核意见为继续保障，不需要办理减发、停发告知。"
    return None


def family_was_told(situation: Situation) -> str | None:
    if _short_path(situation) or situation.took("tell_family", since="propose"):
        return None
    if situation.answer("propose", "proposal") == Proposal.CHANGE and not situation.answer("propose", "removed"):
        return None
    return "减发、停发应当先告知家庭并说明理由，请先办理“告知家庭并说明理由”。"


def _proposal_is(situation: Situation, proposal: Proposal) -> str | None:
    said = situation.answer("propose", "proposal")
    if said == proposal:
        return None
    return f"镇（街道）的复核意见为“{Proposal(said).label}”，与此决定不一致；如不同意，请退回重新复核。"


def proposal_is_to_keep(situation: Situation) -> str | None:
    return _proposal_is(situation, Proposal.KEEP)


def proposal_is_to_change(situation: Situation) -> str | None:
    return _proposal_is(situation, Proposal.CHANGE)


def proposal_is_to_stop(situation: Situation) -> str | None:
    return _proposal_is(situation, Proposal.STOP)


def proposal_is_grace(situation: Situation) -> str | None:
    return _proposal_is(situation, Proposal.GRACE)
