"""One number as a share of another: whether it holds, and how it is said where it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.relations.ledger import Ledger, decimals_of, percent, said
from anmin.ground.reports.checking.relations.misprints import weight_into
from anmin.ground.reports.checking.vocabulary import Role, Severity

RULE = "share"
_UNITS = (Fraction(10), Fraction(100), Fraction(10**4), Fraction(10**8))


def holds(share: Number, top: Number, bottom: Number) -> bool:
    if bottom.value is None or top.value is None or bottom.value <= 0 or share.value is None:
        return False
    return _real(top, bottom).meets(share.interval)


def holds_of_both(share: Number, part: Number, rest: Number) -> bool:
    """Whether it is the share of one of two in both together."""
    both = part.interval + rest.interval
    return bool(both.low) and (part.interval / both).times(100).meets(share.interval)


def _real(top: Number, bottom: Number) -> Interval:
    """The share in per cent; a plan of whole ten thousands (任务2万人次) is no rounded figure."""
    exact = bottom.role is Role.TARGET and bottom.value is not None and not bottom.hedge and bottom.quantum * 50 > bottom.value
    base = Interval(bottom.value, bottom.value) if exact else bottom.interval
    return (top.interval / base).times(100)


def line_of(share: Number, top: Number, bottom: Number) -> str:
    value = (top.value or Fraction(0)) / (bottom.value or Fraction(1)) * 100
    return f"{said(top)}÷{said(bottom)}={percent(value)}"


def are_sisters(top: Number, bottom: Number, around: Sequence[Number], ledger: Ledger) -> bool:
    """1486人，其中集中供养312人、分散供养1174人，集中供养率: of all of them, not of the others."""
    whole = ledger.whole_of.get(top.key)
    if whole is None or whole is not ledger.whole_of.get(bottom.key) or all(n.key != whole.key for n in around):
        return False
    return sum((n.value or 0 for n in around if ledger.whole_of.get(n.key) is whole), Fraction(0)) == whole.value


def is_slipped(share: Number, top: Number, bottom: Number) -> bool:
    """Whether a part that exceeds its whole would make the share hold but for one digit or the unit of either."""
    rate = share.interval.times(Fraction(1, 100))
    if rate.low is None or rate.low <= 0:
        return False
    of_digits = weight_into(top, bottom.interval * rate) >= 1 or weight_into(bottom, top.interval / rate) >= 1
    return of_digits or any((top.interval / bottom.interval / rate).meets(Interval(size, size)) for size in _UNITS)


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
    planned = bottom.role is Role.TARGET or bool(re.search("预算|计划|任务|目标", bottom.before))
    # 收入68.63亿元，完成预算66.50亿元的96.2%: of a plan that stands between them more may well be done.
    planned = planned and top.place.block == bottom.place.block and top.end <= bottom.start < share.start
    if value > 100 >= share.value and not planned and not is_slipped(share, top, bottom):
        # 其余投诉6410件。网络购物投诉15842件，占41.0%: of something else that was told elsewhere.
        ledger.unclear(RULE, numbers, f"{line}，原文写{said(share)}；所占的总数应另有所指，未作判断")
        return
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
