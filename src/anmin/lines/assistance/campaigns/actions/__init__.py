"""The verbs of campaigns: proposed, listed, frozen, checked, approved or thrown away; gifts handed over."""

from anmin.lines.assistance.campaigns.actions.deciding import approve_campaign, check_campaign, discard_campaign, record_gifts
from anmin.lines.assistance.campaigns.actions.preparing import (
    Listed,
    freeze_roster,
    leave_out,
    list_people,
    propose_campaign,
    reopen_roster,
    withhold_share,
)

__all__ = [
    "Listed",
    "approve_campaign",
    "check_campaign",
    "discard_campaign",
    "freeze_roster",
    "leave_out",
    "list_people",
    "propose_campaign",
    "record_gifts",
    "reopen_roster",
    "withhold_share",
]
