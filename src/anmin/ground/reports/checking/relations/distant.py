"""Shares and rates that the nearer readings left alone: their part or their base stands further off, or in other words.

Every pair of counts around is tried. What holds for one of them is left in peace; what holds for none is told where its words
name both numbers, or where the likeliest pair asks for the printed figure but for one digit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise, permutations
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import total
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.relations.lists import label_of
from anmin.ground.reports.checking.relations.misprints import weight_into
from anmin.ground.reports.checking.relations.naming import best_named, core_of, likeness
from anmin.ground.reports.checking.relations.owned import grown_here, judge_apart, named_beside, owner_of, parts_before
from anmin.ground.reports.checking.relations.quotients import RULE, are_sisters, holds, holds_of_both, judge_share, line_of
from anmin.ground.reports.checking.relations.rates import NO_FRACTION, TIMELY, rate_name, stem_of
from anmin.ground.reports.checking.relations.sisters import by_sisters, goes_with_sister
from anmin.ground.reports.checking.relations.together import is_together
from anmin.ground.reports.checking.relations.untold import is_count, whole_of
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity, State

_WINDOW, _FAR = 30, 200
_HUNDRED = Fraction(100)
_ENOUGH = 1.3
_LEAST = 0.5
"""What must speak for a pair that holds not, in powers of ten."""
_BASE = re.compile(r"占(?:到|了)?(?P<base>[^，。；、\d（）]{2,20}?)的?(?:比重|比例)?(?:为|达到?|约为?|近|超过?|仅)*+$")
_OWN = re.compile(r"(?:其中|，)*([\u4e00-\u9fff]{2,8}?)(?:占比|比重|比例)")
_PLANNED = re.compile(r"预算(?!收入|支出)|计划|任务|目标|下达|安排|批复|额度|指标|限额")
_OF_PLAN = re.compile(rf"(?:完成|占|为|达到?)[^，。；]{{0,10}}(?:{_PLANNED.pattern})[^，。；]{{0,4}}$")
_LACKS = re.compile(r"不|未|无|超|差|失|退|废|逾|漏|拒|缺|其余|剩|减|降|节")
_GENERAL = re.compile(r"^(?:全部|总数|总量|总额|总体|总人数|总户数|总件数|比|比重|比例|全[市县区省镇]|其|的|总)*$")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every share that nothing was found for is held against all counts around it."""
    told = (relation for relation in ledger.relations if relation.rule == RULE and relation.state is not State.CANNOT_TELL)
    done = {relation.numbers[0] for relation in told} | ledger.failed
    based = {
        r.numbers[0]: r.numbers[2] for r in ledger.relations if r.rule == RULE and r.state is State.HOLDS and len(r.numbers) == 3
    }
    held = {key for told in ledger.relations if told.state is State.HOLDS for key in told.numbers}
    before: list[Number] = []
    shares_of: dict[str, str] = {}
    far: list[Number] = []
    for paragraph in reading.paragraphs:
        own: list[Number] = []
        for index, sentence in enumerate(paragraph.sentences):
            here = [number for number in sentence.numbers if is_count(number)]
            ahead = [n for s in paragraph.sentences[index + 1 : index + 2] for n in s.numbers if is_count(n)][:4]
            pool = [*before[-_WINDOW:], *own[-_WINDOW:], *here][-2 * _WINDOW - 12 :]
            open_shares: list[tuple[Number, Number]] = []
            bases = Counter(based[number.key] for number in sentence.numbers if number.key in based)
            for at, number in enumerate(sentence.numbers):
                if number.role is Role.SHARE and (core := _core_of_base(number, sentence)):
                    shares_of.update((part.key, core) for part in list(_parts(number, at, sentence))[:1])
                if number.key not in done and not paragraph.forecast and _is_share(number):
                    core = _core_of_base(number, sentence)
                    # 出口199.65亿元，占出口总值的70.33%: what is a share of it is not 出口总值 itself.
                    fit = [n for n in pool if not core or shares_of.get(n.key) != core]
                    base = _judge(number, at, sentence, fit, ahead, far, ledger, bases, held)
                    if base is not None:
                        bases[base.key] += 1
                    elif (part := next(_parts(number, at, sentence), None)) is not None and number.key not in ledger.failed:
                        open_shares.append((number, part))
            by_sisters(open_shares, bases, pool, ledger)
            own += here
        before = (before + own)[-_WINDOW:]
        far = (far + own)[-_FAR:]


