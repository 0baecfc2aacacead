"""Administrative divisions with their history; the tree along which a clerk may see."""

from typing import ClassVar

from django.db import models

from anmin.ground.areas.vocabulary import Level, VillageKind
from anmin.ground.constraints import NoOverlap

_ENDS_AFTER_IT_BEGINS = models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from"))


class Area(models.Model):
    """A county, an operating town, street or office, or a village or community.

    `path` spells the chain of our codes (`1/104/10437/`), so that "inside" is a prefix. `code` is ours and never reused; official
    codes differ between lists and years, so they stand in `AreaCode` and nothing is joined on them. `name` and `parent` are
    those of now; what they were before stands in `AreaSpell`.
    """

    personal_data: ClassVar[str] = "none"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(choices=Level)
    kind = models.CharField(max_length=20, choices=VillageKind, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=60, unique=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    # Schematic map for the home page: invented outlines, never a surveyed boundary.
    outline = models.JSONField(null=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(name="area_ends_after_it_begins", condition=_ENDS_AFTER_IT_BEGINS)]

    def __str__(self) -> str:
        return self.name


class AreaSpell(models.Model):
    """The name an area bore and the area it lay in, during a period; the last one is open as long as the area exists."""

    personal_data: ClassVar[str] = "none"

    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="spells")
    name = models.CharField(max_length=60)
    parent = models.ForeignKey("areas.Area", on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            NoOverlap(name="area_spell_no_overlap", columns=["area_id"]),
            models.CheckConstraint(name="area_spell_ends_after_it_begins", condition=_ENDS_AFTER_IT_BEGINS),
        ]


class AreaCode(models.Model):
    """An official code of an area, with the list it comes from and the days it held."""

    personal_data: ClassVar[str] = "none"

    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="codes")
    source = models.CharField(max_length=60)
    code = models.CharField(max_length=12)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["source", "code", "valid_from"]
        constraints = [
            NoOverlap(name="area_code_no_overlap", columns=["source", "code"]),
            models.CheckConstraint(name="area_code_ends_after_it_begins", condition=_ENDS_AFTER_IT_BEGINS),
        ]
