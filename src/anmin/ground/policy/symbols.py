"""Rules run on symbols: the formula in Chinese words, and the proof that a body is fit for the batch.

A symbol has no value, so a body that decides with ``if``, ``and``, ``or``, ``not`` or ``~``, or that reckons with a yes or no,
cannot run on it and is refused here instead of failing, or lying, in the batch.
"""

from typing import NoReturn, cast

from anmin.ground.policy.operators import Operators
from anmin.ground.policy.vocabulary import LOGIC

LOOSE, SUM, PRODUCT, ATOM = range(4)
"""How tightly a text binds: what is looser than its surroundings goes in brackets."""


class UnfitRuleError(TypeError):
    """The body of a rule that would not mean the same for one household and for a column of them."""


class Code(int):
    """A member of a code list: a number for the columns, a label for people."""

    label: str

    def __new__(cls, number: int, label: str) -> "Code":
        made = super().__new__(cls, number)
        made.label = label
        return made

    def __getnewargs__(self) -> tuple[int, str]:  # type: ignore[override]  # an int asks for one, a code for its label as well
        """A code travels to another process with its label."""
        return int(self), self.label


class Symbol:
    """The text of a value; either a number or a yes or no."""

    __hash__ = None  # type: ignore[assignment]  # equality makes a new symbol, so a set of them would be nonsense

    def __init__(self, text: str, *, truth: bool = False, binds: int = ATOM) -> None:
        self.text = text
        self.truth = truth
        self.binds = binds

    def __repr__(self) -> str:
        return self.text

    def __add__(self, other: object) -> "Symbol":
        return self._reckon("＋", other, SUM, SUM)

    def __radd__(self, other: object) -> "Symbol":
        return _number(other)._reckon("＋", self, SUM, SUM)

    def __sub__(self, other: object) -> "Symbol":
        return self._reckon("－", other, SUM, PRODUCT)

    def __rsub__(self, other: object) -> "Symbol":
        return _number(other)._reckon("－", self, SUM, PRODUCT)

    def __mul__(self, other: object) -> "Symbol":
        return self._reckon("×", other, PRODUCT, PRODUCT)

    def __rmul__(self, other: object) -> "Symbol":
        return _number(other)._reckon("×", self, PRODUCT, PRODUCT)

    def __lt__(self, other: object) -> "Symbol":
        return self._compare("＜", other)

    def __le__(self, other: object) -> "Symbol":
        return self._compare("≤", other)

    def __gt__(self, other: object) -> "Symbol":
        return self._compare("＞", other)

    def __ge__(self, other: object) -> "Symbol":
        return self._compare("≥", other)

    def __eq__(self, other: object) -> "Symbol":  # type: ignore[override]  # as columns do
        return self._compare("＝", other)

    def __ne__(self, other: object) -> "Symbol":  # type: ignore[override]  # as columns do
        return self._compare("≠", other)

    def __and__(self, other: object) -> "Symbol":
        return _joined(LOGIC["and"], self, other)

    def __or__(self, other: object) -> "Symbol":
        return _joined(LOGIC["or"], self, other)

    def __bool__(self) -> NoReturn:
        raise UnfitRuleError("a rule body decided with if, and, or, not: use o.either, &, |, o.is_not")

    def __invert__(self) -> NoReturn:
        raise UnfitRuleError("~ of a plain True is -2: use o.is_not")

    def _reckon(self, sign: str, other: object, binds: int, right_binds: int) -> "Symbol":
        left, right = _number(self), _number(other)
        return Symbol(f"{_bracketed(left, binds)}{sign}{_bracketed(right, right_binds)}", binds=binds)

    def _compare(self, sign: str, other: object) -> "Symbol":
        left, right = _number(self), _number(other)
        return Symbol(f"{_bracketed(left, SUM)}{sign}{_bracketed(right, SUM)}", truth=True, binds=SUM)


def _bracketed(symbol: Symbol, binds: int) -> str:
    return symbol.text if symbol.binds >= binds else f"（{symbol.text}）"


def _number(value: object) -> Symbol:
    if isinstance(value, Symbol):
        if value.truth:
            raise UnfitRuleError(f"a yes or no was used as a number: {value.text}; use o.either(…, 1, 0)")
        return value
    if isinstance(value, Code):
        return Symbol(f"“{value.label}”")
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnfitRuleError(f"a rule reckons with whole numbers only, not with {value!r}")
    return Symbol(str(value))


def _truth(value: object) -> Symbol:
    if isinstance(value, Symbol) and value.truth:
        return value
    raise UnfitRuleError(f"a number was used as a yes or no: {value!r}; compare it with something")


def _joined(word: str, left: object, right: object) -> Symbol:
    sides = (_truth(left), _truth(right))
    # A text of the same word needs no brackets again: 甲且乙且丙.
    texts = [s.text if s.binds > LOOSE or getattr(s, "word", None) == word else f"（{s.text}）" for s in sides]
    made = Symbol(f" {word} ".join(texts), truth=True, binds=LOOSE)
    made.word = word  # type: ignore[attr-defined]  # only joined texts have it
    return made


class Symbols:
    """The vocabulary over symbols: the formula as text."""

    def either(self, condition: object, then: object, otherwise: object) -> Symbol:
        return _choice(_truth(condition), _number(then), _number(otherwise), truth=False)

    def whichever(self, condition: object, then: object, otherwise: object) -> Symbol:
        return _choice(_truth(condition), _truth(then), _truth(otherwise), truth=True)

    def least(self, first: object, *others: object) -> Symbol:
        return _called(LOGIC["least"], first, *others)

    def greatest(self, first: object, *others: object) -> Symbol:
        return _called(LOGIC["greatest"], first, *others)

    def half_up(self, amount: object, rate: object, among: object = 1) -> Symbol:
        product = _number(amount) * _number(rate)
        shared = product if isinstance(among, int) and among == 1 else _divided(product, among)
        return _called(LOGIC["half_up"], shared)

    def shared(self, amount: object, among: object) -> Symbol:
        return _called(LOGIC["half_up"], _divided(amount, among))

    def round_up(self, amount: object, step: object) -> Symbol:
        return _called(LOGIC["round_up"], amount, step)

    def years(self, since: object, until: object) -> Symbol:
        return Symbol(f"从{_number(since).text}到{_number(until).text}的周岁数")

    def is_not(self, condition: object) -> Symbol:
        return Symbol(f"{LOGIC['not']}（{_truth(condition).text}）", truth=True)

    def differ(self, first: object, second: object) -> Symbol:
        return Symbol(f"（{_truth(first).text}）与（{_truth(second).text}）不一致", truth=True, binds=SUM)

    def one_of(self, code: object, *codes: object) -> Symbol:
        names = "、".join(_number(each).text for each in codes)
        return Symbol(f"{_number(code).text}{LOGIC['one_of']}{names}", truth=True, binds=SUM)


def _choice(condition: Symbol, then: Symbol, otherwise: Symbol, *, truth: bool) -> Symbol:
    words = LOGIC["if"], condition.text, LOGIC["then"], then.text, LOGIC["else"], otherwise.text
    return Symbol("{}（{}）{}（{}），{}（{}）".format(*words), truth=truth, binds=LOOSE)


def _called(word: str, *arguments: object) -> Symbol:
    return Symbol(f"{word}（{'，'.join(_number(each).text for each in arguments)}）")


def _divided(amount: object, among: object) -> Symbol:
    return Symbol(f"{_bracketed(_number(amount), PRODUCT)}÷{_bracketed(_number(among), ATOM)}", binds=PRODUCT)


SYMBOLS = cast(Operators, Symbols())
