"""One benefit held by one person: since when, until when, and by which list it came and went."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from anmin.base.periods import Month
from anmin.demo.calendar import first_workday
from anmin.demo.county import Citizen, Family

DIED = "死亡"


@dataclass(eq=False)
class Holding:
    """A benefit of a person in a family.

    Without `granted_on` it stood on the list when the platform began; otherwise a list proposed it that day. `until` is the last
    day of the last month, `ended_on` the day on which a list proposed the end, or from which a case decides it (`by_case`).
    """

    benefit: str
    person: Citizen
    family: Family
    since: date
    decided_on: date
    granted_on: date | None = None
    until: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    by_case: bool = False
    route: str = ""

    def is_due(self, month: Month) -> bool:
        """Whether the rolls pay it for a month, once everything is known."""
        first = month.first_day
        return self.since <= first and (self.until is None or self.until >= first)

    def closes(self, died_on: date, told_on: date) -> None:
        """The death ends it with its month; the list goes out on the first working day after it was told."""
        self.until, self.end_reason = Month.from_date(died_on).last_day, DIED
        told = Month.from_date(told_on)
        day = first_workday(told)
        self.ended_on = day if day >= told_on else first_workday(told + 1)


@dataclass
class Holders:
    """The families that only these benefits brought in, and all holdings."""

    families: list[Family] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)

    def of(self, benefit: str) -> Iterator[Holding]:
        """The holdings of one benefit."""
        return (each for each in self.holdings if each.benefit == benefit)

    @property
    def benefits(self) -> list[str]:
        """The benefits that somebody holds, in the order in which they came."""
        return list(dict.fromkeys(each.benefit for each in self.holdings))


def die(person: Citizen, died_on: date) -> None:
    """The death is told on the first working day of the next month."""
    person.died_on = died_on
    person.death_arrives = first_workday(Month.from_date(died_on) + 1)
