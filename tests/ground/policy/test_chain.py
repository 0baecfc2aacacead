"""All programmes in one go: what one grants is a fact of the next; the rows that come out; nothing against the matrix."""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.assessing import assess, batch_of
from anmin.ground.policy.book import policy
from anmin.ground.policy.cells import Coded, Part, coded
from anmin.ground.policy.chain import ORDER, Chain, decide, nothing_published
from anmin.ground.policy.conflicts import conflicts, holders
from anmin.ground.policy.exclusivity import exclusivity
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.results import in_fen, in_yuan, result_parts
from tests.ground.policy import made_up

JUNE = Month.parse("2024-06")
DIBAO, LIVING = DECIDED["assistance.dibao"], DECIDED["disability.living"]
PAIR = Chain([LIVING, DIBAO])

ALONE = {
    "members": [
        {
            "relation": "head",
            "birth_on": 19_800_101,
            "hukou_local": 1,
            "income_wage": 0,
            "income_business": 0,
            "income_property": 0,
            "income_pension": 0,
            "income_fixed": 0,
            "assets_financial": 0,
            "disability_kind": "physical",
            "disability_grade": 1,
        }
    ]
}


def test_the_order_is_that_of_the_law_whatever_was_registered_first() -> None:
    assert list(PAIR) == ["assistance.dibao", "disability.living"]


def test_what_an_earlier_programme_grants_is_a_fact_of_the_later() -> None:
    batch = batch_of(PAIR.facts, [ALONE])
    together = decide(PAIR, batch, JUNE, policy())
    alone = decide(PAIR.only(["disability.living"]), batch, JUNE, policy())
    assert LIVING.routes is not None
    assert LIVING.routes.name(int(together.assessed["disability.living"].route[0])) == "dibao_severe"
    assert LIVING.routes.name(int(alone.assessed["disability.living"].route[0])) == "no_income"


def test_what_is_declined_is_held_by_nobody() -> None:
    found = decide(PAIR, batch_of(PAIR.facts, [ALONE]), JUNE, policy(), declined=["assistance.dibao"])
    assert list(found.assessed) == ["disability.living"]
    assert found.assessed["disability.living"].amount.tolist() == [82_000]


def test_with_nothing_published_the_register_says_what_is_held() -> None:
    family = {"members": [{**ALONE["members"][0], "holds_dibao": 0}]}
    found = decide(PAIR, batch_of(PAIR.facts, [family]), JUNE, policy(), granted=nothing_published)
    assert found.assessed["assistance.dibao"].eligible.tolist() == [True]
    assert found.assessed["disability.living"].amount.tolist() == [82_000]


def test_the_sums_of_a_family_are_those_of_its_persons() -> None:
    families = made_up.batch(PAIR.facts, 60)
    found = decide(PAIR, families, JUNE, policy())
    living = found.assessed["disability.living"].amount
    expected = [int(part.sum()) for part in np.split(living, families.offsets["person"][1:-1])]
    assert found.household_amounts()["disability.living"].tolist() == expected


def test_an_unknown_programme_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadValue, match=r"没有名为“assistance\.lottery”的计算项目，可选：assistance\.dibao（最低生活保障）"):
        PAIR.only(["assistance.lottery"])


def test_every_programme_asks_of_a_fact_what_the_others_ask() -> None:
    asked = {name for programme in DECIDED.values() for name in programme.inputs}
    assert set(Chain(DECIDED.values()).facts) == asked


def test_one_name_for_two_facts_is_refused() -> None:
    fact = DIBAO.inputs["income_wage"]
    other = replace(DIBAO, rules=copy(DIBAO.rules))
    other.rules.address, other.rules.facts = "assistance.other", {"income_wage": replace(fact, entity="household")}
    with pytest.raises(ValueError, match=r"assistance\.other asks for another income_wage"):
        _ = Chain([DIBAO, other]).facts


