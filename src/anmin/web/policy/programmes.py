"""Ways into the policy: the programmes with what is kept of each, every value there ever was, what may be held together."""

from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.policy import queries
from anmin.ground.policy.exclusivity import MARKS, RELATIONS, Exclusivity, Relation, exclusivity
from anmin.ground.policy.programmes import PROGRAMMES
from anmin.ground.policy.queries import Figure
from anmin.ground.policy.vocabulary import CONFIDENCE, ISSUERS
from anmin.web import listing
from anmin.web.middleware import ActingRequest
from anmin.web.policy.forms import MatrixFilter, ValueFilter
from anmin.web.policy.tables import CONFIDENCE_TONES, RelationTable, ValueTable

HOME = {"label": "首页", "url": "/"}
RELATION_TONES = {"both": "success", "not_together": "danger", "difference": "info", "choose": "warning", "condition": "neutral"}
_TABS = (
    ("policy", "政策标准"),
    ("policy-rules", "计算规则"),
    ("policy-cases", "算例"),
    ("policy-matrix", "能否同时享受"),
    ("policy-values", "参数总表"),
)


def tabs(current: str, programme: str = "") -> list[dict[str, Any]]:
    """The parts of the policy browser; the programme one looks at goes along."""
    kept = f"?programme={programme}" if programme else ""
    return [
        {
            "label": label,
            "href": reverse(name) + ("" if name == "policy-matrix" else kept),
            "current": name == current,
        }
        for name, label in _TABS
    ]


def index(everything: list[Figure]) -> list[dict[str, Any]]:
    """What is kept of each programme: figures, how many are only assumed, rules, worked cases."""
    figures = Counter(each.programme for each in everything)
    assumed = Counter(each.programme for each in everything if each.current and each.current.entry.confidence == "assumed")
    ruled = dict(queries.programmes_with_rules())
    return [
        {
            "label": label,
            "figures": figures[address],
            "assumed": assumed[address],
            "href": f"{reverse('policy')}?programme={address}",
            "assumed_href": f"{reverse('policy')}?programme={address}&confidence=assumed",
            "rules_href": f"{reverse('policy-rules')}?programme={address}" if address in ruled else "",
            "cases": cases_of(address),
            "cases_href": f"{reverse('policy-cases')}?programme={address}",
        }
        for address, label in PROGRAMMES.items()
        if figures[address] or address in ruled
    ]


def cases_of(programme: str) -> int:
    """How many worked cases a programme has."""
    return sum(1 for _ in (settings.POLICY_DIR / programme.replace(".", "/") / "cases").glob("*.yaml"))


def values(request: ActingRequest) -> HttpResponse:
    """Every dated value of every figure, with its paper."""
    form = ValueFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    text, programme, confidence = (asked.get(key, "").strip() for key in ("text", "programme", "confidence"))
    found = [
        {
            "programme": each.programme_label,
            "label": each.label,
            "href": reverse("policy-figure", args=[each.address]),
            "address": each.address,
            "value": row.shown,
            "valid_from": row.entry.valid_from,
            "valid_until": row.valid_until,
            "issuer": row.issuer,
            "document": str(row.entry.document),
            "published": row.entry.published,
            "confidence": row.confidence,
            "tone": CONFIDENCE_TONES[row.entry.confidence],
            "note": row.entry.note,
        }
        for each in queries.figures(on=clock.today(), text=text, programme=programme)
        for row in each.rows
        if not confidence or row.entry.confidence == confidence
    ]
    table = listing.configured(request, ValueTable(found), per_page=50)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "政策参数总表")
    return render(
        request,
        "policy/values.html",
        {
            "form": form,
            "table": table,
            "total": len(found),
            "tabs": tabs("policy-values", programme),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "政策标准", "url": reverse("policy")}, {"label": "参数总表"}],
        },
    )


def matrix(request: ActingRequest) -> HttpResponse:
    """Which benefits one person may hold together on a day: a table of pairs, and each relation with its paper."""
    known = exclusivity()
    parties = list(known.parties.values())
    form = MatrixFilter(request.GET, parties=[(each.name, each.label) for each in parties])
    asked = form.cleaned_data if form.is_valid() else {}
    on: date = asked.get("on") or clock.today()
    party, value = asked.get("party", ""), asked.get("value", "")
    relations = [
        _relation(each)
        for each in known.in_force(on)
        if party in ("", each.first.name, each.second.name) and value in ("", each.value)
    ]
    table = listing.configured(request, RelationTable(relations), per_page=50)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "待遇能否同时享受")
    return render(
        request,
        "policy/matrix.html",
        {
            "form": form,
            "on": on,
            "table": table,
            "parties": [{"number": place, "label": each.label} for place, each in enumerate(parties, 1)],
            "rows": [_row(known, place, on) for place in range(len(parties))],
            "marks": [{"mark": mark, "label": RELATIONS[name], "tone": RELATION_TONES[name]} for name, mark in MARKS.items()],
            "choices": known.choices,
            "tabs": tabs("policy-matrix"),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "政策标准", "url": reverse("policy")}, {"label": "能否同时享受"}],
        },
    )


def _row(known: Exclusivity, place: int, on: date) -> dict[str, Any]:
    """One party against all: the pair, the same pair again, or nothing said."""
    parties = list(known.parties.values())
    cells = []
    for other in range(len(parties)):
        found = known.between(parties[place].name, parties[other].name, on) if other != place else None
        cells.append(
            {
                "same": other == place,
                "mark": MARKS[found.value] if found else "",
                "tone": RELATION_TONES[found.value] if found else "",
                "title": f"{parties[place].label}与{parties[other].label}：{found.label}" if found else "",
            }
        )
    return {"number": place + 1, "label": parties[place].label, "cells": cells}


def _relation(each: Relation) -> dict[str, Any]:
    return {
        "first": each.first.label,
        "second": each.second.label,
        "relation": each.label,
        "relation_tone": RELATION_TONES[each.value],
        "valid_from": each.valid_from,
        "document": str(each.document),
        "issuer": ISSUERS[each.issuer],
        "confidence": CONFIDENCE[each.confidence],
        "tone": CONFIDENCE_TONES[each.confidence],
        "note": each.note,
    }
