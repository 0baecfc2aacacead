"""A small programme of its own: wiring, checks before the run, versions, aggregates, the gate, traces and cards."""

from datetime import date
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.batch import Batch, run
from anmin.ground.policy.cards import card_of
from anmin.ground.policy.explanation import explain_values
from anmin.ground.policy.facts import YES_NO, Codes, Fact, Means, Undetermined
from anmin.ground.policy.operators import Number, Operators, Truth
from anmin.ground.policy.parameters import Document, Entry, Parameter, Parameters, Value
from anmin.ground.policy.rules import Rule, any_of, count_of, finding, maximum_of, rule, total_of
from anmin.ground.policy.ruleset import RuleSet, UnfitRuleSetError

MAY = Month(2024, 5)
ARTICLE = "第一条"
FACTS = (
    Fact("wage", "person", "工资", "CNY/month", Undetermined("第二条", when="adult")),
    Fact("adult_flag", "person", "成年", "code", Means(0, "第三条", "未登记按未成年"), codes=YES_NO),
    Fact("gift", "supporter", "赠与", "CNY/month", Means(0, "第四条", "没有记录")),
)


@rule("person", source=ARTICLE, label="是否成年")
def adult(o: Operators, adult_flag: Number) -> Truth:
    return adult_flag == YES_NO["yes"]


gifts = total_of("gift", source=ARTICLE, label="赠与合计")


@rule("person", source=ARTICLE, label="个人收入")
def income(o: Operators, wage: Number, gifts: Number) -> Number:
    return wage + gifts


total = total_of("income", source=ARTICLE, label="收入合计")
adults_total = total_of("income", where="adult", source=ARTICLE, label="成年人收入合计")
largest = maximum_of("income", source=ARTICLE, label="最高收入")
adults = count_of("adult", source=ARTICLE, label="成年人数")
any_adult = any_of("adult", source=ARTICLE, label="有成年人")


@rule("household", source=ARTICLE, label="补差")
def topup(o: Operators, line: Number, total: Number) -> Number:
    return o.greatest(line - total, 0)


@topup.version(since="2024-06", source="第一条（2024年修订）")
def _(o: Operators, line: Number, total: Number, any_adult: Truth) -> Number:
    return o.either(any_adult, o.greatest(line - total, 0), line)


@finding("person", severity="warning", source=ARTICLE, label="收入高", sentence="{who}收入{income}，高于{line}。")
def earns_much(o: Operators, income: Number, line: Number) -> Truth:
    return income > line


NAMES = ("adult", "gifts", "income", "total", "adults_total", "largest", "adults", "any_adult", "topup", "earns_much")
OUTPUTS = ("topup", "adults_total", "largest", "adults")


def module(**members: Any) -> ModuleType:
    made = ModuleType("rules_of_a_test")
    vars(made).update(members)
    return made


def programme(**other: Any) -> RuleSet:
    members = {name: globals()[name] for name in NAMES} | other
    return RuleSet("room.aid", label="救助", facts=FACTS, modules=[module(**members)], outputs=OUTPUTS)


def parameters(**values: Value) -> Parameters:
    made = {}
    for name, value in ({"line": 82_000} | values).items():
        address = f"room.aid.{name}"
        unit = "code" if isinstance(value, str) else "CNY/month"
        rows = {key: key for key in value} if isinstance(value, dict) else {}
        entry = Entry(
            address, name, unit, value, date(2024, 1, 1), "county", Document("通知", "一"), date(2024, 1, 1), "stated", "", rows
        )
        made[address] = Parameter(address, name, unit, (entry,), rows=rows)
    return Parameters(made)


def batch(persons: list[int], supporters: list[int], **columns: list[int]) -> Batch:
    levels: dict[str, dict[str, Any]] = {"household": {}, "person": {}, "supporter": {}}
    for fact in FACTS:
        if fact.name in columns:
            levels[fact.entity][fact.name] = np.array(columns[fact.name], dtype=np.int64)
    offsets = {"person": np.cumsum([0, *persons]), "supporter": np.cumsum([0, *supporters])}
    return Batch(len(persons), offsets, levels)


THREE = batch([2, 0, 1], [1, 0, 2], wage=[50_000, 1_000, 90_000], adult_flag=[1, 0, 1], gift=[500, 20, 30])


def results(made: Batch, month: Month = MAY, **values: Value) -> dict[str, list[int]]:
    rules = programme()
    result = run(made, rules.plan(month, parameters(**values)), OUTPUTS)
    return {name: column.tolist() for name, column in result.columns.items()}


