"""Temporary assistance at the counter: an emergency is aided first; an expense goes the ordinary way."""

from anmin.lines.assistance.temporary.casework.emergency import EMERGENCY_CASE
from anmin.lines.assistance.temporary.casework.expenditure import EXPENDITURE_CASE

CASE_TYPES = (EMERGENCY_CASE, EXPENDITURE_CASE)

__all__ = ["CASE_TYPES", "EMERGENCY_CASE", "EXPENDITURE_CASE"]
