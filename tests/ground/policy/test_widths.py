"""How wide a rule is computed is proven beforehand: never too narrow for what its body reckons, nor wrapping at 64 bits."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anmin.ground.policy.operators import PLAIN
from anmin.ground.policy.symbols import UnfitRuleError
from anmin.ground.policy.widths import EITHER, VOCABULARIES, Range, kind_for, width_of

BODIES = {
    "sum": lambda o, a, b, c, p: a + b - 2 * c,
    "product": lambda o, a, b, c, p: a * b + 3,
    "from a plain number": lambda o, a, b, c, p: 1000 - a,
    "half up": lambda o, a, b, c, p: o.half_up(a, 300) - o.half_up(b, 7),
    "half up among": lambda o, a, b, c, p: o.half_up(a, b, among=c + 1),
    "shared": lambda o, a, b, c, p: o.shared(a, c + 1),
    "round up": lambda o, a, b, c, p: o.round_up(a, 100),
    "chosen": lambda o, a, b, c, p: o.either(p, a, b),
    "chosen or nothing": lambda o, a, b, c, p: o.either(p, a + b, 0),
    "chosen numbers": lambda o, a, b, c, p: o.either(p, 70_000, -5),
    "least": lambda o, a, b, c, p: o.least(a, b - c, 250),
    "greatest": lambda o, a, b, c, p: o.greatest(a - b, c, 0),
    "years": lambda o, a, b, c, p: o.years(a, 20_240_101),
}
ROW = st.tuples(*[st.integers(0, 1000)] * 3, st.booleans())
MOST = st.integers(0, 40).map(lambda bits: 2 ** (bits % 31))


@pytest.mark.parametrize("body", list(BODIES.values()), ids=list(BODIES))
@given(
    most=st.tuples(MOST, MOST, MOST),
    shares=st.lists(st.tuples(*[st.integers(0, 1000)] * 3, st.booleans()), min_size=1, max_size=5),
)
def test_narrow_columns_give_what_plain_numbers_give(
    body: Any, most: tuple[int, int, int], shares: list[tuple[int, int, int, bool]]
) -> None:
    rows = [(*(top * share // 1000 for top, share in zip(most, row, strict=False)), row[3]) for row in shares]
    width, made = width_of(body, [Range(0, top) for top in most] + [EITHER])
    columns: list[Any] = [np.array([row[place] for row in rows]) for place in range(4)]
    for place, reckoned in enumerate(width.reckoned):
        if reckoned:
            columns[place] = columns[place].astype(width.kind)
    found = body(VOCABULARIES[width.kind], *columns).astype(width.result)
    right = [body(PLAIN, *row) for row in rows]
    assert np.broadcast_to(found, len(rows)).tolist() == right
    assert isinstance(made, Range)
    assert made.least <= min(right)
    assert max(right) <= made.most


def test_comparisons_need_no_width_of_their_own() -> None:
    width, made = width_of(lambda o, a: o.one_of(a, 1, 2) | (a > 10**12), [Range(0, 9)])
    assert made is EITHER
    assert width.kind == np.int8
    assert width.reckoned == (False,)


@pytest.mark.parametrize(
    ("largest", "kind"),
    [(0, np.int8), (127, np.int8), (128, np.int16), (32_768, np.int32), (2**31 - 1, np.int32), (2**31, np.int64)],
)
def test_kind_is_the_narrowest_that_holds_the_number(largest: int, kind: Any) -> None:
    assert kind_for(largest) == kind


def test_rule_that_could_pass_64_bits_is_refused() -> None:
    with pytest.raises(UnfitRuleError, match="more than 64 bits hold"):
        width_of(lambda o, a: a * a * a, [Range(0, 10**9)])
