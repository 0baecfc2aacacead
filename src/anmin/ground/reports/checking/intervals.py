"""What a printed number may stand for: an interval. Statements fail only where intervals cannot meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both included; None where there is no bound."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def about(cls, value: Fraction, half_width: Fraction) -> Interval:
        return cls(value - half_width, value + half_width)

    def __add__(self, other: Interval) -> Interval:
        return Interval(_plus(self.low, other.low), _plus(self.high, other.high))

    def __neg__(self) -> Interval:
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """The product of two intervals that are not below zero."""
        low = Fraction(0) if self.low is None or other.low is None else max(self.low, _ZERO) * max(other.low, _ZERO)
        high = None if self.high is None or other.high is None else self.high * other.high
        return Interval(low, high)

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient of two intervals that are not below zero; unbounded where the divisor may be zero."""
        low = _ZERO if self.low is None or not other.high else max(self.low, _ZERO) / other.high
        if other.high is None:
            low = _ZERO
        high = None if self.high is None or other.low is None or other.low <= 0 else self.high / other.low
        return Interval(low, high)

    def times(self, factor: Fraction | int) -> Interval:
        low, high = (self.low, self.high) if factor >= 0 else (self.high, self.low)
        return Interval(None if low is None else low * factor, None if high is None else high * factor)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return not self.is_below(other) and not other.is_below(self)

    def is_below(self, other: Interval) -> bool:
        """Whether every value here is smaller than every value there."""
        return self.high is not None and other.low is not None and self.high < other.low

    def holds_whole_number(self) -> bool:
        if self.low is None or self.high is None:
            return True
        return self.high.__floor__() >= self.low.__ceil__()


_ZERO = Fraction(0)
NOTHING = Interval(_ZERO, _ZERO)


def total(intervals: Iterable[Interval]) -> Interval:
    result = NOTHING
    for interval in intervals:
        result = result + interval
    return result


def ratio(old: Interval, new: Interval, *, of_it: bool) -> Interval:
    """By how much of the old the new differs, at the corners of what was printed."""
    corners = []
    for bottom in (old.low, old.high):
        for top in (new.low, new.high):
            if not bottom or top is None or bottom <= 0:
                return Interval(None, None)
            corners.append(top / bottom if of_it else abs(top - bottom) / bottom)
    return Interval(min(corners), max(corners))


def _plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right
