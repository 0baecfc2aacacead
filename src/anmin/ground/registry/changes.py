"""What happened to those whom a subscription is about, since its subscriber was last told."""

from datetime import datetime

from anmin.ground.people.models import HouseholdMember
from anmin.ground.registry.models import Subscription
from anmin.ground.registry.vocabulary import Event


def happened(subscription: Subscription, until: datetime) -> list[HouseholdMember]:
    """Memberships recorded since the last time that are the event: somebody's first, or one in a household that stood before."""
    rows = HouseholdMember.objects.filter(
        recorded_at__gt=subscription.told_until, recorded_at__lte=until, superseded_at__isnull=True
    ).select_related("person__area__parent", "household")
    if subscription.person is not None:
        rows = rows.filter(person=subscription.person)
    elif subscription.household is not None:
        rows = rows.filter(household=subscription.household)
    found = list(rows.order_by("id"))
    before = HouseholdMember.objects.filter(
        person_id__in=[row.person_id for row in found], recorded_at__lte=subscription.told_until
    )
    known = set(before.values_list("person_id", flat=True).order_by())
    if subscription.event == Event.REGISTERED:
        return [row for row in found if row.person_id not in known]
    same = set(before.values_list("person_id", "household_id").order_by())
    return [row for row in found if (row.person_id, row.household_id) not in same and row.valid_from > row.household.opened_on]
