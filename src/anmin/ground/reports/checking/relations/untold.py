"""Shares whose base is not where it is looked for: told behind, told once before 其中, or not at all where all its parts are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger
from anmin.ground.reports.checking.relations.lists import label_of
from anmin.ground.reports.checking.relations.naming import core_of, likeness
from anmin.ground.reports.checking.relations.quotients import RULE, holds, line_of
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

_ALL = re.compile(r"(?:全[\u4e00-\u9fff]|合计|总计|共计?|总数|总[\u4e00-\u9fff]{1,3}(?:为|共)?$)")
_OF_WHOLE = re.compile(r"占[^，。；、\d]{0,12}(?:总[数量额件户]|[总件户]数)的?(?:比重|比例)?(?:为|达到?)?$")
_CALLED = 0.8
_OWN = re.compile(r"(?:其中|，)*([\u4e00-\u9fff]{2,8}?)(?:占比|比重|比例)")


def is_count(number: Number) -> bool:
    """A count or an amount; an income told for each head is what its kinds are parts of."""
    return (
        number.measured
        and not number.weak
        and (number.kind is Kind.MEASURE or (number.per == "人" and "人均" in number.before and "收入" in number.before))
        and number.role in (Role.LEVEL, Role.TARGET, Role.PRIOR)
        and number.dimension not in (units.PERCENT, units.POINTS, units.TIMES, "‰")
    )


def whole_of(share: Number, at: int, sentence: Sentence, pool: Sequence[Number]) -> tuple[Number, Number, Severity] | None:
    """The part and the whole that a share must be of, where nothing else can be meant."""
    if share.hedge or share.group:
        return None
    before = [n for n in sentence.numbers[:at] if is_count(n) and n.role is Role.LEVEL and not n.group and not n.hedge]
    own = _OWN.match(share.before)
    part = next((n for n in reversed(before) if own is None or own[1] == label_of(n)[-len(own[1]) :]), None)
    if part is None or part.start < share.start - 40:
        return None
    base = _behind(share, at, part, sentence, pool) or _before_those(share, part, before)
    return (part, base, Severity.DOUBTFUL) if base is not None else None


def _behind(share: Number, at: int, part: Number, sentence: Sentence, pool: Sequence[Number]) -> Number | None:
    """大专以上1126人，占比60.4%，全县村干部共1864人: where nothing larger stands before, what all are is told behind."""
    behind = next(iter(sentence.numbers[at + 1 : at + 2]), None)
    if behind is None or not is_count(behind) or "占" not in share.before or behind.group or behind.hedge:
        return None
    if behind.start - share.end > 20 or not _is_all(share, behind) or "；" in sentence.between(share, behind):
        return None
    larger = any(
        n.start < part.start
        and n.place.block == part.place.block
        and n.dimension == part.dimension
        and n.interval.high is not None
        and (n.value or Fraction(0)) >= (part.value or 0)
        for n in pool
    )
    alike = behind.dimension == part.dimension and behind.per == part.per and behind.role in (Role.LEVEL, Role.TARGET)
    return behind if alike and not larger and (behind.value or 0) >= (part.value or 0) else None


def _is_all(share: Number, behind: Number) -> bool:
    told = re.search(r"占(?P<base>[^，。；、\d]{3,14}?)的?(?:比重|比例)?(?:为|达到?)?$", share.before)
    return bool(_ALL.search(behind.before)) or (told is not None and likeness(core_of(told["base"]), behind) >= 0.8)


def _before_those(share: Number, part: Number, before: Sequence[Number]) -> Number | None:
    """接处警28642起，其中刑事类警情486起，占警情总数的1.7%: the only number of its unit before 其中 is all there were."""
    alike = [n for n in before if n.dimension == part.dimension]
    if not _OF_WHOLE.search(share.before) or len(alike) != 2 or before[-2:] != alike or alike[1] is not part:
        return None
    return alike[0] if re.match("，?其中", part.before) and (alike[0].value or 0) >= (part.value or 0) else None


def is_of_another_unit(share: Number, top: Number, pool: Sequence[Number], base: re.Match[str] | None, ledger: Ledger) -> bool:
    """推送预警信息2150条，新纳入救助258人，占预警信息的12.0%: of what is called so, whatever it is counted in."""
    core = core_of(base["base"]) if base is not None and base["verb"].startswith("占") else ""
    for number in pool if len(core) > 1 else ():
        if is_counted_otherwise(top, number) and likeness(core, number) >= _CALLED and holds(share, top, number):
            ledger.holds(RULE, [share, top, number], line_of(share, top, number) + "，与原文相符")
            return True
    return False


def is_counted_otherwise(top: Number, base: Number) -> bool:
    return units.is_counted(top.dimension) and units.is_counted(base.dimension) and (top.value or 0) <= (base.value or 0)