def _is_share(number: Number) -> bool:
    return (
        number.role is Role.SHARE
        and number.dimension == units.PERCENT
        and number.kind is not Kind.STANDARD
        and number.value is not None
        and 0 < number.value < _HUNDRED
        and not number.projected
        and not is_together(number)
    )


def _judge(
    share: Number,
    at: int,
    sentence: Sentence,
    pool: Sequence[Number],
    ahead: Sequence[Number],
    far: Sequence[Number],
    ledger: Ledger,
    sisters: Counter[str],
    held: set[str],
) -> Number | None:
    """The base of which the share holds; None where it holds of none, whether that is told or not."""
    parts = list(_parts(share, at, sentence)) or parts_before(share, pool) or grown_here(share, at, sentence, pool, ledger)
    if (owner := owner_of(share)) is not None and (base := judge_apart(share, owner, [*far, *pool], ledger, sisters)) is not None:
        return base
    if not parts or share.key in ledger.failed:
        return None
    named = _named(share, parts, sentence, pool) or _named(share, parts, sentence, ahead)
    for part in parts:
        for base in _bases(part, [*pool, *ahead]):
            if are_sisters(part, base, pool, ledger):
                continue
            if holds(share, part, base) and (named is None or _is_meant(share, base, named[1], sentence)):
                ledger.holds(RULE, [share, part, base], line_of(share, part, base) + "，与原文相符")
                return base
    if _holds_otherwise(share, parts, at, sentence, pool, ledger):
        return None
    if goes_with_sister(share, parts, at, sentence, ledger):
        return None
    found = (
        named
        or _likely(share, parts, sentence, pool, ledger, sisters, held)
        or _alike(share, parts, sentence, pool)
        or whole_of(share, at, sentence, pool)
    )
    if found is None:
        return None
    part, base, severity = found
    if share.hedge and severity is not Severity.ERROR:
        return None
    judge_share(share, part, base, ledger, severity)
    return None


def _parts(share: Number, at: int, sentence: Sentence) -> Iterator[Number]:
    """What the share may be of: what stands in a bracket behind it or right behind it, what its bracket is of, those before."""
    group = sentence.group_of(share)
    for other in sentence.numbers[at + 1 : at + 3]:
        if not is_count(other) or other.role is Role.PRIOR:
            continue
        gap = sentence.between(share, other)
        if sentence.group_of(other).anchor is share or (len(gap) <= 6 and not re.search(r"[。；\d]|占|其中", gap)):
            yield other
    if group.anchor is not None and is_count(group.anchor):
        yield group.anchor
    own = [n for n in sentence.numbers[max(0, at - 8) : at] if is_count(n) and n.role is Role.LEVEL]
    yield from list(reversed(own))[:4]
    if not own and not group.index and (name := rate_name(share)):
        # 机械化率87.6%，机械化作业面积86.4万亩: a rate that opens its sentence is of what follows and is called so.
        after = [n for n in sentence.numbers[at + 1 : at + 4] if is_count(n) and n.role is Role.LEVEL][:2]
        yield from [n for n in after if stem_of(name) in n.before]


def _bases(part: Number, pool: Sequence[Number]) -> list[Number]:
    """What the part may be part of, the nearest before it first."""
    alike = [
        n
        for n in pool
        if n is not part
        and (n.dimension == part.dimension or (_is_visits_of(n, part)))
        and (n.per == part.per or (not part.per and n.kind is Kind.STANDARD))
        and (n.value or 0) >= (part.value or 0) > 0
        and n.interval.high is not None
    ]
    return sorted(alike, key=lambda n: abs(n.start - part.start) if n.place.block == part.place.block else 10**6)


