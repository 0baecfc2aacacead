"""Reports as issued: the text and the figures, frozen; and the rules of the check that somebody did without."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging


class IssuedReport(models.Model):
    """A report that left the house: its text, and each figure with its value and the hash of the rows behind it.

    `figures` holds, by id, what the figure was; `scope` are the paths of the areas it was counted over; `paper` is the text with
    its headings, to be written in any format again; `seal` is the hash of all of it.
    """

    personal_data: ClassVar[str] = "none; figures only"

    number = models.CharField(max_length=60, unique=True)
    period = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    text = models.TextField()
    paper = models.JSONField()
    figures = models.JSONField()
    scope = models.JSONField()
    issued_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField()
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        constraints = [Unchanging(name="issued_report_never_changes")]

    def __str__(self) -> str:
        return f"{self.title}（{self.number}）"


class RuleSetAside(models.Model):
    """A rule of the check that somebody switched off for a text, and why. Of the text nothing is kept."""

    personal_data: ClassVar[str] = "none beyond the member of staff; the reason is the office's own sentence"

    rule = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    set_on = models.DateField()

    class Meta:
        ordering = ["-id"]
        constraints = [Unchanging(name="rule_set_aside_never_changes")]

    def __str__(self) -> str:
        return f"{self.rule}：{self.reason}"
