"""The application for the nursing subsidy, and the review that ends one; due from the month of the application."""

from anmin.ground.entitlements.applications import Plain, from_month_of_application, plain_application, plain_review
from anmin.lines.disability.nursing.benefit import NURSING
from anmin.lines.disability.nursing.rules import PROGRAMME
from anmin.lines.disability.nursing.vocabulary import BASIS, NeededPaper

PLAIN = Plain(
    programme=PROGRAMME,
    benefit=NURSING,
    basis=BASIS,
    series="HL",
    required_papers=NeededPaper,
    starts=from_month_of_application,
)

CASE_TYPES = (plain_application(PLAIN), plain_review(PLAIN))
