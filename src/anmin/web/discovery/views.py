"""Whom the rules point to, to whom another way would give more, who holds what excludes each other. Nothing is decided here."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.entitlements import exclusive, foresight
from anmin.ground.entitlements.foresight import NamedLead
from anmin.ground.people import queries as people
from anmin.ground.policy.discovery import KINDS
from anmin.ground.policy.programmes import DECIDED
from anmin.web import listing
from anmin.web.discovery.forms import LeadFilter, WayFilter
from anmin.web.discovery.tables import LeadTable, TogetherTable, WayTable
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url

_HOME = {"label": "首页", "url": "/"}
_ICONS = {"entitled": "user-plus", "no_longer": "user-search"}


def leads(request: ActingRequest) -> HttpResponse:
    """The leads of a month: who appears entitled and holds nothing, who holds what the facts no longer carry."""
    this_month = Month.from_date(clock.today())
    labels = {address: programme.label for address, programme in foresight.lasting().items()}
    form = LeadFilter(request.GET or None, programmes=labels, month=this_month)
    asked = form.cleaned_data if form.is_valid() else {}
    month: Month = asked.get("month") or this_month
    everything = foresight.worklist(request.actor, month)
    found = foresight.chosen(
        everything, programme=asked.get("programme", ""), kind=asked.get("kind", ""), text=asked.get("text", "")
    )
    table = listing.configured(request, LeadTable([_lead(each) for each in found]))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{month.label}线索")
    counts: Counter[str] = Counter(each.lead.kind for each in everything)
    return render(
        request,
        "discovery/leads.html",
        {
            "form": form,
            "table": table,
            "month": month,
            "total": len(found),
            "counts": [
                {"label": label, "count": counts[kind], "href": f"?month={month}&kind={kind}", "icon": _ICONS[kind]}
                for kind, label in KINDS.items()
            ],
            "tab": "leads",
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "线索排查"}],
        },
    )


def ways(request: ActingRequest) -> HttpResponse:
    """The families to whom another way would give more, with both sums."""
    this_month = Month.from_date(clock.today())
    form = WayFilter(request.GET or None, month=this_month)
    asked = form.cleaned_data if form.is_valid() else {}
    month: Month = asked.get("month") or this_month
    wanted = asked.get("text", "").strip()
    rows = [
        {
            "number": each.number,
            "href": record_url("household", each.household_id),
            "town": each.town,
            "way": each.offered.best.label + (f"（{each.chooser}）" if each.chooser else ""),
            "claimed": each.offered.claimed.fen,
            "now": each.offered.parts(each.offered.claimed),
            "best": each.offered.best.fen,
            "then": each.offered.parts(each.offered.best),
            "more": each.offered.best.fen - each.offered.claimed.fen,
        }
        for each in foresight.better_ways(request.actor, month)
        if any(wanted in said for said in (each.number, each.chooser, each.town))
    ]
    table = listing.configured(request, WayTable(rows))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{month.label}更有利的方式")
    return render(
        request,
        "discovery/ways.html",
        {
            "form": form,
            "table": table,
            "month": month,
            "total": len(rows),
            "more": sum(row["more"] for row in rows),
            "tab": "ways",
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "线索排查"}],
        },
    )


def family_ways(request: ActingRequest, household_id: int) -> HttpResponse:
    """The ways that are open to one family next month, the best first: a part of its page and of its cases, or a page alone."""
    home = people.household(request.actor, household_id, on=clock.today())
    if home is None:
        raise Http404
    month = Month.from_date(clock.today()) + 1
    head = home.household.head
    return render(
        request,
        "discovery/family_ways.html" if "HX-Request" in request.headers else "discovery/family_ways_page.html",
        {
            "who": f"{head.name if head else ''}家庭（{home.household.number}）",
            "month": month,
            "ways": foresight.ways_of(request.actor, household_id, month),
            "breadcrumbs": [
                _HOME,
                {"label": "线索排查", "url": reverse("discovery")},
                {"label": "更有利的方式", "url": reverse("discovery-ways")},
                {"label": home.household.number},
            ],
        },
    )


def together(request: ActingRequest) -> HttpResponse:
    """The persons who hold on this day what nobody may hold together."""
    on = clock.today()
    rows = [
        {
            "name": each.person.name,
            "href": record_url("person", each.person.pk),
            "number": each.first.entitlement.household.number,
            "first": each.first.entitlement.number,
            "second": each.second.entitlement.number,
            "relation": f"{each.relation.first.label}与{each.relation.second.label}{each.relation.label}",
            "document": str(each.relation.document),
        }
        for each in exclusive.held_together(request.actor, on)
    ]
    table = listing.configured(request, TogetherTable(rows))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "不应同时享受的待遇")
    return render(
        request,
        "discovery/together.html",
        {
            "table": table,
            "on": on,
            "total": len(rows),
            "tab": "together",
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "线索排查"}],
        },
    )


def _lead(each: NamedLead) -> dict[str, Any]:
    of_person = each.person_id is not None
    return {
        "name": each.name,
        "href": record_url("person", each.person_id) if of_person else record_url("household", each.household_id),
        "number": each.number,
        "town": each.lead.area,
        "programme": each.programme,
        "kind": each.kind,
        "amount": each.lead.amount if DECIDED[each.lead.programme].amount else None,
        "reasons": "；".join(filter(None, (each.lead.route, each.lead.reasons))),
    }
