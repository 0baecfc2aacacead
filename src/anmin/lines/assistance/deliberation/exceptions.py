"""Whether a panel has opened a way for a case: asked by the checks of the case it was about."""

from datetime import date

from anmin.ground.cases.models import Case
from anmin.lines.assistance.deliberation.models import Resolution
from anmin.lines.assistance.deliberation.vocabulary import ResolutionKind


def exception_of(case: Case, kind: ResolutionKind, on: date) -> Resolution | None:
    """What the panel agreed to for this very case, if that holds on the day; the latest where there are several."""
    if case.pk is None:
        return None
    found = Resolution.objects.filter(about=case, kind=kind, agreed=True, decided_on__lte=on, valid_until__gte=on)
    return found.order_by("-id").first()
