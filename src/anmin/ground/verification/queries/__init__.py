"""Reads of verification, each within what the asker may see: letters, deliveries, requests."""

from anmin.ground.verification.queries.consents import (
    Signatory,
    area_to_act_in,
    consent,
    consents,
    counts_by_state,
    signatories,
)
from anmin.ground.verification.queries.extracts import SourceLine, extract, extracts, source_lines
from anmin.ground.verification.queries.requests import requests

__all__ = [
    "Signatory",
    "SourceLine",
    "area_to_act_in",
    "consent",
    "consents",
    "counts_by_state",
    "extract",
    "extracts",
    "requests",
    "signatories",
    "source_lines",
]
