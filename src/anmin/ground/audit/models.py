"""The log of who did what, on what basis: append-only and hash-chained."""

from typing import ClassVar

from django.db import models

from anmin.ground.constraints import Unchanging


class AuditLine(models.Model):
    """One action, or one look at something protected. Each line seals the line before it."""

    personal_data: ClassVar[str] = "names of staff and of clients, never an identity number or an account in clear"

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    on = models.DateField()
    actor = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=60)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, null=True, related_name="+")
    summary = models.CharField(max_length=400)
    basis = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    previous_seal = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="audit_line_subject"),
            models.Index(fields=["verb", "on"], name="audit_line_verb"),
        ]
        constraints = [Unchanging(name="audit_line_never_changes")]


class AuditHead(models.Model):
    """The single row that holds how long the chain is and its last seal, so that a cut tail shows."""

    personal_data: ClassVar[str] = "none"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    length = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="")
