"""Slips of the finger between two figures that were each printed for themselves: which, and how rare by chance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log10

from anmin.ground.reports.checking.findings import Number

Mark = tuple[object, ...]


def digits_of(number: Number) -> str:
    return re.sub(r"\D", "", number.printed).lstrip("0")


def marks_of(digits: str) -> Iterator[Mark]:
    """What two figures have in common wherever one slip leads from the one to the other; the likeliest slips first."""
    yield "swapped", "".join(sorted(digits))
    yield "whole", digits
    for at in range(len(digits)):
        yield "changed", at, digits[:at] + digits[at + 1 :]
        yield "whole", digits[:at] + digits[at + 1 :]


def weight_of_slip(left: str, right: str) -> float:
    """How much rarer two figures are as two things than as one and its misprint, as a power of ten; 0 for no slip.

    Two things of one report are often of one size, so that the first digit bears no witness, and near each other, so that the
    last bears little. The same digits in two sizes (7.52万元 of what was 7.52亿元) bear witness all.
    """
    plain = len(left.rstrip("0"))
    if left == right:
        return plain - 1.2 if plain >= 3 else 0.0
    if len(left) == len(right):
        bearing = (len(left) + plain) / 2 - 1
        first = next(at for at, digit in enumerate(left) if digit != right[at])
        if left[first + 1 :] == right[first + 1 :]:
            return bearing + log10((0.1 if first == len(left) - 1 else 0.3) / (9 * len(left)))
        second = next(at for at in range(first + 1, len(left)) if left[at] != right[at])
        swapped = left[first] == right[second] and left[second] == right[first] and left[second + 1 :] == right[second + 1 :]
        return bearing + log10((0.6 if second == first + 1 else 0.05) / len(left)) if swapped else 0.0
    longer, shorter = sorted((left, right), key=len, reverse=True)
    if len(longer) - len(shorter) == 1 and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))):
        return len(shorter.rstrip("0")) - 1 + log10(0.01 / len(longer))
    return 0.0
