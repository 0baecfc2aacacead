"""The business day, which a demonstration may set, and the instant that belongs to a day.

Every action is told its day (``on``); only doors ask ``today()``. A demonstration lives in its own year: the assembly
freezes the business day from the settings. The audit log keeps the true instant (``true_instant``) besides the business
day, so no setting can backdate what was really done when.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = time(12, 0)

_frozen: date | None = None


def freeze(day: date | None) -> None:
    """The business day of this process is ``day`` until changed; ``None`` gives it back to the calendar on the wall."""
    global _frozen  # one process has one business day; every thread must see the same
    if isinstance(day, datetime):
        raise TypeError("freeze() takes a date, not an instant")
    _frozen = day


def is_frozen() -> bool:
    """Whether the business day was set by hand."""
    return _frozen is not None


def true_instant() -> datetime:
    """The instant on the wall in Shanghai, whatever the business day; for the audit log."""
    return datetime.now(SHANGHAI)


def today() -> date:
    """The business day."""
    return _frozen if _frozen is not None else true_instant().date()


def instant(on: date) -> datetime:
    """The aware instant of something that happens on the day ``on``.

    On the present business day it is the present time of that day; on any other day, noon: what is entered afterwards
    for an earlier day has no time of its own, and a time at the edge of the day could fall into the day before in UTC.
    On a frozen day the time runs with the wall, so it starts again from midnight when the wall passes midnight.
    """
    if isinstance(on, datetime):
        raise TypeError("instant() takes a date, not an instant")
    present = true_instant()
    if on != (_frozen if _frozen is not None else present.date()):
        return datetime.combine(on, NOON, SHANGHAI)
    return present if _frozen is None else datetime.combine(on, present.time(), SHANGHAI)
