"""Temporary assistance: the towns' funds, what was given and why, papers that are late; and the decisions of panels."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.cases import queries as cases
from anmin.ground.cases.casetypes import CASE_TYPES
from anmin.lines.assistance.deliberation import queries as deliberation
from anmin.lines.assistance.deliberation.vocabulary import DELIBERATION
from anmin.lines.assistance.temporary import actions, queries
from anmin.lines.assistance.temporary.vocabulary import EMERGENCY, EXPENDITURE, Cause
from anmin.web import listing
from anmin.web.asking import attempt, may
from anmin.web.middleware import ActingRequest
from anmin.web.temporary.forms import AidFilter, AllocateForm, RaiseForm, ResolutionFilter
from anmin.web.temporary.tables import AidTable, AllocationTable, ResolutionTable

HOME = {"label": "首页", "url": "/"}
_LIST = {"label": "临时救助"}
_SUMS = ("allocated", "spent", "left", "aids", "by_county")


def temporary(request: ActingRequest) -> HttpResponse:
    """What the towns have and have given, what for, and everything given."""
    actor, on = request.actor, clock.today()
    form = AidFilter(request.GET, towns=list(areas.towns(actor, on=on)))
    asked = form.cleaned_data if form.is_valid() else {}
    table = listing.configured(request, AidTable(_chosen(queries.aids(actor), asked)))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "临时救助")
    first, last = asked.get("since") or date(on.year, 1, 1), asked.get("until") or on
    towns = queries.balances(actor, on)
    late = list(queries.papers_due(actor)[:30])
    by_cause = [(Cause(cause).label, count, total) for cause, count, total in queries.causes(actor, first, last)]
    return render(
        request,
        "temporary/temporary.html",
        {
            "form": form,
            "table": table,
            "towns": towns,
            "sums": {name: sum(getattr(each, name) for each in towns) for name in _SUMS},
            "causes": by_cause,
            "period": f"{first} 至 {last}",
            "late": [{"case": each, "overdue": each.due_on is not None and each.due_on < on} for each in late],
            "may_open": _may_open(actor),
            "may_allocate": may(actions.allocate, actor=actor),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, _LIST],
        },
    )


def allocations(request: ActingRequest) -> HttpResponse:
    """The money handed down to the towns; a further sum is entered here."""
    actor, on = request.actor, clock.today()
    towns = list(areas.towns(actor, on=on))
    may_allocate = may(actions.allocate, actor=actor)
    form = AllocateForm(request.POST or None, towns=towns, initial={"allocated_on": on})
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "town": next(town for town in towns if str(town.pk) == form.cleaned_data["town"])}
        made = attempt(form, lambda: actions.allocate(**given, actor=actor, on=on))
        if made is not None:
            messages.success(request, f"已登记下拨{made.town.name}。")
            return redirect("allocations")
    table = listing.configured(request, AllocationTable(queries.allocations(actor)))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "临时救助资金下拨")
    return render(
        request,
        "temporary/allocations.html",
        {
            "form": form,
            "table": table,
            "towns": queries.balances(actor, on),
            "may_allocate": may_allocate,
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {**_LIST, "url": reverse("temporary")}, {"label": "资金下拨"}],
        },
        status=422 if form.errors else 200,
    )


def deliberations(request: ActingRequest) -> HttpResponse:
    """What panels decided; and the way to raise one, from the number of the case a rule stands in the way of."""
    actor, on = request.actor, clock.today()
    wanted = RaiseForm(request.POST or None)
    if request.method == "POST" and wanted.is_valid():
        about = cases.find(actor, wanted.cleaned_data["about"].strip())
        if about is not None:
            return redirect(f"{reverse('case-apply', args=[about.household_id])}?kind={DELIBERATION}")
        wanted.add_error("about", "没有这个编号的办件，或者不在您的管辖范围内。")
    form = ResolutionFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found: Any = deliberation.review_due(actor, on) if asked.get("due") else deliberation.resolutions(actor)
    if asked.get("kind"):
        found = found.filter(kind=asked["kind"])
    if asked.get("agreed"):
        found = found.filter(agreed=asked["agreed"] == "yes")
    table = listing.configured(request, ResolutionTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "一事一议")
    return render(
        request,
        "temporary/deliberations.html",
        {
            "form": form,
            "raise_form": wanted,
            "table": table,
            "due": deliberation.review_due(actor, on).count(),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "一事一议"}],
        },
        status=422 if wanted.errors else 200,
    )


def _may_open(actor: Actor) -> list[tuple[str, str]]:
    """What the reader may begin here: address and words."""
    kinds = ((EMERGENCY, "登记急难情形"), (EXPENDITURE, "受理支出型申请"))
    here = [(kind, label) for kind, label in kinds if actor.has(*CASE_TYPES[kind].opening.roles)]
    return [(f"{reverse('case-new')}?kind={kind}", label) for kind, label in here]


def _chosen(rows: Any, asked: dict[str, Any]) -> Any:
    if asked.get("text"):
        text = asked["text"].strip()
        rows = rows.filter(payee__name__contains=text) | rows.filter(case__number__startswith=text)
    if asked.get("town"):
        rows = rows.filter(town_id=int(asked["town"]))
    for name in ("cause", "level"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    if asked.get("since"):
        rows = rows.filter(given_on__gte=asked["since"])
    if asked.get("until"):
        rows = rows.filter(given_on__lte=asked["until"])
    return rows
