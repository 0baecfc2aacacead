"""Where the page of a record is."""

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
    "accounts.staff": "staff-account",
}


def record_url(kind: str, key: int | str | None) -> str:
    """The address of the record's page; empty where it has none."""
    if key is None or kind not in _PAGES:
        return ""
    try:
        return reverse(_PAGES[kind], args=[key])
    except NoReverseMatch:
        return ""
