"""Misprints: whether what is printed is what was meant with one slip of the finger.

A reading that is only likely becomes worth telling where the figure it asks for stands there but for one digit: wrong readings
do not come that close by chance.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.relations.ledger import decimals_of

_LEAST_DIGITS = 3
_ONE_SLIP = 1.4
"""How unlikely by chance, as a power of ten, what comes of one slip of the finger must be."""


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


def weight_of(number: Number, meant: Fraction) -> float:
    """How unlikely it is that a figure comes so close by chance, as a power of ten; 0 where it is no misprint.

    Of all figures of so many digits few are this one with two digits changed about, more are it with one digit changed.
    """
    if number.figure is None or number.hedge or meant <= 0:
        return 0.0
    scale = 10 ** decimals_of(number) / (number.factor or 1)
    real = meant * scale
    printed, right = str(int(abs(number.figure) * 10 ** decimals_of(number))), str(int(real + Fraction(1, 2)))
    if printed == right or abs(real - int(real + Fraction(1, 2))) > Fraction(1, 100):
        return 0.0
    digits = len(printed)
    if digits == len(right):
        differing = [at for at, (one, other) in enumerate(zip(printed, right, strict=True)) if one != other]
        if len(differing) == 1:
            return max(digits - log10(10 * digits), 0.1) if digits > 1 else 0.0
        if len(differing) != 2:
            return 0.0
        first, second = differing
        if printed[first] != right[second] or printed[second] != right[first]:
            return 0.0
        return digits - log10(digits if second - first == 1 else digits * digits)
    return max(misprinted_digits(number, meant) - log10(20 * digits), 0.0)


def weight_into(number: Number, meant: Interval) -> float:
    """How unlikely it is by chance that one slip of the finger leads from a figure into a span, as a power of ten; 0 for none."""
    low, high, size = meant.low, meant.high, number.factor or Fraction(1)
    if number.figure is None or number.hedge or low is None or high is None or high <= 0 or not number.quantum:
        return 0.0
    places = decimals_of(number)
    step = size / 10**places
    printed = str(int(abs(number.figure) * 10**places))
    first, last = low / step, high / step
    if last - first < 1:
        first, last = first - Fraction(1, 2), last + Fraction(1, 2)
    width = float(last - first) + 1
    span = 9 * 10 ** (len(printed) - 1)
    # A point in the wrong place is as rare as two digits changed about.
    swapped = number.quantum < size and any(first <= int(printed) * shift <= last for shift in (10, Fraction(1, 10)))
    span = max(span, 100) if swapped else span
    changed = False
    for at, digit in enumerate(printed):
        place = 10 ** (len(printed) - at - 1)
        if at + 1 < len(printed) and printed[at + 1] != digit:
            value = int(printed[:at] + printed[at + 1] + digit + printed[at + 2 :])
            swapped = swapped or first <= value <= last
        rest = int(printed) - int(digit) * place
        # Which digit here would lead into the span.
        least, most = max(int(-(-(first - rest) // place)), 0), min(int((last - rest) // place), 9)
        changed = changed or any(other != int(digit) for other in range(least, most + 1))
    if swapped:
        return max(-log10(min(len(printed) * width / span, 1)), 0.0)
    return max(-log10(min(10 * len(printed) * width / span, 1)), 0.0) if changed else 0.0


def weight_of_equation(terms: Iterable[tuple[Number, int]], *, rounded: bool = False) -> tuple[float, Number | None]:
    """How strongly a sum that should be nothing, and is not, speaks of one misprinted number, and of which.

    Where it may be `rounded` the sum need not close to the last digit; that comes about by chance ten times as often.
    """
    told = list(terms)
    rest = sum(((n.value or Fraction(0)) * sign for n, sign in told), Fraction(0))
    slack = sum((n.quantum for n, _ in told if not n.exact), Fraction(0)) / 2

    def weight(number: Number, sign: int) -> float:
        meant = (number.value or Fraction(0)) - rest * sign
        loose = rounded and slack > number.quantum and meant > 0
        near = weight_into(number, Interval.about(meant, slack - number.quantum / 2)) - 1 if loose else 0.0
        return max(weight_of(number, meant), near)

    return max(((weight(n, sign), n) for n, sign in told), key=lambda each: each[0])


def is_one_slip(terms: Iterable[tuple[Number, int]]) -> bool:
    """Whether one slip of the finger in any of them would make the sum nothing, and hardly by chance."""
    return weight_of_equation(terms)[0] >= _ONE_SLIP


def _swapped(printed: str, right: str, differing: list[int]) -> bool:
    first, second = differing
    return second - first == 1 and printed[first] == right[second] and printed[second] == right[first]
