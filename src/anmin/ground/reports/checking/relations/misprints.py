"""Misprints: whether what is printed is what was meant with one slip of the finger.

A reading that is only likely becomes worth telling where the figure it asks for stands there but for one digit: wrong readings
do not come that close by chance.
"""

from __future__ import annotations

from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.relations.ledger import decimals_of

_LEAST_DIGITS = 3


def is_misprint(number: Number, meant: Fraction) -> bool:
    """Whether one digit more, less, changed or swapped makes of the figure meant the one that is printed.

    Never of a figure of fewer than three digits, of which too many are alike.
    """
    return misprinted_digits(number, meant) >= _LEAST_DIGITS


def misprinted_digits(number: Number, meant: Fraction) -> int:
    """How many digits bear witness that a misprint it is; 0 where it is none. The more, the less likely by chance."""
    if number.figure is None or number.hedge or meant <= 0:
        return 0
    places = decimals_of(number)
    scale = 10**places
    printed, right = str(int(abs(number.figure) * scale)), str(int(meant / (number.factor or 1) * scale + Fraction(1, 2)))
    if printed == right:
        return 0
    witnesses = max(len(printed), len(right))
    if len(printed) == len(right):
        differing = [at for at, (one, other) in enumerate(zip(printed, right, strict=True)) if one != other]
        if len(differing) == 1:
            # In the last digit it may be rounding of what went before.
            sure = differing[0] < len(printed) - 1 or abs(int(printed) - int(right)) > 2
        else:
            sure = len(differing) == 2 and _swapped(printed, right, differing)
        return witnesses if sure else 0
    longer, shorter = sorted((printed, right), key=len, reverse=True)
    one_more = len(longer) - len(shorter) == 1 and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return witnesses if one_more else 0


def _swapped(printed: str, right: str, differing: list[int]) -> bool:
    first, second = differing
    return second - first == 1 and printed[first] == right[second] and printed[second] == right[first]
