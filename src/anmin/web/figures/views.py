"""Figures of a period, and each of them with the records behind it."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import Month, Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.indicators import queries
from anmin.ground.indicators.figures import Figure, Listing
from anmin.ground.indicators.vocabulary import CellKind, Kind
from anmin.ground.indicators.workbook import MEDIA_TYPE, workbook
from anmin.ground.policy.book import policy
from anmin.web import listing
from anmin.web.asking import number_in
from anmin.web.figures.forms import FigureFilter, FiguresFilter
from anmin.web.figures.tables import FiguresTable
from anmin.web.middleware import ActingRequest
from anmin.web.periods import asked_period, neighbours
from anmin.web.records import record_url
from anmin.web.templatetags.anmin import UNKNOWN

MONTHS_SHOWN = 12
PER_PAGE = 25
PRINTED = "＊"
"""Behind a value that stands in a paper, not on records of ours."""
_HOME = {"label": "首页", "url": "/"}
_RIGHT = (CellKind.NUMBER, CellKind.MONEY)


def figures(request: ActingRequest) -> HttpResponse:
    """Every figure of the period with last year's, and whether stock and flow agree."""
    on, period = clock.today(), asked_period(request.GET)
    towns = list(areas.towns(request.actor, on=on))
    actor, town = _narrowed(request, towns)
    form = FiguresFilter(request.GET or None, period=period, towns=towns)
    asked = form.cleaned_data if form.is_valid() else {}
    chosen = [
        each
        for each in queries.listed()
        if asked.get("text", "").strip() in each.label
        and asked.get("kind", "") in ("", each.kind)
        and asked.get("room", "") in ("", each.id.partition(".")[0])
    ]
    found = queries.figures(actor, period, on=on, ids=_ids_shown(request, [each.id for each in chosen]))
    known = {each.id: _row(each, town) for each in found}
    rows = [known.get(each.id, {"label": each.label}) for each in chosen]
    table = listing.configured(request, FiguresTable(rows), per_page=PER_PAGE)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{period.label}统计指标")
    before, after = neighbours(period, on)
    balances = queries.balances(actor, period, on=on)
    return render(
        request,
        "figures/figures.html",
        {
            "form": form,
            "table": table,
            "period": period,
            "window": found[0].window if found else None,
            "town": town,
            "before": before,
            "after": after,
            "printed_in": sorted({each.previous_document for each in found if each.previous_document}),
            "balances": balances,
            "balanced": all(each.holds for each in balances),
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "统计指标"}],
        },
    )


def _ids_shown(request: ActingRequest, ids: list[str]) -> list[str]:
    """The figures to count: those of the page that is looked at; all, where they go into a file or values decide their order.

    A county's figures take seconds together, and a page of them a fraction of one.
    """
    if listing.wants_xlsx(request) or "sort" in request.GET:
        return ids
    return list(Paginator(ids, PER_PAGE).get_page(request.GET.get("page")).object_list)


def figure(request: ActingRequest, id: str) -> HttpResponse:
    """One figure: value, definition, course over the months, towns, and every record behind it."""
    on, period = clock.today(), asked_period(request.GET)
    towns = list(areas.towns(request.actor, on=on))
    actor, town = _narrowed(request, towns)
    listed = queries.listing(actor, id, period, on=on, sort=number_in(request.GET.get("sort", "")) or 0)
    made = listed.figure
    if listing.wants_xlsx(request):
        answer = HttpResponse(workbook(listed), content_type=MEDIA_TYPE)
        name = quote(f"{made.label}-{made.window.label}{town.name if town else ''}.xlsx")
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
        return answer
    before, after = neighbours(period, on)
    towns_chart = None if town or len(towns) < 2 else _by_town(actor, made, period, on)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "figures/figure.html",
        {
            "figure": made,
            "value": made.shown.removesuffix(made.unit) if made.value is not None else made.shown,
            "unit": made.unit if made.value is not None else "",
            "change": made.change_per_mille / 10 if made.change_per_mille is not None else None,
            "previous": made.indicator.shown(made.previous) if made.previous is not None else UNKNOWN,
            "facts": _facts(made),
            "policy": reverse("policy-figure", args=[made.id]) if made.id in policy() else "",
            "form": FigureFilter(request.GET or None, period=period, towns=towns),
            "period": period,
            "town": town,
            "before": before,
            "after": after,
            "months": _by_month(actor, made, period, on),
            "months_kind": "bar" if made.indicator.kind == Kind.FLOW else "line",
            "towns": towns_chart,
            "towns_height": 60 + 26 * len(towns_chart["categories"]) if towns_chart else 0,
            "headers": _headers(request, listed),
            "page": page,
            "lines": [_line(listed, line) for line in page.object_list],
            "export": listing.export_address(request),
            "breadcrumbs": [
                _HOME,
                {"label": "统计指标", "url": f"{reverse('figures')}?period={period}"},
                {"label": made.label},
            ],
        },
    )


