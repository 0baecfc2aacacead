"""The nursing subsidy as a benefit: what is due in a month for every entitlement at once, by the rules and what is known."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.disability.nursing.rules import PROGRAMME
from anmin.lines.disability.nursing.vocabulary import LABEL

NURSING = benefit_of(
    PROGRAMME,
    label=LABEL,
    letters="HL",
    routes={"person": "本人"},
    labels={"own_rate": "护理补贴标准", "route": "标准类别"},
)
