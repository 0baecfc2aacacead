"""Shares told one after the other: 甲、乙分别为18.62亿和5.24亿，占总量28.64亿的65%和18.3%: each is of the number in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger
from anmin.ground.reports.checking.relations.quotients import holds, judge_share
from anmin.ground.reports.checking.vocabulary import Role, Severity


def run_of_shares(sentence: Sentence, at: int) -> list[Number]:
    """分别占7.9%、3.4%和44.1%: the share and those that follow it without a word."""
    run = [sentence.numbers[at]]
    for number in sentence.numbers[at + 1 : at + 12]:
        if number.dimension != units.PERCENT or number.before.strip("和与及") or number.start - run[-1].end > 2:
            break
        run.append(number)
    return run


def inside_base(share: Number, sentence: Sentence) -> int:
    """Where 占 stands in 占全社会用电量28.64亿千瓦时的65%和18.3%, whose base is inside; 0 where none is."""
    clause = clause_of(share, sentence)
    told = re.search(r"占[^占，。；]*\d[^占，。；]*的$", clause)
    return share.start - (len(clause) - told.start()) if told else 0


def respectively(
    run: Sequence[Number], counts: Sequence[Number], pool: Sequence[Number], sentence: Sentence, ledger: Ledger
) -> None:
    """Each share is of the number in the same place of the list before."""
    until = inside_base(run[0], sentence) or run[0].start
    tops = [number for number in counts if number.role is Role.LEVEL and number.end <= until][-len(run) :]
    if ("占" not in run[0].before and until == run[0].start) or len(tops) != len(run) or len(run) < 2:
        return
    if len({top.dimension for top in tops}) == len(tops):
        # 来访864批2864人次，其中集体访86批1264人次，分别占10%和44.1%: each of what was counted like it before.
        before = [n for n in counts if n.start < tops[0].start][-len(tops) :]
        if [n.dimension for n in before] == [n.dimension for n in tops]:
            for share, top, bottom in zip(run, tops, before, strict=True):
                judge_share(share, top, bottom, ledger, Severity.ERROR)
        return
    if len({top.dimension for top in tops}) != 1:
        return
    whole = ledger.whole_of.get(tops[0].key)
    bottoms = [n for n in (*pool, whole) if n is not None and n not in tops and n.dimension == tops[0].dimension]
    best = max(bottoms, key=lambda b: sum(holds(s, t, b) for s, t in zip(run, tops, strict=True)), default=None)
    if best is None or not any(holds(share, top, best) for share, top in zip(run, tops, strict=True)):
        return
    for share, top in zip(run, tops, strict=True):
        # 12个镇、186个村，评出先进镇3个、先进村20个，分别占25%和10.8%: each has a base of its own.
        own = next((b for b in reversed(bottoms) if holds(share, top, b)), best)
        judge_share(share, top, own, ledger, Severity.ERROR)


def clause_of(number: Number, sentence: Sentence) -> str:
    """What stands before the share between its marks, numbers included."""
    segment = sentence.segments[number.segment]
    text = ""
    for left, right in segment.pieces:
        if left >= number.start:
            break
        text += sentence.text[left - sentence.start : min(right, number.start) - sentence.start]
    return text[-60:]