def test_groups_are_aggregated_and_an_empty_group_is_nothing() -> None:
    assert results(THREE) == {
        "topup": [30_500, 82_000, 0],
        "adults_total": [50_500, 0, 90_050],
        "largest": [50_500, 0, 90_050],
        "adults": [1, 0, 1],
    }


def test_month_picks_the_wording() -> None:
    later = batch([1], [0], wage=[10_000], adult_flag=[0])
    assert [results(later, month)["topup"] for month in (Month(2024, 5), Month(2024, 6))] == [[72_000], [82_000]]
    assert topup.source_for(Month(2024, 6)) == "第一条（2024年修订）"


def test_missing_fact_that_matters_leaves_the_household_open() -> None:
    made = batch([2, 1], [0, 0, 0], wage=[-1, -1, 5], adult_flag=[0, 1, 1])
    rules = programme()
    result = run(made, rules.plan(MAY, parameters()), ["topup"])
    assert result.undetermined.tolist() == [True, False]
    assert {name: rows.tolist() for name, rows in result.lacking.items()} == {"wage": [1]}


@pytest.mark.parametrize("impossible", [-2, 10**9])
def test_impossible_fact_leaves_the_household_open_whoever_it_is(impossible: int) -> None:
    made = batch([1, 1], [0, 1], wage=[5, 5], adult_flag=[0, 0], gift=[impossible])
    result = run(made, programme().plan(MAY, parameters()), ["topup"])
    assert result.undetermined.tolist() == [False, True]
    assert {name: rows.tolist() for name, rows in result.lacking.items()} == {"gift": [0]}


def test_gate_asks_only_for_facts_the_answer_needs() -> None:
    made = batch([1], [0], wage=[-1], adult_flag=[1])
    assert run(made, programme().plan(MAY, parameters()), ["adults"]).undetermined.tolist() == [False]


def test_explanation_names_who_and_where_from() -> None:
    made = explain_values(THREE.one(0), programme().plan(MAY, parameters()), {"person": ("甲", "乙"), "supporter": ("丙",)})
    assert made.values["topup"] == [30_500]
    step = next(each for each in made.steps if each.id == "total@0")
    assert (step.working, step.shown) == ("甲 505.00元＋乙 10.00元", "515.00元")
    assert (made.findings, made.lacking, made.assumed) == ((), (), ())


def test_what_rests_on_a_missing_fact_is_unknown_and_nothing_else() -> None:
    two = batch([2], [0, 0], wage=[-1, 7], adult_flag=[1, 0])
    made = explain_values(two, programme().plan(MAY, parameters()), {})
    assert {name: made.values[name] for name in NAMES} == {
        "adult": [1, 0],
        "gifts": [0, 0],
        "income": [None, 7],
        "total": [None],
        "adults_total": [None],
        "largest": [None],
        "adults": [1],
        "any_adult": [1],
        "topup": [None],
        "earns_much": [None, 0],
    }
    step = next(each for each in made.steps if each.id == "income@0")
    assert (step.value, step.shown, step.working) == (None, "未知", "未知＋0.00元")


def test_finding_is_said_of_the_person_and_known_of_the_household() -> None:
    plan = programme().plan(MAY, parameters())
    found = explain_values(THREE.one(2), plan, {"person": ("丁",)}).findings
    assert [(each.severity, each.sentence) for each in found] == [("warning", "丁收入900.50元，高于820.00元。")]
    made = run(THREE, plan, ["earns_much__somewhere"])
    assert made.columns["earns_much__somewhere"].tolist() == [False, False, True]


def test_card_gives_the_formula_in_words() -> None:
    rules = programme()
    made = card_of(rules, "topup", rules.plan(MAY, parameters()))
    assert (made.formula, made.source, made.level) == ("取大（line－收入合计，0）", ARTICLE, "家庭")
    assert made.inputs == (("line", "line"), ("total", "收入合计"))


def test_reach_of_a_change_is_known_without_running() -> None:
    assert programme().reached_by("gift", MAY) == {
        "gifts", "income", "total", "adults_total", "largest", "topup", "earns_much", "earns_much__somewhere",
    }  # fmt: skip


def test_parameter_nobody_uses_is_found() -> None:
    assert programme().unused(Month(2024, 6), parameters(forgotten=5)) == {"forgotten"}


