"""Points and directions: a share moves by points and an amount by per cent, and what has risen has not fallen."""

from __future__ import annotations

import re
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.relations.ledger import Ledger, percent, said
from anmin.ground.reports.checking.relations.records import Record
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "growth"
_SHARE = re.compile(r"(?:率|占比|比重|比例|^占)(?:为|达到?|是|约)?$")
_SINCE = r"^，?(?:同比|环比|[比较](?:上年|去年|年初|上月|上季度?|上期)(?:同期|末|底)?)?"
_RAISED = re.compile(rf"{_SINCE}(?:提高|提升|上升|回升|降低|回落)了?$")
_GROWN = re.compile(rf"{_SINCE}(?:增长|减少|下降)了?$")
# 比上年净增 of a stock is against the end of last year.
SAME_TIME = ({"Y", "L"}, {"L", "S"})


def judge_direction(level: Number, prior: Number, ledger: Ledger) -> None:
    if not level.sign or level.value is None or prior.value is None:
        return
    risen, fallen = prior.interval.is_below(level.interval), level.interval.is_below(prior.interval)
    if level.quantum == prior.quantum and not (level.hedge or prior.hedge):
        risen, fallen = prior.value < level.value, level.value < prior.value
    if (level.sign > 0 and fallen) or (level.sign < 0 and risen):
        words = "上升" if level.sign > 0 else "下降"
        line = f"由{said(prior)}到{said(level)}，实为{'下降' if fallen else '上升'}，原文写的是{words}"
        ledger.fails("range_order", Severity.ERROR, [level, prior], line, "请核对前后两个数是否写反，或改正升降的用词。")


def judge_points_of_money(level: Number, prior: Number, points: Number, ledger: Ledger) -> None:
    """由138元提高到150元，提高8.7个百分点: an amount moves by per cent."""
    if not prior.value or level.value is None or points.value is None:
        return
    moved = abs(level.value - prior.value) / prior.value * 100
    if abs(moved - points.value) <= points.quantum:
        line = f"由{said(prior)}到{said(level)}，变动{percent(moved)}，原文写作{said(points)}"
        proposal = "金额的变动应写“%”，不是“个百分点”。"
        ledger.fails(RULE, Severity.ERROR, [points, level, prior], line, proposal)


def judge_points_of_change(level: Number, change: Number, points: Number, ledger: Ledger) -> None:
    """蓄积量1438万立方米，净增36万立方米，增长2.6个百分点."""
    base = (level.value or Fraction(0)) - (change.value or Fraction(0)) * (change.sign or 1)
    if change.dimension != level.dimension or base <= 0 or points.value is None or change.value is None:
        return
    moved = change.value / base * 100
    if abs(moved - points.value) <= points.quantum:
        sign = "-" if change.sign >= 0 else "+"
        line = f"{said(change)}÷（{said(level)}{sign}{said(change)}）={percent(moved)}，原文写作{said(points)}"
        ledger.fails(RULE, Severity.DOUBTFUL, [points, level, change], line, "数量的增幅应写“%”，不是“个百分点”。")


def judge_points(record: Record, ledger: Ledger) -> None:
    """A share that moved from one percentage to another moved by the difference in points, not per cent."""
    level, prior = record.level, record.prior
    if level is not None and prior is None and not record.points:
        for rate in record.rates[:1]:
            _judge_percent(level, rate, ledger)
    if level is None or prior is None or level.value is None or prior.value is None:
        return
    judge_direction(level, prior, ledger)
    gap = abs(level.value - prior.value)
    real = level.interval - prior.interval if level.value >= prior.value else prior.interval - level.interval
    high, low = (level, prior) if level.value >= prior.value else (prior, level)
    line = f"{said(high)}-{said(low)}={decimal(gap, 4)}个百分点"
    for points in record.points[:1]:
        if points.base and prior.base and points.base != prior.base and {points.base, prior.base} not in SAME_TIME:
            return
        fallen, risen = level.interval.is_below(prior.interval), prior.interval.is_below(level.interval)
        if (points.sign > 0 and fallen) or (points.sign < 0 and risen):
            words = "上升" if points.sign > 0 else "下降"
            line = f"由{said(prior)}到{said(level)}，实为{'下降' if fallen else '上升'}，原文写的是{words}"
            ledger.fails("range_order", Severity.ERROR, [points, level, prior], line, "请核对前后两个数，或改正升降的用词。")
        elif real.meets(points.interval):
            ledger.holds(RULE, [points, level, prior], f"{line}，与原文相符")
        else:
            proposal = f"若前后两个比率无误，应为{decimal(gap, 4)}个百分点。"
            ledger.fails(RULE, Severity.ERROR, [points, level, prior], f"{line}，原文写{said(points)}", proposal)
    for rate in record.rates[:1]:
        if rate.value is None or not prior.value:
            continue
        relative = gap / prior.value * 100
        # 由89.6%升至91.3%，提高1.7%: where the difference of both is just that, and not what it is by the first.
        loose = rate.quantum if real.meets(rate.interval) else max(rate.quantum, Fraction(1, 2))
        if abs(relative - rate.value) <= loose:
            ledger.holds(RULE, [rate, level, prior], f"{decimal(gap, 4)}÷{said(prior)}={percent(relative)}")
        elif real.meets(rate.interval):
            proposal = f"两个百分比之差应写作“{decimal(gap, 4)}个百分点”。"
            ledger.fails(RULE, Severity.DOUBTFUL, [rate, level, prior], f"{line}，原文写作{said(rate)}", proposal)
        else:
            proposal = f"应为{decimal(gap, 4)}个百分点（相对变化{percent(relative)}），请核对。"
            ledger.fails(RULE, Severity.ERROR, [rate, level, prior], f"{line}，原文写{said(rate)}", proposal)


def _judge_percent(level: Number, rate: Number, ledger: Ledger) -> None:
    """绿色食品占比36.5%，同比提高3.5%: what it was is not told, but a share that is raised is raised by points."""
    if level.value is None or rate.value is None or rate.dimension != units.PERCENT or rate.value * 3 > level.value:
        return
    if not _SHARE.search(level.before) or not _RAISED.search(rate.before) or level.hedge or rate.hedge:
        return
    line = f"{said(level)}是比率，变动写作{said(rate)}"
    proposal = "两个比率之差的单位是“个百分点”；若确指相对变化，请写明上期的比率。"
    ledger.fails("unit_slip", Severity.DOUBTFUL, [rate, level], line, proposal)


def judge_points_of_amount(level: Number, points: Number, ledger: Ledger) -> None:
    """零售额42.6亿元，同比增长13.0个百分点: what it was is not told, but an amount grows by per cent."""
    amount = level.dimension in units.MONEY or units.is_counted(level.dimension)
    if not amount or points.segment - level.segment > 1 or not _GROWN.search(points.before):
        return
    line = f"{said(level)}是数量，变动写作{said(points)}"
    ledger.fails("unit_slip", Severity.DOUBTFUL, [points, level], line, "数量的增幅应写“%”，不是“个百分点”，请核对。")
