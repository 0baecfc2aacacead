"""The verbs of entitlements: they begin, change and end, each by a decision, at the edge of a month."""

from anmin.ground.entitlements.actions.granting import (
    Holding,
    add_member,
    end_entitlement,
    migrate_entitlements,
    remove_member,
    start_entitlement,
)
from anmin.ground.entitlements.actions.groups import Proposed, decide_group, leave_out, propose_group, withdraw_group
from anmin.ground.entitlements.actions.running import (
    change_payee,
    end_grace,
    extend_grace,
    resume,
    set_review,
    start_grace,
    suspend,
)

__all__ = [
    "Holding",
    "Proposed",
    "add_member",
    "change_payee",
    "decide_group",
    "end_entitlement",
    "end_grace",
    "extend_grace",
    "leave_out",
    "migrate_entitlements",
    "propose_group",
    "remove_member",
    "resume",
    "set_review",
    "start_entitlement",
    "start_grace",
    "suspend",
    "withdraw_group",
]
