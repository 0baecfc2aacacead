"""Asking other registers about a family, with its consent, and writing down by hand what they answered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import models

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, NotedRefusal, action, remark
from anmin.ground.documents.authority import authority
from anmin.ground.documents.numbers import next_number
from anmin.ground.people.models import Person
from anmin.ground.verification.consents import consented
from anmin.ground.verification.models import VerificationReport, VerificationRequest
from anmin.ground.verification.permissions import may_record_report, may_request_verification
from anmin.ground.verification.reports.content import summary_of
from anmin.ground.verification.validity import months_later
from anmin.ground.verification.vocabulary import Occasion, SourceName, VerificationResult, VerificationState

BASIS = "《最低生活保障审核确认办法》（民发〔2021〕57号）第十八条；江苏省人民政府令第126号"


@action("verification.requested", permission=may_request_verification)
def request_verification(
    *,
    case: Any,
    purpose: str,
    person_ids: Sequence[int],
    consent_on: date,
    occasion: Occasion = Occasion.ENTRY,
    actor: Actor,
    on: date,
) -> VerificationRequest:
    """The family's registers may be asked, for the subject `case`; `person_ids` are those who signed their consent.

    Basis: 民发〔2021〕57号 第十八条, 江苏省人民政府令第126号. Refuses a consent dated later than the request; and, with a
    line in the log, where the letter of any of them is missing, ended or withdrawn.
    """
    _refuse_without_letters(case, person_ids, on)
    if consent_on > on:
        raise BadValue(f"授权日期{consent_on}晚于提请核对的日期{on}，请核对。")
    subject: models.Model = case
    request = VerificationRequest.objects.create(
        household_id=case.household_id,
        purpose=purpose,
        occasion=occasion,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        source=SourceName.BY_HAND,
        persons=len(set(person_ids)),
        consented_by=sorted(set(person_ids)),
        consent_on=consent_on,
        area=case.area,
        requested_on=on,
        requested_by_id=actor.id,
    )
    remark(f"提请家庭经济状况核对 {request.persons} 人（{SourceName.BY_HAND.label}）", basis=BASIS, household=case.household_id)
    return request


@action("verification.reported", permission=may_record_report)
def record_report(
    *,
    request: VerificationRequest,
    result: str,
    sources: str,
    as_of: date,
    summary: str,
    valid_months: int,
    report_number: str = "",
    actor: Actor,
    on: date,
) -> VerificationRequest:
    """The request has its report: who was asked by hand, as of when, what they said; valid for so many months.

    A match is a hint and never decides. Basis: as for the request.
    Refuses: a second report, data dated later than the report, an empty summary.
    """
    if request.answered_on is not None:
        raise Refused(f"核对报告已于{request.answered_on}出具，不能重复出具；情况有变请重新提请核对。")
    if as_of > on:
        raise BadValue(f"数据截至日期{as_of}晚于出具报告的日期{on}，请核对。")
    if not summary.strip() or not sources.strip():
        raise BadValue("请写明查询的部门和单位，以及核对情况摘要。")
    if result not in VerificationResult.values:
        raise BadValue(f"核对结果应为：{'、'.join(VerificationResult.labels)}。")
    request.report_number = report_number.strip() or next_number(f"{authority().mark}核", year=on.year)
    request.state = VerificationState.ANSWERED
    request.answered_on, request.answered_by_id = on, actor.id
    request.valid_until = months_later(on, valid_months)
    request.findings = {"result": result, "sources": sources, "as_of": as_of.isoformat(), "summary": summary}
    request.save(update_fields=["report_number", "state", "answered_on", "answered_by", "valid_until", "findings"])
    remark(f"出具核对报告 {request.report_number}：{VerificationResult(result).label}", basis=BASIS)
    return request


@action("verification.report_taken_over", permission=may_record_report)
def take_over_report(*, request: VerificationRequest, report: VerificationReport, actor: Actor, on: date) -> VerificationRequest:
    """The report the platform issued answers the request; it holds as long as the report says.

    Refuses a second report, and one on another family or another inquiry.
    """
    if request.answered_on is not None:
        raise Refused(f"核对报告已于{request.answered_on}出具，不能重复出具；情况有变请重新提请核对。")
    if (report.inquiry_id, report.household_id) != (request.inquiry_id, request.household_id):
        raise BadValue(f"核对报告{report.number}不是对本件核对请求出具的。")
    request.report_number, request.state = report.number, VerificationState.ANSWERED
    request.answered_on, request.answered_by_id, request.valid_until = on, actor.id, report.valid_until
    request.findings = summary_of(report)
    request.save(update_fields=["report_number", "state", "answered_on", "answered_by", "valid_until", "findings"])
    remark(f"采用核对报告 {report.number}：{VerificationResult(report.result).label}", basis=BASIS)
    return request


def _refuse_without_letters(case: Any, person_ids: Sequence[int], on: date) -> None:
    letters = consented(person_ids, on=on)
    lacking = sorted(set(person_ids) - letters.keys())
    if person_ids and not lacking:
        return
    names = Person.objects.filter(pk__in=lacking).order_by("pk").values_list("name", flat=True)
    who = f"{'、'.join(names)}在{on}没有有效的核对授权书。" if lacking else ""
    raise NotedRefusal(
        f"{who}没有核对授权书不得查询，请先取得授权。",
        verb="verification.refused",
        subject=case,
        basis=BASIS,
        persons=lacking,
        household=case.household_id,
    )
