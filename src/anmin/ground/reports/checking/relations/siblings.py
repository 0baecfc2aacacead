"""Shares told one after the other: they have one denominator, and make no more than a hundred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, percent, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.quotients import RULE, holds, judge_share
from anmin.ground.reports.checking.vocabulary import Severity


def _judge_over_hundred(pairs: Sequence[tuple[Number, Number]], ledger: Ledger) -> None:
    """Shares of parts of one whole make no more than a hundred."""
    if len(pairs) < 2 or pairs[0][1].key not in ledger.whole_of:
        return
    whole = ledger.whole_of[pairs[0][1].key]
    run = [(share, top) for share, top in pairs if ledger.whole_of.get(top.key) is whole and share.value is not None]
    tops = [top for _, top in run]
    together = sum(((share.value or Fraction(0)) for share, _ in run), Fraction(0))
    if len(run) < 2 or together <= 101 or lists.overlap(tops) or any(share.key in ledger.failed for share, _ in run):
        return
    if any(top.key in ledger.failed for top in (*tops, whole)) or any(holds(share, top, whole) is False for share, top in run):
        return
    if not lists.closing_prefix(whole, tops[:-1]):
        return
    line = "+".join(said(share) for share, _ in run) + f"={percent(together)}，超过100%"
    ledger.fails(
        RULE,
        Severity.ERROR,
        [run[-1][0], *(share for share, _ in run[:-1])],
        line,
        "同一总数的各项占比之和不会超过100%，请核对各项。",
    )


def judge_by_siblings(pairs: Sequence[tuple[Number, Number]], pool: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    """Shares of one list have one denominator: where it shows from the others, each is judged by it."""
    _judge_over_hundred(pairs, ledger)
    open_pairs = [
        (share, top) for share, top in pairs if not any(holds(share, top, b) for b in pool if b.dimension == top.dimension)
    ]
    if not open_pairs or len(pairs) < 2:
        return
    for bottom in reversed(pool):
        fits = [
            share
            for share, top in pairs
            if share.value and bottom is not top and bottom.dimension == top.dimension and holds(share, top, bottom)
        ]
        if len(fits) >= 2:
            bases = {_base_words(share) for share in fits} | {""}
            for share, top in open_pairs:
                if top.dimension == bottom.dimension and top is not bottom and _base_words(share) in bases:
                    judge_share(share, top, bottom, ledger, Severity.ERROR)
            return
    _by_first(pairs, open_pairs, pool, sentence, ledger)


def _base_words(share: Number) -> str:
    """调整预算 in 占调整预算100.93%: what its sisters do not say they are of."""
    return re.sub(r"^.*(?:占比?|比重|比例)|(?:的|为|达到?|约)+$", "", share.before)


def _by_first(
    pairs: Sequence[tuple[Number, Number]],
    open_pairs: Sequence[tuple[Number, Number]],
    pool: Sequence[Number],
    sentence: Sentence,
    ledger: Ledger,
) -> None:
    """大专以上872名，占58.7%；女性518名，占34.9%: one share shows that both are of the number the sentence begins with."""
    first = next((n for n in pool if n.sentence == sentence.index and n.start >= sentence.numbers[0].start), None)
    if first is None or first.place.block != sentence.block or first not in sentence.numbers:
        return
    if not any(top.dimension == first.dimension and holds(share, top, first) for share, top in pairs):
        return
    for share, top in open_pairs:
        plain = re.fullmatch(r"占(?:比)?(?:为|达到?|约)?", share.before) and share.start - top.end <= 4
        below = top.dimension == first.dimension and top.start > first.start and (top.value or 0) < (first.value or 0)
        # 老年人84.77万人，占总人口的14.7%，其中市区24.24万人，占15.93%: the second may be of all who live there.
        apart = any(above is first for _, above in pairs) and not is_misprint(
            share, (top.value or Fraction(0)) / (first.value or 1) * 100
        )
        if plain and below and not top.group and not apart:
            judge_share(share, top, first, ledger, Severity.DOUBTFUL)
