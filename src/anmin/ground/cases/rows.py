"""One line of the worklist, and the list that is read as far as it is looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from django.db.models import F, QuerySet

from anmin.base.workdays import CalendarUnknown, workdays_between
from anmin.ground.areas.vocabulary import Level
from anmin.ground.cases.casetypes import CASE_TYPES
from anmin.ground.cases.models import Case


@dataclass(frozen=True)
class Filters:
    """What the worklist is narrowed to; empty means everything that is open."""

    kind: str = ""
    state: str = ""
    town: int | None = None
    overdue: bool = False
    soon: bool = False
    mine: bool = False
    text: str = ""
    closed: bool = False
    every: bool = False
    """Open and closed ones alike."""


@dataclass(frozen=True)
class WorkRow:
    """One line of the worklist."""

    number: str
    kind: str
    kind_label: str
    household_id: int
    household_number: str
    applicant_id: int
    applicant: str
    area: str
    town: str
    state: str
    state_label: str
    opened_on: date
    closed_on: date | None
    clock_label: str
    clock_stopped: bool
    waiting: bool
    due_on: date | None
    days_left: int | None
    """Working days left; negative when overdue."""
    overdue: bool
    special: bool


ORDERS: dict[str, tuple[str, ...]] = {
    "number": ("id",),
    "applicant": ("applicant__initials", "applicant__name"),
    "household_number": ("household__number",),
    "town": ("area__code",),
    "kind_label": ("kind",),
    "state_label": ("state",),
    "opened_on": ("opened_on",),
    "closed_on": ("closed_on",),
    "due_on": ("due_on",),
}
"""What a list may be sorted by: the name in a row, and the columns that sort it."""


class Worklist(Sequence[WorkRow]):
    """The rows of a worklist, fetched as they are asked for; a paginator can cut it."""

    def __init__(self, cases: QuerySet[Case], on: date) -> None:
        self.cases = cases
        self.on = on

    def sorted_by(self, *names: str) -> "Worklist":
        """The same rows in another order: names of `ORDERS`, with a minus for the reverse; those without a value come last."""
        wanted = [
            F(column).desc(nulls_last=True) if name.startswith("-") else F(column).asc(nulls_last=True)
            for name in names
            for column in ORDERS.get(name.removeprefix("-"), ())
        ]
        return Worklist(self.cases.order_by(*wanted, "id"), self.on) if wanted else self

    def __len__(self) -> int:
        return self.cases.count()

    def count(self, value: object = None) -> int:
        """How many cases there are; what a paginator asks."""
        return len(self)

    @overload
    def __getitem__(self, place: int) -> WorkRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[WorkRow]: ...
    def __getitem__(self, place: int | slice) -> WorkRow | list[WorkRow]:
        if isinstance(place, slice):
            return [row_of(case, self.on) for case in self.cases[place]]
        return row_of(self.cases[place], self.on)

    def __iter__(self) -> Iterator[WorkRow]:
        return (row_of(case, self.on) for case in self.cases)


def row_of(case: Case, on: date) -> WorkRow:
    """The line of a case as of a day; the case comes with household, applicant and the area's parent."""
    case_type = CASE_TYPES[case.kind]
    waiting = case.clock in case_type.waiting_clocks
    clock = next((clock for clock in case_type.clocks if clock.name == case.clock), None)
    town = case.area if case.area.level == Level.TOWN else case.area.parent
    return WorkRow(
        number=case.number,
        kind=case.kind,
        kind_label=case_type.label,
        household_id=case.household_id,
        household_number=case.household.number,
        applicant_id=case.applicant_id,
        applicant=case.applicant.name,
        area=case.area.name,
        town=town.name if town else "",
        state=case.state,
        state_label=case_type.state_label(case.state),
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        clock_label=clock.label if clock else "",
        clock_stopped=case.clock_stopped,
        waiting=waiting,
        due_on=case.due_on,
        days_left=_days_left(case.due_on, on),
        overdue=case.closed_on is None and case.due_on is not None and case.due_on < on and not waiting,
        special=case.special,
    )


def _days_left(due_on: date | None, on: date) -> int | None:
    if due_on is None:
        return None
    try:
        return workdays_between(on, due_on)
    except CalendarUnknown:
        return None