def _is_visits_of(base: Number, part: Number) -> bool:
    """培训1.26万人次，取得证书3864人，占受训的30.7%."""
    near = base.place.block == part.place.block and base.sentence == part.sentence and 0 < part.start - base.end < 24
    return near and (base.dimension, part.dimension) == ("人次", "人")


def _holds_otherwise(
    share: Number, parts: Sequence[Number], at: int, sentence: Sentence, pool: Sequence[Number], ledger: Ledger
) -> bool:
    """What is left of the base, the part of a sum of two, or several parts together."""
    assert share.value is not None
    before = [n for n in sentence.numbers[max(0, at - 12) : at] if is_count(n)]
    # 日均10.53万吨，设计能力12万吨/日，负荷率87.7%: of what both are for a day.
    daily = [n for n in sentence.numbers[max(0, at - 4) : at] if n.kind is Kind.STANDARD and n.per and n.measured]
    for top, bottom in permutations(daily, 2):
        if (top.dimension, top.per) == (bottom.dimension, bottom.per) and holds(share, top, bottom):
            ledger.holds(RULE, [share, top, bottom], line_of(share, top, bottom) + "，与原文相符")
            return True
    # 上半年28.94万头，三季度13.92万头。规模场27.43万头，占64.0%: of two that stand side by side, together.
    before_it = [n for n in pool if n.start < share.start or n.place.block != share.place.block]
    for one, two in pairwise(before_it) if "占" in share.before else ():
        if one.dimension == two.dimension == parts[0].dimension and parts[0] not in (one, two) and one.sentence == two.sentence:
            both = one.interval + two.interval
            if both.low and (parts[0].interval / both).times(100).meets(share.interval):
                ledger.holds(RULE, [share, parts[0], one, two], f"{said(parts[0])}÷（{said(one)}+{said(two)}），与原文相符")
                return True
    for part in parts[:3]:
        # What is left is spoken of where the share or its part is said to lack something.
        alike = _bases(part, pool) if _LACKS.search(part.before[-10:] + share.before) else []
        for base in alike:
            if (1 - (part.value or 0) / (base.value or 1)) * 100 == share.value or _meets(share, base, [base, part], minus=True):
                ledger.holds(RULE, [share, base, part], f"（{said(base)}-{said(part)}）÷{said(base)}，与原文{said(share)}相符")
                return True
        smaller = [
            n
            for n in pool
            if n is not part
            and n.dimension == part.dimension
            and n.sentence == part.sentence
            and n.place.block == part.place.block
        ]
        for other in smaller[-6:]:
            if holds_of_both(share, part, other):
                line = f"{said(part)}÷（{said(part)}+{said(other)}），与原文{said(share)}相符"
                ledger.holds(RULE, [share, part, other], line)
                return True
    for count in range(2, 8):
        run = before[-count:]
        if len(run) < count or len({n.dimension for n in run}) != 1:
            continue
        together = total(n.interval for n in run)
        for base in pool:
            if base.dimension != run[0].dimension or base in run or not base.value or not base.interval.low:
                continue
            if (together / base.interval).times(100).meets(share.interval):
                line = "+".join(said(n) for n in run)
                ledger.holds(RULE, [share, *run, base], f"（{line}）÷{said(base)}，与原文{said(share)}相符")
                return True
    return False


def _meets(share: Number, base: Number, pair: Sequence[Number], *, minus: bool) -> bool:
    rest = pair[0].interval - pair[1].interval
    return bool(minus and base.value and (rest / base.interval).times(100).meets(share.interval))


