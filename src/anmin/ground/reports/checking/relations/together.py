"""Shares of several things together: 增值税3.8亿元、企业所得税2.0亿元、个人所得税0.5亿元，三大税种占税收收入的67.7%."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import chinese
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, decimals_of, percent, said
from anmin.ground.reports.checking.relations.naming import best_named
from anmin.ground.reports.checking.relations.quotients import RULE
from anmin.ground.reports.checking.vocabulary import Severity

_TOGETHER = re.compile(
    r"^(?:以上|上述|前述|这|其中|前)?(?:(?P<count>[两二三四五六七八九])(?:大|个|类|项|种|者|地|区|镇|县|家|所|条|座|级|部分|产业|税种|行业)"
    r"[\u4e00-\u9fff]{0,8}?|(?P<both>合计|共计|总计|共(?=占)|累计[\u4e00-\u9fff]{0,6}(?=占)))(?:合计|共计|共|总计|总和|之和)?占(?:到|了|全[市县区省镇])?(?P<base>[^，。；、\d]{0,16}?)"
    r"的?(?:比重|比例)?(?:为|达到?|约|近|超过?)*$"
)


def is_together(share: Number) -> bool:
    """Whether the share is said of several things that were listed before it."""
    return bool(_TOGETHER.match(share.before.lstrip("，；")))


def judge_together(share: Number, sentence: Sentence, counts: Sequence[Number], pool: Sequence[Number], ledger: Ledger) -> None:
    """The sum of the last few by any base around holds; by the base that is named it must."""
    told = _TOGETHER.match(share.before.lstrip("，；"))
    items = [n for n in counts if n.start < share.start and n.group == share.group]
    if told is None or not items or share.value is None:
        return
    wanted = (chinese.value_of(told["count"]) if told["count"] else 0) or 0
    alike = [n for n in items if n.dimension == items[-1].dimension and n.per == items[-1].per]
    run = alike[-wanted:] if wanted else _one_list(alike, sentence)
    if len(run) < max(wanted, 2):
        return
    value, interval = lists.sum_of(run)
    bases = [n for n in pool if n.dimension == run[0].dimension and n not in run and (n.value or 0) >= value > 0]
    for base in reversed(bases):
        if (interval / base.interval).times(100).meets(share.interval):
            ledger.holds(RULE, [share, *run, base], f"（{_sum(run)}）÷{said(base)}，与原文{said(share)}相符")
            return
    named = best_named(told["base"], bases) if len(told["base"]) >= 2 else None
    if named is None or share.hedge or not named.value or _is_loose(named.interval):
        return
    line = f"（{_sum(run)}）÷{said(named)}={percent(value / named.value * 100, max(decimals_of(share), 1))}，原文写{said(share)}"
    ledger.fails(RULE, Severity.ERROR, [share, *run, named], line, "请核对所列各项、总数和占比。")


def judge_of_all(share: Number, part: Number, run: Sequence[Number], ledger: Ledger) -> None:
    """城乡低保对象分别为1862人和4286人，其中女性2864人，占46.6%: of all that are told by place, if not of the last."""
    if share.value is None or part.value is None or {(n.dimension, n.per) for n in run} != {(part.dimension, part.per)}:
        return
    value, interval = lists.sum_of(run)
    if any((part.interval / whole).times(100).meets(share.interval) for whole in (interval, run[-1].interval)):
        ledger.holds(RULE, [share, part, *run], f"{said(part)}÷（{_sum(run)}），与原文{said(share)}相符")
    elif value >= part.value and not share.hedge:
        line = (
            f"{said(part)}÷（{_sum(run)}）={percent(part.value / value * 100, max(decimals_of(share), 1))}，原文写{said(share)}"
        )
        ledger.fails(RULE, Severity.DOUBTFUL, [share, part, *run], line, "请核对各数和占比。")


def _one_list(items: Sequence[Number], sentence: Sentence) -> list[Number]:
    """The items behind the last 其中 or colon."""
    mark = max(
        (match.end() for match in re.finditer("其中|[：；]", sentence.text[: items[-1].start - sentence.start])), default=0
    )
    return [n for n in items if n.start - sentence.start >= mark]


def _is_loose(interval: Interval) -> bool:
    return interval.low is None or interval.high is None


def _sum(run: Sequence[Number]) -> str:
    return "+".join(said(n) for n in run)
