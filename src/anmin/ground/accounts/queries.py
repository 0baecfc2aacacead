"""Who somebody is on a day: the roles held and the areas they reach."""

from datetime import date

from django.db.models import Q

from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.models import RoleAssignment, Staff
from anmin.ground.accounts.vocabulary import Role


def actor_of(*, staff_id: int, on: date) -> Actor:
    """The member of staff as an actor with the roles held on that day."""
    staff = Staff.objects.get(pk=staff_id)
    held = RoleAssignment.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on), staff_id=staff_id, valid_from__lte=on
    ).values_list("role", "area__path")
    return Actor(id=staff.pk, name=staff.name, roles=tuple((Role(role), path) for role, path in held))
