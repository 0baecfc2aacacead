"""Why a person or a family gets what it gets of a benefit, or would get."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.entitlements import reasons
from anmin.ground.entitlements.reckoning import NotOfTheFamily
from anmin.ground.people import queries as people
from anmin.ground.policy import queries as policy
from anmin.ground.policy.explanation import Explanation
from anmin.web.asking import number_in
from anmin.web.benefits.forms import WhyForm
from anmin.web.benefits.naming import HOME, Named, everything, named
from anmin.web.benefits.reasons import tree
from anmin.web.middleware import ActingRequest

_OUTCOMES = {
    "eligible": ("符合条件", "success"),
    "not_eligible": ("不符合条件", "danger"),
    "undetermined": ("无法认定", "warning"),
}


def why(request: ActingRequest, address: str) -> HttpResponse:
    """Each intermediate value with its article and document, as known now or as known on a day.

    Of an entitlement (`?entitlement=`), of whatever a household has of the benefit (`?household=`), or a person (`?person=`).
    """
    of, about, month, known_on = _question(request, address)
    page = {
        **about,
        "of": of,
        "form": WhyForm(initial={"month": str(month), "known_on": known_on}),
        "month": month,
        "known_on": known_on,
        "before": month - 1,
        "after": month + 1,
        "breadcrumbs": [
            HOME,
            {"label": "各项待遇", "url": reverse("benefits")},
            {"label": of.label, "url": of.url},
            {"label": about["who"], "url": about["url"]},
            {"label": "为什么"},
        ],
    }
    try:
        made = reasons.why(request.actor, address, month=month, known_at=_end_of(known_on), **_subject(of, about))
    except NotOfTheFamily as refused:
        return render(request, "benefits/why_nothing.html", {**page, "said": refused.message})
    words, tone = _OUTCOMES[made.outcome]
    deciding = {entry.address for step in made.essential() for entry in step.parameters}
    return render(
        request,
        "benefits/why.html",
        {
            **page,
            "made": made,
            "outcome": words,
            "tone": tone,
            "tree": tree(made),
            "papers": _papers(made, lambda address: address in deciding),
            "other_papers": _papers(made, lambda address: address not in deciding),
            "others": _others(of, about),
            "turns_url": f"{reverse('benefit-turns', args=[address])}?{_again(about, month, known_on)}",
        },
    )


def turns(request: ActingRequest, address: str) -> HttpResponse:
    """What would turn the outcome: the nearest changes; a part of the page, asked for once that is shown."""
    of, about, month, known_on = _question(request, address)
    found = reasons.turns(request.actor, address, month=month, known_at=_end_of(known_on), **_subject(of, about))
    return render(request, "benefits/turns.html", {"turns": found})


def _question(request: ActingRequest, address: str) -> tuple[Named, dict[str, Any], Month, date | None]:
    """Which benefit, about whom, in which month, as known when."""
    of = named(address)
    if not of.explained:
        raise Http404
    form = WhyForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    about = _about(request, of)
    return of, about, asked.get("month") or _month_of(about["held"]), asked.get("known_on")


def _subject(of: Named, about: dict[str, Any]) -> dict[str, Any]:
    return {
        "entitlement": about["held"],
        "household": about["household"],
        "person": about["person"] if of.of_persons else None,
    }


def _end_of(known_on: date | None) -> datetime | None:
    # The whole of the day is known, whatever the hour something was written down.
    return datetime.combine(known_on, time.max, tzinfo=clock.SHANGHAI) if known_on else None


def _about(request: ActingRequest, of: Named) -> dict[str, Any]:
    """Whom the question is about: what the address names, as far as the actor may see it."""
    actor, on = request.actor, clock.today()
    keys = {name: number_in(request.GET.get(name, "")) for name in ("entitlement", "household", "person")}
    held = person = household = None
    if keys["entitlement"] is not None:
        held = entitlements.by_id(actor, keys["entitlement"])
        if held is None or held.benefit != of.address:
            raise Http404
        household, person = held.household, held.holder
    elif keys["person"] is not None:
        person = _person(actor, keys["person"], on)
    elif keys["household"] is not None:
        page = people.household(actor, keys["household"], on=on)
        if page is None:
            raise Http404
        household, person = page.household, page.household.head
    else:
        raise Http404
    if of.of_persons or household is None:
        assert person is not None  # one of the three was found, and each has a person
        who, url = person.name, reverse("person", args=[person.pk])
    else:
        who, url = f"{household.head.name}家庭（{household.number}）", reverse("household", args=[household.pk])
    name = "entitlement" if held else "person" if keys["person"] is not None else "household"
    return {
        "held": held,
        "person": person,
        "household": household,
        "who": who,
        "url": url,
        "asked_name": name,
        "asked_key": keys[name],
    }


def _person(actor: Actor, key: int, on: date) -> Any:
    found = people.person(actor, key, on=on)
    if found is None:
        raise Http404
    return found.person


def _others(of: Named, about: dict[str, Any]) -> list[dict[str, str]]:
    """The same question about the other benefits that are held alike; a family's head is not asked about in its place."""
    person, household = about["person"], about["household"]
    key = f"person={person.pk}" if of.of_persons else f"household={household.pk}" if household else f"person={person.pk}"
    return [
        {"label": each.label, "href": f"{each.why}?{key}"}
        for each in everything()
        if each.explained and each.of_persons == of.of_persons and each.address != of.address
    ]


def _again(about: dict[str, Any], month: Month, known_on: date | None) -> str:
    """The same question as the query of an address."""
    asked = {about["asked_name"]: about["asked_key"], "month": str(month)}
    return urlencode(asked | ({"known_on": f"{known_on}"} if known_on else {}))


def _month_of(held: Any) -> Month:
    """This month; the last one that was due, for what has ended; the first, for what has yet to begin."""
    this = Month.from_date(clock.today())
    if held is None:
        return this
    if held.valid_until is not None:
        this = min(this, Month.from_date(held.valid_until))
    return max(this, Month.from_date(held.valid_from))


def _papers(made: Explanation, wanted: Callable[[str], bool]) -> list[dict[str, Any]]:
    """The rows of parameters that were looked at, as far as wanted, each with its paper."""
    return [
        {
            "label": entry.label,
            "shown": policy.shown(entry),
            "since": entry.valid_from,
            "document": str(entry.document),
            "assumed": entry.confidence == "assumed",
            "href": reverse("policy-figure", args=[entry.address]),
        }
        for entry in made.parameters
        if wanted(entry.address)
    ]
