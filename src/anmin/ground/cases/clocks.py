"""Time limits as a fold of the steps taken: when a clock started, how long it stood still, when it runs out, whether it did.

Days are counted from the day after an event (民法典 第二百零一条). Each stretch between two steps belongs to the state the first
one led to and runs from the day after it to the day of the second one, included. A clock that stands still in that state
leaves the stretch out; what was left out is shown, never silently added.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from anmin.base.workdays import CalendarUnknown, add_workdays, workdays_between
from anmin.ground.cases.casetypes import CaseType, Clock
from anmin.ground.cases.models import CaseAction
from anmin.ground.policy.book import policy

WORKING = "working_days"
CALENDAR = "calendar_days"
UNIT_LABELS = {WORKING: "个工作日", CALENDAR: "天"}


@dataclass(frozen=True)
class Reading:
    """One run of a clock. `due_on` is its last day; None while nobody can say (it stands still, or the calendar is not known)."""

    clock: Clock
    limit: int
    unit: str
    started_on: date
    stopped_on: date | None
    due_on: date | None
    suspended: bool
    suspended_days: int
    remaining: int | None

    @property
    def is_running(self) -> bool:
        return self.stopped_on is None

    @property
    def acts_on(self) -> date | None:
        """The day it is due for lists: a clock to be waited out asks for action on the day after its end."""
        return self.due_on + timedelta(days=1) if self.due_on is not None and self.clock.waits else self.due_on

    def late_days(self, on: date) -> int:
        """By how many days it was or is overrun; a clock to be waited out never is."""
        end = self.stopped_on or on
        if self.due_on is None or self.clock.waits or end <= self.due_on:
            return 0
        return count(self.unit, self.due_on, end)

    def days_left(self, on: date) -> int | None:
        """How many of its days are left after the day; negative when overrun."""
        if self.due_on is None:
            return self.remaining
        return count(self.unit, on, self.due_on)

    @property
    def limit_label(self) -> str:
        return f"{self.limit}{UNIT_LABELS[self.unit]}"


def count(unit: str, start: date, end: date) -> int:
    """The days of the unit after `start` up to and with `end`; negative when it lies before."""
    return workdays_between(start, end) if unit == WORKING else (end - start).days


def add(unit: str, day: date, days: int) -> date:
    """The so-manieth day of the unit after `day`."""
    return add_workdays(day, days) if unit == WORKING else day + timedelta(days=days)


@dataclass(frozen=True)
class _Run:
    clock: Clock
    first: int
    """Place of the starting action."""
    last: int | None
    """Place of the stopping action."""

    def holds(self, place: int) -> bool:
        return self.first <= place and (self.last is None or place < self.last)


def _runs(case_type: CaseType, clock: Clock, actions: Sequence[CaseAction]) -> list[_Run]:
    found: list[_Run] = []
    first: int | None = None
    for place, action in enumerate(actions):
        if first is not None and (action.step in clock.stops_on or action.to_state in case_type.final):
            found.append(_Run(clock, first, place))
            first = None
        elif first is None and action.step in clock.starts_on and action.to_state not in case_type.final:
            first = place
    if first is not None:
        found.append(_Run(clock, first, None))
    return found


@dataclass(frozen=True)
class _Stretch:
    after: date
    upto: date | None
    runs: bool


def _stretches(run: _Run, actions: Sequence[CaseAction], waits: Sequence[tuple[_Run, date | None]]) -> list[_Stretch]:
    found: list[_Stretch] = []
    last = len(actions) - 1 if run.last is None else run.last - 1
    for place in range(run.first, last + 1):
        action = actions[place]
        upto = actions[place + 1].on if place + 1 < len(actions) else None
        if action.to_state not in run.clock.suspended_in:
            found.append(_Stretch(action.on, upto, runs=True))
            continue
        # A notice stops other clocks while it hangs, not while somebody forgets to take it down.
        end = next(
            (
                end
                for wait, end in waits
                if wait.clock is not run.clock and wait.holds(place) and action.to_state not in wait.clock.suspended_in
            ),
            None,
        )
        if end is not None and (upto is None or end < upto):
            cut = max(end, action.on)
            found += [_Stretch(action.on, cut, runs=False), _Stretch(cut, upto, runs=True)]
        else:
            found.append(_Stretch(action.on, upto, runs=False))
    return found


def _read(run: _Run, actions: Sequence[CaseAction], waits: Sequence[tuple[_Run, date | None]], special: bool) -> Reading:
    started = actions[run.first].on
    address = run.clock.special_limit if special and run.clock.special_limit else run.clock.limit
    entry = policy().entry(address, on=started)
    limit, unit = entry.value, entry.unit
    assert isinstance(limit, int)  # a time limit is a number of days
    reading = Reading(
        clock=run.clock,
        limit=limit,
        unit=unit,
        started_on=started,
        stopped_on=None if run.last is None else actions[run.last].on,
        due_on=None,
        suspended=False,
        suspended_days=0,
        remaining=None,
    )
    try:
        return _counted(reading, _stretches(run, actions, waits))
    except CalendarUnknown:
        # Casework goes on in December even when next year's holidays are not published yet.
        return reading


def _counted(reading: Reading, stretches: Sequence[_Stretch]) -> Reading:
    left, stood, due = reading.limit, 0, None
    suspended = False
    for stretch in stretches:
        suspended = not stretch.runs
        if stretch.upto is None:
            if stretch.runs and due is None:
                due = add(reading.unit, stretch.after, left)
            continue
        days = count(reading.unit, stretch.after, stretch.upto)
        if not stretch.runs:
            stood += days
        elif due is None:
            if days >= left:
                due = add(reading.unit, stretch.after, left)
            else:
                left -= days
    if due is None and reading.stopped_on is not None and not suspended:
        # It was stopped in time: the day it would have run out on.
        due = add(reading.unit, reading.stopped_on, left)
    return replace(
        reading,
        due_on=due,
        suspended=suspended and reading.is_running,
        suspended_days=stood,
        remaining=left if due is None else None,
    )


def read_clocks(case_type: CaseType, actions: Sequence[CaseAction]) -> list[Reading]:
    """The latest run of each clock that ever started, in the order of the declaration."""
    special = bool(case_type.special_step) and any(action.step == case_type.special_step for action in actions)
    waits: list[tuple[_Run, date | None]] = [
        (run, _read(run, actions, (), special).due_on)
        for clock in case_type.clocks
        if clock.waits
        for run in _runs(case_type, clock, actions)
    ]
    latest = (runs[-1] for clock in case_type.clocks if (runs := _runs(case_type, clock, actions)))
    return [_read(run, actions, waits, special) for run in latest]


def pressing(readings: Sequence[Reading]) -> Reading | None:
    """The clock that asks for action first: the earliest end among those that run, else one that stands still."""
    running = [reading for reading in readings if reading.is_running]
    dated = [reading for reading in running if reading.acts_on is not None]
    if dated:
        return min(dated, key=lambda reading: reading.acts_on or date.max)
    return running[0] if running else None
