"""Dibao casework: the application and the review, declared for the shared ground to run."""

from anmin.lines.assistance.dibao.casework.application import DIBAO_APPLICATION
from anmin.lines.assistance.dibao.casework.review import DIBAO_REVIEW

CASE_TYPES = (DIBAO_APPLICATION, DIBAO_REVIEW)

__all__ = ["CASE_TYPES", "DIBAO_APPLICATION", "DIBAO_REVIEW"]
