"""The supplementary insurance (低补保): the policies, one with its people and what it comes to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.lines.assistance.supplementary import actions, queries
from anmin.web import listing
from anmin.web.asking import attempt, may
from anmin.web.campaigns.forms import InsuredFilter, PolicyForm
from anmin.web.campaigns.tables import InsuredTable, PolicyTable
from anmin.web.campaigns.views import HOME
from anmin.web.middleware import ActingRequest

_LIST = {"label": "低补保"}


def insurances(request: ActingRequest) -> HttpResponse:
    """The policies by year; a new one is entered here."""
    may_open = may(actions.open_policy, actor=request.actor)
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.open_policy(**form.cleaned_data, actor=request.actor, on=clock.today()))
        if made is not None:
            messages.success(request, f"已登记{made}。")
            return redirect("supplementary-policy", made.pk)
    table = listing.configured(request, PolicyTable(queries.insurances(request.actor)))
    return render(
        request,
        "campaigns/insurances.html",
        {"form": form, "table": table, "may_open": may_open, "breadcrumbs": [HOME, _LIST]},
        status=422 if form.errors else 200,
    )


def insurance(request: ActingRequest, policy_id: int) -> HttpResponse:
    """One policy: insured, premiums, claims, loss ratio, and everybody insured."""
    found = _found(request, policy_id)
    form = InsuredFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    people = queries.insured(
        request.actor,
        found,
        text=asked.get("text", "").strip(),
        layer=asked.get("layer", ""),
        claimed=asked.get("claimed", False),
    )
    table = listing.configured(request, InsuredTable(people))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{found.year}年度低补保参保人员")
    result = queries.result(request.actor, found)
    return render(
        request,
        "campaigns/insurance.html",
        {
            "policy": found,
            "result": result,
            "ratio": "—" if result.loss_ratio is None else f"{result.loss_ratio / 10:.1f}",
            "layers": queries.by_layer(request.actor, found),
            "funding": queries.funding(request.actor, found),
            "may_freeze": found.frozen_on is None and may(actions.freeze_insured, actor=request.actor),
            "may_fetch": found.frozen_on is not None and may(actions.fetch_roster, actor=request.actor),
            "form": form,
            "table": table,
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {**_LIST, "url": reverse("supplementary")}, {"label": f"{found.year}年度"}],
        },
    )


@require_POST
def freeze(request: ActingRequest, policy_id: int) -> HttpResponse:
    """The roster is what it was on its day."""
    made = actions.freeze_insured(policy=_found(request, policy_id), actor=request.actor, on=clock.today())
    messages.success(request, f"已冻结{made}参保名册：{made.insured:,} 人。")
    return redirect("supplementary-policy", policy_id)


@require_POST
def roster(request: ActingRequest, policy_id: int) -> HttpResponse:
    """The roster for the insurer, with full identity numbers; the log keeps who took it."""
    made = actions.fetch_roster(policy=_found(request, policy_id), actor=request.actor, on=clock.today())
    response = HttpResponse(made.content, content_type=listing.XLSX)
    response["Content-Disposition"] = f'attachment; filename="supplementary-{made.year}.xlsx"'
    return response


def _found(request: ActingRequest, policy_id: int) -> Any:
    found = queries.insurance(request.actor, policy_id)
    if found is None:
        raise Http404
    return found
