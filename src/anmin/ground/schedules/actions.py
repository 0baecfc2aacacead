"""Tasks are laid as their schedules say; laying them again changes nothing."""

from datetime import date

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.schedules.declarations import SCHEDULES, Schedule
from anmin.ground.schedules.models import Laying, Task
from anmin.ground.schedules.permissions import may_lay_tasks
from anmin.ground.schedules.vocabulary import TaskState

BATCH = 2000


@action("schedule.laid", permission=may_lay_tasks)
def lay_tasks(*, schedule: str, actor: Actor, on: date) -> Laying:
    """Every task the schedule asks for as of the day is there, once, in its words of today; what is not due any more is closed.

    Set-wise: a few statements however many records. Refuses: a schedule nobody declared.
    """
    declared = SCHEDULES.get(schedule)
    if declared is None:
        raise BadValue(f"没有名为“{schedule}”的工作日程，可选：{'、'.join(sorted(SCHEDULES))}。")
    wanted = {(due.subject_id, due.due_on): due for due in declared.due(on)}
    existing = {
        (subject_id, due_on): (pk, state, label)
        for pk, subject_id, due_on, state, label in Task.objects.filter(schedule=schedule).values_list(
            "pk", "subject_id", "due_on", "state", "label"
        )
    }
    new = [
        Task(
            schedule=schedule,
            subject_kind=declared.subject_kind,
            subject_id=due.subject_id,
            label=due.label[:200],
            area_id=due.area_id,
            laid_on=on,
            due_on=due.due_on,
        )
        for key, due in wanted.items()
        if key not in existing
    ]
    # Two who lay at the same time: the constraint keeps each task single.
    Task.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)
    retold = [
        Task(pk=pk, label=wanted[key].label[:200])
        for key, (pk, state, label) in existing.items()
        if state == TaskState.OPEN and key in wanted and wanted[key].label[:200] != label
    ]
    Task.objects.bulk_update(retold, ["label"], batch_size=200)
    over = {
        pk: subject_id
        for (subject_id, due_on), (pk, state, _) in existing.items()
        if state == TaskState.OPEN and (subject_id, due_on) not in wanted
    }
    done, dropped = _close(declared, over, on)
    laying = Laying.objects.create(schedule=schedule, on=on, laid=len(new), done=done, dropped=dropped)
    remark(f"{declared.label}：新增任务 {len(new)} 项，办结 {done} 项，取消 {dropped} 项", basis=declared.basis)
    return laying


def _close(declared: Schedule, over: dict[int, int], on: date) -> tuple[int, int]:
    kept = declared.is_kept(sorted(set(over.values()))) if over else {}
    done = [pk for pk, subject_id in over.items() if kept.get(subject_id, False)]
    dropped = [pk for pk, subject_id in over.items() if not kept.get(subject_id, False)]
    for state, ids in ((TaskState.DONE, done), (TaskState.DROPPED, dropped)):
        for place in range(0, len(ids), BATCH):
            Task.objects.filter(pk__in=ids[place : place + BATCH]).update(state=state, closed_on=on)
    return len(done), len(dropped)
