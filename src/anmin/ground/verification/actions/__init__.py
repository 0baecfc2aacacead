"""What may be done: letters of consent, deliveries of departments, requests and full checks, findings, reports."""

from anmin.ground.verification.actions.consents import record_consent, record_consents, withdraw_consent
from anmin.ground.verification.actions.exchange import receive_batch, send_batch
from anmin.ground.verification.actions.extracts import delete_rows, receive_extract
from anmin.ground.verification.actions.findings import (
    ask_family,
    decide_finding,
    propose_finding,
    record_objection,
    reopen_finding,
    return_finding,
    settle_contradiction,
)
from anmin.ground.verification.actions.hits import identify_hit, reopen_hit
from anmin.ground.verification.actions.inquiries import (
    ask_late_sources,
    ask_source,
    conclude_campaign,
    open_campaign,
    run_requests,
)
from anmin.ground.verification.actions.reports import issue_report
from anmin.ground.verification.actions.requests import BASIS, record_report, request_verification, take_over_report
from anmin.ground.verification.actions.watches import keep_watches
from anmin.ground.verification.actions.watching import open_reviews
from anmin.ground.verification.signing import Letter

__all__ = [
    "BASIS",
    "Letter",
    "ask_family",
    "ask_late_sources",
    "ask_source",
    "conclude_campaign",
    "decide_finding",
    "delete_rows",
    "identify_hit",
    "issue_report",
    "keep_watches",
    "open_campaign",
    "open_reviews",
    "propose_finding",
    "receive_batch",
    "receive_extract",
    "record_consent",
    "record_consents",
    "record_objection",
    "record_report",
    "reopen_finding",
    "reopen_hit",
    "request_verification",
    "return_finding",
    "run_requests",
    "send_batch",
    "settle_contradiction",
    "take_over_report",
    "withdraw_consent",
]
