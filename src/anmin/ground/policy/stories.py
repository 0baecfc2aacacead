"""Worked cases as a caseworker reads them on a page: the very words of the files, amounts with their units."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.book import policy
from anmin.ground.policy.located import read_mapping
from anmin.ground.policy.parameters import is_money
from anmin.ground.policy.programmes import RULE_SETS
from anmin.ground.policy.vocabulary import UNITS

Lines = tuple[tuple[str, str], ...]

_AMOUNTS = {"月保障金额": "CNY/month", "金额": "CNY"}
_LISTED = ("姓名", "义务人")


@dataclass(frozen=True)
class Person:
    """A member of the family of a story, or somebody who owes support to one."""

    name: str
    facts: Lines
    supporters: tuple["Person", ...] = ()


@dataclass(frozen=True)
class Conclusion:
    """What the rules should say in a month."""

    month: str
    outcome: str
    amount: str
    hints: tuple[str, ...]
    steps: Lines
    others: Lines


@dataclass(frozen=True)
class Story:
    """One family, and what it should get."""

    name: str
    title: str
    text: str
    basis: str
    month: str
    household: Lines
    members: tuple[Person, ...]
    changes: tuple[Lines, ...]
    conclusions: tuple[Conclusion, ...]
    arrears: Lines


@cache
def stories(root: Path, programme: str) -> tuple[Story, ...]:
    """The worked cases of a programme below the policy folder, by title."""
    folder = root.joinpath(*programme.split("."), "cases")
    units = _units(programme)
    return tuple(sorted((_story(path, units) for path in folder.glob("*.yaml")), key=lambda each: each.title))


def story(root: Path, programme: str, name: str) -> Story:
    """One worked case. Refuses one that is not there."""
    for each in stories(root, programme):
        if each.name == name:
            return each
    raise BadValue("没有这个算例，请从列表中选择。")


def _units(programme: str) -> dict[str, str]:
    """The unit of every label that a story may use."""
    rules = RULE_SETS[programme]
    found = {fact.label: fact.unit for fact in rules.facts.values()}
    return {each.label: each.unit for each in rules.rules.values()} | found | _AMOUNTS


def _story(path: Path, units: Mapping[str, str]) -> Story:
    said = read_mapping(path)
    month = Month.parse(str(said["月份"]))
    expected = said["应得"] if isinstance(said["应得"], list) else [said["应得"]]
    return Story(
        name=path.stem,
        title=said["标题"],
        text=said["故事"],
        basis=str(said.get("依据", "")),
        month=month.label,
        household=_lines(said.get("家庭", {}), units),
        members=tuple(_person(each, units) for each in said["成员"]),
        changes=tuple(_change(each) for each in said.get("政策调整", ())),
        conclusions=tuple(_conclusion(each, month, units) for each in expected),
        arrears=_lines(said.get("补发", {}), units),
    )


def _person(said: Mapping[str, Any], units: Mapping[str, str]) -> Person:
    facts = {label: value for label, value in said.items() if label not in _LISTED}
    return Person(said["姓名"], _lines(facts, units), tuple(_person(each, units) for each in said.get("义务人", ())))


def _conclusion(said: Mapping[str, Any], month: Month, units: Mapping[str, str]) -> Conclusion:
    told = ("月份", "结论", "月保障金额", "提示", "过程")
    return Conclusion(
        month=Month.parse(str(said["月份"])).label if "月份" in said else month.label,
        outcome=str(said["结论"]),
        amount=_shown("月保障金额", said["月保障金额"], units) if "月保障金额" in said else "",
        hints=tuple(said.get("提示", ())),
        steps=_lines(said.get("过程", {}), units),
        others=_lines({label: value for label, value in said.items() if label not in told}, units),
    )


def _change(said: Mapping[str, Any]) -> Lines:
    return (
        (str(said["参数"]), _supposed(str(said["参数"]), said["数值"])),
        ("执行日期", f"{said['自']}"),
        ("公布日期", f"{said['公布']}"),
    )


def _supposed(label: str, value: Any) -> str:
    """The value a story supposes a figure of the law to have; a code by what it means."""
    found = next((each for each in policy().values() if each.label == label), None)
    if found is None:
        return f"{value}"
    if isinstance(value, str):
        for programme, rules in RULE_SETS.items():
            codes = rules.codes.get(found.address.removeprefix(programme + "."))
            if codes is not None and value in codes:
                return codes[value].label
    return _with_unit(value, found.unit)


def _lines(said: Mapping[str, Any], units: Mapping[str, str]) -> Lines:
    return tuple((str(label), _shown(str(label), value, units)) for label, value in said.items())


def _shown(label: str, value: Any, units: Mapping[str, str]) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{inner} {_shown(str(inner), each, units)}" for inner, each in value.items())
    if isinstance(value, list | tuple):
        return "、".join(_shown(label, each, units) for each in value)
    return _with_unit(value, units.get(label.split("·")[-1], ""))


def _with_unit(value: Any, unit: str) -> str:
    """Amounts in a story are in yuan, as people write them."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date) or not isinstance(value, int | float):
        return f"{value}"
    if unit == "per_mille":
        return f"{value / 10:g}%"
    if is_money(unit):
        return f"{value:,}元"
    return f"{value}{UNITS.get(unit, '')}"
