"""Shares that name their own part: 护理型床位占比, 外出务工占劳动力总数的, whose numbers may stand sentences before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger
from anmin.ground.reports.checking.relations.lists import label_of
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.naming import core_of, likeness
from anmin.ground.reports.checking.relations.quotients import RULE, holds, judge_share, line_of
from anmin.ground.reports.checking.relations.rates import rate_name, stem_of
from anmin.ground.reports.checking.vocabulary import Role, Severity

_OWNER = re.compile(
    r"^(?:其中|而|从[\u4e00-\u9fff]{1,6}看)?，?(?!大?约|仅|只|均|各|已|也|即|共|合计|总计|累计|分别|以上|上述|[两二三四五六]项|[两二三四五六]类|占)"
    r"(?P<own>[\u4e00-\u9fff]{2,12}?)(?:所占|占)(?:到|了)?(?P<base>[^，。；、\d（）]{0,18}?)的?(?:比重|比例|比)?(?:为|达到?|约为?|近|超过?|仅)*+$"
)
_SAYS_NO_BASE = re.compile(r"(?:全[部市县区省镇]?|整个)?(?:总?(?:数|量|额|体|人数|户数|件数|人口)?)(?:的)?")


def owner_of(share: Number) -> tuple[str, str] | None:
    """What a share calls its own and what it calls its base; the base may be nothing but 总数."""
    told = _OWNER.match(share.before)
    if told is None or re.search("合计|之和|共占", told["own"]):
        return None
    return core_of(told["own"]), "" if _SAYS_NO_BASE.fullmatch(told["base"]) else core_of(told["base"])


def _named_apart(
    share: Number, owner: tuple[str, str], pool: Sequence[Number], wholes: Mapping[str, Number]
) -> tuple[list[Number], list[Number], bool]:
    """The parts that a share calls by name, wherever they stand, what they may be of, and whether that is said in words.

    Of what is called 总数 only the number that all are told in, or that the paragraph begins with.
    """
    own, called = owner
    first = {n.dimension: n for n in reversed(pool) if n.place.block == share.place.block and n.start < share.start}
    parts = [n for n in pool if n.role is Role.LEVEL and likeness(own, n) >= 0.85]
    # 公费医疗报销人数占……，报销人数6300人.
    if called and not parts:
        parts = [n for n in pool if n.role is Role.LEVEL and len(core := core_of(label_of(n))) >= 2 and own.endswith(core)]
    if called:
        bases = [n for n in pool if likeness(called, n) >= 0.8 and n not in parts]
    else:
        bases = [n for n in pool if n not in parts and len(core := core_of(label_of(n))) >= 2 and own.endswith(core)]
        bases = bases or [wholes[n.key] for n in parts if n.key in wholes]
    # 火灾1124起 by its last word.
    kind = [n for n in pool if n not in parts and len(own) > 3 and core_of(label_of(n))[-2:] == own[-2:] and n.role is Role.LEVEL]
    if not parts and len(own) > 2:
        # 电气火灾 of 火灾1124起 is what was told as 电气故障.
        parts = [n for n in pool if n not in bases and n not in kind and own[:2] in n.before and n.role is Role.LEVEL]
    # 在编教师126人……占专任教师总数: what a paragraph begins with, in other words.
    begun = (
        [max(kind, key=lambda n: n.value or 0)]
        if kind and not called
        else [n for n in first.values() if n not in parts and (not called or likeness(called, n) >= 0.4)]
    )
    return parts, bases or begun, bool(bases)


def judge_apart(
    share: Number, owner: tuple[str, str], pool: Sequence[Number], ledger: Ledger, sisters: Counter[str]
) -> Number | None:
    """电气火灾占总数的45.0%: what is called by name may stand sentences before; told where both can be one number only."""
    called = owner[1]
    parts, bases, sure = _named_apart(share, owner, pool, ledger.whole_of)
    pairs = [
        (part, base)
        for part in parts
        for base in bases
        if part is not base
        and (part.dimension, part.per) == (base.dimension, base.per)
        and 0 < (part.value or 0) <= (base.value or 0)
    ]
    for part, base in pairs:
        if holds(share, part, base):
            ledger.holds(RULE, [share, part, base], line_of(share, part, base) + "，与原文相符")
            return base
    # 占伙食收入的73.5% is not excused by what it would be of 支出.
    meant = [n for n in pool if not (called and sure) or likeness(called, n) >= 0.5]
    if share.hedge or any(holds(share, part, base) for part in parts for base in meant if base.dimension == part.dimension):
        return None
    if pairs and len({part.value for part, _ in pairs}) == 1 and len({base.value for _, base in pairs}) == 1:
        part, base = pairs[-1]
        other = sisters and base.value not in {n.value for n in pool if n.key in sisters}
        likely = sure or is_misprint(share, (part.value or Fraction(0)) / (base.value or 1) * 100)
        if part.projected == base.projected and likely and not other:
            judge_share(share, part, base, ledger, Severity.ERROR if owner[1] else Severity.DOUBTFUL)
    return None


def parts_before(share: Number, pool: Sequence[Number]) -> list[Number]:
    """发现问题214个，现场整改186个。现场整改率86.9%: a rate that opens its sentence, of what was called so in those before."""
    name = rate_name(share)
    if name is None or share.group:
        return []
    here = [n for n in pool if n.place.block == share.place.block and n.start < share.start and n.role is Role.LEVEL]
    called = [n for n in here if name[:-1] in n.before] or [n for n in here if stem_of(name) in label_of(n)]
    return (called or [n for n in here if len(name) > 4 and name[:2] in n.before])[:-4:-1]


def grown_here(share: Number, at: int, sentence: Sentence, pool: Sequence[Number], ledger: Ledger) -> list[Number]:
    """税收同比增收0.52亿元，增长6.4%，完成年度目标33.2亿元的26.0%: of the level whose growth its sentence has told."""
    changes = {n.key for n in sentence.numbers[max(0, at - 4) : at] if n.role in (Role.CHANGE, Role.RATE)}
    grown = next(
        (
            r.numbers[1]
            for r in reversed(ledger.relations)
            if r.rule == "growth" and r.numbers[0] in changes and len(r.numbers) > 2
        ),
        "",
    )
    return [n for n in pool if n.key == grown]


def named_beside(share: Number, part: Number, name: str, pool: Sequence[Number]) -> tuple[Number, Number, Severity] | None:
    """受理86420件，按期办结85864件。……按期办结率达到99.4%: in a sentence before, called in full, and its base right before it."""
    if part.sentence == share.sentence or part.place.block != share.place.block or not part.before.endswith(name[:-1]):
        return None
    before = [n for n in pool if n.place.block == part.place.block and n.sentence == part.sentence and n.start < part.start]
    base = before[-1] if before else None
    if base is None or base.dimension != part.dimension or part.start - base.end > 16 or base.projected != part.projected:
        return None
    near = (part.value or Fraction(0)) / (base.value or 1) * 100
    return (part, base, Severity.DOUBTFUL) if abs(near - (share.value or 0)) < 12 and near <= 100 else None
