"""What each source can answer on a day: by which delivery, or why by none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from anmin.ground.verification.freshness import freshness, freshness_limits
from anmin.ground.verification.models import Extract
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import WATCHED, Answered, Freshness, Occasion


@dataclass(frozen=True)
class Standing:
    """A source on a day: whether it can be searched, and the delivery that counts (the newest whole one by its day of data).

    `parts` are the fresh partial deliveries since: what they hold is so, but whoever is not in them may still be in the whole.
    """

    source: str
    answered: Answered
    extract: Extract | None
    parts: tuple[Extract, ...] = ()


def standings(on: date) -> dict[str, Standing]:
    """Every source as it stands on a day; one query. Data that came late count by the day they are of, not by arrival."""
    limits = freshness_limits(on)
    newest: dict[str, Extract] = {}
    parts: dict[str, list[Extract]] = {}
    kept = Extract.objects.filter(received_on__lte=on, as_of__lte=on).exclude(kept_as="")
    for extract in kept.order_by("as_of", "id"):
        if extract.partial:
            parts.setdefault(extract.source, []).append(extract)
        else:
            newest[extract.source] = extract
            parts.pop(extract.source, None)
    return {source: _standing(source, newest.get(source), parts.get(source, ()), limits.get(source), on) for source in SOURCES}


def _standing(source: str, extract: Extract | None, parts: Sequence[Extract], limit: int | None, on: date) -> Standing:
    fresh = tuple(each for each in parts if freshness((on - each.as_of).days, limit) is Freshness.FRESH)
    if extract is None:
        return Standing(source, Answered.NOT_DELIVERED, None, fresh)
    stale = freshness((on - extract.as_of).days, limit) is Freshness.STALE
    return Standing(source, Answered.STALE if stale else Answered.SEARCHED, extract, fresh)


def seems_partial(source: str, as_of: date, rows: int) -> bool:
    """Whether a delivery of which nobody says so holds only some people: not half the rows of the last whole one. One query."""
    newest = newest_whole(source)
    return newest is not None and newest.as_of <= as_of and rows * 2 < newest.rows


def newest_whole(source: str) -> Extract | None:
    """The last delivery of everybody whose rows are still there."""
    kept = Extract.objects.filter(source=source, partial=False).exclude(kept_as="")
    return kept.order_by("-as_of", "-id").first()


def sources_of(occasion: Occasion) -> tuple[str, ...]:
    """The sources an inquiry asks: those that are watched, or all."""
    return WATCHED if occasion is Occasion.WATCH else tuple(SOURCES)
