"""The figures of dibao: who is covered, at which standard, what was paid, who came and who left."""

from anmin.lines.assistance.dibao.indicators.checks import CHECKED
from anmin.lines.assistance.dibao.indicators.movements import BALANCES, MOVEMENTS, REMOVAL_REASONS
from anmin.lines.assistance.dibao.indicators.paid import FUNDS
from anmin.lines.assistance.dibao.indicators.register import COVERED

INDICATORS = (*COVERED, *FUNDS, *MOVEMENTS, *REMOVAL_REASONS, *CHECKED)

__all__ = ["BALANCES", "INDICATORS"]
