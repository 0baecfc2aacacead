"""Tasks laid by rhythms: who must get what how often."""

from typing import ClassVar

from django.db import models

from anmin.ground.schedules.vocabulary import TaskState


class Task(models.Model):
    """Something a declared schedule says must be done about one record by a day."""

    personal_data: ClassVar[str] = "a label that names the household by number"

    schedule = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    label = models.CharField(max_length=200)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    laid_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=TaskState, default=TaskState.OPEN)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["state", "due_on"], name="task_open_due")]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "subject_id", "due_on"], name="task_laid_once"),
            models.CheckConstraint(
                condition=models.Q(state=TaskState.OPEN, closed_on__isnull=True)
                | (~models.Q(state=TaskState.OPEN) & models.Q(closed_on__isnull=False)),
                name="task_closed_with_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Laying(models.Model):
    """One time that a schedule was laid: how many tasks were added and how many found closed."""

    personal_data: ClassVar[str] = "none"

    schedule = models.CharField(max_length=80)
    on = models.DateField()
    laid = models.PositiveIntegerField()
    done = models.PositiveIntegerField()
    dropped = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.schedule} {self.on}"
