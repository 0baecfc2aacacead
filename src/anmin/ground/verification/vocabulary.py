"""Where a request for verification stands."""

from django.db import models


class VerificationState(models.TextChoices):
    REQUESTED = "requested", "已提请"
    ANSWERED = "answered", "已出具"
