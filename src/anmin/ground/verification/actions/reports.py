"""The report on one household is issued: numbered, sealed, on paper."""

from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.documents.actions import issue_document
from anmin.ground.documents.authority import authority
from anmin.ground.documents.numbers import next_number
from anmin.ground.people.models import Household
from anmin.ground.verification.actions.requests import BASIS
from anmin.ground.verification.models import Inquiry, VerificationReport
from anmin.ground.verification.permissions import may_issue_report
from anmin.ground.verification.queries.roll_up import household_roll_up
from anmin.ground.verification.reports.content import content_of, result_of, unchanged_in
from anmin.ground.verification.reports.paper import TITLE, paper_of
from anmin.ground.verification.reports.proof import seal_of
from anmin.ground.verification.validity import months_later, valid_months
from anmin.ground.verification.vocabulary import CLOSED, FindingKind, Occasion, VerificationResult

KIND = "verification.report"


@action("verification.report_issued", permission=may_issue_report)
def issue_report(*, inquiry: Inquiry, household: Household, actor: Actor, on: date) -> VerificationReport:
    """The report has its number and its seal and lies there as .docx and PDF; it never changes, and holds for a time.

    Basis: 省政府令第126号. Refuses: an inquiry that is not done, or did not ask about the household; doubtful matches nobody has
    looked at and contradictions nobody has settled; a report that says the same as the last one.
    """
    if inquiry.done_on is None:
        raise Refused(f"{inquiry.number}尚未完成，不能出具核对报告。")
    found = household_roll_up(actor, household, inquiry)
    if found is None or not found.people:
        raise BadValue(f"{inquiry.number}没有核对家庭{household.number}。")
    if found.queue:
        raise Refused(f"该家庭还有{found.queue}条疑似记录没有辨认是否本人，辨认后再出具报告。")
    unsettled = sum(each.kind == FindingKind.CONTRADICTION and each.state not in CLOSED for each in found.findings)
    if unsettled:
        raise Refused(f"该家庭还有{unsettled}处数据源之间不一致没有裁定，裁定后再出具报告。")
    occasion = Occasion(inquiry.occasion)
    until, result = months_later(on, valid_months(occasion, on)), result_of(found)
    last = VerificationReport.objects.filter(inquiry=inquiry, household=household).order_by("-id").first()
    content = content_of(found, number="", issued_on=on, valid_until=until)
    if last is not None and unchanged_in(last.content) == unchanged_in(content):
        raise Refused(f"已于{last.issued_on}出具{last.number}，此后没有变化，不必重复出具。")
    content["number"] = number = next_number(f"{authority().mark}核", year=on.year)
    seal = seal_of(content)
    document = issue_document(
        kind=KIND,
        title=TITLE,
        subject=inquiry,
        part=f"{household.pk}/{number}",
        area=household.area,
        content=paper_of(content, seal),
        actor=actor,
        on=on,
    )
    report = VerificationReport.objects.create(
        number=number,
        inquiry=inquiry,
        household=household,
        area=household.area,
        result=result,
        content=content,
        seal=seal,
        issued_on=on,
        issued_by_id=actor.id,
        valid_until=until,
        document=document,
    )
    remark(f"出具核对报告 {number}：{VerificationResult(result).label}，有效期至{until}", basis=BASIS, household=household.pk)
    return report
