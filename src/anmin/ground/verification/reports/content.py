"""What a report says, as plain data that is sealed: people against sources with their days, findings, result."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anmin.ground.verification.effects import effect_of
from anmin.ground.verification.models import VerificationReport
from anmin.ground.verification.queries.roll_up import RollUp
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import (
    Answered,
    FindingKind,
    FindingState,
    Occasion,
    PersonAnswer,
    VerificationResult,
)


def result_of(found: RollUp) -> VerificationResult:
    """Doubtful as soon as a finding was not rejected; incomplete where a source could not answer about somebody."""
    if any(each.state != FindingState.REJECTED for each in found.findings):
        return VerificationResult.DOUBTFUL
    return VerificationResult.INCOMPLETE if found.incomplete else VerificationResult.NOTHING_OVER


def content_of(found: RollUp, *, number: str, issued_on: date, valid_until: date) -> dict[str, Any]:
    """Everything the paper says. Numbers of persons are masked; what was delivered stays with the findings."""
    inquiry = found.inquiry
    request = inquiry.requests.filter(household=found.household).order_by("id").first()
    asked = sorted(inquiry.sources.select_related("extract"), key=lambda each: list(SOURCES).index(each.source))
    return {
        "number": number,
        "inquiry": inquiry.number,
        "occasion": str(Occasion(inquiry.occasion).label),
        "ground": inquiry.ground,
        "requested_by": inquiry.asked_by.name if inquiry.asked_by is not None else "系统",
        "requested_on": (inquiry.asked_on if request is None else request.requested_on).isoformat(),
        "household": found.household.number,
        "head": found.household.head.name,
        "area": found.household.area.name,
        "issued_on": issued_on.isoformat(),
        "valid_until": valid_until.isoformat(),
        "persons": [
            {"name": each.person.name, "identity": each.person.identity_mask, "capacity": each.capacity} for each in found.people
        ],
        "sources": [
            {
                "label": SOURCES[each.source].label,
                "department": each.extract.department if each.extract is not None else SOURCES[each.source].department,
                "as_of": each.extract.as_of.isoformat() if each.extract is not None else "",
                "answered": str(Answered(each.answered).label),
                **({"parts": [day for day, _ in each.parts]} if each.parts else {}),
            }
            for each in asked
        ],
        "answers": [[str(PersonAnswer(answer).label) for _, answer, _ in each.answers] for each in found.people],
        "findings": [
            {
                "person": each.person.name,
                "kind": str(FindingKind(each.kind).label),
                "declared": each.declared,
                "found": each.found,
                "effect": effect_of(each),
                "state": str(FindingState(each.state).label),
            }
            for each in found.findings
        ],
        "result": str(result_of(found).label),
        "incomplete": found.incomplete,
    }


def unchanged_in(content: Mapping[str, Any]) -> dict[str, Any]:
    """What is compared with an earlier report: all but the number and the days of the paper itself."""
    return {name: value for name, value in content.items() if name not in ("number", "issued_on", "valid_until")}


def summary_of(report: VerificationReport) -> dict[str, Any]:
    """What the case keeps of a report: result, sources and their latest day, findings in a sentence each."""
    content = report.content
    searched = [each for each in content["sources"] if each["answered"] == str(Answered.SEARCHED.label)]
    told = [f"{each['person']}：{each['kind']}（{each['found']}，{each['state']}）" for each in content["findings"]]
    return {
        "result": report.result,
        "sources": "、".join(each["label"] for each in searched) or "没有可用的数据源",
        "as_of": max((each["as_of"] for each in searched), default=report.issued_on.isoformat()),
        "summary": "；".join(told) or "未发现与申报不符的情形。",
    }
