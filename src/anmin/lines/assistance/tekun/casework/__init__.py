"""Tekun casework: the application and the review, declared for the shared ground to run."""

from anmin.lines.assistance.tekun.casework.application import TEKUN_APPLICATION
from anmin.lines.assistance.tekun.casework.review import TEKUN_REVIEW

CASE_TYPES = (TEKUN_APPLICATION, TEKUN_REVIEW)

__all__ = ["CASE_TYPES", "TEKUN_APPLICATION", "TEKUN_REVIEW"]
