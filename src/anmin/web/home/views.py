"""The home page: how things stand, what is due, where the money went."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import Month, Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas import queries as areas
from anmin.ground.cases import queries as cases
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.indicators import queries as figures
from anmin.ground.indicators.figures import Figure
from anmin.ground.indicators.vocabulary import Kind
from anmin.ground.payments import queries as payments
from anmin.web.asking import BUSINESS
from anmin.web.benefits.naming import everything
from anmin.web.middleware import ActingRequest
from anmin.web.periods import asked_period, neighbours

_HEADLINES = (
    ("assistance.dibao.households", "home", ""),
    ("assistance.dibao.persons", "users", ""),
    ("assistance.dibao.funds", "cash", ""),
    ("assistance.intake.dibao.persons", "user-plus", ""),
    ("assistance.removal.dibao.persons", "user-x", ""),
)
_MAPPED = "assistance.dibao.persons"
_CASEWORK = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER, Role.AUDITOR)
_URGENT_ROWS = 7


def home(request: ActingRequest) -> HttpResponse:
    """Key figures with last year's, what is due and overdue, money by month, towns as a map and as a table."""
    on, actor = clock.today(), request.actor
    period = asked_period(request.GET)
    before, after = neighbours(period, on)
    context: dict[str, Any] = {"period": period, "before": before, "after": after, "cards": _cards(actor, period, on)}
    if actor.has(*_CASEWORK):
        # Who takes no step watches all of them.
        watches = not actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER)
        listed = cases.worklist(actor, on, cases.Filters(mine=not watches))
        context["watches"] = watches
        context["urgent"] = listed[:_URGENT_ROWS]
        context["listed"] = len(listed)
        context["towns"] = cases.due_counts_by_town(actor, on)
        context["overdue"] = sum(town.overdue for town in context["towns"])
        context["soon"] = sum(town.soon for town in context["towns"])
        context["overdue_text"] = f"{context['overdue']} 件逾期"
    context["money"] = _money_by_month(actor, Month.from_date(on))
    context["benefits"] = _benefits(actor, on)
    context["month"] = Month.from_date(on)
    context["map"] = _map(actor, period, on)
    return render(request, "home/home.html", context)


def _cards(actor: Actor, period: Period, on: date) -> list[dict[str, Any]]:
    """The headline figures, against last year's; a stock nothing is known of last year, against the period's opening."""
    found = figures.figures(actor, period, on=on, ids=[each for each, _, _ in _HEADLINES])
    stocks = [each.id for each in found if each.indicator.kind == Kind.STOCK and each.previous is None]
    openings = {each.id: each.value for each in figures.figures(actor, period.previous(), ids=stocks, last_year=False)}
    return [
        {
            "label": each.label,
            "value": _short(each),
            "unit": each.unit,
            **_change(each, openings.get(each.id)),
            "href": f"{reverse('figure', args=[each.id])}?period={period}" if actor.has(*BUSINESS) else "",
            "icon": icon,
            "better": better,
        }
        for each, (_, icon, better) in zip(found, _HEADLINES, strict=True)
    ]


def _short(figure: Figure) -> Decimal | int | None:
    """Money in 万元 to two places; the figure's own page has the rest."""
    number = figure.number
    return number if number is None or isinstance(number, int) else number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _change(figure: Figure, opening: int | None) -> dict[str, Any]:
    if figure.change_per_mille is not None:
        note = "上年数取自已印发的总结" if figure.previous_document else ""
        return {"change": figure.change_per_mille / 10, "change_unit": "%", "change_label": "较上年同期", "note": note}
    if figure.value is not None and opening is not None:
        return {"change": figure.value - opening, "change_unit": figure.unit, "change_label": "较期初", "note": ""}
    return {"change": None, "change_unit": "", "change_label": "", "note": "上年同期尚无记录"}


def _money_by_month(actor: Actor, last: Month) -> dict[str, Any]:
    """What reached people of each benefit in the last twelve months; months before the first payment say nothing."""
    paid = payments.paid_by_benefit(actor, (last - 11).first_day, last.last_day)
    known = [month for sums in paid.values() for month, fen in sums.items() if fen]
    if not known:
        return {}
    months = list(Month.range(min(known), last))
    return {
        "categories": [str(month) for month in months],
        "unit": "万元",
        "stack": True,
        "series": [
            {"name": benefit.label, "values": [round(paid[address].get(month, 0) / 1_000_000, 2) for month in months]}
            for address, benefit in BENEFITS.items()
            if any(paid.get(address, {}).values())
        ],
    }


def _benefits(actor: Actor, on: date) -> list[dict[str, Any]]:
    """The benefits somebody holds, with persons and this month's money; for those who may open their registers."""
    if not actor.has(*BUSINESS):
        return []
    known = everything()
    month = Month.from_date(on)
    found = payments.held_benefits(actor, on, month, [each.address for each in known])
    return [
        {"of": of, "persons": held.persons, "paid": (held.paid or None) if of.pays else None}
        for of, held in zip(known, found, strict=True)
        if held.persons or held.paid
    ]


def _map(actor: Actor, period: Period, on: date) -> dict[str, Any]:
    values = figures.by_town(actor, _MAPPED, period, on=on)
    if len(values) < 2 or not actor.has(*BUSINESS):
        return {}
    address = reverse("benefit", args=["assistance.dibao"])
    return {
        "areas": areas.outlines(actor),
        "unit": "人",
        "aspect": 1,
        "title": "在享低保人数",
        "values": [{"name": each.area.name, "value": each.value, "href": f"{address}?town={each.area.path}"} for each in values],
    }
