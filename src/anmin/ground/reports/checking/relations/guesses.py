"""Accounts that are guessed: which terms with which signs, what their build speaks for them, and which of them is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import NOTHING, Interval
from anmin.ground.reports.checking.relations.ledger import Ledger, amount, said
from anmin.ground.reports.checking.relations.misprints import weight_of_equation
from anmin.ground.reports.checking.vocabulary import Role, Severity

_ENOUGH = 2.0
_CLEAR = 2.3
"""What the build alone must speak for an account that no single misprint would close."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One way to read an account: its terms with their signs, what its build speaks for it, and how near it comes."""

    terms: tuple[tuple[Number, int], ...]
    points: float
    dropped: Number | None = None

    @property
    def numbers(self) -> list[Number]:
        return [number for number, _ in self.terms]


def settle(judged: Number, guesses: Sequence[Guess], rule: str, ledger: Ledger) -> bool:
    """One reading that closes is believed; else the likeliest is told where enough speaks for it. Whether either was so."""
    for guess in guesses:
        if closes(guess.terms):
            ledger.holds(rule, guess.numbers, f"{_line(guess)}，与原文{said(judged)}相符")
            return True
    best: tuple[float, Guess, float] | None = None
    for guess in guesses:
        weight, _ = weight_of_equation(guess.terms)
        weight = max(weight, _left_out(guess))
        if not weight and guess.points < _CLEAR:
            continue
        score = guess.points + weight - log10(max(len(guesses), 1)) / 2 * bool(weight)
        if best is None or score > best[0]:
            best = (score, guess, weight)
    if best is None or best[0] < _ENOUGH or any(n.key in ledger.failed for n in best[1].numbers):
        return False
    guess = best[1]
    sure = bool(best[2]) and best[0] >= _ENOUGH + 1
    value = sum(((n.value or Fraction(0)) * sign for n, sign in guess.terms[1:]), Fraction(0))
    proposal = f"若其余各数无误，应为{amount(value, judged)}；请逐一核对这几个数，若另有增减，请写明。"
    severity = Severity.ERROR if sure else Severity.DOUBTFUL
    ledger.fails(rule, severity, guess.numbers, f"{_line(guess)}，原文写{said(judged)}", proposal)
    return True


def _left_out(guess: Guess) -> float:
    """How unlikely it is by chance that the account closes once one of its terms is left out."""
    if len(guess.terms) < 4:
        return 0.0
    for at in range(1, len(guess.terms)):
        if closes((*guess.terms[:at], *guess.terms[at + 1 :])):
            return float(len(re.sub(r"\D", "", guess.terms[0][0].printed))) - 0.5
    return 0.0


def closes(terms: Sequence[tuple[Number, int]]) -> bool:
    total: Interval = NOTHING
    for number, sign in terms:
        total = total + number.interval if sign > 0 else total - number.interval
    return total.meets(NOTHING)


def _line(guess: Guess) -> str:
    (judged, _), (first, _), *others = guess.terms
    value = sum(((n.value or Fraction(0)) * sign for n, sign in guess.terms[1:]), Fraction(0))
    shown = said(first) + "".join(f"{'+' if sign > 0 else '-'}{said(n)}" for n, sign in others)
    return f"{shown}={amount(value, judged)}"


def alike_of(number: Number, others: Sequence[Number]) -> list[Number]:
    return [
        n
        for n in others
        if n.dimension == number.dimension and n.per == number.per and n.role not in (Role.SHARE, Role.RATE, Role.POINTS)
    ]
