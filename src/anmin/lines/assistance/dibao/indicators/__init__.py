"""The figures of dibao: those every benefit has, and its own: standard, 单人保, grace periods, extras."""

from anmin.ground.payments.indicators import benefit_indicators
from anmin.lines.assistance.dibao.indicators.extras import EXTRAS
from anmin.lines.assistance.dibao.indicators.register import STOOD
from anmin.lines.assistance.dibao.indicators.words import WORDS
from anmin.lines.assistance.dibao.vocabulary import BENEFIT, Route

_EVERY = benefit_indicators(
    BENEFIT,
    WORDS.label,
    households=True,
    routes={route.value: str(route.label) for route in Route},
    by_route=False,
    average="average_topup",
    months_listed=True,
    words=WORDS,
    entry_reasons=(),
)

INDICATORS = (*_EVERY.indicators, *STOOD, *EXTRAS)
BALANCES = _EVERY.balances

__all__ = ["BALANCES", "INDICATORS"]
