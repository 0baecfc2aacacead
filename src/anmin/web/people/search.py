"""The search of the top bar: persons, households and cases by whatever is at hand."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.cases import queries as cases
from anmin.ground.people import queries
from anmin.web.middleware import ActingRequest
from anmin.web.people.readers import HOME, place_of, reads_people
from anmin.web.people.tables import age_on
from anmin.web.records import record_url

SUGGESTED = 8
CASES_SHOWN = 20


def search(request: ActingRequest) -> HttpResponse:
    """Everything the text means, as far as the actor may see."""
    text = _text(request)
    found = _found(request.actor, text, CASES_SHOWN)
    return render(
        request,
        "people/search.html",
        {
            "text": text,
            "search_query": text,
            "reads_people": reads_people(request.actor),
            **found,
            "total": sum(len(found[key]) for key in ("persons", "households", "cases")),
            "breadcrumbs": [HOME, {"label": "搜索"}],
        },
    )


def suggest(request: ActingRequest) -> HttpResponse:
    """The first few, while one types."""
    text = _text(request)
    found = _found(request.actor, text, SUGGESTED)
    suggestions = [*found["persons"][:SUGGESTED], *found["households"][:SUGGESTED], *found["cases"]][:SUGGESTED]
    return render(request, "partials/search_suggestions.html", {"suggestions": suggestions, "query": text})


def _text(request: ActingRequest) -> str:
    return request.GET.get("q", "").strip()[:60]


def _found(actor: Actor, text: str, cases_shown: int) -> dict[str, Any]:
    if not reads_people(actor) or not text:
        return {"persons": [], "households": [], "cases": [], "more": False}
    on = clock.today()
    found = queries.search(actor, text)
    rows = cases.worklist(actor, on, cases.Filters(every=True, text=text))[:cases_shown] if len(text) > 1 else []
    return {
        "persons": [
            {
                "url": record_url("person", each.pk),
                "label": each.name,
                "detail": f"{each.identity_mask or '无身份证号'} · {place_of(each.area)}",
                "kind": "已死亡" if each.died_on else f"{age_on(each.birth_on, on)} 岁",
                "icon": "user",
            }
            for each in found.persons
        ],
        "households": [
            {
                "url": record_url("household", each.pk),
                "label": each.number,
                "detail": f"户主 {each.head.name} · {place_of(each.area)}",
                "kind": "家庭",
                "icon": "home",
            }
            for each in found.households
        ],
        "cases": [
            {
                "url": url,
                "label": each.number,
                "detail": f"{each.kind_label} · {each.applicant} · {each.state_label}",
                "kind": "办件",
                "icon": "clipboard-text",
            }
            for each in rows
            if (url := record_url("case", each.number))
        ],
        "more": found.more,
    }
