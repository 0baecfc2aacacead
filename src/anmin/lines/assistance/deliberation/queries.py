"""What panels decided, as far as the asker may see it; counted apart from what the rules decide."""

from datetime import date

from django.db.models import QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.lines.assistance.deliberation.models import Resolution


def resolutions(actor: Actor) -> QuerySet[Resolution]:
    """Every decision of a panel, the latest first."""
    people = ("case__applicant", "case__household", "about", "area__parent")
    return Resolution.objects.filter(within(actor)).select_related(*people)


def review_due(actor: Actor, until: date) -> QuerySet[Resolution]:
    """The exceptions still in force that must be looked at again by a day, the most urgent first."""
    found = resolutions(actor).filter(agreed=True, valid_until__gte=until, review_on__lte=until)
    return found.order_by("review_on", "id")
