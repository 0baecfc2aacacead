"""The standing watch: which sources are looked at all the time, what was found, and the reviews it opened."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.cases import queries as cases
from anmin.ground.verification import actions, queries
from anmin.ground.verification.vocabulary import WATCHED
from anmin.web import listing
from anmin.web.asking import may
from anmin.web.middleware import ActingRequest
from anmin.web.verification.finding_forms import FindingFilter
from anmin.web.verification.findings import chosen
from anmin.web.verification.tables import WatchTable
from anmin.web.verification.tabs import crumbs

_PLACE = ("动态监测", "verification-watch")
_AT_ONCE = 500


def watch(request: ActingRequest) -> HttpResponse:
    """What the watched sources said of people on the rolls, the latest first."""
    actor, on = request.actor, clock.today()
    towns = list(areas.towns(actor, on=on))
    form = FindingFilter(request.GET, towns=towns)
    form.fields.pop("effect")
    asked = form.cleaned_data if form.is_valid() else {}
    found = chosen(actor, asked, on).filter(hit__source__in=WATCHED)
    table = listing.configured(request, WatchTable(found.order_by("-id")))
    if listing.wants_xlsx(request):
        table.reviews = _reviews(actor, on, found)
        return listing.as_xlsx(table, "动态监测")
    table.reviews = _reviews(actor, on, table.page.object_list.data)
    may_open = any(may(actions.open_campaign, actor=actor, area=area) for area in towns[:1])
    return render(
        request,
        "verification/watch.html",
        {
            "form": form,
            "table": table,
            "watched": [
                {
                    "label": each.label,
                    "waiting": each.waiting,
                    "last": each.last,
                    "note": _note(each),
                }
                for each in queries.standing_watch(actor)
            ],
            "may_open": may_open,
            # Said to whoever may look: others see no watch of the whole county, and all data would be news to them.
            "news": queries.news_for_the_watch(actor, on) if may_open else [],
            "export": listing.export_address(request),
            "breadcrumbs": crumbs(*_PLACE),
        },
    )


def _note(each: Any) -> str:
    looked = "还没有监测过"
    if each.last:
        looked = f"数据截至{each.last.extract.as_of:%Y-%m-%d}" if each.last.extract else ""
    told = f"已订阅变动通知 {each.subscribed:,} 人" if each.subscribed else ""
    asked = f"待对方确认 {each.unconfirmed:,} 人" if each.unconfirmed else ""
    return "，".join(filter(None, (looked, told, asked)))


def _reviews(actor: Actor, on: date, rows: Any) -> dict[int, str]:
    """The case under way in the household of each finding, five hundred households at a time."""
    homes = list(dict.fromkeys(each.household_id for each in rows if each.household_id))
    return {
        row.household_id: row.number
        for start in range(0, len(homes), _AT_ONCE)
        for row in cases.open_of_households(actor, homes[start : start + _AT_ONCE], on)
    }
