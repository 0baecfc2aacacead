"""The way and the amount against a plain reading of the table of the law, on families drawn at random."""

from random import Random
from typing import Any

import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import assess, batch_of, explain
from anmin.lines.disability.living.rules import PROGRAMME, ROUTE
from anmin.lines.disability.rules.codes import DISABILITY
from tests.single_persons import policy_files

pytestmark = pytest.mark.capability("CD-02")

JUNE = Month(2024, 6)
HEAVY = {"visual", "physical", "intellectual", "mental", "multiple"}
MIND = {"intellectual", "mental"}


def drawn(random: Random) -> dict[str, Any]:
    """A single disabled member with the parents; income known, never on the line."""
    child = {
        "birth_on": 19900101,
        "relation": "child",
        "disability_kind": random.choice(list(DISABILITY)[1:]),
        "disability_grade": random.randint(0, 4),
        "income_fixed": random.randint(0, 1),
        "holds_dibao": random.random() < 0.3,
        "holds_tekun": random.random() < 0.1,
        "injury_nursing": random.random() < 0.1,
        "in_prison": random.random() < 0.05,
        **dict.fromkeys(("income_wage", "income_business", "income_property", "income_pension"), 0),
    }
    father = child | {
        "birth_on": random.choice((19500101, 19700101)),
        "relation": "head",
        "disability_kind": "hearing",
        "disability_grade": random.choice((0, 0, 3)),
        "income_fixed": 1,
        "income_wage": random.choice((100_000, 900_000)),
        **dict.fromkeys(("holds_tekun", "injury_nursing", "in_prison"), 0),
    }
    return {"members": [father, child]}


def expected(family: dict[str, Any]) -> int:
    """The most favourable share of 820 yuan open to the child, in fen."""
    father, child = family["members"]
    kind, grade, severe = child["disability_kind"], child["disability_grade"], child["disability_grade"] in (1, 2)
    if grade == 0 or child["holds_tekun"] or child["injury_nursing"] or child["in_prison"]:
        return 0
    if child["holds_dibao"]:
        return 28_700 if severe else 20_500
    open_ways = [0]
    if not child["income_fixed"] and severe and kind in HEAVY:
        open_ways.append(82_000)
    if not child["income_fixed"] and grade == 3 and kind in MIND:
        open_ways.append(20_500)
    special = father["disability_grade"] > 0 or father["birth_on"] == 19500101
    if special and father["income_wage"] < 2 * 82_000 * 2:
        open_ways.append(49_200)
    return max(open_ways)


def test_the_best_open_way_is_paid() -> None:
    random = Random(20240601)  # noqa: S311  # the same families each time
    families = [drawn(random) for _ in range(600)]
    made = assess(PROGRAMME, batch_of(PROGRAMME.inputs, families), JUNE, policy_files())
    assert made.amount[1::2].tolist() == [expected(family) for family in families]
    # Every way was drawn, or the comparison would show nothing of it.
    assert {ROUTE.name(int(route)) for route in made.route[1::2]} == set(ROUTE)


def test_the_explanation_says_what_the_batch_says() -> None:
    random = Random(7)  # noqa: S311  # the same families each time
    for family in (drawn(random) for _ in range(40)):
        batch = batch_of(PROGRAMME.inputs, [family])
        made = assess(PROGRAMME, batch, JUNE, policy_files(), with_findings=True)
        why = explain(PROGRAMME, batch, JUNE, policy_files(), row=1, members=["父", "子"])
        said = (why.amount_fen, why.route, sorted({each.code for each in why.findings}))
        assert said == (int(made.amount[1]), ROUTE.name(int(made.route[1])), sorted(made.finding_codes(1)))