def _named(
    share: Number, parts: Sequence[Number], sentence: Sentence, pool: Sequence[Number]
) -> tuple[Number, Number, Severity] | None:
    """占租金收入的28.1%: the base is called by its name."""
    told = _BASE.search(sentence.text[max(0, share.start - sentence.start - 40) : share.start - sentence.start])
    part = next((n for n in parts if n.start < share.start), None)
    inside = next(
        (n for n in pool if part is not None and sentence.text[n.end - sentence.start : share.start - sentence.start] == "的"),
        None,
    )
    if part is not None and inside is not None and inside.sentence == share.sentence and inside.dimension == part.dimension != "":
        return (part, inside, Severity.ERROR) if part is not inside and not share.hedge else None
    if told is None and part is not None and (name := rate_name(share)) and not share.hedge and not NO_FRACTION.search(name):
        return named_beside(share, part, name, pool) or _named_by_rest(part, stem_of(name), pool)
    if told is None or _GENERAL.match(told["base"]) or share.hedge:
        return None
    if part is None or part.start < share.start - 60:
        return None
    base = best_named(told["base"], [n for n in _bases(part, pool) if n.role is not Role.PRIOR])
    if base is None or base.projected != part.projected:
        return None
    return part, base, Severity.ERROR


def _core_of_base(share: Number, sentence: Sentence) -> str:
    told = _BASE.search(sentence.text[max(0, share.start - sentence.start - 40) : share.start - sentence.start])
    return core_of(told["base"]) if told and not _GENERAL.match(told["base"]) else ""


def _named_by_rest(part: Number, stem: str, pool: Sequence[Number]) -> tuple[Number, Number, Severity] | None:
    """举报立案87件，立案率11.3%: without what the rate speaks of the part is called like its base, 举报768件."""
    label = core_of(label_of(part))
    rest = label.removesuffix(stem) if label.endswith(stem) else ""
    bases = [n for n in _bases(part, pool) if stem not in n.before and n.role is Role.LEVEL and n.projected == part.projected]
    base = best_named(rest, bases, 1.0) if len(rest) >= 2 else None
    return (part, base, Severity.DOUBTFUL) if base is not None else None


def _is_meant(share: Number, base: Number, named: Number, sentence: Sentence) -> bool:
    """Whether a base that makes the share hold may be the one that is named, rather than some number of its size."""
    core = _core_of_base(share, sentence)
    return base is named or not core or likeness(core, base) >= 0.4


def _topics(part: Number, pool: Sequence[Number]) -> list[Number]:
    """What the two paragraphs before began with."""
    firsts: dict[int, list[Number]] = {}
    for number in pool:
        if number.place.block != part.place.block and number.dimension == part.dimension and number.per == part.per:
            firsts.setdefault(number.place.block, []).append(number)
    return [n for told in list(firsts.values())[-2:] for n in told[:2] if (n.value or 0) > (part.value or 0)]


def _alike(
    share: Number, parts: Sequence[Number], sentence: Sentence, pool: Sequence[Number]
) -> tuple[Number, Number, Severity] | None:
    """考核断面24个。达到Ⅲ类水质的断面21个，占91.3%: what a paragraph begins with, and bears the same last word, is the base."""
    part = next((n for n in parts if n.end < share.start), None)
    if part is None or share.group or not re.fullmatch(r"占(?:比)?(?:为|达到?)?", share.before) or share.start - part.end > 6:
        return None
    noun = label_of(part)[-2:]
    alike = [n for n in _bases(part, pool) if n.place.block == part.place.block and n.start < part.start and n.role is Role.LEVEL]
    bases = [n for n in alike if len(noun) == 2 and label_of(n).endswith(noun) and (n.value or 0) > (part.value or 0)]
    if len(bases) != 1 or bases[0] is not min(alike, key=lambda n: n.start) or bases[0].projected != part.projected:
        return None
    # A base that has a share of its own (占总人口的14.7%) leaves open of what the share of its part is.
    own = any(n.role is Role.SHARE and "占" in n.before and bases[0].end <= n.start < part.start for n in sentence.numbers)
    return None if own and bases[0].sentence == part.sentence else (part, bases[0], Severity.DOUBTFUL)


