"""Worked cases as caseworkers write them: a story, a family, a month, and what it should get, all by Chinese labels.

Facts are written under the labels of their declarations, codes by theirs, money in yuan, dates as dates;
``未知`` is not known. A sum a member must state and the case does not mention is 0: a story tells what matters. What is decided
of persons is expected of each by their 姓名.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.money import parse_yuan
from anmin.base.periods import Month
from anmin.ground.policy.assessing import OUTCOME, Programme, assess, batch_of, explain
from anmin.ground.policy.explanation import Explanation
from anmin.ground.policy.facts import Fact, Undetermined
from anmin.ground.policy.located import Located, read_mapping
from anmin.ground.policy.parameters import Document, Parameters, is_money
from anmin.ground.policy.ruleset import LIFTED, RuleSet
from anmin.ground.policy.vocabulary import LOGIC, OUTCOMES

UNKNOWN = "未知"
_KEYS = {"标题", "故事", "依据", "月份", "家庭", "成员", "政策调整", "应得", "补发"}


@dataclass(frozen=True)
class PolicyChange:
    """A value the case supposes: a standard that was published late, an ordinance of a city next door."""

    label: str
    valid_from: date
    value: Any
    published: date


@dataclass(frozen=True)
class WorkedCase:
    """One family and what the rules should say of it, by which paper, or on which assumption."""

    path: Path
    title: str
    story: str
    basis: str
    month: Month
    household: Mapping[str, Any]
    members: tuple[str, ...]
    supporters: tuple[str, ...]
    changes: tuple[PolicyChange, ...]
    expected: tuple[Mapping[str, Any], ...]
    arrears: Mapping[str, Any] | None


def read_case(path: Path, rules: RuleSet) -> WorkedCase:
    """The case of one file, with its facts under the names the rules know.

    Refuses: an unknown key, label or code, a file without title, source, month, members or expectation, with file and line.
    """
    return _Reader(path, rules).read()


def differences(case: WorkedCase, programme: Programme, parameters: Parameters) -> list[str]:
    """Where the rules say something else than the case, in words; empty when it comes out as written.

    Asks the batch and the explanation, and tells as well where those two differ.
    """
    parameters = _supposed(case, parameters)
    batch = batch_of(programme.rules.facts, [case.household])
    found: list[str] = []
    for expected in case.expected:
        month = Month.parse(str(expected.get("月份", case.month)))
        known_on = expected.get("按当时所知")
        row = _row(case, programme, expected)
        made = assess(programme, batch, month, parameters, known_on, with_findings=True)
        why = explain(programme, batch, month, parameters, known_on, row=row, members=case.members, supporters=case.supporters)
        said = _said(expected, why, programme, row)
        found += [f"{key}：案例 {expected[key]}，规则 {said.get(key)}" for key in expected if said.get(key) != expected[key]]
        batched = (OUTCOMES_BY_NUMBER[int(made.outcome[row])], int(made.amount[row]), set(made.finding_codes(row)))
        reasons = {each.code for each in why.findings}
        granted = why.amount_fen or 0
        if batched != (why.outcome, granted, reasons):
            found.append(f"{month}：批量计算 {batched} 与逐步说明 {(why.outcome, granted, reasons)} 不一致")
    if case.arrears is not None:
        said_arrears, written = _arrears(case, programme, batch, parameters), parse_yuan(case.arrears["金额"])
        if said_arrears != written:
            found.append(f"补发：案例 {written} 分，规则 {said_arrears} 分")
    return found


def explained(case: WorkedCase, programme: Programme, parameters: Parameters) -> Explanation:
    """The first conclusion of the case, with every step."""
    expected = case.expected[0]
    return explain(
        programme,
        batch_of(programme.rules.facts, [case.household]),
        Month.parse(str(expected.get("月份", case.month))),
        _supposed(case, parameters),
        expected.get("按当时所知"),
        row=_row(case, programme, expected),
        members=case.members,
        supporters=case.supporters,
    )


OUTCOMES_BY_NUMBER = {number: name for name, number in OUTCOME.items()}


def _supposed(case: WorkedCase, parameters: Parameters) -> Parameters:
    """The policy with what the case supposes."""
    for change in case.changes:
        address = next((p.address for p in parameters.values() if change.label in (p.label, p.address)), None)
        if address is None:
            raise BadValue(f"{case.path}：没有名为“{change.label}”的政策参数。")
        value = _in_fen(change.value) if is_money(parameters[address].unit) else change.value
        parameters = parameters.with_change(address, change.valid_from, value, Document("案例假设", "案例"), change.published)
    return parameters


def _in_fen(written: Any) -> Any:
    """A sum, or a table of sums, in fen."""
    if isinstance(written, Mapping):
        return {key: parse_yuan(each) for key, each in written.items()}
    return parse_yuan(written)


def _row(case: WorkedCase, programme: Programme, expected: Mapping[str, Any]) -> int:
    if programme.unit == "household":
        return 0
    if expected.get("姓名") not in case.members:
        raise BadValue(f"{case.path}：“应得”中应写明是哪位成员（姓名）。")
    return case.members.index(expected["姓名"])


def _arrears(case: WorkedCase, programme: Programme, batch: Any, parameters: Parameters) -> int:
    assert case.arrears is not None  # asked only where there are any
    months = [Month.parse(str(each)) for each in case.arrears["月份"]]

    def due(known_on: date) -> int:
        return sum(int(assess(programme, batch, month, parameters, known_on).amount.sum()) for month in months)

    return due(case.arrears["现按"]) - due(case.arrears["原按"])


def _said(expected: Mapping[str, Any], why: Explanation, programme: Programme, row: int) -> dict[str, Any]:
    """What the rules say, under the headings the case asks about."""
    said: dict[str, Any] = {key: expected[key] for key in ("月份", "按当时所知", "姓名") if key in expected}
    said["结论"] = OUTCOMES[why.outcome]
    said["金额"] = said["月保障金额"] = (why.amount_fen or 0) / 100  # exact for two decimals below 2**53 fen
    if programme.routes is not None:
        said["保障方式"] = programme.routes[why.route].label
    labels = {each.label for each in why.findings}
    wanted = expected.get("提示", ())
    said["提示"] = [each for each in wanted if each in labels] + sorted(labels - set(wanted))
    said["缺少"] = [f"{each.who}·{each.label}" for each in why.lacking]
    said["过程"] = {label: _step(label, why, programme, row) for label in expected.get("过程", ())}
    return said


def _step(label: str, why: Explanation, programme: Programme, row: int) -> Any:
    """The value of an intermediate step by its label, of a person or supporter where one is named: 王强·周岁."""
    who, _, name = label.rpartition("·")
    rule = next(
        (r for r in programme.rules.rules.values() if r.label == name and r.finding is None and LIFTED not in r.name), None
    )
    if rule is None:
        return f"没有名为“{name}”的步骤"
    place = list(why.who[rule.entity]).index(who) if who else row if rule.entity == "person" else 0
    value = why.values[rule.name][place]
    if value is None:
        return LOGIC["unknown"]
    if rule.unit == "truth":
        return LOGIC["yes"] if value else LOGIC["no"]
    return value / 100 if is_money(rule.unit) else value


class _Reader:
    def __init__(self, path: Path, rules: RuleSet) -> None:
        self.path = path
        self.facts = {(fact.entity, fact.label): fact for fact in rules.facts.values()}

    def read(self) -> WorkedCase:
        content = read_mapping(self.path)
        for key in content:
            if key not in _KEYS:
                self._refuse(content, key, "不认识这一项")
        members: list[Located] = content.get("成员") or self._refuse(content, "成员", "至少要有一名成员")
        supporters = [each for member in members for each in member.get("义务人", ())]
        expected = content.get("应得") or self._refuse(content, "应得", "没有写明应得的结论")
        return WorkedCase(
            path=self.path,
            title=content.get("标题") or self._refuse(content, "标题", "没有填写"),
            story=content.get("故事") or self._refuse(content, "故事", "没有填写"),
            basis=content.get("依据") or self._refuse(content, "依据", "没有填写：写明文件，没有文件的写明是假设"),
            month=Month.parse(str(content.get("月份") or self._refuse(content, "月份", "没有填写"))),
            household={
                **self._facts("household", content.get("家庭", Located()), ()),
                "members": [self._member(each) for each in members],
            },
            members=tuple(each.get("姓名") or self._refuse(each, "姓名", "没有填写") for each in members),
            supporters=tuple(each.get("姓名") or self._refuse(each, "姓名", "没有填写") for each in supporters),
            changes=tuple(self._change(each) for each in content.get("政策调整", ())),
            expected=(expected,) if isinstance(expected, Mapping) else tuple(expected),
            arrears=content.get("补发"),
        )

    def _member(self, written: Located) -> dict[str, Any]:
        made = self._facts("person", written, ("姓名", "义务人"))
        for fact in self.facts.values():
            if fact.entity == "person" and isinstance(fact.missing, Undetermined) and is_money(fact.unit):
                made.setdefault(fact.name, 0)
        made["supporters"] = [self._facts("supporter", each, ("姓名",)) for each in written.get("义务人", ())]
        return made

    def _facts(self, entity: str, written: Located, other: Sequence[str]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for label, value in written.items():
            if label in other:
                continue
            fact = self.facts.get((entity, label)) or self._refuse(written, label, "不是这里可以填写的事实")
            made[fact.name] = self._value(fact, written, label, value)
        return made

    def _value(self, fact: Fact, where: Located, label: str, value: Any) -> int | None:
        if value == UNKNOWN:
            return None
        if fact.codes is not None:
            # An unquoted 是 or 否 is a word in YAML 1.1 as in 1.2, so yes and no arrive as words too.
            labels = {str(code.label): int(code) for code in fact.codes.values()}
            if str(value) not in labels:
                self._refuse(where, label, f"“{value}”不在可选范围内，可选：{'、'.join(labels)}")
            return labels[str(value)]
        if isinstance(value, date):
            return value.year * 10_000 + value.month * 100 + value.day
        if is_money(fact.unit):
            return parse_yuan(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self._refuse(where, label, "应为整数")
        return int(value)

    def _change(self, written: Located) -> PolicyChange:
        return PolicyChange(written["参数"], written["自"], written["数值"], written["公布"])

    def _refuse(self, where: Located, key: str, why: str) -> Any:
        raise BadValue(f"{self.path}：第 {where.lines.get(key, where.line)} 行“{key}”{why}。")
