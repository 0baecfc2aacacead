"""What the pages of verification share: the way to them, and the tones of their states."""

from typing import Any

from django.urls import reverse

from anmin.ground.verification.vocabulary import ConsentState, Freshness

HOME = {"label": "首页", "url": "/"}

CONSENT_TONES: dict[str, str] = {
    ConsentState.IN_FORCE: "success",
    ConsentState.EXPIRING: "warning",
    ConsentState.TO_COME: "info",
    ConsentState.EXPIRED: "neutral",
    ConsentState.WITHDRAWN: "danger",
}
FRESHNESS_TONES: dict[str, str] = {Freshness.FRESH: "success", Freshness.STALE: "warning", Freshness.NONE: "neutral"}


def crumbs(label: str, url_name: str, *last: dict[str, Any]) -> list[dict[str, Any]]:
    """The way to a page under one of the places of the sidebar."""
    return [HOME, {"label": label, "url": reverse(url_name)} if last else {"label": label}, *last]