@pytest.mark.parametrize("usual", [0.5, 0.8])
def test_nothing_is_granted_that_may_not_be_held_together(usual: float) -> None:
    chain = Chain(DECIDED.values())
    found = decide(chain, made_up.batch(chain.facts, 4000, 1, usual=usual), JUNE, policy())
    told = {
        (each.relation.first.name, each.relation.second.name): len(each.persons)
        for each in conflicts(found, exclusivity(), JUNE.first_day)
    }
    assert told == {}
    granted = {address: int(each.eligible.sum()) for address, each in found.assessed.items()}
    assert min(granted[address] for address in chain if address in ORDER) > 0, granted


def test_programmes_that_do_not_hear_of_each_other_break_it_on_the_same_families() -> None:
    chain = Chain(DECIDED.values())
    found = decide(chain, made_up.batch(chain.facts, 4000, 1, usual=0.5), JUNE, policy(), granted=nothing_published)
    assert ("orphan", "living") in {
        (each.relation.first.name, each.relation.second.name) for each in conflicts(found, exclusivity(), JUNE.first_day)
    }


def test_whom_a_household_benefit_is_granted_to_is_told_by_person() -> None:
    batch = batch_of(
        PAIR.facts, [{"members": [ALONE["members"][0], {**ALONE["members"][0], "relation": "sibling", "same_hukou": 0}]}]
    )
    found = decide(PAIR, batch, JUNE, policy())
    assert holders(found, exclusivity().parties["dibao"]).tolist() == [True, False]


def _rows(parts: Iterable[Part]) -> dict[str, list[Any]]:
    """The rows of all parts, column by column, in words."""
    made: dict[str, list[Any]] = {}
    for part in parts:
        for name, column in part.items():
            made.setdefault(name, []).extend(column.texts() if isinstance(column, Coded) else column.tolist())
    return made


def test_rows_say_outcome_amount_route_and_reasons() -> None:
    tables = made_up.tables(PAIR.facts, 30)
    families = tables.snapshot(JUNE, PAIR.facts.values())
    found = decide(PAIR, families.batch, JUNE, policy(), with_findings=True)
    rows = _rows(result_parts(found, families))
    assert {len(column) for column in rows.values()} == {30 + tables.persons}
    alone = assess(DIBAO, decide(PAIR, families.batch, JUNE, policy()).batch, JUNE, policy())
    assert sum(rows["amount"][:30]) == int(alone.amount.sum())
    assert rows["person"][:30] == [""] * 30
    assert rows["person"][30:] == tables.person_ids.tolist()
    for outcome, reasons in zip(rows["outcome"], rows["reasons"], strict=True):
        assert reasons.startswith("缺少：") == (outcome == "undetermined")


def test_only_what_is_granted_or_open_when_asked() -> None:
    families = made_up.tables(PAIR.facts, 30).snapshot(JUNE, PAIR.facts.values())
    found = decide(PAIR, families.batch, JUNE, policy(), with_findings=True)
    assert "not_eligible" not in _rows(result_parts(found, families, granted_only=True))["outcome"]


def test_amounts_are_written_in_yuan_or_in_fen() -> None:
    rows = {"household": coded(["H1", "H2"]), "amount": np.array([82_050, 0])}
    assert _rows([in_yuan(rows)]) == {"household": ["H1", "H2"], "amount": ["820.50", "0.00"]}
    assert _rows([in_fen(rows)]) == {"household": ["H1", "H2"], "amount_fen": [82_050, 0]}


def test_the_policy_of_a_day_is_the_one_then_known() -> None:
    found = decide(PAIR, batch_of(PAIR.facts, [ALONE]), Month.parse("2023-07"), policy(), date(2023, 7, 1))
    assert (
        found.assessed["assistance.dibao"].amount.tolist()
        < decide(PAIR, batch_of(PAIR.facts, [ALONE]), Month.parse("2023-07"), policy())
        .assessed["assistance.dibao"]
        .amount.tolist()
    )
