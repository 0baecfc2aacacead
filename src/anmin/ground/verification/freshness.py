"""How old what a department delivered may be, by source."""

from datetime import date

from anmin.ground.policy.book import policy
from anmin.ground.verification.vocabulary import Freshness


def freshness_limits(on: date) -> dict[str, int]:
    """By source, how many days old a delivery may be on the day it is searched."""
    limits = policy().value("verification.extracts.freshness_days", on=on)
    assert isinstance(limits, dict)  # a table by source
    return {str(name): int(days) for name, days in limits.items()}


def freshness(age: int | None, limit: int | None) -> Freshness:
    """What a delivery of that age in days is, against the limit; without a limit nothing is too old."""
    if age is None:
        return Freshness.NONE
    return Freshness.STALE if limit is not None and age > limit else Freshness.FRESH
