"""Everybody in tekun support and their supporters are checked in full, and watched; what is found opens a review."""

from anmin.ground.entitlements.checked_rolls import checked_roll
from anmin.lines.assistance.tekun.rules import PROGRAMME
from anmin.lines.assistance.tekun.vocabulary import LABEL

LONGEST = 200
"""So much the first step of a review takes as its reason."""

ROLLS = (checked_roll(PROGRAMME, LABEL, answers=lambda why: {"reason": why[:LONGEST]}),)
