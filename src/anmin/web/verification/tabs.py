"""What the pages of verification share: the way to them, and the tones of their states."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse

from anmin.ground.verification.vocabulary import (
    Answered,
    ConsentState,
    FindingState,
    Freshness,
    PersonAnswer,
    StepTaken,
    Tier,
    VerificationResult,
)

HOME = {"label": "首页", "url": "/"}

CONSENT_TONES: dict[str, str] = {
    ConsentState.IN_FORCE: "success",
    ConsentState.EXPIRING: "warning",
    ConsentState.TO_COME: "info",
    ConsentState.EXPIRED: "neutral",
    ConsentState.WITHDRAWN: "danger",
}
FRESHNESS_TONES: dict[str, str] = {Freshness.FRESH: "success", Freshness.STALE: "warning", Freshness.NONE: "neutral"}
FINDING_TONES: dict[str, str] = {
    FindingState.OPEN: "accent",
    FindingState.ASKED: "info",
    FindingState.ANSWERED: "accent",
    FindingState.PROPOSED: "warning",
    FindingState.ACCEPTED: "danger",
    FindingState.REJECTED: "neutral",
    FindingState.CARRIED: "neutral",
}
STEP_TONES: dict[str, str] = {
    StepTaken.ASKED: "info",
    StepTaken.OBJECTED: "warning",
    StepTaken.PROPOSED: "accent",
    StepTaken.RETURNED: "warning",
    StepTaken.ACCEPTED: "danger",
    StepTaken.REJECTED: "success",
    StepTaken.REOPENED: "warning",
    StepTaken.CARRIED: "info",
}
STEP_ICONS: dict[str, str] = {
    StepTaken.ASKED: "message",
    StepTaken.OBJECTED: "message-report",
    StepTaken.PROPOSED: "pencil",
    StepTaken.RETURNED: "arrow-back-up",
    StepTaken.ACCEPTED: "check",
    StepTaken.REJECTED: "x",
    StepTaken.REOPENED: "refresh",
    StepTaken.CARRIED: "arrow-right",
}
ANSWERED_TONES: dict[str, str] = {
    Answered.SEARCHED: "success",
    Answered.STALE: "warning",
    Answered.NOT_DELIVERED: "neutral",
    Answered.UNAVAILABLE: "danger",
    Answered.AWAITED: "warning",
}
ANSWER_TONES: dict[str, str] = {
    PersonAnswer.FOUND: "accent",
    PersonAnswer.NOTHING: "success",
    PersonAnswer.NO_CONSENT: "danger",
    PersonAnswer.STALE: "warning",
    PersonAnswer.NOT_DELIVERED: "neutral",
    PersonAnswer.UNAVAILABLE: "danger",
    PersonAnswer.AWAITED: "warning",
}
TIER_TONES: dict[str, str] = {
    Tier.NUMBER_AND_NAME: "success",
    Tier.SCORED: "info",
    Tier.QUEUE: "warning",
    Tier.NOT_THE_PERSON: "neutral",
}
RESULT_TONES: dict[str, str] = {
    VerificationResult.NOTHING_OVER: "success",
    VerificationResult.DOUBTFUL: "danger",
    VerificationResult.INCOMPLETE: "warning",
}


def with_labels(words: type[TextChoices], tones: Mapping[str, str]) -> dict[str, str]:
    """Tones by value and by label, for columns of a table, which are given the label."""
    return {key: tone for value, tone in tones.items() for key in (str(value), str(words(value).label))}


def crumbs(label: str, url_name: str, *last: dict[str, Any]) -> list[dict[str, Any]]:
    """The way to a page under one of the places of the sidebar."""
    return [HOME, {"label": label, "url": reverse(url_name)} if last else {"label": label}, *last]
