"""Who is told when an entitlement is to be paid to somebody else."""

from collections.abc import Callable
from datetime import date

from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.models import Entitlement

Listener = Callable[[Entitlement, int, str, Actor, date], None]

LISTENERS: list[Listener] = []
"""Who is told, in the same transaction, of another payee, who it was before, and why; filled by the assembly."""


def when_payees_change(listener: Listener) -> None:
    """The listener hears of every change of payee from now on; telling the same one again changes nothing."""
    if listener not in LISTENERS:
        LISTENERS.append(listener)


def tell_of_payee(entitlement: Entitlement, before_id: int, reason: str, actor: Actor, on: date) -> None:
    """Everybody who listens is told."""
    for listener in LISTENERS:
        listener(entitlement, before_id, reason, actor, on)
