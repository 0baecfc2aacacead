"""What was asked about a family and what is known from it."""

from datetime import date

from django.db.models import Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.verification.models import VerificationRequest
from anmin.ground.verification.queries.scope import within


def requests(
    actor: Actor,
    purpose: str | None = None,
    since: date | None = None,
    until: date | None = None,
    *,
    pending: bool | None = None,
) -> QuerySet[VerificationRequest]:
    """The requests the actor may see, by purpose and day of request, the newest first; those not run yet, where `pending`."""
    rows = VerificationRequest.objects.filter(within(actor)).select_related("household", "area", "inquiry").order_by("-id")
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    if since is not None:
        rows = rows.filter(requested_on__gte=since)
    if until is not None:
        rows = rows.filter(requested_on__lte=until)
    if pending is None:
        return rows
    waiting = Q(inquiry__isnull=True, answered_on__isnull=True)
    return rows.filter(waiting) if pending else rows.exclude(waiting)
