"""What may become of a task."""

from django.db import models


class TaskState(models.TextChoices):
    OPEN = "open", "待办"
    DONE = "done", "已办"
    DROPPED = "dropped", "已取消"
