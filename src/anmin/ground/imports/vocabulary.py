"""What became of a file that was brought in."""

from django.db import models


class ImportState(models.TextChoices):
    LOADED = "loaded", "已导入"
    REFUSED = "refused", "已退回"