def figure_url(id: str, period: Period, town: Any = None) -> str:
    """The address of a figure of a period, in one town where that is given."""
    query = {"period": str(period)} | ({"town": town.code} if town else {})
    return f"{reverse('figure', args=[id])}?{urlencode(query)}"


def _narrowed(request: ActingRequest, towns: list[Any]) -> tuple[Actor, Any]:
    """Who asks, seeing only the town the address names, and that town; a town out of sight narrows to nothing else."""
    code = request.GET.get("town", "")
    town = next((each for each in towns if each.code == code), None)
    if town is None:
        return request.actor, None
    return replace(request.actor, roles=tuple((role, town.path) for role, _ in request.actor.roles)), town


def _row(each: Figure, town: Any) -> dict[str, Any]:
    indicator, change = each.indicator, each.change
    per_mille = each.change_per_mille
    return {
        "label": each.label,
        "href": figure_url(each.id, each.window.period, town),
        "shown": each.shown,
        "previous": indicator.shown(each.previous) + (PRINTED if each.previous_document else "")
        if each.previous is not None
        else UNKNOWN,
        "change": UNKNOWN if change is None else _signed(indicator.number_shown(abs(change)), change),
        "per_mille": per_mille if per_mille is not None else -(10**9),
        "per_cent": UNKNOWN if per_mille is None else _signed(f"{abs(per_mille) / 10:.1f}%", per_mille),
        "rows": each.row_count,
        "definition": each.definition,
    }


def _signed(text: str, change: int) -> str:
    return "持平" if change == 0 else f"{'+' if change > 0 else '−'}{text}"


def _facts(made: Figure) -> list[Any]:
    return [
        {"label": "口径", "value": made.definition, "wide": True},
        {"label": "依据", "value": made.indicator.basis or None, "wide": True},
        ("性质", Kind(made.indicator.kind).label),
        ("计量单位", made.unit),
        ("统计期间", made.window.label),
        ("记录条数", f"{made.row_count:,}"),
    ]


def _by_month(actor: Actor, made: Figure, period: Period, on: date) -> dict[str, Any] | None:
    """The course of the last twelve months up to the period's end; none while nothing at all is recorded."""
    last = Month.from_date(made.window.last_day)
    found = queries.series(actor, made.id, queries.months_back(last, MONTHS_SHOWN), on=on)
    while found and found[0].value is None:
        found = found[1:]
    if not found:
        return None
    return {
        "categories": [f"{each.window.period.label}" for each in found],
        "unit": made.unit,
        "from_zero": made.indicator.kind == Kind.FLOW,
        "series": [{"name": made.label, "values": [_plain(each) for each in found]}],
    }


def _plain(each: Figure) -> float | int | None:
    return None if each.number is None else float(each.number) if each.indicator.unit.fen else int(each.number)


def _by_town(actor: Actor, made: Figure, period: Period, on: date) -> dict[str, Any] | None:
    found = [each for each in queries.by_town(actor, made.id, period, on=on) if each.value is not None]
    if not found:
        return None
    found.sort(key=lambda each: -(each.value or 0))
    scale = made.indicator.unit.fen or 1
    return {
        "categories": [each.area.name for each in found],
        "unit": made.unit,
        "horizontal": True,
        "labels": True,
        "hrefs": [figure_url(made.id, period, each.area) for each in found],
        "series": [{"name": made.label, "values": [round((each.value or 0) / scale, 4) for each in found]}],
    }


def _headers(request: ActingRequest, listed: Listing) -> list[dict[str, Any]]:
    sort = request.GET.get("sort", "")
    made = []
    for place, header in enumerate(listed.headers, start=1):
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = f"-{place}" if sort == str(place) else str(place)
        made.append(
            {
                "label": header,
                "href": f"?{query.urlencode()}" if listed.columns else "",
                "sorted": {str(place): "ascending", f"-{place}": "descending"}.get(sort, ""),
                "right": bool(listed.columns) and listed.columns[place - 1].kind in _RIGHT,
            }
        )
    return made


def _line(listed: Listing, line: Any) -> list[dict[str, Any]]:
    return [
        {
            "text": cell.shown,
            "href": record_url(cell.opens, cell.key) if cell.opens else "",
            "header": listed.headers[place],
            "right": bool(listed.columns) and listed.columns[place].kind in _RIGHT,
        }
        for place, cell in enumerate(line)
    ]
