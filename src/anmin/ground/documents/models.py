"""Files the bureau made or received, each with its number, its hash and what it is about."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging


class Document(models.Model):
    """A file: a form or notice generated from a template, or a paper that was handed in.

    The content lies in the data folder under its hash; what was issued never changes.
    """

    personal_data: ClassVar[str] = "whatever the paper says: names, income, illness; kept in the data folder"

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="document_subject")]
        constraints = [Unchanging(name="document_never_changes")]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"


class NumberSeries(models.Model):
    """The last number given out in a series such as case numbers of a year."""

    personal_data: ClassVar[str] = "none"

    name = models.CharField(max_length=80, primary_key=True)
    last = models.PositiveIntegerField(default=0)
