"""What other rooms know of a family, as rows of the pages of persons and households."""

from collections.abc import Iterable
from typing import Any

from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, StartReason
from anmin.ground.payments.vocabulary import PaymentState
from anmin.ground.people.queries import FactGroup, KnownFact
from anmin.ground.people.vocabulary import AbsenceReason, DutyOfSupport, Relation
from anmin.ground.verification.vocabulary import VerificationResult, VerificationState
from anmin.web.benefits.naming import everything
from anmin.web.people.readers import household_url, person_url
from anmin.web.records import benefit_why, record_url

STATE_TONES = {EntitlementState.IN_FORCE: "success", EntitlementState.SUSPENDED: "warning", EntitlementState.ENDED: "neutral"}
PAYMENT_TONES = {
    PaymentState.DUE: "warning",
    PaymentState.SENT: "info",
    PaymentState.PAID: "success",
    PaymentState.FAILED: "danger",
}
_RESULT_TONES = {
    VerificationResult.NOTHING_OVER: "success",
    VerificationResult.DOUBTFUL: "warning",
    VerificationResult.INCOMPLETE: "info",
}
MONTHS_SHOWN = 12


def benefit_label(address: str) -> str:
    """What a benefit is called."""
    benefit = BENEFITS.get(address)
    return benefit.label if benefit else "其他待遇"


