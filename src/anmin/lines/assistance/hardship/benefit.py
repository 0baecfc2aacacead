"""The recognition of a family in hardship through unavoidable expenses: held like a benefit, with nothing due by the month."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.assistance.hardship.rules import PROGRAMME
from anmin.lines.assistance.hardship.vocabulary import LABEL, ROUTES, label_on
from anmin.lines.assistance.recognition.vocabulary import LOW_INCOME

HARDSHIP = benefit_of(
    PROGRAMME,
    label=LABEL,
    letters="GX",
    routes=ROUTES,
    labels={},
    covered="hardship_persons",
    exclusive=LOW_INCOME,
    renamed=label_on,
)
