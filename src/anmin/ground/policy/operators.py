"""The small vocabulary ``o`` in which rules are written, three times: over arrays, over plain numbers, over symbols.

A rule body uses ``+ - *``, comparisons, ``& |`` and the words below; never ``if``, ``and``, ``or``, ``not`` or ``~``: those work
for one household and fail, or lie, in the batch (``~True`` is -2). Symbols raise on each of them, and a test runs every rule
with symbols.

Arrays never hold a missing value and amounts are below ten thousand million fen, so products stay inside 64 bits.
"""

from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

PER_MILLE = 1000


class Truth(Protocol):
    """A yes or no: one, a column of them, or its symbol."""

    def __and__(self, other: "Truth", /) -> "Truth": ...
    def __or__(self, other: "Truth", /) -> "Truth": ...


class Number(Protocol):
    """A whole number (fen, months, persons, a code): one, a column of them, or its symbol."""

    def __add__(self, other: "Number | int", /) -> "Number": ...
    def __radd__(self, other: int, /) -> "Number": ...
    def __sub__(self, other: "Number | int", /) -> "Number": ...
    def __rsub__(self, other: int, /) -> "Number": ...
    def __mul__(self, other: "Number | int", /) -> "Number": ...
    def __rmul__(self, other: int, /) -> "Number": ...
    def __lt__(self, other: "Number | int", /) -> Truth: ...
    def __le__(self, other: "Number | int", /) -> Truth: ...
    def __gt__(self, other: "Number | int", /) -> Truth: ...
    def __ge__(self, other: "Number | int", /) -> Truth: ...
    def __eq__(self, other: object, /) -> Truth: ...  # type: ignore[override]  # columns compare cell by cell
    def __ne__(self, other: object, /) -> Truth: ...  # type: ignore[override]  # as above


class Operators(Protocol):
    """What a rule body may call."""

    def either(self, condition: Truth, then: Number | int, otherwise: Number | int) -> Number:
        """若…则…否则…"""

    def least(self, first: Number | int, *others: Number | int) -> Number:
        """取小"""

    def greatest(self, first: Number | int, *others: Number | int) -> Number:
        """取大"""

    def half_up(self, amount: Number, rate: Number | int, among: Number | int = 1) -> Number:
        """So many thousandths of the amount, shared among so many, rounded half up once (四舍五入到分)."""

    def shared(self, amount: Number, among: Number) -> Number:
        """The amount shared among so many (at least one), rounded half up (四舍五入到分)."""

    def round_up(self, amount: Number, step: Number) -> Number:
        """The amount raised to the next multiple of the step (向上取整)."""

    def years(self, since: Number, until: Number) -> Number:
        """Complete years between two dates written as 20240701 (周岁)."""

    def is_not(self, condition: Truth) -> Truth:
        """非"""

    def whichever(self, condition: Truth, then: Truth, otherwise: Truth) -> Truth:
        """若…则…否则…, between two conditions"""

    def differ(self, first: Truth, second: Truth) -> Truth:
        """Whether exactly one of the two holds."""

    def one_of(self, code: Number, *codes: int) -> Truth:
        """属于"""


class Plain:
    """The vocabulary over plain numbers: one household, explained."""

    def either(self, condition: bool, then: int, otherwise: int) -> int:
        return then if condition else otherwise

    def least(self, first: int, *others: int) -> int:
        return min(first, *others)

    def greatest(self, first: int, *others: int) -> int:
        return max(first, *others)

    def half_up(self, amount: int, rate: int, among: int = 1) -> int:
        return (2 * amount * rate + PER_MILLE * among) // (2 * PER_MILLE * among)

    def shared(self, amount: int, among: int) -> int:
        return (2 * amount + among) // (2 * among)

    def round_up(self, amount: int, step: int) -> int:
        return (amount + step - 1) // step * step

    def years(self, since: int, until: int) -> int:
        return (until - since) // 10_000

    def is_not(self, condition: bool) -> bool:
        return not condition

    def whichever(self, condition: bool, then: bool, otherwise: bool) -> bool:
        return then if condition else otherwise

    def differ(self, first: bool, second: bool) -> bool:
        return first != second

    def one_of(self, code: int, *codes: int) -> bool:
        return code in codes


Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Arrays:
    """The vocabulary over columns: every household of the month at once, in numbers of one kind.

    Whoever chooses fewer bits than 64 has made sure that everything the body reckons fits (``widths.py``).
    """

    def __init__(self, kind: Any = np.int64) -> None:
        self.kind = kind

    def either(self, condition: Bools, then: Ints | int, otherwise: Ints | int) -> Ints:
        if isinstance(otherwise, int) and otherwise == 0:
            return np.multiply(condition, then, dtype=self.kind)  # much the commonest form, and several times as fast
        if isinstance(then, int) and isinstance(otherwise, int):
            made = np.multiply(condition, then - otherwise, dtype=self.kind)
            made += otherwise
            return made
        return np.where(condition, then, otherwise)

    def least(self, first: Ints | int, *others: Ints | int) -> Ints:
        made: Any = first
        for other in others:
            made = np.minimum(made, other)
        return cast(Ints, made)

    def greatest(self, first: Ints | int, *others: Ints | int) -> Ints:
        made: Any = first
        for other in others:
            made = np.maximum(made, other)
        return cast(Ints, made)

    def half_up(self, amount: Ints, rate: Ints | int, among: Ints | int = 1) -> Ints:
        if isinstance(among, int) and among == 1:
            made = np.multiply(amount, rate, dtype=self.kind)
            made += PER_MILLE // 2
            made //= PER_MILLE
            return made
        return (2 * amount * rate + PER_MILLE * among) // (2 * PER_MILLE * among)

    def shared(self, amount: Ints, among: Ints) -> Ints:
        return (2 * amount + among) // (2 * among)

    def round_up(self, amount: Ints, step: int) -> Ints:
        return (amount + (step - 1)) // step * step

    def years(self, since: Ints, until: Ints | int) -> Ints:
        return (until - since) // 10_000

    def is_not(self, condition: Bools) -> Bools:
        return np.logical_not(condition)

    def whichever(self, condition: Bools, then: Bools, otherwise: Bools) -> Bools:
        return otherwise ^ (condition & (then ^ otherwise))  # many times as fast as choosing

    def differ(self, first: Bools, second: Bools) -> Bools:
        return np.logical_xor(first, second)

    def one_of(self, code: Ints, *codes: int) -> Bools:
        made: Bools = code == int(codes[0])
        for other in codes[1:]:
            made |= code == int(other)
        return made


# A rule body sees the protocol; each of the three answers it for its own kind of value.
PLAIN = cast(Operators, Plain())
ARRAYS = cast(Operators, Arrays())
