"""What must be done, what is overdue, and how late it was done: lateness is itself a figure."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.schedules.models import Task
from anmin.ground.schedules.vocabulary import TaskState


def tasks(actor: Actor, on: date, schedule: str = "", overdue: bool = False) -> QuerySet[Task]:
    """The open tasks in the actor's scope, what is due first on top."""
    rows = Task.objects.filter(within(actor), state=TaskState.OPEN).select_related("area__parent")
    if schedule:
        rows = rows.filter(schedule=schedule)
    return rows.filter(due_on__lt=on) if overdue else rows


@dataclass(frozen=True)
class TaskCounts:
    """The tasks of one town: open, overdue."""

    town_id: int
    town: str
    open: int
    overdue: int


def counts_by_town(actor: Actor, on: date, schedule: str = "") -> list[TaskCounts]:
    """Open and overdue tasks by town, the most overdue first; two queries."""
    rows = tasks(actor, on, schedule).select_related(None).order_by()
    sums: dict[int, tuple[int, int]] = {}
    for row in rows.values("area_id", "area__level", "area__parent_id").annotate(
        open=Count("id"), overdue=Count("id", filter=Q(due_on__lt=on))
    ):
        town = (row["area__parent_id"] if row["area__level"] == Level.VILLAGE else None) or row["area_id"]
        held = sums.get(town, (0, 0))
        sums[town] = (held[0] + row["open"], held[1] + row["overdue"])
    names = dict(Area.objects.filter(pk__in=sums).values_list("pk", "name"))
    counted = [TaskCounts(town, names[town], *numbers) for town, numbers in sums.items()]
    return sorted(counted, key=lambda each: (-each.overdue, -each.open, each.town_id))


def done_late(actor: Actor, first: date, last: date, schedule: str = "") -> QuerySet[Task]:
    """The tasks done in a period after their day."""
    rows = Task.objects.filter(within(actor), state=TaskState.DONE, closed_on__range=(first, last), closed_on__gt=F("due_on"))
    return rows.filter(schedule=schedule) if schedule else rows