def shares(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What a person is or was covered by."""
    found = []
    for each in rows:
        state = EntitlementState(each.entitlement.state)
        ended = each.valid_until is not None
        found.append(
            {
                "benefit": each.benefit,
                "label": benefit_label(each.benefit),
                "number": each.entitlement.number,
                "why": benefit_why(each.benefit, entitlement=each.entitlement_id),
                "href": record_url("entitlement", each.entitlement_id),
                "from": each.valid_from,
                "until": each.valid_until,
                "start": StartReason(each.start_reason).label,
                "end": EndReason(each.end_reason).label if each.end_reason else "",
                "state": EntitlementState.ENDED.label if ended else state.label,
                "tone": "neutral" if ended else STATE_TONES[state],
                "household": each.entitlement.household,
            }
        )
    return found


def whys(*, of_persons: bool, **about: int) -> list[dict[str, str]]:
    """What the rules say of each benefit that persons (or families) hold alone, whether it is held or not."""
    found = [each for each in everything() if each.explained and each.of_persons == of_persons]
    return [{"label": each.label, "href": benefit_why(each.address, **about)} for each in found]


def held(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What a household holds or held."""
    found = []
    for each in rows:
        state = EntitlementState(each.state)
        found.append(
            {
                "benefit": each.benefit,
                "label": benefit_label(each.benefit),
                "number": each.number,
                "holds": state != EntitlementState.ENDED,
                "href": record_url("entitlement", each.pk),
                "why": benefit_why(each.benefit, entitlement=each.pk),
                "holder": each.holder.name,
                "payee": each.payee.name,
                "account": each.payee.bank_account_mask,
                "from": each.valid_from,
                "until": each.valid_until,
                "start": StartReason(each.start_reason).label,
                "end": EndReason(each.end_reason).label if each.end_reason else "",
                "review_class": each.review_class,
                "review_due_on": each.review_due_on,
                "state": state.label,
                "tone": STATE_TONES[state],
            }
        )
    return found


def payments(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What was paid, the latest first."""
    return [
        {
            "month": Month.parse(each.roll.month).label,
            "benefit": benefit_label(each.roll.benefit),
            "href": record_url("payment", each.pk),
            "net": each.net,
            "payee": each.payee.name,
            "account": each.payee.bank_account_mask,
            "state": PaymentState(each.state).label,
            "tone": PAYMENT_TONES[PaymentState(each.state)],
            "paid_on": each.paid_on,
            "failure": each.failure,
        }
        for each in rows
    ]


def amounts_by_month(lines: Iterable[Any]) -> dict[str, Any] | None:
    """What was reckoned for each month, whenever it was put on a roll; no chart for less than two months."""
    sums: dict[Month, int] = {}
    for line in lines:
        month = Month.parse(line.for_month)
        sums[month] = sums.get(month, 0) + line.amount
    if len(sums) < 2:
        return None
    last = max(sums)
    months = list(Month.range(max(min(sums), last - (2 * MONTHS_SHOWN - 1)), last))
    return {
        "categories": [month.label for month in months],
        "unit": "元",
        "series": [{"name": "应得金额", "values": [sums.get(month, 0) / 100 for month in months]}],
    }


def cases(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Applications and reviews, with how much time is left."""
    return [
        {
            "number": each.number,
            "href": record_url("case", each.number),
            "kind": each.kind_label,
            "applicant": each.applicant,
            "state": each.state_label,
            "opened_on": each.opened_on,
            "closed_on": each.closed_on,
            "overdue": each.overdue,
            "clock": None
            if each.closed_on or each.waiting or (each.days_left is None and not each.clock_stopped)
            else {
                "left": each.days_left,
                "due_on": each.due_on,
                "state": "stopped" if each.clock_stopped else "running",
            },
        }
        for each in rows
    ]


def verifications(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """What was asked of other registers, and what they said."""
    found = []
    for each in rows:
        result = each.findings.get("result")
        known = VerificationResult(result) if result in VerificationResult.values else None
        found.append(
            {
                "requested_on": each.requested_on,
                "answered_on": each.answered_on,
                "valid_until": each.valid_until,
                "report": each.report_number,
                "state": known.label if known else VerificationState(each.state).label,
                "tone": _RESULT_TONES[known] if known else "info",
                "summary": each.findings.get("summary", ""),
                "persons": each.persons,
            }
        )
    return found


def facts(groups: Iterable[FactGroup]) -> list[dict[str, Any]]:
    """The facts by group: in force, and everything that was ever recorded besides."""
    return [
        {
            "label": group.label,
            "in_force": [fact(each) for each in group.in_force],
            "history": [fact(each) for each in group.history],
        }
        for group in groups
    ]


def fact(known: KnownFact) -> dict[str, Any]:
    """One fact with both times and its source."""
    return {
        "id": known.row.pk,
        "label": known.kind.label,
        "is_none": known.row.amount == 0,
        "words": grade_words(known.words) if known.kind.name == "disability.grade" else known.words,
        "from": known.valid_from,
        "until": known.valid_until,
        "source": known.source,
        "recorded_at": known.recorded_at,
        "superseded_at": known.superseded_at,
        # A death is corrected by nobody but the section, and never here.
        "may_change": known.is_current and known.kind.name != "status.dead",
    }


def grade_words(grade: str) -> str:
    """A grade of disability as it is said."""
    return {"1": "一级", "2": "二级", "3": "三级", "4": "四级"}.get(grade, grade)


def memberships(actor: Actor, rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The households of a person."""
    return [
        {
            "number": each.household.number,
            "href": household_url(actor, each.household),
            "head": each.household.head.name,
            "relation": Relation(each.relation).label,
            "counted": counted_words(each),
            "counts": each.counted,
            "same_hukou": each.same_hukou,
            "from": each.valid_from,
            "until": each.valid_until,
        }
        for each in rows
    ]


def counted_words(member: Any) -> str:
    """Whether a member counts as living together, or why not."""
    return "计入" if member.counted else f"不计入：{AbsenceReason(member.absence).label}"


def duties(actor: Actor, rows: Iterable[Any], other: str) -> list[dict[str, Any]]:
    """Duties of support; `other` is the side to show, obligor or dependant."""
    return [
        {
            "id": each.pk,
            "name": getattr(each, other).name,
            "href": person_url(actor, getattr(each, other)),
            "died": getattr(each, other).died_on is not None,
            "duty": DutyOfSupport(each.duty).label,
            "income": each.household_income,
            "size": each.household_size,
            "dependants": each.dependants,
            "court": each.court_amount,
            "actual": each.actual_amount,
            "exempt": each.exempt,
            "from": each.valid_from,
            "until": each.valid_until,
        }
        for each in rows
    ]
