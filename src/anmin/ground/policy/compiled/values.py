"""The vocabulary ``o`` over instructions: a rule body run once on values that are not known yet writes how they are reckoned.

Each value knows the least and the most it can be, so every single step is reckoned in as few bits as it needs, and one that could
pass 64 is refused. Nothing is chosen by a jump: both branches are worked and one is taken, as over columns.
"""

from collections.abc import Callable
from typing import Any, cast

from anmin.ground.policy.operators import PER_MILLE
from anmin.ground.policy.symbols import UnfitRuleError

WIDTHS = (8, 16, 32, 64)


def bits_for(least: int, most: int) -> int:
    """The fewest bits that hold both. Refuses: what 64 do not hold."""
    largest = max(abs(least), abs(most))
    for bits in WIDTHS:
        if largest < 1 << (bits - 1):
            return bits
    raise UnfitRuleError(f"a number of this rule can reach {largest}, more than 64 bits hold")


class Instructions:
    """What is written for one loop, in order."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.baked: dict[int, int] = {}
        """Parameters that stand in the program as they are, because something is divided by them: by their slot."""

    def put(self, text: str) -> str:
        """The name of what an instruction gives."""
        self.lines.append(f"  %x{len(self.lines)} = {text}")
        return f"%x{len(self.lines) - 1}"


class Value:
    """A number (or yes or no, in one bit) at one place of the program."""

    __hash__ = None  # type: ignore[assignment]  # equality makes a yes or no, so a set of them would be nonsense

    def __init__(
        self, at: Instructions, text: str, bits: int, least: int, most: int, slot: int | None = None, number: int | None = None
    ) -> None:
        self.at, self.text, self.bits, self.least, self.most = at, text, bits, least, most
        self.slot, self.number = slot, number

    @property
    def kind(self) -> str:
        """Its type, as the instructions name it."""
        return f"i{self.bits}"

    # ── numbers ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def of(self, other: object) -> "Value":
        """The other as a value of the same loop."""
        if isinstance(other, Value):
            return other
        number = int(cast(int, other))
        return Value(self.at, str(number), bits_for(number, number), number, number, number=number)

    def in_bits(self, bits: int) -> str:
        """The same number in more bits."""
        if self.bits == bits or self.text.lstrip("-").isdigit():
            return self.text
        if self.bits == 1:
            return self.at.put(f"zext i1 {self.text} to i{bits}")
        return self.at.put(f"{'sext' if self.bits < bits else 'trunc'} {self.kind} {self.text} to i{bits}")

    def made(self, text: str, bits: int, least: int, most: int) -> "Value":
        """What an instruction gave, in no more bits than its range needs."""
        made = Value(self.at, text, bits, least, most)
        fewest = bits_for(least, most)
        return Value(self.at, made.in_bits(fewest), fewest, least, most) if fewest < bits else made

    def _reckoned(self, word: str, one: "Value", two: "Value", least: int, most: int) -> "Value":
        bits = max(bits_for(least, most), bits_for(one.least, one.most), bits_for(two.least, two.most))
        text = self.at.put(f"{word} nsw i{bits} {one.in_bits(bits)}, {two.in_bits(bits)}")
        return self.made(text, bits, least, most)

    def __add__(self, other: object) -> "Value":
        two = self.of(other)
        return self._reckoned("add", self, two, self.least + two.least, self.most + two.most)

    __radd__ = __add__

    def __sub__(self, other: object) -> "Value":
        two = self.of(other)
        return self._reckoned("sub", self, two, self.least - two.most, self.most - two.least)

    def __rsub__(self, other: object) -> "Value":
        return self.of(other) - self

    def __mul__(self, other: object) -> "Value":
        two = self.of(other)
        corners = [each * its for each in (self.least, self.most) for its in (two.least, two.most)]
        return self._reckoned("mul", self, two, min(corners), max(corners))

    __rmul__ = __mul__

    def __floordiv__(self, other: object) -> "Value":
        two = self.of(other)
        if two.slot is not None and two.number:
            self.at.baked[two.slot] = two.number  # to divide by what is known beforehand is many times as fast
            two = self.of(two.number)
        if two.least < 0:
            raise UnfitRuleError("divided by what may be negative")
        corners = [each // its for each in (self.least, self.most) for its in (max(two.least, 1), max(two.most, 1))]
        least, most = min(corners), max(corners)
        bits = max(bits_for(self.least, self.most), bits_for(two.least, two.most))
        by, none = two.in_bits(bits), None
        if two.least == 0:  # by nothing gives nothing, as in columns
            none = self.at.put(f"icmp eq i{bits} {by}, 0")
            by = self.at.put(f"select i1 {none}, i{bits} 1, i{bits} {by}")
            least, most = min(least, 0), max(most, 0)
        if self.least >= 0:
            text = self.at.put(f"udiv i{bits} {self.in_bits(bits)}, {by}")
        else:  # downwards, not towards zero
            whole = self.at.put(f"sdiv i{bits} {self.in_bits(bits)}, {by}")
            rest = self.at.put(f"srem i{bits} {self.in_bits(bits)}, {by}")
            below = self.at.put(f"icmp slt i{bits} {rest}, 0")
            text = self.at.put(f"add i{bits} {whole}, {self.at.put(f'sext i1 {below} to i{bits}')}")
        if none is not None:
            text = self.at.put(f"select i1 {none}, i{bits} 0, i{bits} {text}")
        return self.made(text, bits, least, most)

    # ── yes and no ───────────────────────────────────────────────────────────────────────────────────────────────────

    def truth(self, text: str) -> "Value":
        """A yes or no of the same loop."""
        return Value(self.at, text, 1, 0, 1)

    def _compared(self, word: str, other: object) -> "Value":
        two = self.of(other)
        bits = max(bits_for(self.least, self.most), bits_for(two.least, two.most))
        return self.truth(self.at.put(f"icmp {word} i{bits} {self.in_bits(bits)}, {two.in_bits(bits)}"))

    def __lt__(self, other: object) -> "Value":
        return self._compared("slt", other)

    def __le__(self, other: object) -> "Value":
        return self._compared("sle", other)

    def __gt__(self, other: object) -> "Value":
        return self._compared("sgt", other)

    def __ge__(self, other: object) -> "Value":
        return self._compared("sge", other)

    def __eq__(self, other: object) -> "Value":  # type: ignore[override]  # as columns do
        return self._compared("eq", other)

    def __ne__(self, other: object) -> "Value":  # type: ignore[override]  # as columns do
        return self._compared("ne", other)

    def _both(self, word: str, other: object) -> "Value":
        return self.truth(self.at.put(f"{word} i1 {self.text}, {_holds(self, other).text}"))

    def __and__(self, other: object) -> "Value":
        return self._both("and", other)

    def __or__(self, other: object) -> "Value":
        return self._both("or", other)

    __rand__, __ror__ = __and__, __or__


def _holds(near: Value, truth: object) -> Value:
    """A yes or no as a value, also where it is known beforehand."""
    return truth if isinstance(truth, Value) else near.truth("true" if truth else "false")


class Words:
    """The vocabulary over values of one loop."""

    def __init__(self, at: Instructions) -> None:
        self._any = Value(at, "0", 8, 0, 0)

    def either(self, condition: object, then: object, otherwise: object) -> Value:
        return self._chosen(_holds(self._any, condition), self._any.of(then), self._any.of(otherwise))

    def _chosen(self, condition: Value, then: Value, otherwise: Value) -> Value:
        least, most = min(then.least, otherwise.least), max(then.most, otherwise.most)
        bits = bits_for(least, most)
        text = f"select i1 {condition.text}, i{bits} {then.in_bits(bits)}, i{bits} {otherwise.in_bits(bits)}"
        return Value(self._any.at, self._any.at.put(text), bits, least, most)

    def least(self, first: object, *others: object) -> Value:
        return self._outermost("slt", min, first, *others)

    def greatest(self, first: object, *others: object) -> Value:
        return self._outermost("sgt", max, first, *others)

    def _outermost(self, word: str, of: Callable[[int, int], int], first: object, *others: object) -> Value:
        made = self._any.of(first)
        for other in others:
            two = self._any.of(other)
            least, most = of(made.least, two.least), of(made.most, two.most)
            chosen = self._chosen(made._compared(word, two), made, two)
            made = chosen.made(chosen.text, chosen.bits, least, most)
        return made

    def half_up(self, amount: object, rate: object, among: object = 1) -> Value:
        first = self._any.of(amount)
        if isinstance(among, int) and among == 1:
            return (first * rate + PER_MILLE // 2) // PER_MILLE
        shared = self._any.of(among)
        return (2 * first * rate + PER_MILLE * shared) // (2 * PER_MILLE * shared)

    def shared(self, amount: object, among: object) -> Value:
        return (2 * self._any.of(amount) + self._any.of(among)) // (2 * self._any.of(among))

    def round_up(self, amount: object, step: object) -> Value:
        by = self._any.of(step)
        return (self._any.of(amount) + (by - 1)) // by * by

    def years(self, since: object, until: object) -> Value:
        return (self._any.of(until) - since) // 10_000

    def is_not(self, condition: object) -> Value:
        return self.differ(condition, True)

    def whichever(self, condition: object, then: object, otherwise: object) -> Value:
        which, one, two = (_holds(self._any, each) for each in (condition, then, otherwise))
        return which.truth(which.at.put(f"select i1 {which.text}, i1 {one.text}, i1 {two.text}"))

    def differ(self, first: object, second: object) -> Value:
        one, two = _holds(self._any, first), _holds(self._any, second)
        return one.truth(one.at.put(f"xor i1 {one.text}, {two.text}"))

    def one_of(self, code: object, *codes: int) -> Value:
        given = self._any.of(code)
        made: Any = given == int(codes[0])
        for other in codes[1:]:
            made = made | (given == int(other))
        return cast(Value, made)
