"""What of verification somebody may see: where they work, if it is any business of theirs."""

from django.db.models import Q

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.verification.permissions import reads_verification


def within(actor: Actor, field: str = "area") -> Q:
    """As `areas.queries.within`; whoever only pays, or only keeps the accounts, sees nothing."""
    return areas.within(actor, field) if reads_verification(actor) else Q(pk__in=[])


def sees(actor: Actor, path: str) -> bool:
    """As `Actor.sees`, for the same people."""
    return reads_verification(actor) and actor.sees(path)
