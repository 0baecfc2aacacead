"""The requests made about one record, for the steps of its case; not scoped, never for a door."""

from django.db import models

from anmin.ground.verification.models import VerificationRequest


def requests_of(subject: models.Model) -> list[VerificationRequest]:
    """Everything that was asked about the record, oldest first; one query."""
    return list(
        VerificationRequest.objects.filter(subject_kind=subject._meta.label_lower, subject_id=subject.pk).select_related("area")
    )
