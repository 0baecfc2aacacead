"""What is to be done, and all cases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas import queries as areas
from anmin.ground.cases import queries
from anmin.web import listing
from anmin.web.cases.forms import CaseFilter, WorkFilter
from anmin.web.cases.tables import CaseTable, ExportTable, WorkData, WorkTable
from anmin.web.middleware import ActingRequest

HOME = {"label": "首页", "url": "/"}
_ACTING = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER)


def worklist(request: ActingRequest) -> HttpResponse:
    """Open cases, what is due first on top; for those who take steps, what they can take, until they ask for more."""
    actor, on = request.actor, clock.today()
    given: Mapping[str, Any] = request.GET
    if not given and actor.has(*_ACTING):
        given = {"mine": "on"}
    towns = _towns(actor, on)
    form = WorkFilter(given, towns=towns)
    asked = form.cleaned_data if form.is_valid() else {}
    filters = queries.Filters(
        kind=asked.get("kind", ""),
        state=asked.get("state", ""),
        town=asked.get("town"),
        overdue=bool(asked.get("overdue")),
        soon=bool(asked.get("soon")),
        mine=bool(asked.get("mine")),
        text=asked.get("text", ""),
    )
    rows = queries.worklist(actor, on, filters)
    if listing.wants_xlsx(request):
        return _export(request, rows, "待办事项")
    counts = queries.due_counts_by_town(actor, on)
    table = listing.configured(request, WorkTable(WorkData(rows)))
    return render(
        request,
        "cases/worklist.html",
        {
            "form": form,
            "table": table,
            "filters": filters,
            "counts": counts,
            "total": {key: sum(getattr(town, key) for town in counts) for key in ("open", "soon", "overdue", "stopped")},
            "may_apply": actor.has(Role.TOWN_CLERK),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "待办"}],
        },
    )


def cases(request: ActingRequest) -> HttpResponse:
    """Every case, open and closed, the latest first."""
    actor, on = request.actor, clock.today()
    form = CaseFilter(request.GET, towns=_towns(actor, on))
    asked = form.cleaned_data if form.is_valid() else {}
    progress = asked.get("progress", "")
    rows = queries.worklist(
        actor,
        on,
        queries.Filters(
            kind=asked.get("kind", ""),
            state=asked.get("state", ""),
            town=asked.get("town"),
            text=asked.get("text", ""),
            closed=progress == "closed",
            every=not progress,
        ),
    )
    if listing.wants_xlsx(request):
        return _export(request, rows, "办件")
    return render(
        request,
        "cases/cases.html",
        {
            "form": form,
            "table": listing.configured(request, CaseTable(WorkData(rows))),
            "may_apply": actor.has(Role.TOWN_CLERK),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "办件"}],
        },
    )


def crumbs(*last: dict[str, Any]) -> list[dict[str, Any]]:
    """The way to a page about one case."""
    return [HOME, {"label": "办件", "url": reverse("cases")}, *last]


def _towns(actor: Actor, on: date) -> list[Any]:
    return list(areas.towns(actor, on=on))


def _export(request: ActingRequest, rows: queries.Worklist, title: str) -> HttpResponse:
    table = ExportTable(WorkData(rows), order_by=request.GET.getlist("sort"))
    return listing.as_xlsx(table, title)
