"""Shares that stand side by side are of one base, whether it is told or not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.quotients import RULE, judge_share
from anmin.ground.reports.checking.relations.rates import rate_name, stem_of
from anmin.ground.reports.checking.relations.untold import is_count
from anmin.ground.reports.checking.vocabulary import Role, Severity


def by_sisters(shares: Sequence[tuple[Number, Number]], bases: Counter[str], pool: Sequence[Number], ledger: Ledger) -> None:
    """甲38万元，占27%；乙62万元，占41%；丙30万元，占21%: where the others of a sentence have one base, so has the third.

    A named rate (听力筛查率) has the base of its sister where the figure is right but for one digit.
    """
    for key, times in bases.most_common(1):
        base = next((n for n in pool if n.key == key), None)
        if base is None:
            return
        for share, part in shares:
            if (
                part.dimension != base.dimension
                or (part.value or 0) >= (base.value or 0)
                or share.hedge
                or part.end > share.start
            ):
                continue
            plain = re.fullmatch(r"占(?:比)?(?:为|达到?)?", share.before) and share.start <= part.end + 6
            name = rate_name(share)
            if plain and "其中" not in part.before:
                judge_share(share, part, base, ledger, Severity.ERROR if times >= 2 else Severity.DOUBTFUL)
            elif (
                name
                and stem_of(name) in part.before
                and is_misprint(share, (part.value or Fraction(0)) / (base.value or 1) * 100)
            ):
                judge_share(share, part, base, ledger, Severity.DOUBTFUL)


def goes_with_sister(share: Number, parts: Sequence[Number], at: int, sentence: Sentence, ledger: Ledger) -> bool:
    """放心的376人，占有效问卷的80.0%；知晓的188人，占40.0%: both are of one base, whatever it is."""
    for place, sister in enumerate(sentence.numbers[:at]):
        other = sentence.numbers[place - 1] if place else sister
        if sister.role is not Role.SHARE or not is_count(other) or sister.start - other.end > 20 or "占" not in sister.before:
            continue
        if parts[0] is not other and parts[0].dimension == other.dimension and sister.value and "占" in share.before:
            base = other.interval / sister.interval
            if (parts[0].interval / share.interval).meets(base):
                ledger.holds(RULE, [share, parts[0], sister, other], f"与{said(other)}占{said(sister)}同一底数，相称")
                return True
    return False
