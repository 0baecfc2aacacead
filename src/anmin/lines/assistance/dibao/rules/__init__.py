"""The dibao rules: facts and policy in, amounts and findings out, each with the article it rests on. No Django, no tables.

``assess`` computes every household of a month; ``explain`` computes one with its reasons; both run the same rules.
"""

from anmin.lines.assistance.dibao.rules.assess import (
    ADDRESS,
    FINDINGS,
    OUTCOME,
    PROGRAMME,
    RULES,
    Assessments,
    assess,
    card,
    explain,
)
from anmin.lines.assistance.dibao.rules.codes import ROUTE
from anmin.lines.assistance.dibao.rules.facts import COLUMN_OF_KIND, FACTS, DibaoFacts

__all__ = [
    "ADDRESS", "COLUMN_OF_KIND", "FACTS", "FINDINGS", "OUTCOME", "PROGRAMME", "ROUTE", "RULES", "Assessments", "DibaoFacts",
    "assess", "card", "explain",
]  # fmt: skip
