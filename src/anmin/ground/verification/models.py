"""Requests to check what a family declared against other registers, and the answers."""

from typing import ClassVar

from django.db import models

from anmin.ground.verification.vocabulary import VerificationState


class VerificationRequest(models.Model):
    """One request for the members of a household, at the stage of one case."""

    personal_data: ClassVar[str] = "which family was checked, when, and the summary of what was found"

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="verifications")
    purpose = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=60)
    persons = models.PositiveSmallIntegerField()
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=VerificationState, default=VerificationState.REQUESTED)
    requested_on = models.DateField()
    requested_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    report_number = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.report_number or f"核对请求 {self.pk}"
