"""What the rules say of the family of an open case; asked for by its page once that is shown."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.base.periods import Month
from anmin.ground.cases import queries
from anmin.ground.entitlements import reasons
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.reasons import explained
from anmin.ground.people import queries as people
from anmin.ground.policy.programmes import DECIDED
from anmin.lines.assistance.recognition.assessment import classify
from anmin.web.asking import number_in
from anmin.web.cases.lists import crumbs
from anmin.web.middleware import ActingRequest
from anmin.web.records import benefit_why

_ALONE = "single"
_ONE_APPLICATION = "assistance.dibao"
"""The benefit whose application leads to every class of low income (一次申请、分类认定)."""
_OUTCOMES = {
    "eligible": ("符合条件", "success"),
    "not_eligible": ("不符合条件", "danger"),
    "undetermined": ("暂不能认定", "warning"),
}


def reckoned(request: ActingRequest, number: str) -> HttpResponse:
    """The amount and its reasons for the next month: of the whole family, or of one member alone (`?alone=`)."""
    case = queries.find(request.actor, number)
    if case is None:
        raise Http404
    whole_page = "HX-Request" not in request.headers
    return render(
        request,
        "cases/reckoned_page.html" if whole_page else "cases/reckoned.html",
        {
            "case": case,
            "said": _said(request, case),
            "breadcrumbs": crumbs({"label": number, "url": reverse("case", args=[number])}, {"label": "规则测算"}),
        },
    )


def held_alone(case: Any) -> bool:
    """Whether one member of the family alone may hold what the case is about (单人保)."""
    benefit = case.kind.rpartition(".")[0]
    return benefit in BENEFITS and _ALONE in BENEFITS[benefit].routes


def _said(request: ActingRequest, case: Any) -> dict[str, Any]:
    actor, month = request.actor, Month.from_date(clock.today()) + 1
    benefit = case.kind.rpartition(".")[0]
    if not explained(benefit):
        return {"problem": "这类事项不由规则测算。"}
    alone = _whom(request, case)
    claimant = people.person(actor, alone) if alone is not None else None
    of_persons = DECIDED[benefit].unit == "person"
    try:
        if claimant is not None and held_alone(case):
            found = reasons.assessed(
                actor, benefit, household=case.household, month=month, route=_ALONE, claimants=[claimant.person.pk]
            )
        elif case.entitlement_id:
            found = reasons.why(actor, benefit, entitlement=case.entitlement, month=month)
        else:
            claimants = [claimant.person.pk] if claimant else []
            found = reasons.assessed(actor, benefit, household=case.household, month=month, claimants=claimants)
    except Refused as refused:
        return {"problem": refused.message}
    label, tone = _OUTCOMES[found.outcome]
    about = {"person": claimant.person.pk} if of_persons and claimant else {"household": case.household_id}
    return {
        "month": month,
        "outcome": label,
        "tone": tone,
        # Of whom the rules refuse, and of what is only recognised, 0.00 a month in large type says nothing.
        "amount": found.amount_fen if found.outcome == "eligible" and DECIDED[benefit].amount else None,
        "paragraph": found.paragraph,
        "lacking": found.lacking,
        "claimant": claimant.person.name if claimant and not of_persons else "",
        "why": benefit_why(benefit, month=str(month), **about),
        "classes": None if claimant or case.entitlement_id or benefit != _ONE_APPLICATION else _classes(case, month),
        "declare": reverse("case-declare", args=[case.household_id]),
    }


def _classes(case: Any, month: Month) -> dict[str, Any]:
    """The class of each member by the one application, and where whoever belongs to tekun applies."""
    found = classify(case.household_id, month)
    return {
        "proposal": found.proposal,
        "tekun": "、".join(found.names_of("tekun")),
        "apply": f"{reverse('case-apply', args=[case.household_id])}?kind=assistance.tekun.application",
    }


def _whom(request: ActingRequest, case: Any) -> int | None:
    """The member asked about alone (`?alone=`); of a person's benefit, whom it was applied for."""
    alone = number_in(request.GET.get("alone", ""))
    if alone is not None or DECIDED[case.kind.rpartition(".")[0]].unit == "household":
        return alone
    first = case.actions.order_by("sequence").first()
    chosen = first.data.get("beneficiary") if first else None
    return int(chosen[0]) if chosen else int(case.applicant_id)
