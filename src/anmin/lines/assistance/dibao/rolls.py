"""Dibao families and their supporters are checked in full, and watched; what is found opens a review."""

from anmin.ground.entitlements.checked_rolls import checked_roll
from anmin.lines.assistance.dibao.rules import PROGRAMME
from anmin.lines.assistance.dibao.vocabulary import ReviewOccasion

ROLLS = (checked_roll(PROGRAMME, "低保", answers=lambda why: {"occasion": ReviewOccasion.DISCREPANCY, "report": why}),)
