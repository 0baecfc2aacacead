"""The application for the living allowance, and the review that ends one; due from the month of the application."""

from anmin.ground.entitlements.applications import Plain, from_month_of_application, plain_application, plain_review
from anmin.lines.disability.living.benefit import LIVING
from anmin.lines.disability.living.rules import PROGRAMME
from anmin.lines.disability.living.vocabulary import BASIS, NeededPaper

PLAIN = Plain(
    programme=PROGRAMME,
    benefit=LIVING,
    basis=BASIS,
    series="SB",
    required_papers=NeededPaper,
    starts=from_month_of_application,
)

CASE_TYPES = (plain_application(PLAIN), plain_review(PLAIN))
