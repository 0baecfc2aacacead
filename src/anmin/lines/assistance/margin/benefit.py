"""The recognition of a family just above dibao: held like a benefit, with nothing due by the month."""

from anmin.ground.entitlements.reckoning import benefit_of
from anmin.lines.assistance.margin.rules import PROGRAMME
from anmin.lines.assistance.margin.vocabulary import LABEL, ROUTES

MARGIN = benefit_of(PROGRAMME, label=LABEL, letters="DB", routes=ROUTES, labels={}, covered="margin_persons")
