"""Every word of the vocabulary, compiled, says what it says of plain numbers."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from anmin.base.periods import Month
from anmin.ground.policy.columns import Batch
from anmin.ground.policy.compiled.engine import Compiler
from anmin.ground.policy.compiled.nodes import At, Node, Nodes
from anmin.ground.policy.compiled.values import Value, bits_for
from anmin.ground.policy.facts import Fact, Means
from anmin.ground.policy.layouts import layouts_of, rounded_out
from anmin.ground.policy.operators import PLAIN
from anmin.ground.policy.symbols import UnfitRuleError

ABSENT = Means(0, "an article", "because")
FACTS = {name: Fact(name, "household", name, "CNY", ABSENT, least=-(10**6), most=10**9) for name in ("one", "two")}
RANDOM = np.random.default_rng(5)
ONE = np.concatenate([RANDOM.integers(-120, 120, 900), RANDOM.integers(-(10**5), 10**6, 900)]).astype(np.int32)
TWO = np.concatenate([RANDOM.integers(0, 9, 900), RANDOM.integers(0, 10**5, 900)]).astype(np.int32)

BODIES: dict[str, Callable[..., Any]] = {
    "sums": lambda o, a, b: a + b - 3,
    "other side": lambda o, a, b: 7 - a + 2 * b,
    "products": lambda o, a, b: a * b * 11,
    "either": lambda o, a, b: o.either(a < b, a, 5),
    "least": lambda o, a, b: o.least(a, b, 40),
    "greatest": lambda o, a, b: o.greatest(a, 0, b),
    "half up": lambda o, a, b: o.half_up(o.greatest(a, 0), 335),
    "half up, below nothing": lambda o, a, b: o.half_up(a, 335),
    "half up among": lambda o, a, b: o.half_up(b, 335, o.greatest(b, 1)),
    "shared": lambda o, a, b: o.shared(o.greatest(a, 0), b + 1),
    "round up": lambda o, a, b: o.round_up(o.greatest(a, 0), 500),
    "years": lambda o, a, b: o.years(a, 20240701),
    "is not": lambda o, a, b: o.either(o.is_not(a == b), 1, 2),
    "whichever": lambda o, a, b: o.either(o.whichever(a > 3, b > 4, a != b), 1, 0),
    "differ": lambda o, a, b: o.either(o.differ(a <= 3, b >= 4), 1, 0),
    "one of": lambda o, a, b: o.either(o.one_of(b, 1, 3, 8), a, b),
    "and, or": lambda o, a, b: o.either((a > 0) & (b > 3) | (a == b), 9, 4),
}


def nodes_of(made: Callable[[At], Value], batch: Batch) -> Nodes:
    nodes = Nodes(layouts_of({Month(2024, 7): batch}, FACTS)[Month(2024, 7)])
    nodes.columns |= dict.fromkeys(FACTS, "household")
    nodes.out["", "made"] = nodes.node("made", lambda: Node("household", (), made))
    return nodes


def families(one: np.ndarray = ONE, two: np.ndarray = TWO) -> Batch:
    nobody = np.zeros(len(one) + 1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    return Batch(len(one), dict(zip(("person", "supporter"), nobody, strict=True)), {"household": {"one": one, "two": two}})


@pytest.mark.parametrize("word", BODIES)
def test_every_word_says_what_it_says_of_plain_numbers(word: str) -> None:
    body, batch = BODIES[word], families()
    nodes = nodes_of(lambda at: body(at.o, at.cell("one"), at.cell("two")), batch)
    made = Compiler().for_nodes(nodes).worked(batch, np.zeros(0, dtype=np.int64))["", "made"]
    assert made.tolist() == [body(PLAIN, one, two) for one, two in zip(ONE.tolist(), TWO.tolist(), strict=True)]


def test_by_nothing_gives_nothing_as_in_columns() -> None:
    batch = families()
    nodes = nodes_of(lambda at: at.cell("one") // at.o.greatest(at.cell("two"), 0), batch)
    made = Compiler().for_nodes(nodes).worked(batch, np.zeros(0, dtype=np.int64))["", "made"]
    assert made.tolist() == [one // two if two else 0 for one, two in zip(ONE.tolist(), TWO.tolist(), strict=True)]


@pytest.mark.parametrize("how", ["total", "count", "any", "maximum"])
def test_groups_of_every_size_are_summed_up(how: str) -> None:
    random = np.random.default_rng(6)
    sizes = random.integers(0, 6, 3_000)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    values, counts = random.integers(0, 90_000, starts[-1]), random.integers(0, 2, starts[-1])
    facts = {name: Fact(name, "person", name, "CNY", ABSENT) for name in ("value", "counts")}
    offsets = {"person": starts, "supporter": np.zeros(starts[-1] + 1, dtype=np.int64)}
    batch = Batch(len(sizes), offsets, {"person": {"value": values, "counts": counts}})
    nodes = Nodes(layouts_of({Month(2024, 7): batch}, facts)[Month(2024, 7)])
    nodes.columns |= dict.fromkeys(facts, "person")
    what = (lambda at: at.cell("value")) if how in ("total", "maximum") else (lambda at: at.cell("value") < 9_000)
    value = nodes.node("value", lambda: Node("person", (), what))
    where = nodes.node("where", lambda: Node("person", (), lambda at: at.cell("counts") == 1))
    group = nodes.group("household", how, "person", value, where)
    nodes.out["", "made"] = nodes.node("made", lambda: Node("household", (group,), lambda at: at.value(group)))
    made = Compiler().for_nodes(nodes).worked(batch, np.zeros(0, dtype=np.int64))["", "made"]
    kept = [values[first:last][counts[first:last] == 1] for first, last in itertools.pairwise(starts)]
    of = {"total": sum, "maximum": lambda few: max(few, default=0), "count": lambda few: sum(few < 9_000)}
    of["any"] = lambda few: bool((few < 9_000).any())
    assert made.tolist() == [of[how](few) for few in kept]


def test_what_could_pass_64_bits_is_refused() -> None:
    batch = families(two=TWO * 10_000)
    with pytest.raises(UnfitRuleError, match="more than 64 bits"):
        Compiler().for_nodes(nodes_of(lambda at: at.cell("two") * at.cell("two") * at.cell("two"), batch))


def test_numbers_take_as_few_bits_as_they_need() -> None:
    assert [bits_for(0, 127), bits_for(-128, 0), bits_for(0, 40_000), bits_for(-1, 2**40)] == [8, 16, 32, 64]


def test_a_range_is_rounded_out_and_never_in() -> None:
    assert [rounded_out(number) for number in (0, 1, 9, 820, -1, -82_000)] == [0, 1, 9, 895, -1, -98_303]
