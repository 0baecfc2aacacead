"""How a room declares a rhythm: what is due by when, what became of it, and what is to be started for it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from anmin.ground.accounts.gate import Actor


@dataclass(frozen=True)
class Due:
    """One thing that must be done about one record by a day."""

    subject_id: int
    label: str
    area_id: int
    due_on: date


@dataclass(frozen=True)
class Schedule:
    """A rhythm. `due` tells everything that is due as of a day, one query however many; `is_kept` tells of records whether they
    are still kept under the schedule (what is not due any more is done for those, dropped for the others).

    `start` begins the work for the records whose day has come, and tells how many were begun; it must begin nothing twice.
    """

    name: str
    label: str
    basis: str
    subject_kind: str
    due: Callable[[date], Iterable[Due]]
    is_kept: Callable[[list[int]], Mapping[int, bool]]
    start: Callable[[list[int], Actor, date], int] | None = None


SCHEDULES: dict[str, Schedule] = {}
"""Every schedule of the house by its name; filled by the assembly."""


def register(schedules: Iterable[Schedule]) -> None:
    """The schedules are known; registering the same one again changes nothing."""
    for schedule in schedules:
        if SCHEDULES.setdefault(schedule.name, schedule) is not schedule:
            raise ValueError(f"two schedules are called {schedule.name}")
