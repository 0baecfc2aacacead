"""Leads: who appears entitled and holds nothing, who holds what the facts no longer carry; each with its reason."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import batch_of
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.discovery import Lead, counted, leads
from anmin.ground.policy.exclusivity import exclusivity
from anmin.ground.policy.programmes import DECIDED
from tests.ground.policy import made_up

JUNE = Month.parse("2024-06")
CHAIN = Chain([DECIDED["assistance.dibao"], DECIDED["disability.nursing"]])
NOTHING = {"income_wage": 0, "income_business": 0, "income_property": 0, "income_pension": 0, "assets_financial": 0}
POOR = {"relation": "head", "birth_on": 19_600_101, **NOTHING, "disability_grade": 0, "disability_kind": "none"}
DISABLED = {**POOR, "disability_kind": "physical", "disability_grade": 1, "hukou_kind": "urban", "hukou_local": 1}


def found(person: dict[str, Any], held: Mapping[str, list[int]] | None = None) -> list[Lead]:
    base = made_up.tables(CHAIN.facts, 1)
    batch = batch_of(CHAIN.facts, [{"members": [person]}])
    tables = replace(
        base,
        offsets=batch.offsets,
        columns=batch.columns,
        person_ids=np.array(["P0"], dtype=object),
        person_names=np.array([""], dtype=object),
        holdings={benefit: made_up.held(rows) for benefit, rows in {"assistance.tekun": [], **(held or {})}.items()},
    )
    return leads(CHAIN, tables.snapshot(JUNE, CHAIN.facts.values()), policy(), exclusivity())


def told(person: dict[str, Any], held: Mapping[str, list[int]] | None = None) -> set[tuple[str, str]]:
    return {(each.kind, each.programme) for each in found(person, held)}


@pytest.mark.capability("SA-13")
@pytest.mark.capability("SA-17")
def test_who_is_entitled_and_holds_nothing_is_pointed_to() -> None:
    assert told(POOR) == {("entitled", "assistance.dibao")}


def test_who_holds_it_is_not() -> None:
    assert told(POOR, {"assistance.dibao": [0]}) == set()


def test_who_holds_what_the_facts_no_longer_carry_is_pointed_to_with_the_reason() -> None:
    (lead,) = found({**POOR, "income_pension": 300_000}, {"assistance.dibao": [0]})
    assert (lead.kind, lead.household, lead.person) == ("no_longer", "H0", None)
    assert "收入达到或超过标准" in lead.reasons


def test_a_person_is_pointed_to_by_name() -> None:
    leads_of = {each.programme: each for each in found(DISABLED)}
    assert leads_of["disability.nursing"].person == "P0"
    assert leads_of["disability.nursing"].amount > 0


def test_nobody_is_pointed_to_who_holds_what_excludes_it() -> None:
    assert told(DISABLED, {"assistance.tekun": [0]}) == set()


def test_of_whom_something_is_missing_nothing_is_said() -> None:
    assert told({**POOR, "income_wage": None}) == set()
    assert told({**POOR, "income_wage": None}, {"assistance.dibao": [0]}) == set()


def test_whoever_stands_in_two_rows_holds_it_in_one() -> None:
    base = made_up.tables(CHAIN.facts, 2)
    batch = batch_of(CHAIN.facts, [{"members": [DISABLED]}, {"members": [DISABLED]}])
    tables = replace(base, offsets=batch.offsets, columns=batch.columns, person_ids=np.array(["P0", "P0"], dtype=object))
    second = np.array([False, True])
    read = tables.snapshot(JUNE, CHAIN.facts.values())
    snapshot = replace(read, held={"disability.nursing": second}, again=second)
    found = leads(CHAIN, snapshot, policy(), exclusivity())
    assert {each.programme for each in found} == {"assistance.dibao"}


def test_leads_are_counted_by_kind_and_programme() -> None:
    assert counted(found(DISABLED)) == {("entitled", "assistance.dibao"): 1, ("entitled", "disability.nursing"): 1}
