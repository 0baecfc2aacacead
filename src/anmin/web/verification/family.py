"""Verification of one family: who has consented, what was asked, what was found, what was reported; and one inquiry of it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.ground.accounts.gate import Actor
from anmin.ground.people import queries as people
from anmin.ground.verification import actions, queries
from anmin.ground.verification.effects import effect_of
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Capacity, FindingKind, FindingState, Occasion, VerificationResult
from anmin.web.asking import may
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url
from anmin.web.verification.tabs import ANSWER_TONES, FINDING_TONES, HOME, RESULT_TONES

SHOWN = 20


def family(request: ActingRequest, household_id: int) -> HttpResponse:
    """Everything verification knows of a family."""
    actor, on = request.actor, clock.today()
    home = _home(actor, household_id)
    signatories = queries.signatories(actor, home, on)
    waiting = queries.requests(actor, pending=True).filter(household=home).first()
    return render(
        request,
        "verification/family.html",
        {
            "home": home,
            "people": [
                {"of": each, "capacity": Capacity(each.capacity).label, "missing": len(each.missing), "all": len(SOURCES)}
                for each in signatories
            ],
            "lacking": sum(bool(each.missing) and each.person.died_on is None for each in signatories),
            "waiting": waiting,
            "inquiries": [
                {
                    "number": each.number,
                    "occasion": Occasion(each.occasion).label,
                    "on": each.asked_on,
                    "href": reverse("family-inquiry", args=[each.number, home.pk]),
                }
                for each in queries.inquiries_about(actor, home)[:SHOWN]
            ],
            "findings": findings_lines(queries.findings(actor).filter(household=home).order_by("-id")[:SHOWN]),
            "reports": [
                {
                    "number": each.number,
                    "result": VerificationResult(each.result).label,
                    "tone": RESULT_TONES[each.result],
                    "issued_on": each.issued_on,
                    "valid_until": each.valid_until,
                    "is_valid": each.valid_until >= on,
                }
                for each in queries.reports(actor).filter(household=home)[:SHOWN]
            ],
            "may_record": may(actions.record_consent, actor=actor, area=home.area),
            "household_url": record_url("household", home.pk),
            "breadcrumbs": [
                HOME,
                {"label": "家庭", "url": reverse("households")},
                {"label": home.number, "url": record_url("household", home.pk)},
                {"label": "信息核对"},
            ],
        },
    )


def inquiry(request: ActingRequest, number: str, household_id: int) -> HttpResponse:
    """What one inquiry says of the family: each person at each source, and the findings; its report is issued from here."""
    actor = request.actor
    home = _home(actor, household_id)
    found = queries.inquiries_about(actor, home).filter(number=number).first()
    roll_up = queries.household_roll_up(actor, home, found) if found else None
    if found is None or roll_up is None or not roll_up.people:
        raise Http404
    return render(
        request,
        "verification/family_inquiry.html",
        {
            "home": home,
            "inquiry": found,
            "occasion": Occasion(found.occasion).label,
            "roll_up": roll_up,
            "people": [(each.person.name, each.capacity) for each in roll_up.people],
            "sources": _by_source(roll_up),
            "findings": findings_lines(roll_up.findings),
            "report": queries.reports(actor).filter(inquiry=found, household=home).order_by("-id").first(),
            "may_issue": may(actions.issue_report, actor=actor, inquiry=found),
            "breadcrumbs": [
                HOME,
                {"label": home.number, "url": record_url("household", home.pk)},
                {"label": "信息核对", "url": reverse("family-verification", args=[home.pk])},
                {"label": number},
            ],
        },
    )


def findings_lines(rows: Any) -> list[dict[str, Any]]:
    """Findings as lines of a card."""
    return [
        {
            "href": reverse("finding", args=[each.pk]),
            "person": each.person.name,
            "kind": FindingKind(each.kind).label,
            "declared": each.declared,
            "found": each.found,
            "state": FindingState(each.state).label,
            "tone": FINDING_TONES[each.state],
            "effect": effect_of(each),
        }
        for each in rows
    ]


def _home(actor: Actor, household_id: int) -> Any:
    found = people.households(actor).filter(pk=household_id).first()
    if found is None:
        raise Http404
    return found


def _by_source(found: queries.RollUp) -> list[dict[str, Any]]:
    """One row for each source, with the answer about each person, and of which day it is where that is another."""
    rows = []
    for place, (as_of, parts) in enumerate(found.days):
        answers = [
            (answer.label, ANSWER_TONES[answer], day if day != as_of else None)
            for _, answer, day in (each.answers[place] for each in found.people)
        ]
        rows.append({"label": found.people[0].answers[place][0], "as_of": as_of, "parts": parts, "answers": answers})
    return rows
