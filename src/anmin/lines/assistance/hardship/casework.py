"""The review of the recognition; it is applied for through the one application of dibao."""

from anmin.lines.assistance.hardship.benefit import HARDSHIP
from anmin.lines.assistance.hardship.rules import PROGRAMME
from anmin.lines.assistance.hardship.vocabulary import BASIS, BENEFIT
from anmin.lines.assistance.recognition.reviews import recognition_review

CASE_TYPES = (recognition_review(PROGRAMME, HARDSHIP, basis=BASIS, series="GX", months=f"{BENEFIT}.validity_months"),)
