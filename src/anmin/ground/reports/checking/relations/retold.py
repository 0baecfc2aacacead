"""The same thing told again with another figure: in other words, in another section, in a heading, in a table.

Two things bear witness. How well the words agree (`told`), and how rare it is by chance that one figure is the other but for one
slip of the finger (`slipped`): the nearer the digits, the less the words must agree. What speaks against it: that either figure
is borne out elsewhere, by a sum it is part of or by being told again.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Set

from anmin.ground.reports.checking.numerals import periods
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.relations.slipped import marks_of, weight_of_slip
from anmin.ground.reports.checking.relations.told import MOST_AGREEMENT, Told, Words, all_told, stand_alike, year_of
from anmin.ground.reports.checking.vocabulary import Severity, State

_LEVEL = re.compile(r"[全本我]([\u4e00-\u9fff])")
RULE, SLIP = "repeated_figure", "unit_slip"
_ENOUGH = 1.8
_LEAST_AGREEMENT, _LEAST_OF_PARTS, _LEAST_SPECIFIC = -0.6, 0.3, 0.9
_BORNE_OUT = 1.6
_IN_A_TABLE = 1.2
_VERY_SPECIFIC, _TAKEN_UP = 2.5, 2.1
_BESIDE = 1.0
_BUCKET = 8


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every figure is held against those that it may be a misprint of."""
    words, told = Words(reading), list(all_told(reading))
    borne = {key for each in ledger.relations if each.state in (State.HOLDS, State.ROUNDING) for key in each.numbers}
    values = _Values(told, words)
    borne |= values.mated
    for each in told:
        # What is taken up, and is found told alike elsewhere, takes up that.
        each.definite *= each.number.key not in values.mated
    parts = ledger.whole_of.keys()
    scored = [(_ENOUGH, one, other) for one, other in _of_all(told)]
    scored += [(_score(one, other, slip, words, borne, parts), one, other) for one, other, slip in _slips(told)]
    done: set[str] = set()
    for _, one, other in sorted((each for each in scored if each[0] >= _ENOUGH), key=lambda each: -each[0]):
        keys = {one.number.key, other.number.key}
        if values.are_two(one, other):
            continue
        if keys.isdisjoint(ledger.failed | done) and not ledger.are_compared(one.number, other.number):
            _tell(one, other, ledger)
            done |= keys


def _slips(told: list[Told]) -> Iterator[tuple[Told, Told, float]]:
    """Pairs of which one may be the other with a slip of the finger, with its weight; of cells only against the text.

    What words could never make up for is left out.
    """
    marked: defaultdict[object, deque[Told]] = defaultdict(lambda: deque(maxlen=_BUCKET))
    bare = any(not one.number.dimension for one in told)
    for one in told:
        size = len(one.digits)
        if size < 2 + one.in_table:
            continue
        seen: set[int] = set()
        marks = list(dict.fromkeys(marks_of(one.digits)))
        # Of a few digits a changed one says too little, where nothing is taken up.
        for mark in marks if size > 3 or one.definite else marks[:2]:
            for other in marked[one.number.dimension, mark]:
                if id(other) in seen:
                    continue
                seen.add(id(other))
                if not one.definite and _at_once(one, other):
                    continue
                slip = weight_of_slip(one.digits, other.digits)
                definite = max(one.definite, other.definite)
                helped = definite + _IN_A_TABLE * one.in_table + _TAKEN_UP * (size == 2 and definite > 0)
                wanting = _ENOUGH - MOST_AGREEMENT - slip - helped
                if not slip or wanting > _BESIDE or (wanting > 0 and not stand_alike(one, other)):
                    continue
                if _may_be_one(one, other):
                    yield one, other, slip
        for mark in marks if not one.in_table else ():
            marked[one.number.dimension, mark].append(one)
            if bare and one.number.dimension:
                marked["", mark].append(one)


def _may_be_one(one: Told, other: Told) -> bool:
    left, right = one.number, other.number
    alike = left.factor == right.factor and left.quantum == right.quantum
    same = one.digits == other.digits
    if alike == same or one.aside != other.aside or (left.dimension != right.dimension and not alike):
        return False
    if same and left.factor == right.factor and len(one.digits.rstrip("0")) < 4:
        return False
    # 在2023年486件的基础上: where the other names no year of its own, it may be that one.
    taken_up = one.definite > 1 and not year_of(other.before, "")
    if one.year != other.year and not taken_up and not (one.in_table and not one.year):
        return False
    # In one breath two numbers are two things, unless the second takes up the first.
    if _at_once(one, other) and (one.in_table or not one.definite or left.segment - right.segment < 2):
        return False
    if left.per != right.per and (left.per or not one.definite):
        return False
    return periods.may_be_one(left.period, right.period) and not left.interval.meets(right.interval)


