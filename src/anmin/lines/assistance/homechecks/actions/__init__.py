"""The verbs of home checks: a frozen roll, a draw from a seed, fixed by another person; visits recorded and corrected."""

from anmin.lines.assistance.homechecks.actions.planning import discard_plan, draw_households, fix_draw, plan_checks
from anmin.lines.assistance.homechecks.actions.visiting import correct_visit, open_review, record_visit, record_visits

__all__ = [
    "correct_visit",
    "discard_plan",
    "draw_households",
    "fix_draw",
    "open_review",
    "plan_checks",
    "record_visit",
    "record_visits",
]
