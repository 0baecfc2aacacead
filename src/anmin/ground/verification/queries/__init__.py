"""Reads of verification, each within what the asker may see: letters, deliveries, requests, inquiries, findings, reports."""

from anmin.ground.verification.queries.consents import (
    Signatory,
    area_to_act_in,
    consent,
    consents,
    counts_by_state,
    signatories,
)
from anmin.ground.verification.queries.extracts import (
    SourceLine,
    arrival_cautions,
    delivered_before,
    extract,
    extracts,
    source_lines,
)
from anmin.ground.verification.queries.findings import (
    FindingPage,
    HitPage,
    finding,
    findings,
    hit,
    hit_pages,
    hits_in_queue,
    hits_looked_at,
)
from anmin.ground.verification.queries.inquiries import (
    Progress,
    Watched,
    inquiries,
    inquiry,
    news_for_the_watch,
    progress,
    standing_watch,
    watched_at,
)
from anmin.ground.verification.queries.reports import Proof, proves, proves_file, report, reports
from anmin.ground.verification.queries.requests import requests
from anmin.ground.verification.queries.roll_up import PersonAnswers, RollUp, household_roll_up, households_of, inquiries_about

__all__ = [
    "FindingPage",
    "HitPage",
    "PersonAnswers",
    "Progress",
    "Proof",
    "RollUp",
    "Signatory",
    "SourceLine",
    "Watched",
    "area_to_act_in",
    "arrival_cautions",
    "consent",
    "consents",
    "counts_by_state",
    "delivered_before",
    "extract",
    "extracts",
    "finding",
    "findings",
    "hit",
    "hit_pages",
    "hits_in_queue",
    "hits_looked_at",
    "household_roll_up",
    "households_of",
    "inquiries",
    "inquiries_about",
    "inquiry",
    "news_for_the_watch",
    "progress",
    "proves",
    "proves_file",
    "report",
    "reports",
    "requests",
    "signatories",
    "source_lines",
    "standing_watch",
    "watched_at",
]
