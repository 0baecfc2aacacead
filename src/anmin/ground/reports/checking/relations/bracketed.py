"""The base of a share in a bracket: behind its name, or behind the number that it is of."""

from __future__ import annotations

import re

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.vocabulary import Role


def base_in_bracket(share: Number, top: Number, sentence: Sentence) -> Number | None:
    """占应播面积（182万亩）的80.7%: the base stands in a bracket behind its name."""
    for group in sentence.groups[1:]:
        if not top.end < group.start < share.start or share.group or len(group.numbers) != 1:
            continue
        base = group.numbers[0]
        named = re.search(r"(?:占|完成|达到?|为)[^，。；、（\d]{2,16}$", sentence.text[: group.start - sentence.start])
        behind = sentence.text[base.end - sentence.start : share.start - sentence.start]
        if (
            named
            and base.measured
            and base.dimension == top.dimension
            and re.fullmatch(r"[^，。；）]{0,4}）的?(?:约|近)?", behind)
        ):
            return base
    return None


def in_bracket(number: Number, sentence: Sentence, at: int) -> Number | None:
    for other in sentence.numbers[at + 1 : at + 3]:
        group = sentence.group_of(other)
        if (
            group.index
            and group.anchor is number
            and "其中" not in sentence.between(number, other)
            and other.measured
            and other.role in (Role.LEVEL, Role.TARGET)
        ):
            return other
    return None
