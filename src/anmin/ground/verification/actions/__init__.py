"""What may be done: letters of consent, deliveries of departments, requests and their answers."""

from anmin.ground.verification.actions.consents import Letter, record_consent, record_consents, withdraw_consent
from anmin.ground.verification.actions.extracts import delete_rows, receive_extract
from anmin.ground.verification.actions.requests import BASIS, record_report, request_verification

__all__ = [
    "BASIS",
    "Letter",
    "delete_rows",
    "receive_extract",
    "record_consent",
    "record_consents",
    "record_report",
    "request_verification",
    "withdraw_consent",
]
