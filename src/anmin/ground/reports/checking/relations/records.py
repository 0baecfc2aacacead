"""Statements about one subject put together: its level, the earlier value, the change, the rates.

In 销售100万元，增量20万元，同比增长25% the second and third number speak of the first. A change or a rate
with a noun of its own (税收增长5%) begins a statement of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import roles, subjects, units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.vocabulary import Kind, Role

_COMPARE = re.compile(
    r"同比|环比|同期|(?:[比较]|与)(?:上年度?同期|去年同期|上年末|去年末|上年底|去年底|上一?年度?|去年|年初|上个?月|上季度?|期初|同期|上一?届|[春夏秋冬]季|上个?[\u4e00-\u9fff]{0,3}[季轮度批次]|首[届轮次]|上(?:一|个)?学[期年]|上期|上周|前一[日周]|往年|常年同期|常年|多年平均|多年均值|历史同期|正常年份|\d{4}年(?:同期|末|底)?|“?十[二三四]五”?(?:末|期末)?|前一年|基期)(?:相比|的?[\d.万亿]*[人户家个元]*)?"
    r"|相比|每[人户亩](?:每[月年天日])?|每[月年]|实际|分别|名义|净|共|累计|又|均|也|继续|逆势|大幅|小幅|略有?|微|稳步|持续|合计|仅|再|增速|为|达到?|了|其中|相应|总体|总量|金额|数量|的|同步|已|约|近|依次|年内|当年|本年度?|全年|上年同期|自然口径|可比口径"
)
# 比2023年秋季学期, 较上个供暖季: whatever is named behind 比 and ends in a time is what is compared with.
_SOME_TIME = re.compile(
    r"(?<![同环占])[比较](?:\d{4}年)?[\u4e00-\u9fff]{0,6}(?:年|期|月份?|季|届|[轮批周次日末初底])(?:的|相比|时)?$"
)
_GENERAL = frozenset(
    {"收入", "支出", "规模", "产值", "产量", "销量", "销售额", "面积", "余额", "人数", "户数", "起数", "件数", "投资"}
)
_VERB = re.compile(f"(?:{roles.UP}|{roles.DOWN}).*$")


_COUNTABLE = (Kind.MEASURE, Kind.STANDARD)
_NO_LEVELS = frozenset({units.PERCENT, units.POINTS, units.TIMES, "", "‰", "部分", "方面"})


@dataclass(slots=True, eq=False)
class Record:
    """What a sentence says of one subject."""

    level: Number | None = None
    prior: Number | None = None
    changes: list[Number] = field(default_factory=list)
    rates: list[Number] = field(default_factory=list)
    points: list[Number] = field(default_factory=list)

    @property
    def numbers(self) -> list[Number]:
        first = [number for number in (self.level, self.prior) if number is not None]
        return [*first, *self.changes, *self.rates, *self.points]


def own_noun(number: Number) -> str:
    """What a change or rate names as its own subject; empty where it speaks of what was said before."""
    return _COMPARE.sub("", _SOME_TIME.sub("", _VERB.sub("", number.before))).strip("“”由从")


def records_of(sentence: Sentence) -> list[Record]:
    """The statements of a sentence in the order of their levels; those with a level only are among them."""
    made: list[Record] = []
    current: dict[int, Record] = {}
    pending: dict[int, Number] = {}
    aside: dict[int, Number] = {}
    told = {id(number) for run in sentence.runs for number in run if number.role is not Role.LEVEL}
    marks = [sentence.start + match.start() for match in re.finditer("；", sentence.text)]
    for at, number in enumerate(sentence.numbers):
        if _is_base(number, sentence.numbers[at + 1 : at + 2], sentence):
            continue
        if number.role is Role.TARGET and "预算" in number.before and _is_compared(number, sentence):
            # 经费预算68.5万元，比上年预算73.2万元减少4.7万元: in a budget what is planned is the level.
            number.role = Role.LEVEL
        if (
            id(number) in told
            or not number.measured
            or number.weak
            or number.role in (Role.LIMIT, Role.TARGET, Role.RANK, Role.OTHER)
        ):
            continue
        group = number.group
        if group and number.role is Role.PRIOR and sentence.groups[group].anchor is None:
            group = sentence.groups[group].parent
        if group not in current and group:
            anchor = sentence.groups[group].anchor
            record = _record_with(made, anchor)
            if record is not None:
                current[group] = record
        _place(number, group, made, current, pending, aside, marks)
    return made


def _is_base(number: Number, following: Sequence[Number], sentence: Sentence) -> bool:
    """占总库容18.2亿立方米的68%: what a share is of has not grown."""
    of_it = (
        bool(following) and following[0].role is Role.SHARE and sentence.between(number, following[0]) in ("的", "的近", "的约")
    )
    return of_it and bool(re.match("，?(?:其中)?(?:占|完成)", number.before))


def _is_compared(number: Number, sentence: Sentence) -> bool:
    following = next((n for n in sentence.numbers if n.start >= number.end and n.measured), None)
    return (
        following is not None
        and following.start - number.end < 24
        and following.base[:1] in ("L", "Y", "X")
        and following.dimension == number.dimension
    )


def _record_with(made: list[Record], anchor: Number | None) -> Record | None:
    for record in reversed(made[-8:]):
        if anchor is not None and anchor in record.numbers:
            return record
    return None


def _place(
    number: Number,
    group: int,
    made: list[Record],
    current: dict[int, Record],
    pending: dict[int, Number],
    aside: dict[int, Number],
    marks: list[int],
) -> None:
    record = current.get(group)
    told = aside.pop(group, None)
    if told is not None and _moves_share(number) and not (record and record.level and record.level.dimension == units.PERCENT):
        # 走访1.16万人次，覆盖率98.6%，较去年同期的97.1%提高1.5个百分点: it is the rate that moved.
        record = Record(level=told)
        made.append(record)
        current[group] = record
    if number.role is Role.PRIOR:
        if (
            record is not None
            and record.level is not None
            and record.prior is None
            and record.level.dimension == number.dimension
            and not _is_parted(record.level, number, marks)
            and not re.search("[由从]", number.before)
            and not (record.rates and own_noun(record.rates[-1]) and record.level is None)
        ) or (record is not None and record.level is None and record.rates and record.prior is None):
            record.prior = number
        elif (
            record is not None
            and record.level is not None
            and record.prior is not None
            and record.level.dimension == number.dimension
            and number.before.startswith(("比", "较", "，比", "，较"))
            and not _is_parted(record.level, number, marks)
        ):
            # 每公斤18.6元，比上年同月的16.4元上涨13.4%，比8月的20.0元下降7.5%: a second comparison of the same level.
            record = Record(level=record.level, prior=number)
            made.append(record)
            current[group] = record
        else:
            pending[group] = number
    elif number.role in (Role.LEVEL, Role.SHARE):
        of_shares = record is not None and record.level is not None and record.level.dimension == units.PERCENT
        if number.role is Role.SHARE and record is not None and _is_aside(number) and not of_shares:
            aside[group] = number
            return
        record = Record(level=number)
        earlier = pending.pop(group, None)
        if earlier is not None and earlier.dimension == number.dimension and number.start - earlier.end < 60:
            record.prior = earlier
        made.append(record)
        current[group] = record
    else:
        _attach(number, group, made, current, pending, marks)


def _moves_share(number: Number) -> bool:
    return number.role is Role.PRIOR and number.dimension == units.PERCENT


def _is_aside(number: Number) -> bool:
    """A share said of the level before it (占总数的12%, 完成预算的52%) begins nothing."""
    return bool(re.search(r"占|完成|比重|比例|率|^的[约近]?$", number.before)) and not re.search(r"[由从]", number.before)


def _is_parted(level: Number, number: Number, marks: list[int]) -> bool:
    at = bisect_left(marks, level.end)
    return at < len(marks) and marks[at] < number.start


def _attach(
    number: Number, group: int, made: list[Record], current: dict[int, Record], pending: dict[int, Number], marks: list[int]
) -> None:
    record = current.get(group)
    if record is not None and record.level is not None and _is_parted(record.level, number, marks):
        # A semicolon: 蓝色64次；较上年增加9次 says nothing of the blue ones.
        record = None
    noun = own_noun(number)
    if record is not None and noun and not _speaks_of(noun, record):
        # 走访17批31人次，同比批次下降29.4%: of the levels just told it is the one that is called so.
        near = (
            [r for r in made[-3:] if r.level is not None and r.level.group == group and r.level.segment == record.level.segment]
            if record.level
            else []
        )
        record = next((r for r in near if _speaks_of(noun, r)), None)
    if record is not None and number.role is Role.CHANGE:
        moved = _level_of_change(number, group, made, record)
        if moved is not None and moved is not record:
            # The rate that follows speaks of what moved.
            current[group] = moved
        record = moved
    if record is None:
        earlier = pending.get(group)
        fits = earlier is not None and (
            number.role is Role.RATE or (number.role is Role.CHANGE and earlier.dimension == number.dimension)
        )
        record = Record(prior=pending.pop(group) if fits else None)
        made.append(record)
        current[group] = record
    if number.role is Role.CHANGE:
        record.changes.append(number)
        _inherit(number, record)
    elif number.role is Role.POINTS:
        record.points.append(number)
    elif number.dimension in (units.PERCENT, units.TIMES):
        record.rates.append(number)
        _inherit(number, record)


def _inherit(number: Number, record: Record) -> None:
    if record.level is not None:
        number.subject = record.level.subject


def _level_of_change(number: Number, group: int, made: list[Record], record: Record) -> Record | None:
    """The latest level of the same dimension in the same breath: 4667户6135人，增加120户."""
    if record.level is None:
        return record if not record.changes or record.changes[-1].dimension == number.dimension else None
    for candidate in reversed(made[-3:]):
        level = candidate.level
        if level is None:
            break
        if level.per and not number.per and (number.value or 0) > (level.value or 0):
            # 招收4664人，平均每班22人，比春季增加368人: what moved by more than the average is not the average.
            continue
        near = candidate is record or (level.group == record.level.group and record.level.segment - level.segment <= 1)
        if near and level.dimension == number.dimension and level.per == (number.per or level.per):
            return candidate
    return None


def _speaks_of(noun: str, record: Record) -> bool:
    level = record.level
    if level is None:
        return not noun
    if re.sub(r"[次数量]+$", "", noun) == level.unit:
        return True
    said = level.before + level.after[:12]
    noun = subjects.key_of(noun)
    return not noun or noun in said or (noun in _GENERAL and noun[0] in level.before)


def is_plain_level(number: Number) -> bool:
    """A number that says how many there are or were, and can be a part or a total."""
    return (
        number.measured
        and not number.weak
        and number.role is Role.LEVEL
        and number.kind in _COUNTABLE
        and number.dimension not in _NO_LEVELS
        # 96.5人次 is an average, whatever stands before it.
        and not (units.is_counted(number.dimension) and number.dimension != "分" and number.factor == 1 and number.quantum < 1)
    )
