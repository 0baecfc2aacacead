"""The requests made about one record, for the steps of its case; not scoped, never for a door."""

from django.db import models

from anmin.ground.verification.models import VerificationReport, VerificationRequest


def requests_of(subject: models.Model) -> list[VerificationRequest]:
    """Everything that was asked about the record, oldest first; one query."""
    return list(
        VerificationRequest.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).select_related("area")
    )


def report_of(request: VerificationRequest) -> VerificationReport | None:
    """The newest report that the platform issued on the request's inquiry; none where it was not run, or has no report yet."""
    if request.inquiry_id is None:
        return None
    reports = VerificationReport.objects.filter(inquiry_id=request.inquiry_id, household_id=request.household_id)
    return reports.order_by("-id").first()
