"""Files brought in: what came, who brought it, and whether it was loaded whole or not at all."""

from typing import ClassVar

from django.db import models

from anmin.ground.imports.vocabulary import ImportState


class ImportBatch(models.Model):
    """One file that was loaded whole, or refused whole with the list of what to mend."""

    personal_data: ClassVar[str] = "file names; row errors quote identity numbers masked"

    form = models.CharField(max_length=80)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    brought_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["form", "sha256"], condition=models.Q(state="loaded"), name="import_same_file_once")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_refused(self) -> bool:
        return self.state == ImportState.REFUSED
