"""What the steps of verification bring about: letters are filed, the family's request goes out, its report comes back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import NotedRefusal
from anmin.ground.cases.situation import Situation
from anmin.ground.people.models import Person
from anmin.ground.policy.book import policy
from anmin.ground.verification import actions as verification
from anmin.ground.verification.consents import consented, withdrawn
from anmin.ground.verification.models import VerificationRequest
from anmin.ground.verification.requests import report_of, requests_of
from anmin.ground.verification.validity import valid_months
from anmin.ground.verification.vocabulary import Occasion

REVIEW_KIND = ".review"


def request_verification(situation: Situation) -> Mapping[str, Any]:
    """The letters that were signed at the counter are filed, and the request goes to the county.

    Refuses, with a line in the log, while somebody in the family has not signed.
    """
    wanted, signed_on = set(situation.data.get("consented_by") or ()), date.fromisoformat(situation.data["consent_on"])
    if unsigned := [row.person for row in situation.members if row.person_id not in wanted]:
        raise NotedRefusal(
            f"{'、'.join(person.name for person in unsigned)}尚未签署核对授权书。没有授权不得查询，请先取得授权。",
            verb="verification.refused",
            subject=situation.case,
            basis=verification.BASIS,
            persons=sorted(person.pk for person in unsigned),
            household=situation.case.household_id,
        )
    _file_letters(situation, [row.person for row in situation.members if row.person_id in wanted], signed_on)
    request = verification.request_verification(
        case=situation.case,
        purpose=situation.case.kind,
        occasion=_occasion(situation),
        person_ids=sorted(wanted),
        consent_on=signed_on,
        actor=situation.actor,
        on=situation.on,
    )
    return {"verification": request.pk, "source": request.source}


def record_verification_report(situation: Situation) -> Mapping[str, Any]:
    """The offices were asked by hand; what they said is the report."""
    request = verification.record_report(
        request=_waiting(situation),
        result=str(situation.data["result"]),
        sources=str(situation.data["sources"]),
        as_of=date.fromisoformat(situation.data["as_of"]),
        summary=str(situation.data["summary"]),
        report_number=str(situation.data.get("report_number") or ""),
        valid_months=valid_months(_occasion(situation), situation.on),
        actor=situation.actor,
        on=situation.on,
    )
    return {"verification": request.pk, "report_number": request.report_number, "valid_until": str(request.valid_until)}


def take_over_report(situation: Situation) -> Mapping[str, Any]:
    """The report that the platform made of the departments' data is the report of this case."""
    report = report_of(_waiting(situation))
    assert report is not None  # checked before the step
    request = verification.take_over_report(request=_waiting(situation), report=report, actor=situation.actor, on=situation.on)
    return {
        "verification": request.pk,
        "report_number": request.report_number,
        "valid_until": str(request.valid_until),
        "result": report.result,
    }


def report_was_issued(situation: Situation) -> str | None:
    """A report of the platform is there to be taken over."""
    waiting = next((each for each in requests_of(situation.case) if each.answered_on is None), None)
    if waiting is not None and waiting.inquiry_id is None:
        return "核对请求尚未与部门数据核对；请在“信息核对”中核对，或者人工查询后出具核对报告。"
    if waiting is None or report_of(waiting) is None:
        return "核对报告尚未出具，请先在“信息核对”中出具核对报告。"
    return None


def _waiting(situation: Situation) -> VerificationRequest:
    return next(each for each in reversed(requests_of(situation.case)) if each.answered_on is None)


def _occasion(situation: Situation) -> Occasion:
    return Occasion.REVIEW if situation.case.kind.endswith(REVIEW_KIND) else Occasion.ENTRY


def _file_letters(situation: Situation, people: list[Person], signed_on: date) -> None:
    """Who has no letter in force has one from now on: signed on that day, for a minor by a grown-up of the family.

    A letter that is in force stays the only one, even where it names fewer sources. Who withdrew on that day or after it has
    none, and the request is refused: a letter signed anew the same day is recorded by itself.
    """
    ids = {person.pk for person in people}
    known, gone = consented(ids, on=situation.on), withdrawn(ids)
    unsigned = [
        person for person in people if person.pk not in known and not (person.pk in gone and signed_on <= gone[person.pk])
    ]
    minors = [person for person in unsigned if not _is_of_age(person, signed_on)]
    grown_up = next((each for each in (situation.case.applicant, *people) if _is_of_age(each, signed_on)), None)
    if minors and grown_up is None:
        names = "、".join(person.name for person in minors)
        raise Refused(f"{names}未成年，家庭中没有成年人代为签署；请先登记监护人签署的核对授权书，再提请核对。")
    letters = [
        verification.Letter(person=person, signed_on=signed_on, signed_by=grown_up if person in minors else None)
        for person in unsigned
    ]
    if letters:
        verification.record_consents(letters=letters, area=situation.case.area, actor=situation.actor, on=situation.on)


def _is_of_age(person: Person, on: date) -> bool:
    adult = policy().value("verification.consents.adult_age", on=on)
    assert isinstance(adult, int)  # the unit is years
    born = person.birth_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= adult
