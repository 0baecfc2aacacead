"""Everybody in tekun support and their supporters are checked in full, and watched; what is found opens a review."""

from anmin.ground.entitlements.checked_rolls import checked_roll, reason
from anmin.lines.assistance.tekun.rules import PROGRAMME
from anmin.lines.assistance.tekun.vocabulary import LABEL

ROLLS = (checked_roll(PROGRAMME, LABEL, answers=reason),)
