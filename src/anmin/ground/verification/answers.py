"""What each source can answer on a day: by which delivery, or why by none."""

from dataclasses import dataclass
from datetime import date

from anmin.ground.verification.freshness import freshness, freshness_limits
from anmin.ground.verification.models import Extract
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import WATCHED, Answered, Freshness, Occasion


@dataclass(frozen=True)
class Standing:
    """A source on a day: whether it can be searched, and the delivery that counts (the newest by its day of data)."""

    source: str
    answered: Answered
    extract: Extract | None


def standings(on: date) -> dict[str, Standing]:
    """Every source as it stands on a day; one query. Data that came late count by the day they are of, not by arrival."""
    limits = freshness_limits(on)
    newest: dict[str, Extract] = {}
    kept = Extract.objects.filter(received_on__lte=on, as_of__lte=on).exclude(kept_as="")
    for extract in kept.order_by("as_of", "id"):
        newest[extract.source] = extract
    return {source: _standing(source, newest.get(source), limits.get(source), on) for source in SOURCES}


def _standing(source: str, extract: Extract | None, limit: int | None, on: date) -> Standing:
    if extract is None:
        return Standing(source, Answered.NOT_DELIVERED, None)
    stale = freshness((on - extract.as_of).days, limit) is Freshness.STALE
    return Standing(source, Answered.STALE if stale else Answered.SEARCHED, extract)


def sources_of(occasion: Occasion) -> tuple[str, ...]:
    """The sources an inquiry asks: those that are watched, or all."""
    return WATCHED if occasion is Occasion.WATCH else tuple(SOURCES)
