"""Requests to check what a family declared against other registers, and the answers."""

from typing import ClassVar

from django.db import models

from anmin.ground.verification.vocabulary import SourceName, VerificationState


class VerificationRequest(models.Model):
    """One request for the members of a household, at the stage of one case; made only with everybody's consent."""

    personal_data: ClassVar[str] = "which family was checked, when, who consented, and the summary of what was found"

    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="verifications")
    purpose = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    source = models.CharField(max_length=60, choices=SourceName)
    persons = models.PositiveSmallIntegerField()
    consented_by = models.JSONField(default=list)
    consent_on = models.DateField()
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=VerificationState, default=VerificationState.REQUESTED)
    requested_on = models.DateField()
    requested_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    report_number = models.CharField(max_length=60, blank=True)
    valid_until = models.DateField(null=True)
    findings = models.JSONField(default=dict)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="verification_subject"),
            models.Index(fields=["purpose", "requested_on"], name="verification_purpose"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True)
                | models.Q(valid_until__gte=models.F("answered_on"), answered_on__gte=models.F("requested_on")),
                name="verification_answered_after_request",
            )
        ]

    def __str__(self) -> str:
        return self.report_number or f"核对请求 {self.pk}"
