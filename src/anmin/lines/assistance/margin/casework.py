"""The review of the recognition; it is applied for through the one application of dibao."""

from anmin.lines.assistance.margin.benefit import MARGIN
from anmin.lines.assistance.margin.rules import PROGRAMME
from anmin.lines.assistance.margin.vocabulary import BASIS, BENEFIT
from anmin.lines.assistance.recognition.reviews import recognition_review

CASE_TYPES = (recognition_review(PROGRAMME, MARGIN, basis=BASIS, series="BY", months=f"{BENEFIT}.review_months"),)
