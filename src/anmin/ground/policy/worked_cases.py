"""Worked cases as caseworkers write them: a story, a family, a month, and what it should get, all by Chinese labels.

Facts are written under the labels of their declarations, codes by theirs, money in yuan, dates as dates;
``未知`` is not known. A sum a member must state and the case does not mention is 0: a story tells what matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.money import parse_yuan
from anmin.base.periods import Month
from anmin.ground.policy.facts import Fact, Undetermined
from anmin.ground.policy.located import Located, read_mapping
from anmin.ground.policy.parameters import is_money
from anmin.ground.policy.ruleset import RuleSet

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
    """One family and what the rules should say of it."""

    path: Path
    title: str
    story: str
    month: Month
    household: Mapping[str, Any]
    members: tuple[str, ...]
    supporters: tuple[str, ...]
    changes: tuple[PolicyChange, ...]
    expected: tuple[Mapping[str, Any], ...]
    arrears: Mapping[str, Any] | None


def read_case(path: Path, rules: RuleSet) -> WorkedCase:
    """The case of one file, with its facts under the names the rules know.

    Refuses: an unknown key, label or code, a file without title, month, members or expectation, with file and line.
    """
    return _Reader(path, rules).read()


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
