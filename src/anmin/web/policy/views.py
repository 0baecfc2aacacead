"""The policy browser: each figure of the law by date with its paper, each rule in words."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.policy import queries
from anmin.ground.policy import stories as worked
from anmin.ground.policy.examples import example_of
from anmin.ground.policy.queries import Figure, Row, RuleCard, Term
from anmin.ground.policy.vocabulary import CONFIDENCE
from anmin.web import listing
from anmin.web.middleware import ActingRequest
from anmin.web.policy import programmes
from anmin.web.policy.forms import FigureFilter, RuleFilter, StoryFilter
from anmin.web.policy.tables import (
    CONFIDENCE_TONES,
    OUTCOME_TONES,
    SEVERITY_TONES,
    FigureExport,
    FigureTable,
    RuleTable,
    StoryTable,
)
from anmin.web.templatetags.anmin import chinese_date

_HOME = {"label": "首页", "url": "/"}
_FIRST = "assistance.dibao"
_CONFIDENCE_ICONS = {"stated": "file-check", "general": "file-search", "assumed": "help-circle"}


def figures(request: ActingRequest) -> HttpResponse:
    """All figures of the law as they stand on a day, grouped by programme and purpose."""
    form = FigureFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    on: date = asked.get("on") or clock.today()
    found = queries.figures(on=on, **{key: asked.get(key, "") for key in ("text", "programme", "purpose", "confidence")})
    if listing.wants_xlsx(request):
        return listing.as_xlsx(FigureExport(found), "政策标准")
    everything = queries.figures(on=on)
    # Sixteen programmes on one page would be a book: without a question the programmes are shown, with one its answers.
    asks = any(asked.get(key) for key in ("text", "programme", "purpose", "confidence"))
    groups = []
    for place, ((programme, purpose), members) in enumerate(
        groupby(found if asks else [], lambda each: (each.programme_label, each.purpose))
    ):
        title = f"{programme} · {purpose}"
        table = FigureTable(list(members), prefix=f"g{place}-", attrs={"label": title})
        groups.append({"title": title, "table": listing.configured(request, table, per_page=100)})
    counts = Counter(each.current.entry.confidence for each in everything if each.current)
    return render(
        request,
        "policy/figures.html",
        {
            "form": form,
            "groups": groups,
            "programmes": [] if asks else programmes.index(everything),
            "tabs": programmes.tabs("policy", asked.get("programme", "")),
            "on": on,
            "total": len(everything),
            "counts": [
                {
                    "label": label,
                    "count": counts[key],
                    "href": f"?confidence={key}",
                    "icon": _CONFIDENCE_ICONS[key],
                    "tone": "warning" if key == "assumed" and counts[key] else "",
                }
                for key, label in CONFIDENCE.items()
            ],
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "政策标准"}],
        },
    )


def figure(request: ActingRequest, address: str) -> HttpResponse:
    """One figure of the law: its values over time, each with its paper, and the rules that reckon with it."""
    on = clock.today()
    found = queries.figure(address, on=on)
    current = found.current
    return render(
        request,
        "policy/figure.html",
        {
            "figure": found,
            "current_tone": CONFIDENCE_TONES[current.entry.confidence] if current else "",
            "current_facts": _facts(current) if current else [],
            "entries": [_entry(row) for row in found.rows],
            "chart": _chart(found),
            "rules": queries.rules_with(address, Month.from_date(on)),
            "month": Month.from_date(on),
            "breadcrumbs": [_HOME, {"label": "政策标准", "url": reverse("policy")}, {"label": found.label}],
        },
    )


def rules(request: ActingRequest) -> HttpResponse:
    """The rules of a programme in words, as they stand in a month."""
    known = queries.programmes_with_rules()
    form = RuleFilter(request.GET, programmes=known)
    asked = form.cleaned_data if form.is_valid() else {}
    month: Month = asked.get("month") or Month.from_date(clock.today())
    programme, label = _chosen(asked, known)
    findings = {"value": False, "finding": True}.get(asked.get("kind", ""))
    found = queries.rules(programme, month, text=asked.get("text", ""), level=asked.get("level", ""), findings=findings)
    table = listing.configured(request, RuleTable(found), per_page=30)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{label}计算规则")
    return render(
        request,
        "policy/rules.html",
        {
            "form": form,
            "table": table,
            "month": month,
            "label": label,
            "tabs": programmes.tabs("policy-rules", programme),
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "政策标准", "url": reverse("policy")}, {"label": "计算规则"}],
        },
    )


def rule(request: ActingRequest, programme: str, name: str) -> HttpResponse:
    """One rule as an officer checks it against the law."""
    form = RuleFilter(request.GET, programmes=queries.programmes_with_rules())
    month: Month = (form.is_valid() and form.cleaned_data.get("month")) or Month.from_date(clock.today())
    found = queries.rule(programme, name, month)
    return render(
        request,
        "policy/rule.html",
        {
            "rule": found,
            "card": found.card,
            "month": month,
            "severity_tone": SEVERITY_TONES.get(found.card.severity, ""),
            "basis": [{"label": "条文依据", "value": found.card.source}],
            "terms": [_term(found, term, month) for term in found.terms],
            "example": example_of(settings.POLICY_DIR, programme, name),
            "breadcrumbs": [
                _HOME,
                {"label": "政策标准", "url": reverse("policy")},
                {"label": "计算规则", "url": f"{reverse('policy-rules')}?programme={programme}"},
                {"label": found.card.label},
            ],
        },
    )


def stories(request: ActingRequest) -> HttpResponse:
    """The worked cases of a programme: each is a test of the rules that a caseworker can read."""
    known = [each for each in queries.programmes_with_rules() if programmes.cases_of(each[0])]
    programme, label = _chosen(request.GET, known)
    everything = worked.stories(settings.POLICY_DIR, programme)
    outcomes = sorted({each.outcome for story in everything for each in story.conclusions})
    form = StoryFilter(request.GET, outcomes=outcomes, programmes=known)
    asked = form.cleaned_data if form.is_valid() else {}
    text, outcome = asked.get("text", "").strip(), asked.get("outcome", "")
    rows = [
        {
            "title": story.title,
            "href": reverse("policy-case", args=[programme, story.name]),
            "text": story.text,
            "month": story.conclusions[0].month,
            "outcome": story.conclusions[0].outcome,
            "amount": story.conclusions[0].amount,
        }
        for story in everything
        if (not text or text in story.title or text in story.text)
        and (not outcome or any(each.outcome == outcome for each in story.conclusions))
    ]
    table = listing.configured(request, StoryTable(rows))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{label}算例")
    return render(
        request,
        "policy/cases.html",
        {
            "form": form,
            "table": table,
            "label": label,
            "tabs": programmes.tabs("policy-cases", programme),
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "政策标准", "url": reverse("policy")}, {"label": "算例"}],
        },
    )


def story(request: ActingRequest, programme: str, name: str) -> HttpResponse:
    """One worked case: the family, and what it should get."""
    found = worked.story(settings.POLICY_DIR, programme, name)
    return render(
        request,
        "policy/case.html",
        {
            "story": found,
            "conclusions": [{"said": each, "tone": OUTCOME_TONES.get(each.outcome, "neutral")} for each in found.conclusions],
            "breadcrumbs": [
                _HOME,
                {"label": "政策标准", "url": reverse("policy")},
                {"label": "算例", "url": f"{reverse('policy-cases')}?programme={programme}"},
                {"label": found.title},
            ],
        },
    )


def _chosen(asked: Mapping[str, Any], known: list[tuple[str, str]]) -> tuple[str, str]:
    """The programme asked for; low-income relief, where most people look first, if none was."""
    first = next((each for each in known if each[0] == _FIRST), known[0])
    return next((each for each in known if each[0] == asked.get("programme")), first)


def _facts(row: Row) -> list[tuple[str, str]]:
    entry = row.entry
    return [
        ("执行期间", _period(row)),
        ("文件依据", str(entry.document)),
        ("制定机关", row.issuer),
        ("公布日期", chinese_date(entry.published)),
    ]


def _entry(row: Row) -> dict[str, Any]:
    """A dated value as an entry of a timeline."""
    entry = row.entry
    said = [f"{entry.document}", f"{row.issuer}，{chinese_date(entry.published)}公布"]
    if entry.published > entry.valid_from:
        said.append("公布晚于执行，其间各月的差额由名册自动补发")
    if entry.note:
        said.append(entry.note)
    return {
        "at": entry.valid_from,
        "title": row.shown + ("（现行）" if row.in_force else ""),
        "actor": row.confidence,
        "tone": CONFIDENCE_TONES[entry.confidence],
        "icon": _CONFIDENCE_ICONS[entry.confidence],
        "note": "；".join(said) + "。",
    }


def _period(row: Row) -> str:
    until = f"至{chinese_date(row.valid_until)}" if row.valid_until else "起"
    return f"{chinese_date(row.entry.valid_from)}{until}"


def _term(found: RuleCard, term: Term, month: Month) -> dict[str, str]:
    """One input of a rule: what it is, what it is called, where it leads, and its value where the law sets it."""
    kind, tone = {"rule": ("规则", "accent"), "parameter": ("政策标准", "info"), "fact": ("登记事项", "neutral")}[term.kind]
    made = {"kind": kind, "tone": tone, "label": term.label, "href": "", "value": ""}
    if term.kind == "rule":
        made["href"] = reverse("policy-rule", args=[found.programme, term.name])
    if term.kind == "parameter":
        made["href"] = reverse("policy-figure", args=[term.address])
        current = queries.figure(term.address, on=month.first_day).current
        assert current is not None  # the rule of the month was made with it
        made["value"] = f"{term.value or current.shown} · {current.confidence}"
    return made


def _chart(found: Figure) -> dict[str, object] | None:
    """The values over time; a figure that never changed needs no picture."""
    if not found.steps:
        return None
    scale = 100 if found.is_money else 10 if found.parameter.unit == "per_mille" else 1
    return {
        "categories": [f"{day.year}年{day.month}月" for day, _ in found.steps],
        "unit": found.rows[0].shown.lstrip("0123456789.,"),
        "labels": True,
        "series": [{"name": found.label, "values": [value / scale for _, value in found.steps]}],
    }
