"""Every worked case of ``policy/assistance/dibao/cases`` is one test: batch and explanation both give what it says."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from anmin.base.money import parse_yuan
from anmin.base.periods import Month
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.parameters import Document, Parameters, is_money
from anmin.ground.policy.vocabulary import LOGIC, OUTCOMES
from anmin.ground.policy.worked_cases import WorkedCase, read_case
from anmin.lines.assistance.dibao.rules import OUTCOME, ROUTE, RULES, DibaoFacts, assess, explain

ROOT = Path(__file__).parents[4] / "policy"
CASES = sorted((ROOT / "assistance" / "dibao" / "cases").glob("*.yaml"))
RULE_OF_LABEL = {each.label: each for each in RULES.rules.values() if each.finding is None and "__" not in each.name}


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return Parameters.load(ROOT)


@pytest.mark.capability("SA-01")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_worked_case_comes_out_as_written(path: Path, parameters: Parameters) -> None:
    case = read_case(path, RULES)
    parameters = _changed(parameters, case)
    facts = DibaoFacts.of([case.household])
    for expected in case.expected:
        month = Month.parse(str(expected.get("月份", case.month)))
        known_on = expected.get("按当时所知")
        made = assess(facts, month, parameters, known_on)
        why = explain(facts, month, parameters, known_on, members=case.members, supporters=case.supporters)
        assert _said(expected, why) == dict(expected)
        assert int(made.outcome[0]) == OUTCOME[why.outcome]
        assert int(made.amount_fen[0]) == (why.amount_fen or 0)
        assert ROUTE.name(int(made.route[0])) == why.route
        assert set(made.finding_codes(0)) == {each.code for each in why.findings}
    if case.arrears is not None:
        assert _arrears(case, facts, parameters) == parse_yuan(case.arrears["金额"])


def _changed(parameters: Parameters, case: WorkedCase) -> Parameters:
    for change in case.changes:
        address = next(p.address for p in parameters.values() if p.label == change.label)
        money = is_money(parameters[address].unit)
        value = parse_yuan(change.value) if money else change.value
        parameters = parameters.with_change(address, change.valid_from, value, Document("案例假设", "案例"), change.published)
    return parameters


def _arrears(case: WorkedCase, facts: DibaoFacts, parameters: Parameters) -> int:
    assert case.arrears is not None
    months = [Month.parse(str(each)) for each in case.arrears["月份"]]

    def due(known_on: date) -> int:
        return sum(assess(facts, month, parameters, known_on).paid_total_fen for month in months)

    return due(case.arrears["现按"]) - due(case.arrears["原按"])


def _said(expected: Mapping[str, Any], why: Explanation) -> dict[str, Any]:
    """What the rules say, under the headings the case asks about."""
    said: dict[str, Any] = {key: expected[key] for key in ("月份", "按当时所知") if key in expected}
    said["结论"] = OUTCOMES[why.outcome]
    if "保障方式" in expected:
        said["保障方式"] = ROUTE[why.route].label
    if "月保障金额" in expected:
        said["月保障金额"] = _yuan(why.amount_fen or 0)
    if "提示" in expected:
        labels = {each.label for each in why.findings}
        said["提示"] = [each for each in expected["提示"] if each in labels] + sorted(labels - set(expected["提示"]))
    if "缺少" in expected:
        said["缺少"] = [f"{each.who}·{each.label}" for each in why.lacking]
    if "过程" in expected:
        said["过程"] = {label: _step(label, why) for label in expected["过程"]}
    return said


def _step(label: str, why: Explanation) -> Any:
    who, _, name = label.rpartition("·")
    rule = RULE_OF_LABEL[name]
    row = list(why.who[rule.entity]).index(who) if who else 0
    value = why.values[rule.name][row]
    if value is None:
        return LOGIC["unknown"]
    if rule.unit == "truth":
        return LOGIC["yes"] if value else LOGIC["no"]
    return _yuan(value) if is_money(rule.unit) else value


def _yuan(fen: int) -> float:
    return fen / 100  # compared with a number written in a case: exact below 2**53 fen for two decimals
