"""The allowances by age as a benefit: what is due in a month for every entitlement at once."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.eldercare.allowance.rules import PROGRAMME
from anmin.lines.eldercare.allowance.vocabulary import LABEL

ALLOWANCE = benefit_of(
    PROGRAMME,
    label=LABEL,
    letters="ZL",
    routes={"person": "本人"},
    labels={"age_reached": "当月达到的周岁", "route": "发放档次"},
)
