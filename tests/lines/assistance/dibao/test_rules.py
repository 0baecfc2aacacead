"""The dibao rules: batch, explanation and a plain reference agree; every body is fit for the batch; the gate speaks."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.batch import run
from anmin.ground.policy.parameters import Document, Parameters
from anmin.ground.policy.ruleset import LEVELS
from anmin.ground.policy.symbols import Symbol
from anmin.lines.assistance.dibao.rules import (
    FACTS,
    FINDINGS,
    OUTCOME,
    ROUTE,
    RULES,
    DibaoFacts,
    assess,
    card,
    explain,
)  # fmt: skip
from tests.lines.assistance.dibao.households import HOUSEHOLD, plausible
from tests.lines.assistance.dibao.reference import tell

MARCH = Month(2024, 3)
PARAMETERS = Parameters.load(Path(__file__).parents[4] / "policy")
ADULT = {"income_wage": 0, "income_business": 0, "income_property": 0, "income_pension": 0, "assets_financial": 0}


def couple(**head: Any) -> dict[str, Any]:
    return {
        "members": [
            {**ADULT, "relation": "head", "birth_on": 19800101, **head},
            {**ADULT, "relation": "spouse", "birth_on": 19820101},
        ]
    }


def assert_agrees_with_reference(households: list[dict[str, Any]]) -> Counter[str]:
    made = assess(DibaoFacts.of(households), MARCH, PARAMETERS)
    told = [tell(each, 2024, 3) for each in households]
    assert made.outcome.tolist() == [OUTCOME[each.outcome] for each in told]
    assert made.amount_fen.tolist() == [each.amount for each in told]
    assert [ROUTE.name(number) for number in made.route.tolist()] == [each.route for each in told]
    return Counter(each.route if each.outcome == "eligible" else each.outcome for each in told)


def test_batch_agrees_with_the_plain_reference_on_many_plausible_households() -> None:
    random = Random(20240301)  # noqa: S311  # repeatable, not secret
    met = assert_agrees_with_reference([plausible(random) for _ in range(4_000)])
    assert set(met) == {"not_eligible", "undetermined", *ROUTE} - {"none"}
    assert min(met.values()) >= 10


@settings(max_examples=60, deadline=None)
@given(st.lists(HOUSEHOLD, min_size=1, max_size=6))
def test_batch_agrees_with_the_plain_reference_on_odd_households(households: list[dict[str, Any]]) -> None:
    assert_agrees_with_reference(households)


def test_batch_agrees_with_the_explanation_on_plausible_households_cell_by_cell() -> None:
    random = Random(20240302)  # noqa: S311  # repeatable, not secret
    assert_agrees_with_explanation([plausible(random) for _ in range(120)])


@settings(max_examples=30, deadline=None)
@given(st.lists(HOUSEHOLD, min_size=1, max_size=3))
def test_batch_agrees_with_the_explanation_on_odd_households_cell_by_cell(households: list[dict[str, Any]]) -> None:
    assert_agrees_with_explanation(households)


def assert_agrees_with_explanation(households: list[dict[str, Any]]) -> None:
    facts = DibaoFacts.of(households)
    plan = RULES.plan(MARCH, PARAMETERS)
    names = [each.name for each in plan.order]
    result = run(facts.batch(), plan, names)
    made = assess(facts, MARCH, PARAMETERS)
    for place in range(len(households)):
        why = explain(facts.one(place), MARCH, PARAMETERS)
        bounds = {"month": (0, 1), **facts.batch().bounds(place, place + 1)}
        for name in names:
            cells = result.columns[name][slice(*bounds[RULES.entity_of(name)])]
            told = why.values[name]
            assert [None if row is None else int(cell) for cell, row in zip(cells, told, strict=True)] == told, name
            assert None not in told or why.outcome == "undetermined"
        assert bool(result.undetermined[place]) == (why.outcome == "undetermined")
        assert set(made.finding_codes(place)) == {each.code for each in why.findings}
        lacking = {(each.fact, each.who) for each in why.lacking}
        assert len(lacking) == sum(
            int(((rows >= bounds[RULES.facts[name].entity][0]) & (rows < bounds[RULES.facts[name].entity][1])).sum())
            for name, rows in made.lacking.items()
        )


@settings(max_examples=30, deadline=None)
@given(HOUSEHOLD)
def test_what_is_lacking_is_what_the_reference_misses(household: dict[str, Any]) -> None:
    made = assess(DibaoFacts.of([household]), MARCH, PARAMETERS)
    assert {(RULES.facts[name].entity, name) for name in made.lacking} == tell(household, 2024, 3).lacking


@pytest.mark.parametrize("name", [each.name for each in RULES.plan(MARCH, PARAMETERS).order])
def test_rule_body_runs_on_symbols(name: str) -> None:
    plan = RULES.plan(MARCH, PARAMETERS)
    rule = RULES.rules[name]
    formula = RULES.formula(rule, plan)
    assert isinstance(formula, Symbol)
    assert formula.truth == (rule.unit == "truth")
    assert not any("a" <= letter <= "z" for letter in formula.text)


def test_every_fact_rule_and_parameter_is_used() -> None:
    assert RULES.unused(MARCH, PARAMETERS) == frozenset()


def test_labels_of_rules_are_unique() -> None:
    labels = [each.label for each in RULES.rules.values() if "__" not in each.name]
    assert sorted(labels) == sorted(set(labels))


def test_facts_of_one_level_have_their_own_labels() -> None:
    assert len({(each.entity, each.label) for each in FACTS}) == len(FACTS)


def test_findings_fit_into_one_column() -> None:
    assert len(FINDINGS) <= 62


def test_blocks_do_not_change_results(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(20240301)
    households = [couple(income_wage=int(wage)) for wage in rng.integers(0, 400_000, 37)]
    households[5]["members"][1]["income_wage"] = None
    facts = DibaoFacts.of(households)
    whole = assess(facts, MARCH, PARAMETERS)
    monkeypatch.setattr("anmin.ground.policy.batch.BLOCK", 5)
    parts = assess(facts, MARCH, PARAMETERS)
    for name in ("outcome", "amount_fen", "route", "findings", "person_covered", "person_extra_fen"):
        assert getattr(parts, name).tolist() == getattr(whole, name).tolist()
    assert {name: rows.tolist() for name, rows in parts.lacking.items()} == {"income_wage": [11]}


def test_no_households_give_no_rows() -> None:
    made = assess(DibaoFacts.of([]), MARCH, PARAMETERS)
    assert (made.outcome.tolist(), made.amount_fen.tolist(), made.paid_total_fen) == ([], [], 0)


def test_household_without_counted_members_gets_nothing() -> None:
    facts = DibaoFacts.of([{"members": [{**ADULT, "relation": "head", "birth_on": 19800101, "absence_reason": "prison"}]}])
    made = assess(facts, MARCH, PARAMETERS)
    assert made.outcome.tolist() == [OUTCOME["not_eligible"]]
    assert explain(facts, MARCH, PARAMETERS).amount_fen == 0


def test_small_integer_columns_do_not_overflow() -> None:
    wide = DibaoFacts.of([couple(disability_grade=2, assets_homes=1)])
    narrow = {
        name: column.astype(np.int8) if column.max() < 100 else column
        for level in LEVELS[1:]
        for name, column in wide.batch().columns.get(level, {}).items()
    }
    facts = DibaoFacts(person_offsets=wide.person_offsets, supporter_offsets=wide.supporter_offsets, **narrow)
    assert assess(facts, MARCH, PARAMETERS).amount_fen.tolist() == assess(wide, MARCH, PARAMETERS).amount_fen.tolist()


def test_column_left_out_is_unknown_of_everybody() -> None:
    facts = DibaoFacts.of([couple()])
    without = DibaoFacts(person_offsets=facts.person_offsets, relation=facts.relation, birth_on=facts.birth_on)
    made = assess(without, MARCH, PARAMETERS)
    assert made.undetermined.tolist() == [True]
    assert sorted(made.lacking) == sorted(ADULT)


def test_undetermined_says_what_to_supply() -> None:
    why = explain(DibaoFacts.of([couple(income_wage=None)]), MARCH, PARAMETERS, members=["张三", "李四"])
    assert (why.outcome, why.amount_fen, why.route, why.findings) == ("undetermined", None, "none", ())
    assert why.paragraph == "2024年3月：目前还不能认定。张三的“工资性收入”尚未掌握，请补充。"


@pytest.mark.parametrize("impossible", [-5, 10**9])
def test_impossible_amount_is_to_be_corrected(impossible: int) -> None:
    why = explain(DibaoFacts.of([couple(income_wage=impossible)]), MARCH, PARAMETERS, members=["张三", "李四"])
    assert [each.sentence for each in why.lacking] == [f"张三的“工资性收入”（{impossible}）超出合理范围，请更正。"]


def test_month_before_the_first_standard_is_refused() -> None:
    with pytest.raises(BadValue, match=r"从2020年7月1日起才有数值，无法用于2020年6月"):
        assess(DibaoFacts.of([couple()]), Month(2020, 6), PARAMETERS)


@pytest.mark.capability("SA-15")
def test_standard_known_later_is_not_used_before() -> None:
    facts = DibaoFacts.of([couple()])
    raised = PARAMETERS.with_change(
        "assistance.dibao.standard", date(2024, 7, 1), 85_000, Document("通知", "通政办发〔2024〕1号"), date(2024, 8, 20)
    )
    july = Month(2024, 7)
    assert assess(facts, july, raised, date(2024, 8, 19)).paid_total_fen == 164_000
    assert assess(facts, july, raised, date(2024, 8, 20)).paid_total_fen == 170_000
    assert assess(facts, july, PARAMETERS).paid_total_fen == 164_000


@pytest.mark.capability("SA-06")
def test_explanation_names_article_parameter_and_fact_of_each_step() -> None:
    facts = DibaoFacts.of([couple(income_wage=150_000, work_status="employed")])
    why = explain(facts, MARCH, PARAMETERS, members=["张三", "李四"], fact_ids=lambda name, row: f"{name}#{row}")
    step = why.step("employment_cost")
    assert (step.who, step.shown, step.source) == ("张三", "246.00元", "《江苏省2020年社会救助工作安排》（文号待核）")
    assert step.formula == "取小（工资性收入－残疾人工资豁免，就业成本抵扣上限）"
    assert step.working == "取小（1,500.00元－0.00元，246.00元）"
    assert [(each.label, each.kind, each.reference) for each in step.inputs] == [
        ("工资性收入", "fact", "income_wage#0"),
        ("残疾人工资豁免", "step", "wage_exempt@0"),
        ("就业成本抵扣上限", "step", "employment_cost_limit@0"),
    ]
    limit = why.step("employment_cost_limit")
    assert [(each.label, each.shown(), each.valid_from, each.document.number) for each in limit.parameters] == [
        ("最低生活保障标准", "820.00元/人·月", date(2023, 7, 1), "通政办发〔2023〕44号"),
        ("就业成本抵扣比例（占低保标准）", "30%", date(2020, 7, 1), "文号待核"),
    ]


def test_explanation_is_plain_data() -> None:
    why = explain(DibaoFacts.of([couple(income_wage=150_000)]), MARCH, PARAMETERS)
    stored = json.loads(json.dumps(why.as_dict(), ensure_ascii=False))
    assert (stored["amount_fen"], stored["outcome"], stored["month"]) == (38_600, "eligible", "2024-03")
    assert {each["id"] for each in stored["steps"]} >= {"amount@0", "counted@0", "counted@1"}


def test_essential_steps_lead_from_the_amount_to_the_wage() -> None:
    why = explain(DibaoFacts.of([couple(income_wage=150_000)]), MARCH, PARAMETERS)
    names = [each.id for each in why.essential()]
    assert {"amount@0", "base_amount@0", "shortfall@0", "countable_income@0", "wage_counted@0"} <= set(names)
    assert not {"pension_exempt@0", "wage_counted@1", "grace_amount@0"} & set(names)


def test_paragraph_can_be_read_aloud() -> None:
    why = explain(DibaoFacts.of([couple(income_wage=150_000, veteran=1)]), MARCH, PARAMETERS, members=["张三", "李四"])
    assert why.paragraph == (
        "2024年3月：保障对象2人，低保标准每人每月820.00元，计入的月收入1,254.00元。补差386.00元，分类增发164.00元，合计每月550.00元。"
        "月人均收入627.00元，低于低保标准820.00元。张三按低保标准的20%增发164.00元。"
    )


def test_silence_is_reported_with_what_it_was_taken_for() -> None:
    why = explain(DibaoFacts.of([couple()]), MARCH, PARAMETERS, members=["张三", "李四"])
    found = [each for each in why.assumed if (each.fact, each.who) == ("assets_homes", "张三")]
    assert [(each.shown, each.because) for each in found] == [("0个", "登记和核对中没有住房的记录，按没有处理")]


def test_card_shows_an_officer_the_rule() -> None:
    made = card("employment_cost_limit", MARCH, PARAMETERS)
    assert (made.address, made.level) == ("assistance.dibao.employment_cost_limit", "当月")
    assert made.formula == "四舍五入到分（最低生活保障标准×就业成本抵扣比例（占低保标准））"
    assert [each.document.number for each in made.parameters] == ["通政办发〔2023〕44号", "文号待核"]


def test_change_of_the_standard_reaches_the_amount_but_not_the_composition() -> None:
    reached = RULES.reached_by("standard", MARCH)
    assert "amount" in reached
    assert "counted" not in reached
