"""The living allowance as a benefit: what is due in a month for every entitlement at once, by the rules and what is known."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.disability.living.rules import PROGRAMME
from anmin.lines.disability.living.vocabulary import LABEL

LIVING = benefit_of(
    PROGRAMME,
    label=LABEL,
    letters="SB",
    routes={"person": "本人"},
    labels={"dibao_standard": "低保标准", "rate": "计发比例", "route": "补贴情形"},
)
