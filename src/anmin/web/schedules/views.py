"""The open tasks that schedules have laid, what is overdue on top."""

from django.http import HttpResponse
from django.shortcuts import render

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.areas import queries as areas
from anmin.ground.schedules import queries
from anmin.ground.schedules.declarations import SCHEDULES
from anmin.web import listing
from anmin.web.middleware import ActingRequest
from anmin.web.schedules.forms import TaskFilter
from anmin.web.schedules.tables import TaskTable

_HOME = {"label": "首页", "url": "/"}


def tasks(request: ActingRequest) -> HttpResponse:
    """What must be done about which record by when; each leads to its record."""
    actor, on = request.actor, clock.today()
    labels = {schedule.name: schedule.label for schedule in SCHEDULES.values()}
    towns = list(areas.towns(actor, on=on))
    form = TaskFilter(request.GET, schedules=labels, towns=towns)
    asked = form.cleaned_data if form.is_valid() else {}
    when = asked.get("when", "")
    found = queries.tasks(
        actor,
        on,
        schedule=asked.get("schedule", ""),
        overdue=when == "overdue",
        until=Month.from_date(on).last_day if when == "month" else None,
        town=asked.get("town", ""),
        search=asked.get("text", "").strip(),
    )
    table = listing.configured(request, TaskTable(found, labels=labels))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "定期事项")
    counted = queries.counts_by_schedule(actor, on)
    return render(
        request,
        "schedules/tasks.html",
        {
            "form": form,
            "table": table,
            "on": on,
            "counts": [
                {
                    "label": labels.get(each.schedule, each.schedule),
                    "open": each.open,
                    "href": f"?schedule={each.schedule}",
                    "note": f"其中 {each.overdue} 项已超期" if each.overdue else "",
                    "tone": "danger" if each.overdue else "",
                }
                for each in counted
            ],
            "towns": queries.counts_by_town(actor, on) if len(towns) > 1 else [],
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "定期事项"}],
        },
    )
