"""Where the page of a record is."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from anmin.ground.entitlements.reasons import explained

_PAGES = {
    "person": "person",
    "household": "household",
    "entitlement": "entitlement",
    "roll": "roll",
    "roll_line": "roll-line",
    "payment": "payment",
    "case": "case",
    "people.person": "person",
    "people.household": "household",
    "entitlements.entitlement": "entitlement",
    "payments.roll": "roll",
    "payments.payment": "payment",
    "payments.recovery": "recovery",
    "homechecks.homecheckplan": "home-check-plan",
    "homechecks.homecheck": "home-check",
    "payments.payoutchange": "payout-change",
    "accounts.staff": "staff-account",
    "verification.consent": "consent",
    "verification.extract": "delivery",
    "verification.finding": "finding",
}


def why_url(line: Any) -> str:
    """The page that says why a line of a roll is what it is, as known when the roll was made; empty where there is none."""
    known_on = f"{line.roll.known_at:%Y-%m-%d}"
    return benefit_why(line.entitlement.benefit, entitlement=line.entitlement_id, month=line.for_month, known_on=known_on)


def benefit_why(benefit: str, **about: int | str) -> str:
    """The page that says why somebody gets what they get of a benefit; empty for a benefit that no rules reckon."""
    return f"{reverse('benefit-why', args=[benefit])}?{urlencode(about)}" if explained(benefit) else ""


def record_url(kind: str, key: int | str | None) -> str:
    """The address of the record's page; empty where it has none."""
    if key is None or kind not in _PAGES:
        return ""
    try:
        return reverse(_PAGES[kind], args=[key])
    except NoReverseMatch:
        return ""
