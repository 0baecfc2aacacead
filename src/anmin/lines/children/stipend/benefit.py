"""The stipend of children in distress as a benefit: what is due in a month for every entitlement at once."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.children.stipend.rules import PROGRAMME
from anmin.lines.children.stipend.vocabulary import LABEL

STIPEND = benefit_of(
    PROGRAMME,
    label=LABEL,
    letters="ET",
    routes={"person": "本人"},
    labels={"full_amount": "补差前的月标准", "already_given": "应扣除的已享受待遇", "route": "计发标准"},
)