def test_rows_of_a_table_are_inputs_by_their_key() -> None:
    @rule("month", source=ARTICLE, label="老年人增发")
    def bonus(o: Operators, rates_elder: Number) -> Number:
        return rates_elder * 2

    plan = programme(bonus=bonus).plan(MAY, parameters(rates={"elder": 41}))
    assert run(THREE, plan, ["bonus"]).columns["bonus"].tolist() == [82]


def test_code_of_a_parameter_is_read_through_its_list() -> None:
    @rule("month", source=ARTICLE, label="层次")
    def chosen(o: Operators, level: Number) -> Number:
        return level + 0

    members = {name: globals()[name] for name in NAMES} | {"chosen": chosen}
    rules = RuleSet(
        "room.aid", label="救助", facts=FACTS, modules=[module(**members)], outputs=OUTPUTS,
        codes={"level": Codes({"low": "低", "high": "高"})},
    )  # fmt: skip
    assert run(THREE, rules.plan(MAY, parameters(level="high")), ["chosen"]).columns["chosen"].tolist() == [1]
    with pytest.raises(BadValue, match="取值“middle”不在代码表中"):
        rules.plan(MAY, parameters(level="middle"))


def wrong(entity: str, *inputs: str, name: str = "wrong") -> Rule:
    arguments = ", ".join(inputs)
    scope: dict[str, Any] = {}
    exec(f"def {name}(o, {arguments}):\n    return {inputs[0]} + 0", scope)  # noqa: S102  # a body for each wrong signature
    return rule(entity, source=ARTICLE, label="错")(scope[name])


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"wrong": wrong("household", "nowhere")}, "needs nowhere, which is nothing"),
        ({"wrong": wrong("household", "wage")}, "needs wage of an inner level"),
        ({"one": wrong("month", "two", name="one"), "two": wrong("month", "one", name="two")}, "in a circle"),
    ],
)
def test_rules_that_do_not_fit_are_refused_before_the_run(members: dict[str, Rule], why: str) -> None:
    with pytest.raises(UnfitRuleSetError, match=why):
        programme(**members).plan(MAY, parameters())


def test_two_things_of_one_name_are_refused() -> None:
    with pytest.raises(UnfitRuleSetError, match="both a fact and a rule"):
        programme(wage=wrong("month", "line", name="wage"))
    with pytest.raises(UnfitRuleSetError, match="both a parameter and a rule"):
        programme().plan(MAY, parameters(total=5))


def test_rule_of_a_later_month_is_nothing_before() -> None:
    late = rule("month", source=ARTICLE, label="晚", since="2024-06")(lambda o, line: line + 0)
    late.name = "late"
    rules = programme(late=late, wrong=wrong("month", "late"))
    assert run(THREE, rules.plan(Month(2024, 6), parameters()), ["wrong"]).columns["wrong"].tolist() == [82_000]
    with pytest.raises(UnfitRuleSetError, match="needs late, which is nothing in 2024-05"):
        rules.plan(MAY, parameters())


@pytest.mark.parametrize(
    "declared",
    [
        lambda: rule("village", source=ARTICLE, label="错"),
        lambda: rule("person", source=" ", label="错"),
        lambda: rule("person", source=ARTICLE, label="错", unit="miles"),
        lambda: finding("person", severity="bad", source=ARTICLE, label="错", sentence="错"),
    ],
)
def test_declaration_without_level_article_or_unit_is_refused(declared: Any) -> None:
    with pytest.raises(ValueError, match=r"unknown|no article"):
        declared()(lambda o, line: line)


def test_first_parameter_is_the_vocabulary() -> None:
    with pytest.raises(ValueError, match="first parameter"):
        rule("month", source=ARTICLE, label="错")(lambda line: line)


def test_sentence_may_not_name_what_it_cannot_see() -> None:
    blind = finding("household", severity="info", source=ARTICLE, label="错", sentence="{wage}")(lambda o, total: total > 0)
    blind.name = "blind"
    with pytest.raises(UnfitRuleSetError, match="names wage of an inner level"):
        programme(blind=blind)


@pytest.mark.parametrize(
    ("persons", "wage"),
    [([2], [1]), ([1], [1.5])],
)
def test_columns_that_do_not_fit_are_refused(persons: list[int], wage: list[Any]) -> None:
    with pytest.raises(ValueError, match="wage is not a column"):
        Batch(len(persons), {"person": np.cumsum([0, *persons]), "supporter": np.zeros(sum(persons) + 1, dtype=np.int64)},
              {"person": {"wage": np.array(wage)}})  # fmt: skip


def test_offsets_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="offsets of person do not fit"):
        Batch(2, {"person": np.array([0, 1]), "supporter": np.array([0, 0])}, {})
