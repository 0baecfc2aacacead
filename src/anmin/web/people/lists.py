"""Everybody on the register, and every household, as far as one may see."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.people import queries
from anmin.web import listing
from anmin.web.middleware import ActingRequest
from anmin.web.people.forms import ANY, DEAD, LIVING, NONE, OPENED, HouseholdFilter, PeopleFilter
from anmin.web.people.readers import HOME, may_register, refuse_outsider
from anmin.web.people.showing import benefit_label
from anmin.web.people.tables import HouseholdTable, PeopleTable


def people(request: ActingRequest) -> HttpResponse:
    """The persons, by name, place, household register, benefits held."""
    actor, on = request.actor, clock.today()
    refuse_outsider(actor)
    form = PeopleFilter(request.GET, towns=_towns(actor, on))
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.listed_persons(
        actor,
        text=asked.get("text", ""),
        town=asked.get("town", ""),
        hukou_kind=asked.get("hukou_kind", ""),
        living={LIVING: True, DEAD: False}.get(asked.get("state", "")),
    )
    held = entitlements.benefits_of_persons(actor, on).order_by()
    found = _narrowed(found, asked.get("benefit", ""), held, "person_id")
    table = PeopleTable(found, on=on, order_by="name")
    exporting = listing.wants_xlsx(request)
    listing.configured(request, table)
    ids = _ids(table, found, exporting)
    table.homes = queries.homes_of(actor, ids, on)
    table.held = _labels(held.filter(person_id__in=ids).values_list("person_id", "benefit"))
    if exporting:
        return listing.as_xlsx(table, "人员名册")
    return _page(request, form, table, "人员")


def households(request: ActingRequest) -> HttpResponse:
    """The households, by number, head, place, benefits held."""
    actor, on = request.actor, clock.today()
    refuse_outsider(actor)
    form = HouseholdFilter(request.GET, towns=_towns(actor, on))
    asked = form.cleaned_data if form.is_valid() else {}
    state = asked.get("state", "")
    found = queries.listed_households(
        actor, on, text=asked.get("text", ""), town=asked.get("town", ""), opened=state == OPENED if state else None
    )
    held = entitlements.benefits_of_households(actor, on).order_by()
    found = _narrowed(found, asked.get("benefit", ""), held, "household_id")
    table = HouseholdTable(found, on=on, order_by="number")
    exporting = listing.wants_xlsx(request)
    listing.configured(request, table)
    ids = _ids(table, found, exporting)
    table.sizes = queries.sizes_of(actor, ids, on)
    table.held = _labels(held.filter(household_id__in=ids).values_list("household_id", "benefit").distinct())
    if exporting:
        return listing.as_xlsx(table, "家庭名册")
    return _page(request, form, table, "家庭")


def _narrowed(found: Any, benefit: str, held: Any, key: str) -> Any:
    """Those who hold a benefit, or any, or none."""
    if not benefit:
        return found
    if benefit == NONE:
        return found.exclude(pk__in=held.values(key))
    return found.filter(pk__in=(held if benefit == ANY else held.filter(benefit=benefit)).values(key))


def _labels(rows: Any) -> dict[int, list[str]]:
    """By person or household, what the benefits are called that are held, in the order of the house."""
    order = {address: place for place, address in enumerate(BENEFITS)}
    found: dict[int, list[str]] = {}
    for key, benefit in sorted(set(rows), key=lambda each: order.get(each[1], len(order))):
        found.setdefault(key, []).append(benefit_label(benefit))
    return found


def _ids(table: Any, found: Any, exporting: bool) -> Any:
    """The numbers of the rows shown: those on the page, or all of them for a file."""
    return found.order_by().values("pk") if exporting else [row.record.pk for row in table.page.object_list]


def _towns(actor: Actor, on: date) -> list[tuple[str, str]]:
    return [(town.path, town.name) for town in areas.towns(actor, on=on)]


def _page(request: ActingRequest, form: Any, table: Any, title: str) -> HttpResponse:
    tabs = [("人员", "people"), ("家庭", "households")]
    return render(
        request,
        "people/list.html",
        {
            "form": form,
            "table": table,
            "title": title,
            "on": table.on,
            "tabs": [{"label": label, "href": reverse(name), "current": label == title} for label, name in tabs],
            "may_register": may_register(request.actor),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "人员与家庭"}],
        },
    )
