"""The home page: how things stand, what is due, where the money went."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import HalfYear, Month, Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas import queries as areas
from anmin.ground.cases import queries as cases
from anmin.ground.indicators import queries as figures
from anmin.ground.indicators.figures import Figure
from anmin.web.middleware import ActingRequest

# A half-year is reported on in the weeks after its end, so that long it stays the one on the first page.
_REPORTING_TIME = timedelta(days=45)
_HEADLINES = (
    ("assistance.dibao.households", "home"),
    ("assistance.dibao.persons", "users"),
    ("assistance.dibao.funds", "cash"),
    ("assistance.intake.dibao.persons", "user-plus"),
    ("assistance.removal.dibao.persons", "user-minus"),
    ("assistance.dibao.single.persons", "user"),
)
_MAPPED = "assistance.dibao.persons"
_MONEY = "assistance.dibao.funds"
_CASEWORK = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER, Role.AUDITOR)
_URGENT_ROWS = 7


def home(request: ActingRequest) -> HttpResponse:
    """Key figures with last year's, what is due and overdue, money by month, towns as a map and as a table."""
    on, actor = clock.today(), request.actor
    period = HalfYear.from_date(on - _REPORTING_TIME)
    context: dict[str, Any] = {"period": period, "cards": _cards(figures.figures(actor, period, on=on, ids=[i for i, _ in _HEADLINES]))}
    if actor.has(*_CASEWORK):
        mine = cases.worklist(actor, on, cases.Filters(mine=True))
        context["urgent"] = mine[:_URGENT_ROWS]
        context["mine_count"] = len(mine)
        context["towns"] = cases.due_counts_by_town(actor, on)
        context["overdue"] = sum(town.overdue for town in context["towns"])
        context["soon"] = sum(town.soon for town in context["towns"])
    context["money"] = _money_by_month(actor, Month.from_date(on))
    context["map"] = _map(actor, period)
    return render(request, "home/home.html", context)


def _cards(found: list[Figure]) -> list[dict[str, Any]]:
    icons = dict(_HEADLINES)
    return [
        {
            "label": each.label,
            "value": each.number,
            "unit": each.unit,
            "change": each.change_percent,
            "href": f"{reverse('figure', args=[each.id])}?period={each.window.period}",
            "icon": icons[each.id],
        }
        for each in found
    ]


def _money_by_month(actor: Actor, last: Month) -> dict[str, Any]:
    months = figures.months_back(last, 12)
    found = figures.series(actor, _MONEY, months)
    known = [each for each in found if each.value is not None]
    if not known:
        return {}
    return {
        "categories": [f"{each.window.period.first_day:%Y-%m}" for each in known],
        "unit": known[0].unit,
        "series": [{"name": known[0].label, "values": [float(each.number or 0) for each in known]}],
    }


def _map(actor: Actor, period: Period) -> dict[str, Any]:
    values = figures.by_town(actor, _MAPPED, period, on=clock.today())
    if len(values) < 2:
        return {}
    address = reverse("dibao-register")
    return {
        "areas": areas.outlines(actor),
        "unit": "人",
        "aspect": 1,
        "values": [{"name": each.area.name, "value": each.value, "href": f"{address}?town={each.area.path}"} for each in values],
    }
