"""What was asked about a family and what is known from it."""

from datetime import date

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.verification.models import VerificationRequest


def requests(
    actor: Actor, purpose: str | None = None, since: date | None = None, until: date | None = None
) -> QuerySet[VerificationRequest]:
    """The requests the actor may see, by purpose and day of request; the newest first."""
    rows = VerificationRequest.objects.filter(within(actor)).select_related("household", "area").order_by("-id")
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    if since is not None:
        rows = rows.filter(requested_on__gte=since)
    return rows if until is None else rows.filter(requested_on__lte=until)
