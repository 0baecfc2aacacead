"""The low-income population in its layers: how many on a day, and who moved where since another day."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.areas import queries as areas
from anmin.ground.entitlements import layers as standing
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.layers import NONE, Layers
from anmin.ground.indicators.queries import months_back
from anmin.web import listing
from anmin.web.benefits.forms import LayerFilter
from anmin.web.benefits.naming import HOME, LOW_INCOME, Named
from anmin.web.middleware import ActingRequest

OUTSIDE = "不在各类"
_MONTHS = 12


def layers(request: ActingRequest) -> HttpResponse:
    """How many households and persons stand in each layer on a day, who came, left and changed since, by town and by month."""
    actor, today = request.actor, clock.today()
    form = LayerFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    on: date = asked.get("on") or today
    # The eve of the year: who came on the first of January came in this year.
    since: date = asked.get("since") or date(on.year - 1, 12, 31)
    known = [Named(BENEFITS[address], on) for address in LOW_INCOME if address in BENEFITS]
    addresses = [each.address for each in known]
    found = standing.layers(actor, addresses, since, on)
    towns = list(areas.towns(actor, on=on))
    by_town = standing.persons_by_town(actor, addresses, on, towns)
    town_rows = [
        {
            "name": town.name,
            "counts": (counts := [by_town[town.path][each] for each in addresses]),
            "cells": [
                {"count": count, "href": f"{of.url}?town={town.path}&on={on}"} for of, count in zip(known, counts, strict=True)
            ],
        }
        for town in towns
    ]
    labels = {each.address: each.label for each in known} | {NONE: OUTSIDE}
    if listing.wants_xlsx(request):
        return listing.xlsx_response(_sheet(found, labels, town_rows), "低收入人口分类")
    return render(
        request,
        "benefits/layers.html",
        {
            "form": LayerFilter(initial={"since": since, "on": on}) if not form.errors else form,
            "on": on,
            "since": since,
            "found": found,
            "rows": [
                {"of": of, "layer": layer, "turned_in": layer.came - layer.joined, "turned_out": layer.left - layer.gone}
                for of, layer in zip(known, found.layers, strict=True)
            ],
            "total": {
                "households_before": found.households_before,
                "households": found.households,
                "persons_before": found.persons_before,
                "persons": found.persons,
                **{key: sum(getattr(each, key) for each in found.layers) for key in ("joined", "gone")},
            },
            "labels": [labels[each] for each in (*addresses, NONE)],
            "moves": [
                {
                    "label": labels[source],
                    "cells": [
                        {
                            "count": found.moved(source, target) if (source, target) != (NONE, NONE) else None,
                            "stays": source == target,
                        }
                        for target in (*addresses, NONE)
                    ],
                }
                for source in (*addresses, NONE)
            ],
            "known": known,
            "towns": town_rows if len(towns) > 1 else [],
            "chart": _chart(actor, known, on),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "低收入人口"}],
            "benefits_url": reverse("benefits"),
        },
        status=422 if form.errors else 200,
    )


def _chart(actor: Any, known: list[Named], on: date) -> dict[str, Any] | None:
    months = months_back(Month.from_date(on), _MONTHS)
    days = [min(month.last_day, on) for month in months]
    counted = standing.persons_over(actor, [each.address for each in known], days)
    shown = {each.label: counted[each.address] for each in known if any(counted[each.address])}
    # Months before the first of anybody say nothing: the platform kept no register yet.
    begins = next((place for place in range(len(days)) if any(values[place] for values in shown.values())), None)
    if begins is None or len(days) - begins < 2:
        return None
    return {
        "categories": [month.label for month in months[begins:]],
        "unit": "人",
        "stack": True,
        "series": [{"name": label, "values": values[begins:]} for label, values in shown.items()],
    }


def _sheet(found: Layers, labels: dict[str, str], towns: list[dict[str, Any]]) -> list[list[Any]]:
    places = [each.benefit for each in found.layers]
    rows: list[list[Any]] = [["类别", "期初户数", "期末户数", "期初人数", "转入、新增", "转出、退出", "期末人数"]]
    rows += [
        [labels[each.benefit], each.households_before, each.households, each.persons_before, each.came, each.left, each.persons]
        for each in found.layers
    ]
    rows += [[], [f"{found.since} 所在类别", *(f"{found.on} {labels[each]}" for each in (*places, NONE))]]
    rows += [[labels[source], *(found.moved(source, target) for target in (*places, NONE))] for source in (*places, NONE)]
    rows += [[], ["镇（街道）", *(labels[each] for each in places)]]
    return [*rows, *([town["name"], *town["counts"]] for town in towns)]