def _at_once(one: Told, other: Told) -> bool:
    return one.number.place.block == other.number.place.block and one.sentence == other.sentence


class _Values:
    """Where each value is told."""

    def __init__(self, told: list[Told], words: Words) -> None:
        self.by_value: defaultdict[object, list[Told]] = defaultdict(list)
        self.mated: set[str] = set()
        """The figures that are told twice alike, so that each bears out the other."""
        for each in told:
            alike = self.by_value[each.number.value, each.number.dimension]
            for other in alike[: _BUCKET // 2]:
                if not _at_once(each, other) and words.specific(each, other) >= _LEAST_SPECIFIC:
                    self.mated |= {each.number.key, other.number.key}
            alike.append(each)

    def are_two(self, one: Told, other: Told) -> bool:
        """Whether the two figures stand in one sentence anywhere (受理4862件，审结4682件), or in one table."""
        mine, theirs = (self.by_value[each.number.value, each.number.dimension][: 2 * _BUCKET] for each in (one, other))
        if one.in_table:
            return any(each.number.place.block == one.number.place.block for each in theirs if each.in_table)
        places = {(each.number.place.block, each.sentence) for each in mine if not each.in_table}
        return any((each.number.place.block, each.sentence) in places for each in theirs if not each.in_table)


def _score(one: Told, other: Told, slip: float, words: Words, borne: set[str], parts: Set[str]) -> float:
    agreement, specific = words.agreement(one, other), words.specific(one, other)
    definite = max(one.definite, other.definite)
    beside = stand_alike(one, other)
    table = one.in_table or other.in_table
    # A class of a list is one of several that are called alike; digits alike in two sizes are alike by chance, too.
    least = _LEAST_OF_PARTS if parts & {one.number.key, other.number.key} else _LEAST_AGREEMENT
    if agreement + definite + beside < (least if one.digits != other.digits else max(least, 0.0)):
        return 0.0
    vague = 3 * max(_LEAST_SPECIFIC - specific, 0.0) * (not (definite or table or beside))
    if table and not words.covers(other, one):
        return 0.0
    long = len(one.digits) > 2
    # Of two digits it is the words that must bear witness: 县级领导接访的62场次中.
    taken_up = not long and definite > 0 and one.number.exact and specific >= _VERY_SPECIFIC
    both = one.number.key in borne and other.number.key in borne
    helped = definite + _BESIDE * beside + _IN_A_TABLE * (table and long) + _TAKEN_UP * taken_up
    return slip + agreement + helped - vague - _BORNE_OUT * both


def _of_all(told: list[Told]) -> Iterator[tuple[Told, Told]]:
    """全镇14个村, and later 全镇15个村: of the whole there is one number, whatever its digits.

    全县12个村开展试点 speaks of a few: the two must be near, or something be said of each.
    """
    known: dict[tuple[str, str], Told] = {}
    for one in told:
        if one.in_table or not one.number.exact or one.aside:
            continue
        unit = one.number.dimension
        other = known.get((one.all_of, unit)) if one.all_of else None
        if other is not None and not _at_once(one, other) and one.digits != other.digits:
            level, before = (_LEVEL.findall(each.before)[-1:] for each in (one, other))
            low, high = sorted((one.number.value or 0, other.number.value or 0))
            if (low * 5 >= high * 4 or one.each) and (level == before or not level or not before):
                yield one, other
        name = one.all_of or one.noun
        if name:
            known.setdefault((name, unit), one)


def _tell(one: Told, other: Told, ledger: Ledger) -> None:
    number, first = one.number, other.number
    rule = RULE if number.factor == first.factor or one.in_table else SLIP
    if one.in_table:
        shown = said(number) if number.unit in said(number) else said(number) + number.unit
        line = f"表中“{number.before}”为{shown}，此处写{said(first)}"
        ledger.fails(rule, Severity.DOUBTFUL, [first, number], line, "文字与表格不一致，请核对。")
        return
    line = f"此处为{said(number)}，前文为{said(first)}（第{first.place.line}行），说的像是同一件事，数字只差一处"
    ledger.fails(rule, Severity.DOUBTFUL, [number, first], line, "请核对哪一个是对的；若说的不是同一件事，请写明。")
