"""Who holds a benefit."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.areas import queries as areas
from anmin.ground.payments import queries as payments
from anmin.ground.schedules.declarations import SCHEDULES
from anmin.web import listing
from anmin.web.benefits.forms import RegisterFilter
from anmin.web.benefits.naming import HOME, named
from anmin.web.benefits.tables import RegisterTable
from anmin.web.middleware import ActingRequest

_SOON = timedelta(days=31)


def register(request: ActingRequest, address: str) -> HttpResponse:
    """Who holds a benefit on a day, with the amount of the latest approved roll; or who no longer does."""
    of = named(address)
    reviewed = f"{address}.reviews" in SCHEDULES
    towns = [(town.path, town.name) for town in areas.towns(request.actor, on=clock.today())]
    form = RegisterFilter(request.GET, towns=towns, of=of, reviewed=reviewed)
    asked = form.cleaned_data if form.is_valid() else {}
    on: date = asked.get("on") or clock.today()
    of = named(address, on)
    wanted = {key: asked.get(key, "").strip() for key in ("town", "route", "status", "review_class", "search")}
    found = payments.register(request.actor, address, on, **wanted)
    if review := asked.get("review"):
        found = found.filter(review_due_on__lt=on + (_SOON if review == "soon" else timedelta()))
    status = payments.GIVEN if of.benefit.once else payments.STATUSES[wanted["status"]]
    table = RegisterTable(found, of=of, ended=wanted["status"] == payments.ENDED, reviewed=reviewed)
    listing.configured(request, table)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{of.label}{status}名册")
    return render(
        request,
        "benefits/register.html",
        {
            "of": of,
            "status": status,
            "form": form,
            "table": table,
            "on": on,
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "各项待遇", "url": reverse("benefits")}, {"label": of.label}],
        },
    )
