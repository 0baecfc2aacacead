"""Papers the bureau made or received, each with its number, what it is about, and its files under their hashes."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging


class Document(models.Model):
    """A form or notice that was issued, or a paper that was handed in. What was issued never changes.

    `content` is the model from which an issued paper was written, so that it can be shown and written again; it is empty for
    what was handed in.
    """

    personal_data: ClassVar[str] = "whatever the paper says: names, income, illness"

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(null=True)
    made_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="document_subject")]
        constraints = [Unchanging(name="document_never_changes")]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"


class DocumentFile(models.Model):
    """One file of a document; its bytes lie in the data folder under their hash."""

    personal_data: ClassVar[str] = "the name under which a file was handed in"

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        constraints = [Unchanging(name="document_file_never_changes")]

    def __str__(self) -> str:
        return self.file_name


class NumberSeries(models.Model):
    """The last number given out in a series such as case numbers of a year."""

    personal_data: ClassVar[str] = "none"

    name = models.CharField(max_length=80, primary_key=True)
    last = models.PositiveIntegerField(default=0)
