"""The figures of the register: who is on it, who came and left; no money."""

from anmin.ground.entitlements.indicators import Words
from anmin.ground.payments.indicators import benefit_indicators
from anmin.lines.assistance.margin.vocabulary import BASIS, BENEFIT, FULL, LABEL, ROUTES

_EVERY = benefit_indicators(
    BENEFIT,
    LABEL,
    households=True,
    routes=ROUTES,
    by_route=False,
    cash=False,
    words=Words(LABEL, full=FULL, everybody=FULL, basis=BASIS),
)

INDICATORS = _EVERY.indicators
BALANCES = _EVERY.balances
