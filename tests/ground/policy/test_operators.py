"""The vocabulary means the same over plain numbers and over columns, and refuses what the batch could not do over symbols."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.ground.policy.operators import ARRAYS, PLAIN, Operators
from anmin.ground.policy.symbols import SYMBOLS, Code, Symbol, UnfitRuleError

AMOUNT = st.integers(0, 10**9 - 1)
RATE = st.integers(0, 9_999)
AMONG = st.integers(1, 99)


def both(body: Callable[..., Any], *numbers: int | bool) -> tuple[int, int]:
    """The result over plain numbers, and over columns of two equal rows."""
    columns = [np.array([each, each]) for each in numbers]
    made = body(ARRAYS, *columns)
    assert made[0] == made[1]
    return int(body(PLAIN, *numbers)), int(made[0])


@given(AMOUNT, RATE)
def test_half_up_is_exact_everywhere(amount: int, rate: int) -> None:
    exact = Fraction(amount * rate, 1000)
    right = int(exact + Fraction(1, 2))
    assert both(lambda o, a, r: o.half_up(a, r), amount, rate) == (right, right)
    assert int(ARRAYS.half_up(np.array([amount]), rate)[0]) == right  # type: ignore[index, arg-type]  # a column


@given(AMOUNT, RATE, AMONG)
def test_half_up_among_rounds_once(amount: int, rate: int, among: int) -> None:
    right = int(Fraction(amount * rate, 1000 * among) + Fraction(1, 2))
    assert both(lambda o, a, r, n: o.half_up(a, r, among=n), amount, rate, among) == (right, right)


@given(AMOUNT, AMONG)
def test_shared_rounds_half_up(amount: int, among: int) -> None:
    right = int(Fraction(amount, among) + Fraction(1, 2))
    assert both(lambda o, a, n: o.shared(a, n), amount, among) == (right, right)


@pytest.mark.parametrize(("amount", "raised"), [(0, 0), (1, 100), (100, 100), (101, 200)])
def test_round_up_reaches_the_next_yuan(amount: int, raised: int) -> None:
    assert both(lambda o, a, step: o.round_up(a, step), amount, 100) == (raised, raised)


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        (19_400_229, 20_240_228, 83),
        (19_400_229, 20_240_229, 84),
        (20_040_229, 20_220_228, 17),
        (20_040_229, 20_220_301, 18),
        (19_540_301, 20_240_301, 70),
        (19_540_302, 20_240_301, 69),
    ],
)
def test_years_are_complete_years(born: int, day: int, years: int) -> None:
    assert both(lambda o, since, until: o.years(since, until), born, day) == (years, years)


@given(st.booleans(), st.booleans(), AMOUNT, AMOUNT)
def test_choices_agree(first: bool, second: bool, amount: int, other: int) -> None:
    bodies: list[tuple[Callable[[Operators, Any, Any, Any, Any], Any], int]] = [
        (lambda o, p, q, a, b: o.either(p, a, b), amount if first else other),
        (lambda o, p, q, a, b: o.either(p, a, 0), amount if first else 0),
        (lambda o, p, q, a, b: o.either(p, 7, 0), 7 if first else 0),
        (lambda o, p, q, a, b: o.whichever(p, q, a > b), second if first else amount > other),
        (lambda o, p, q, a, b: o.is_not(p & q), not (first and second)),
        (lambda o, p, q, a, b: o.differ(p, q), first != second),
        (lambda o, p, q, a, b: o.least(a, b, 5), min(amount, other, 5)),
        (lambda o, p, q, a, b: o.greatest(a, b, 5), max(amount, other, 5)),
        (lambda o, p, q, a, b: o.one_of(a, 0, 1), amount in (0, 1)),
    ]
    for body, right in bodies:
        assert both(body, first, second, amount, other) == (int(right), int(right))


WAGE, CAP, ABLE = Symbol("工资"), Symbol("上限"), Symbol("能劳动", truth=True)


@pytest.mark.parametrize(
    "body",
    [
        lambda: WAGE if ABLE else CAP,
        lambda: ABLE and (WAGE > CAP),
        lambda: not ABLE,
        lambda: ~ABLE,
        lambda: WAGE < CAP < WAGE,
        lambda: min(WAGE, CAP),
        lambda: WAGE + ABLE,
        lambda: WAGE * 0.3,
        lambda: WAGE & ABLE,
        lambda: SYMBOLS.either(WAGE, 1, 0),
    ],
)
def test_body_unfit_for_the_batch_is_refused_on_symbols(body: Callable[[], object]) -> None:
    with pytest.raises(UnfitRuleError):
        body()


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ((WAGE + 2) * 3, "（工资＋2）×3"),
        (WAGE - (CAP - 1), "工资－（上限－1）"),
        (2 - WAGE, "2－工资"),
        (3 * WAGE + 1, "3×工资＋1"),
        ((WAGE > CAP) & ABLE, "工资＞上限 且 能劳动"),
        (ABLE & ((WAGE == 1) | (WAGE != 2)), "能劳动 且 （工资＝1 或 工资≠2）"),
        (WAGE == Code(3, "精神"), "工资＝“精神”"),  # noqa: SIM300  # a symbol on the left is the way rules are written
        (SYMBOLS.half_up(WAGE, CAP), "四舍五入到分（工资×上限）"),
        (SYMBOLS.half_up(WAGE, 500, among=CAP), "四舍五入到分（工资×500÷上限）"),
        (SYMBOLS.is_not(ABLE), "非（能劳动）"),
        (SYMBOLS.either(ABLE, WAGE, 0), "若（能劳动）则（工资），否则（0）"),
    ],
)
def test_formula_reads_as_chinese(formula: Symbol, text: str) -> None:
    assert formula.text == text
