"""The nearest thresholds: the value at which an outcome turns, to the fen, in a sentence that can be said to the family."""

import time
from typing import Any

import pytest

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Programme, assess, batch_of
from anmin.ground.policy.book import policy
from anmin.ground.policy.nearest import Turn, nearest
from anmin.ground.policy.programmes import DECIDED

JUNE = Month.parse("2024-06")
DIBAO, NURSING, ALLOWANCE = DECIDED["assistance.dibao"], DECIDED["disability.nursing"], DECIDED["eldercare.allowance"]

MEANS = {"income_wage": 0, "income_business": 0, "income_property": 0, "income_pension": 0, "assets_financial": 0}


def family(**of_head: Any) -> dict[str, Any]:
    return {"members": [{"relation": "head", "birth_on": 19_700_601, **MEANS, **of_head}]}


def turns(programme: Programme, household: dict[str, Any], limit: int = 30) -> dict[str, Turn]:
    batch = batch_of(programme.inputs, [household])
    return {each.fact: each for each in nearest(programme, batch, JUNE, policy(), members=["张三"], limit=limit)}


def outcome(programme: Programme, household: dict[str, Any]) -> int:
    return int(assess(programme, batch_of(programme.inputs, [household]), JUNE, policy()).outcome[0])


@pytest.mark.capability("SA-01")
@pytest.mark.parametrize("fact", ["income_pension", "income_wage", "assets_financial"])
@pytest.mark.parametrize("stated", [{}, {"income_pension": 100_000}, {"assets_financial": 5_000_000}])
def test_the_outcome_turns_at_the_value_and_not_a_fen_before(fact: str, stated: dict[str, int]) -> None:
    found = turns(DIBAO, family(**stated)).get(fact)
    now = outcome(DIBAO, family(**stated))
    if found is None:
        # Then no value of it turns the outcome: something else stands in the way, or nothing would be left to stand in it.
        assert {outcome(DIBAO, family(**{**stated, fact: value})) for value in (0, 9_999_900)} == {now}
        return
    step = 1 if found.at > found.now else -1
    assert outcome(DIBAO, family(**{**stated, fact: found.at})) != now
    assert outcome(DIBAO, family(**{**stated, fact: found.at - step})) == now


def test_too_large_a_pension_is_told_with_the_sum_at_which_it_would_do() -> None:
    found = turns(DIBAO, family(income_pension=100_000))["income_pension"]
    assert (found.now, found.at, found.outcome, found.amount_fen) == (100_000, 81_999, "eligible", 8_300)
    assert found.sentence == (
        "张三的“养老金”现为1,000.00元，如降到819.99元及以下（减少180.01元），即符合最低生活保障条件，每月83.00元。"
    )


def test_a_count_is_told_as_a_count() -> None:
    found = turns(DIBAO, family(assets_vehicles=0))["assets_vehicles"]
    assert found.sentence == "如张三的“机动车（不含豁免车辆）”由0个变为1个，即不再符合最低生活保障条件。"


def test_a_birthday_is_told_by_its_month() -> None:
    found = turns(ALLOWANCE, family(birth_on=19_440_815, hukou_local=1))["birth_on"]
    assert found.sentence.startswith("其他情况不变，从2024年")
    assert "（张三满80周岁），即符合尊老金、长寿金条件" in found.sentence


def test_the_smallest_change_comes_first() -> None:
    batch = batch_of(DIBAO.inputs, [family(income_pension=90_000, income_property=5_000)])
    found = nearest(DIBAO, batch, JUNE, policy(), limit=2)
    assert found[0].fact == "income_pension"
    assert found[0].now - found[0].at == 13_001


def test_nothing_is_told_while_something_is_missing() -> None:
    assert turns(DIBAO, family(income_wage=None)) == {}


def test_only_one_household_at_a_time() -> None:
    with pytest.raises(ValueError, match="one household"):
        nearest(DIBAO, batch_of(DIBAO.inputs, [family(), family()]), JUNE, policy())


def test_a_person_is_asked_about_on_their_own() -> None:
    second = {**family()["members"][0], "relation": "spouse", "disability_kind": "physical", "disability_grade": 1}
    household = {"members": [{**family()["members"][0]}, {**second, "hukou_kind": "urban"}]}
    batch = batch_of(NURSING.inputs, [household])
    found = nearest(NURSING, batch, JUNE, policy(), row=1, members=["张三", "李四"])
    assert {each.who for each in found} == {"李四"}
    assert any("“残疾等级”" in each.sentence and "即不再符合" in each.sentence for each in found)


def test_it_takes_less_than_a_moment() -> None:
    batch = batch_of(DIBAO.inputs, [family(income_pension=100_000)])
    nearest(DIBAO, batch, JUNE, policy())
    taken = []
    for _ in range(3):
        began = time.process_time()
        nearest(DIBAO, batch, JUNE, policy())
        taken.append(time.process_time() - began)
    assert min(taken) < 0.05
