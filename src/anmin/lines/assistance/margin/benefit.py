"""The recognition of a family just above dibao: held like a benefit, with nothing due by the month."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.assistance.margin.rules import PROGRAMME
from anmin.lines.assistance.margin.vocabulary import LABEL, ROUTES
from anmin.lines.assistance.recognition.vocabulary import LOW_INCOME

MARGIN = benefit_of(
    PROGRAMME, label=LABEL, letters="BY", routes=ROUTES, labels={}, covered="margin_persons", exclusive=LOW_INCOME
)
