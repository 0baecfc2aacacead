"""Families in expense hardship are watched, and checked in full where a check names them; what is found opens a review."""

from anmin.ground.entitlements.checked_rolls import checked_roll, reason
from anmin.lines.assistance.hardship.rules import PROGRAMME
from anmin.lines.assistance.hardship.vocabulary import LABEL

ROLLS = (checked_roll(PROGRAMME, LABEL, answers=reason, in_full=False),)
