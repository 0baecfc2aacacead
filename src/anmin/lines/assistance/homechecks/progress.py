"""How far a round is: what counts as late, and villages added up. Asks nothing; `queries.py` counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from anmin.lines.assistance.homechecks.models import HomeCheckPlan
from anmin.lines.assistance.homechecks.vocabulary import CHECKED


@dataclass(frozen=True)
class Progress:
    """How far a town or a village is."""

    town: str
    village: str
    village_id: int | None
    households: int
    checked: int
    changed: int
    moved: int
    absent: int
    overdue: int

    @property
    def open(self) -> int:
        return self.households - self.checked

    @property
    def share(self) -> int:
        """The part that is checked, in whole per cent, rounded down: 100 is everybody."""
        return self.checked * 100 // self.households if self.households else 0


def overdue(plan: HomeCheckPlan, on: date) -> Q:
    """The households that should have been checked by now, or visited a second time."""
    late = Q(again_due_on__lt=on)
    if plan.due_on < on:
        late |= ~Q(result__in=CHECKED)
    return late


def by_town(villages: Sequence[Progress]) -> list[Progress]:
    """The same added up by town."""
    return [
        _added(town, [each for each in villages if each.town == town]) for town in dict.fromkeys(each.town for each in villages)
    ]


def total(villages: Sequence[Progress]) -> Progress:
    """The same added up."""
    return _added("合计", villages)


def _added(town: str, of: Sequence[Progress]) -> Progress:
    counts = ("households", "checked", "changed", "moved", "absent", "overdue")
    return Progress(town, "", None, *(sum(getattr(each, name) for each in of) for name in counts))
