"""Levels and kinds of administrative areas."""

from django.db import models


class Level(models.IntegerChoices):
    COUNTY = 3, "县（市）"
    TOWN = 4, "镇（街道）"
    VILLAGE = 5, "村（社区）"


class VillageKind(models.TextChoices):
    VILLAGE = "village", "村"
    COMMUNITY = "community", "社区"
    NONE = "", "—"
