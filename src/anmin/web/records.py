"""Where the page of a record is."""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

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
    "accounts.staff": "staff-account",
}


_WHY = {"assistance.dibao": "dibao-why"}


def why_url(line: Any) -> str:
    """The page that says why a line of a roll is what it is, as known when the roll was made; empty where there is none."""
    entitlement = line.entitlement
    if entitlement.benefit not in _WHY:
        return ""
    query = {"entitlement": entitlement.pk, "month": line.for_month, "known_on": f"{line.roll.known_at:%Y-%m-%d}"}
    return f"{reverse(_WHY[entitlement.benefit], args=[entitlement.household_id])}?{urlencode(query)}"


def record_url(kind: str, key: int | str | None) -> str:
    """The address of the record's page; empty where it has none."""
    if key is None or kind not in _PAGES:
        return ""
    try:
        return reverse(_PAGES[kind], args=[key])
    except NoReverseMatch:
        return ""
