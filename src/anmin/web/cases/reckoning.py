"""What the rules say of the family of an open case; asked for by its page once that is shown."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.base.periods import Month
from anmin.ground.cases import queries
from anmin.ground.people import queries as people
from anmin.lines.assistance.dibao import queries as dibao
from anmin.web.asking import number_in
from anmin.web.cases.lists import crumbs
from anmin.web.middleware import ActingRequest

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


def _said(request: ActingRequest, case: Any) -> dict[str, Any]:
    actor, month = request.actor, Month.from_date(clock.today()) + 1
    alone = number_in(request.GET.get("alone", ""))
    claimant = people.person(actor, alone) if alone is not None else None
    try:
        if claimant is not None:
            found = dibao.assessed(actor, household=case.household, month=month, route="single", claimants=[claimant.person.pk])
        elif case.entitlement_id:
            found = dibao.why(actor, entitlement=case.entitlement, month=month)
        else:
            found = dibao.assessed(actor, household=case.household, month=month)
    except Refused as refused:
        return {"problem": refused.message}
    label, tone = _OUTCOMES[found.outcome]
    return {
        "month": month,
        "outcome": label,
        "tone": tone,
        "amount": found.amount_fen,
        "paragraph": found.paragraph,
        "lacking": found.lacking,
        "claimant": claimant.person.name if claimant else "",
        "why": f"{reverse('dibao-why', args=[case.household_id])}?month={month}",
        "declare": reverse("case-declare", args=[case.household_id]),
    }
