"""One number as a share of another: whether it holds, and how it is said where it does not."""

from __future__ import annotations

from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.relations.ledger import Ledger, decimals_of, percent, said
from anmin.ground.reports.checking.vocabulary import Role, Severity

RULE = "share"


def holds(share: Number, top: Number, bottom: Number) -> bool:
    if bottom.value is None or top.value is None or bottom.value <= 0 or share.value is None:
        return False
    return _real(top, bottom).meets(share.interval)


def _real(top: Number, bottom: Number) -> Interval:
    """The share in per cent; a plan of whole ten thousands (任务2万人次) is no rounded figure."""
    exact = bottom.role is Role.TARGET and bottom.value is not None and not bottom.hedge and bottom.quantum * 50 > bottom.value
    base = Interval(bottom.value, bottom.value) if exact else bottom.interval
    return (top.interval / base).times(100)


def line_of(share: Number, top: Number, bottom: Number) -> str:
    value = (top.value or Fraction(0)) / (bottom.value or Fraction(1)) * 100
    return f"{said(top)}÷{said(bottom)}={percent(value)}"


def judge_share(share: Number, top: Number, bottom: Number, ledger: Ledger, severity: Severity) -> None:
    if top is bottom or bottom.value is None or bottom.value <= 0 or top.value is None or share.value is None:
        return
    if top.projected != bottom.projected and bottom.role is not Role.TARGET and bottom.projected is False:
        return
    numbers = [share, top, bottom]
    line = line_of(share, top, bottom)
    if holds(share, top, bottom):
        ledger.holds(RULE, numbers, f"{line}，与原文{said(share)}相符")
        return
    value = top.value / bottom.value * 100
    places = max(decimals_of(share), 1)
    if _real(top, bottom).meets(Interval(share.value, share.value + share.quantum)) and not share.hedge:
        ledger.fails(
            RULE,
            Severity.DOUBTFUL,
            numbers,
            f"{line}，原文{said(share)}是舍去尾数",
            f"按四舍五入应为{percent(round(value, decimals_of(share)))}；请统一取整方法。",
            rounding=True,
        )
        return
    # A share that is off by less than two steps of its last digit was most often reckoned from amounts not rounded.
    ledger.fails(
        RULE,
        severity,
        numbers,
        f"{line}，原文写{said(share)}",
        f"若{said(top)}和{said(bottom)}无误，应为{decimal(value, places)}%；请核对三个数及所用底数。",
        meant=value,
    )
