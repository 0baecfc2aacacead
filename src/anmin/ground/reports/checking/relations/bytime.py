"""What a level was a year before, told by its name and its time: 2023年末户籍人口62.86万人。…… 2024年末户籍人口62.14万人，减少….

A plan for next year is held against what this year has brought.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.relations.lists import label_of
from anmin.ground.reports.checking.relations.naming import core_of
from anmin.ground.reports.checking.relations.records import Record
from anmin.ground.reports.checking.vocabulary import Role

_YEAR = re.compile(r"(?:19|20)\d{2}年?|[去上]年|今年以来|今年|全年|[春秋]季学期|上学期|本学期|年(?=[初末])")
_DONE = re.compile(
    r"^(?:预计|力争|争取|确保|计划|使|在[册库保岗]|实有|现有|全部|完成|实现|达到?|办理|受理|收到|共|有|同期|上半年|前[一二三]季度|[一二三四]季度|[初末底]"
    r"|\d{1,2}(?:[-—–至]\d{1,2})?月[份末底]?)+|(?:增加|提高|发展|增长|增|升|扩大|减少|降)?[到至]$|(?:达到?|突破|完成|实现|为)$"
)


def name_of(number: Number) -> str:
    """What a level is called, without its time and its verb."""
    # What is left at the end of a year is what the next begins with.
    return re.sub("(?:滚存|累计)?结[余转]", "结余", _DONE.sub("", core_of(_YEAR.sub("", label_of(number)))))


def with_earlier(record: Record, told: Sequence[Number], year: int, months: int) -> Record | None:
    """The record with the value of the year before, where the one number before that bears the level's name has it."""
    level = record.level
    if level is None or record.prior is not None or not (record.changes or record.rates or record.points):
        return None
    if level.role not in (Role.LEVEL, Role.SHARE) or level.hedge:
        return None
    name = name_of(level)
    if len(name) == 1 or (level.role is Role.SHARE and not _NAMED_SHARE.search(name)):
        return None
    of_year, part = _time_of(level, year)
    base = next((n.base for n in (*record.changes, *record.rates) if n.base), "")
    if base == "M":
        return _with_last_part(record, level, name, told)
    wanted = int(base[1:]) if base[:1] == "X" and base[1:] else of_year - 1
    alike = [n for n in told if n.dimension == level.dimension and n.per == level.per and not n.hedge and not n.projected]
    found = [n for n in alike if n is not level and _time_of(n, year)[0] == wanted and _same_part(n, part, year, months)]
    beside = [n for n in found if n.place.block == level.place.block]
    named = [n for n in found if name and name_of(n) == name]
    # 去年全市共查处违法用地186宗。今年查处142宗: of the same paragraph the only one, where the later leaves its name out.
    found = named or (beside if len(beside) == 1 and _is_short_for(name, name_of(beside[0])) else [])
    if not found or len({n.value for n in found}) != 1:
        return None
    # 年末余额46.85亿元，同比增长9.1%: of what there is on a day the year before is its end.
    return replace(record, prior=replace(found[-1], base=base or found[-1].base))


def _is_short_for(name: str, full: str) -> bool:
    return full.startswith(name) or (len(name) > 2 and full.endswith(name))


_NAMED_SHARE = re.compile("(?:率|比重|比例|占比)$")
_PARTS = ("一季度", "二季度", "三季度", "四季度", *(f"{month}月" for month in range(1, 13)))


def _with_last_part(record: Record, level: Number, name: str, told: Sequence[Number]) -> Record | None:
    """一季度新登记企业862户，二季度新登记1034户，环比增长: the quarter, month or term before, of the same name."""
    part = re.sub(r"^\d{4}年|份$", "", level.period)
    before = [n for n in told if n.place.block == level.place.block and n.start < level.start]
    alike = [n for n in before if n.dimension == level.dimension and n.per == level.per and not n.hedge and n.role is level.role]
    if part in _PARTS and part not in ("一季度", "1月"):
        last = _PARTS[_PARTS.index(part) - 1]
        found = [n for n in alike if re.sub(r"^\d{4}年|份$", "", n.period) == last and name_of(n).startswith(name)]
    else:
        found = [n for n in alike if len(name) >= 2 and name_of(n) == name and n.period != level.period]
    return replace(record, prior=found[0]) if len(found) == 1 else None


def _time_of(number: Number, year: int) -> tuple[int, str]:
    """Its year, and which part of the year."""
    period = number.period
    if re.search("[本当今]年", number.before):
        return year, ""
    if told := re.match(r"(?:19|20)\d{2}", period):
        return int(told[0]), period[4:].removeprefix("年")
    part = _YEAR.sub("", period)
    if period == "年初" or re.match("[去上]年", period):
        return year - 1, part or ("末" if re.search("[去上]年[末底]", number.before) else "")
    return (year + 1 if number.projected else year), part


def _same_part(prior: Number, part: str, year: int, months: int) -> bool:
    of = _time_of(prior, year)[1]
    if "同期" in of:
        return True
    if of in ("末", "底", "初") or "结转" in prior.before:
        return part in ("末", "底", "") and bool(prior.period)
    # A whole year before is nothing that half a year is compared with.
    return of == part and (bool(part) or months == 12)
