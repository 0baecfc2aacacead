"""What runs every night: all schedules laid, the work of the month begun."""

from datetime import date

from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.schedules.actions import lay_tasks
from anmin.ground.schedules.declarations import SCHEDULES
from anmin.ground.schedules.models import Laying, Task
from anmin.ground.schedules.vocabulary import TaskState


def lay_all(*, actor: Actor, on: date, start: bool = True) -> dict[str, tuple[Laying, int]]:
    """Every schedule is laid, and the work of those that fall due this month is begun; by schedule, what was laid and begun.

    Not one transaction: each schedule is laid whole, each piece of work is begun by its own action.
    """
    this_month = Month.from_date(on).last_day
    said: dict[str, tuple[Laying, int]] = {}
    for schedule in SCHEDULES.values():
        laying = lay_tasks(schedule=schedule.name, actor=actor, on=on)
        ready = Task.objects.filter(schedule=schedule.name, state=TaskState.OPEN, due_on__lte=this_month)
        begun = 0
        if start and schedule.start is not None:
            begun = schedule.start(list(ready.values_list("subject_id", flat=True)), actor, on)
        said[schedule.name] = (laying, begun)
    return said
