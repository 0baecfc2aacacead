"""Where several ways are open to a family, each is worked and the best is proposed with both sums."""

from typing import Any

import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import batch_of
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.exclusivity import exclusivity
from anmin.ground.policy.offers import Offered, offers, some
from anmin.ground.policy.programmes import DECIDED

JUNE = Month.parse("2024-06")
CHAIN = Chain([DECIDED["assistance.dibao"], DECIDED["disability.living"]])
NOTHING = {"income_wage": 0, "income_business": 0, "income_property": 0, "income_pension": 0, "assets_financial": 0}
DISABLED = {
    "birth_on": 19_800_101,
    "hukou_local": 1,
    **NOTHING,
    "income_fixed": 0,
    "disability_kind": "physical",
    "disability_grade": 1,
}
EARNER = {"relation": "head", "birth_on": 19_750_101, **NOTHING, "income_wage": 600_000}


def offered(*households: dict[str, Any]) -> list[Offered]:
    return offers(CHAIN, batch_of(CHAIN.facts, list(households)), JUNE, policy(), exclusivity())


@pytest.mark.capability("SA-06")
def test_a_disabled_adult_in_an_earning_family_is_shown_to_claim_alone() -> None:
    (found,) = offered({"members": [EARNER, {"relation": "spouse", **DISABLED}]})
    assert found.claimed.amounts["assistance.dibao"] == 0
    assert found.best.label == "单独申请低保"
    assert found.best.person == 1
    assert found.best.fen > found.claimed.fen


def test_living_allowance_outside_dibao_is_compared_with_dibao_and_the_lower_rate() -> None:
    (found,) = offered({"members": [{"relation": "head", **DISABLED}]})
    ways = {each.label: each.fen for each in (found.best, *found.others)}
    assert found.best is found.claimed
    assert ways["不享受低保，按其他项目保障"] == 82_000
    assert found.sentence.endswith("已是各种可选方式中最有利的。")


def test_both_sums_are_said() -> None:
    (found,) = offered({"members": [EARNER, {"relation": "spouse", **DISABLED}]})
    assert "按现有申请" in found.sentence
    assert "单独申请低保：" in found.sentence
    assert found.sentence.endswith("请由本人选择。")


def test_a_family_without_a_choice_is_not_among_them() -> None:
    assert offered({"members": [{**EARNER, "assets_financial": 90_000_000}]}) == []


def test_what_only_takes_away_is_no_choice() -> None:
    chain = Chain(DECIDED.values()).only(["assistance.tekun", "assistance.dibao", "children.stipend"])
    aged = {
        "relation": "head",
        "birth_on": 19_470_101,
        "hukou_local": 1,
        **NOTHING,
        "obligor_none": 1,
        "hukou_kind": "rural",
        "care_items_lost": 4,
    }
    poor = {"relation": "head", "birth_on": 19_750_101, **NOTHING}
    families = batch_of(chain.facts, [{"members": [aged]}, {"members": [poor]}])
    assert offers(chain, families, JUNE, policy(), exclusivity()) == []


def test_only_those_who_would_get_more_are_worked_through() -> None:
    found = offered({"members": [{"relation": "head", **DISABLED}]}, {"members": [EARNER, {"relation": "spouse", **DISABLED}]})
    assert [each.household for each in some(found)] == [1]


def test_those_who_gain_are_the_same_when_only_they_are_asked_for() -> None:
    families = batch_of(
        CHAIN.facts, [{"members": [{"relation": "head", **DISABLED}]}, {"members": [EARNER, {"relation": "spouse", **DISABLED}]}]
    )
    everybody = offers(CHAIN, families, JUNE, policy(), exclusivity())
    assert len(everybody) == 2
    assert offers(CHAIN, families, JUNE, policy(), exclusivity(), gaining=True) == some(everybody)


@pytest.mark.capability("SA-02")
def test_a_child_between_tekun_and_the_stipend_is_shown_both() -> None:
    chain = Chain(DECIDED.values()).only(["assistance.tekun", "children.stipend"])
    child = {
        "relation": "head",
        "birth_on": 20_150_101,
        "hukou_local": 1,
        **NOTHING,
        "obligor_none": 1,
        "child_father": "dead",
        "child_mother": "dead",
        "child_placement": "family",
        "hukou_kind": "rural",
        "care_items_lost": 0,
        "land_contracted": 0,
        "residence_institution": 0,
    }
    (found,) = offers(chain, batch_of(chain.facts, [{"members": [child]}]), JUNE, policy(), exclusivity())
    ways = {each.label: {address for address, fen in each.given.items()} for each in (found.claimed, found.best, *found.others)}
    assert {"assistance.tekun"} in ways.values()
    assert {"children.stipend"} in ways.values()
    assert found.best.fen == max(each.fen for each in (found.best, *found.others))
