"""What must be done, what is overdue, and how late it was done: lateness is itself a figure."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import within
from anmin.ground.areas.vocabulary import Level
from anmin.ground.schedules.models import Task
from anmin.ground.schedules.vocabulary import TaskState


def tasks(
    actor: Actor,
    on: date,
    schedule: str = "",
    overdue: bool = False,
    until: date | None = None,
    town: str = "",
    search: str = "",
) -> QuerySet[Task]:
    """The open tasks in the actor's scope with `is_late`, what is due first on top; `town` is a path."""
    rows = Task.objects.filter(within(actor), state=TaskState.OPEN).select_related("area__parent")
    rows = rows.annotate(is_late=ExpressionWrapper(Q(due_on__lt=on), output_field=BooleanField()))
    if schedule:
        rows = rows.filter(schedule=schedule)
    if until is not None:
        rows = rows.filter(due_on__lte=until)
    if town:
        rows = rows.filter(area__path__startswith=town)
    if search:
        rows = rows.filter(label__contains=search)
    return rows.filter(due_on__lt=on) if overdue else rows


@dataclass(frozen=True)
class ScheduleCounts:
    """The tasks of one schedule: open, overdue."""

    schedule: str
    open: int
    overdue: int


def counts_by_schedule(actor: Actor, on: date) -> list[ScheduleCounts]:
    """Open and overdue tasks by schedule, the most overdue first; one query."""
    rows = tasks(actor, on).select_related(None).order_by().values("schedule")
    counted = rows.annotate(open=Count("id"), overdue=Count("id", filter=Q(due_on__lt=on)))
    return sorted((ScheduleCounts(**row) for row in counted), key=lambda each: (-each.overdue, -each.open, each.schedule))


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
