"""Words of every kind of case."""

from django.db import models


class Outcome(models.TextChoices):
    """How it can end for a family; each is told by a letter with its reasons."""

    GRANTED = "granted", "给予"
    REFUSED = "refused", "不予给予"
    CHANGED = "changed", "变更"
    STOPPED = "stopped", "停发"
    RECOVERED = "recovered", "追回"
    UNDETERMINED = "undetermined", "材料不足"
