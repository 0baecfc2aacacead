"""Who holds dibao, one entitlement, and why a household gets what it gets."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.areas import queries as areas
from anmin.ground.cases import queries as cases
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, StartReason
from anmin.ground.payments import queries as payments
from anmin.ground.people import queries as people
from anmin.ground.policy import queries as policy
from anmin.ground.policy.explanation import Explanation
from anmin.lines.assistance.dibao import queries as dibao
from anmin.lines.assistance.dibao.vocabulary import REVIEW
from anmin.web import listing
from anmin.web.asking import number_in
from anmin.web.dibao.forms import RegisterFilter, WhyForm
from anmin.web.dibao.reasons import tree
from anmin.web.dibao.tables import RegisterTable, route_label
from anmin.web.middleware import ActingRequest

_HOME = {"label": "首页", "url": "/"}
_STATE_TONES = {EntitlementState.IN_FORCE: "success", EntitlementState.SUSPENDED: "warning", EntitlementState.ENDED: "neutral"}
_SOON = timedelta(days=31)
_OUTCOMES = {
    "eligible": ("符合条件", "success"),
    "not_eligible": ("不符合条件", "danger"),
    "undetermined": ("无法认定", "warning"),
}


def register(request: ActingRequest) -> HttpResponse:
    """Who holds dibao on a day, with the amount of the latest approved roll."""
    towns = list(areas.towns(request.actor, on=clock.today()))
    form = RegisterFilter(request.GET, towns=[(town.path, town.name) for town in towns])
    asked = form.cleaned_data if form.is_valid() else {}
    on: date = asked.get("on") or clock.today()
    found = dibao.register(
        request.actor,
        on,
        town=asked.get("town", ""),
        route=asked.get("route", ""),
        review_class=asked.get("review_class", ""),
        search=asked.get("search", "").strip(),
    )
    if review := asked.get("review"):
        found = found.filter(review_due_on__lt=on + (_SOON if review == "soon" else timedelta()))
    table = listing.configured(request, RegisterTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "低保在享名册")
    return render(
        request,
        "dibao/register.html",
        {
            "form": form,
            "table": table,
            "on": on,
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "低保在享"}],
        },
    )


def entitlement(request: ActingRequest, entitlement_id: int) -> HttpResponse:
    """One entitlement: for whom, since when, what was paid, what changed."""
    actor = request.actor
    held = entitlements.by_id(actor, entitlement_id)
    if held is None:
        raise Http404
    state = EntitlementState(held.state)
    members = list(entitlements.members(actor, held.pk))
    on = clock.today()
    under_way = cases.open_of_households(actor, [held.household_id], on)
    # A second case of the family is refused until the first is done, so the button gives way to the link.
    first = None if under_way else cases.opening_step(actor, REVIEW, held.household, held.holder, on, held)
    return render(
        request,
        "dibao/entitlement.html",
        {
            "held": held,
            "state": state,
            "tone": _STATE_TONES[state],
            "facts": [
                {"label": "家庭编号", "value": held.household.number, "href": reverse("household", args=[held.household_id])},
                {"label": "户主（持证人）", "value": held.holder.name, "href": reverse("person", args=[held.holder_id])},
                ("保障方式", route_label(held.route)),
                ("所在村（社区）", f"{held.area.parent.name if held.area.parent else ''}{held.area.name}"),
                ("享受起始", held.valid_from),
                ("享受截至", held.valid_until or "至今"),
                ("进入原因", StartReason(held.start_reason).label),
                ("停发原因", EndReason(held.end_reason).label if held.end_reason else None),
                ("复核类别", f"{held.review_class} 类"),
                ("下次复核", held.review_due_on),
                {"label": "领款人", "value": held.payee.name, "note": held.payee.bank_account_mask},
                {"label": "审批件", "value": held.case.number, "href": reverse("case", args=[held.case.number])}
                if held.case
                else ("审批件", "系统启用前已在享" if held.migrated else None),
            ],
            "members": [
                {
                    "name": each.person.name,
                    "href": reverse("person", args=[each.person_id]),
                    "mask": each.person.identity_mask,
                    "from": each.valid_from,
                    "until": each.valid_until,
                    "start": StartReason(each.start_reason).label,
                    "end": EndReason(each.end_reason).label if each.end_reason else "",
                }
                for each in members
            ],
            "under_way": under_way,
            "may_review": first is not None and first.allowed,
            "grace": list(entitlements.grace_periods(actor, held.pk)),
            "suspensions": list(entitlements.suspensions(actor, held.pk)),
            "lines": [line for line in payments.lines_of_household(actor, held.household_id) if line.entitlement_id == held.pk],
            "why": f"{reverse('dibao-why', args=[held.household_id])}?entitlement={held.pk}",
            "breadcrumbs": [_HOME, {"label": "低保在享", "url": reverse("dibao-register")}, {"label": held.number}],
        },
    )


def why(request: ActingRequest, household_id: int) -> HttpResponse:
    """Why this amount: each intermediate value with its article and document, as known now or as known on a day."""
    actor = request.actor
    page = people.household(actor, household_id, on=clock.today())
    if page is None:
        raise Http404
    form = WhyForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    held = None
    if (number := number_in(request.GET.get("entitlement", ""))) is not None:
        held = entitlements.by_id(actor, number)
        if held is None or held.household_id != household_id:
            raise Http404
    month: Month = asked.get("month") or _month_of(held)
    known_on: date | None = asked.get("known_on")
    # The whole of the day is known, whatever the hour something was written down.
    known_at = datetime.combine(known_on, time.max, tzinfo=clock.SHANGHAI) if known_on else None
    made = dibao.why(actor, entitlement=held, household=page.household, month=month, known_at=known_at)
    words, tone = _OUTCOMES[made.outcome]
    deciding = {entry.address for step in made.essential() for entry in step.parameters}
    papers, others = _papers(made, lambda address: address in deciding), _papers(made, lambda address: address not in deciding)
    return render(
        request,
        "dibao/why.html",
        {
            "household": page.household,
            "held": held,
            "form": WhyForm(initial={"month": str(month), "known_on": known_on}),
            "month": month,
            "known_on": known_on,
            "made": made,
            "outcome": words,
            "tone": tone,
            "tree": tree(made),
            "papers": papers,
            "other_papers": others,
            "before": month - 1,
            "after": month + 1,
            "breadcrumbs": [
                _HOME,
                {"label": f"家庭 {page.household.number}", "url": reverse("household", args=[household_id])},
                {"label": "为什么是这个金额"},
            ],
        },
    )


def _month_of(held: Any) -> Month:
    """This month; the last one that was due, for what has ended; the first, for what has yet to begin."""
    this = Month.from_date(clock.today())
    if held is None:
        return this
    if held.valid_until is not None:
        this = min(this, Month.from_date(held.valid_until))
    return max(this, Month.from_date(held.valid_from))


def _papers(made: Explanation, wanted: Callable[[str], bool]) -> list[dict[str, Any]]:
    """The rows of parameters that were looked at, as far as wanted, each with its paper."""
    return [
        {
            "label": entry.label,
            "shown": policy.shown(entry),
            "since": entry.valid_from,
            "document": str(entry.document),
            "assumed": entry.confidence == "assumed",
            "href": reverse("policy-figure", args=[entry.address]),
        }
        for entry in made.parameters
        if wanted(entry.address)
    ]
