"""Asking as doors ask for it: other offices over the wire first, with nothing open; then everything is written at once.

Whoever may not ask is refused before anybody is asked.
"""

from collections.abc import Sequence
from datetime import date

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.verification.actions.inquiries import ask_late_sources, ask_source, run_requests
from anmin.ground.verification.actions.requests import BASIS
from anmin.ground.verification.asking import Search, asked_in
from anmin.ground.verification.gathering import gather, gather_for, gather_late
from anmin.ground.verification.models import Inquiry, VerificationRequest
from anmin.ground.verification.permissions import may_ask_sources, may_run_requests
from anmin.ground.verification.registry_interface import connections
from anmin.ground.verification.sending import send_for


def answer_requests(*, requests: Sequence[VerificationRequest], area: Area, actor: Actor, on: date) -> Area:
    """As `run_requests`, with the answers of the registers that are asked over the wire."""
    if not may_run_requests(actor=actor, requests=requests):
        raise Refused(may_run_requests.reason)
    pending = [each for each in requests if each.answered_on is None and each.inquiry_id is None]
    answers = gather_for(pending, ground=BASIS, on=on) if len(pending) == len(requests) else {}
    done = run_requests(requests=requests, area=area, answers=answers, actor=actor, on=on)
    send_for(each.inquiry_id for each in requests if each.inquiry_id is not None)
    return done


def ask_one(*, inquiry: Inquiry, source: str, search: Search | None = None, actor: Actor, on: date) -> Inquiry:
    """As `ask_source`, over the wire where the source is asked so."""
    if not may_ask_sources(actor=actor, inquiry=inquiry):
        raise Refused(may_ask_sources.reason)
    answers = {}
    if source in connections():
        answers = gather(asked_in(inquiry), ground=inquiry.ground, on=on, sources=[source])
    if search is not None:
        search.answers |= answers
        done = ask_source(inquiry=inquiry, source=source, search=search, actor=actor, on=on)
    else:
        with Search(asked_in(inquiry), answers) as mine:
            done = ask_source(inquiry=inquiry, source=source, search=mine, actor=actor, on=on)
    send_for([inquiry.pk])
    return done


def ask_late(*, inquiry: Inquiry, actor: Actor, on: date) -> Inquiry:
    """As `ask_late_sources`, with the answers of the registers that are asked over the wire."""
    if not may_ask_sources(actor=actor, inquiry=inquiry):
        raise Refused(may_ask_sources.reason)
    done = ask_late_sources(inquiry=inquiry, answers=gather_late(inquiry, on=on), actor=actor, on=on)
    send_for([inquiry.pk])
    return done