def _likely(
    share: Number,
    parts: Sequence[Number],
    sentence: Sentence,
    pool: Sequence[Number],
    ledger: Ledger,
    sisters: Counter[str],
    held: set[str],
) -> tuple[Number, Number, Severity] | None:
    """The pair for which most speaks: how it is built and called, and how near it comes by one slip of the finger."""
    best: tuple[float, Number, Number] | None = None
    tried = 0
    for part, base, points in _guesses(share, parts, sentence, pool, ledger, sisters):
        tried += 1
        weight = _weight(share, part, base, held)
        if weight >= _LEAST and (best is None or points + weight > best[0]):
            best = (points + weight, part, base)
    if best is None or best[0] - log10(max(tried, 1)) / 2 < _ENOUGH:
        return None
    return best[1], best[2], Severity.DOUBTFUL if best[0] < _ENOUGH + 1 else Severity.ERROR


def _weight(share: Number, part: Number, base: Number, held: set[str]) -> float:
    """How unlikely it is by chance that one misprint in one of the three makes the share hold; what holds elsewhere is none."""
    if not base.value or not part.value or not share.value:
        return 0.0
    rate = share.interval.times(Fraction(1, 100))
    real = (part.interval / base.interval).times(100)
    return max(
        weight_into(share, real),
        weight_into(part, base.interval * rate) - 1.6 if part.key not in held else 0.0,
        weight_into(base, part.interval / rate) - 1.6 if base.key not in held else 0.0,
    )


def _guesses(
    share: Number, parts: Sequence[Number], sentence: Sentence, pool: Sequence[Number], ledger: Ledger, sisters: Counter[str]
) -> Iterator[tuple[Number, Number, float]]:
    """What the share may be of, each with what its build and its words speak for it."""
    name = rate_name(share)
    stem = stem_of(name) if name else ""
    plain = "占" in share.before or "比重" in share.before
    core = _core_of_base(share, sentence)
    of_plan = _OF_PLAN.search(share.before)
    for rank, part in enumerate(parts[:4]):
        if part.start < share.start - 80:
            continue
        label = part.before + part.after[:6]
        # 收回586份，回收率96%.
        called = bool(stem) and (stem in label or (len(stem) == 2 and all(character in label[-8:] for character in stem)))
        points = (0.8, 0.2, 0.0, 0.0)[rank] + 0.3 * plain
        points += 0.8 * bool((own := _OWN.match(share.before)) and own[1][-4:] in part.before)
        points += (1.0 if called else -0.3) if name else 0.0
        if name and NO_FRACTION.search(name):
            points -= 0.8 if called and label_of(part).endswith(stem) else 2.8
        timely = TIMELY.search(name) if name else None
        points -= 3.0 * bool(timely and timely[0] not in part.before) + 0.8 * ("其中" in share.before)
        points -= 0.8 * part.projected + 1.0 * bool(of_plan and rank)
        alike = [
            n
            for n in pool
            if n is not part and n.dimension == part.dimension and n.per == part.per and n.value and n.role is not Role.PRIOR
        ]
        before = [n for n in alike if n.place.block == share.place.block and n.start < part.start]
        firsts = {id(n) for n in _topics(part, pool)} | {id(n) for n in before[:1]}
        last = before[-1] if before else None
        for base in alike:
            if (base.value or 0) * 20 < (part.value or 0):
                continue
            if of_plan and base.role is not Role.TARGET and not _PLANNED.search(base.before + base.after[:4]):
                continue
            here = base.place.block == share.place.block
            more = 1.0 * (ledger.whole_of.get(part.key) is base) + min(0.8 * sisters[base.key], 1.6)
            more += 0.6 * (base is last and base.sentence == part.sentence) + 0.3 * (id(base) in firsts)
            more += 1.5 * (bool(core) and likeness(core, base) >= 0.8) - 0.3 * (bool(core) and likeness(core, base) < 0.4)
            more -= 0.5 * (not here) + 0.4 * (base.start > part.start and here) + 0.3 * (bool(stem) and stem in base.before)
            more -= 0.5 * ((base.value or 0) < (part.value or 0)) + 0.8 * (base.projected and not part.projected)
            yield part, base, points + more
