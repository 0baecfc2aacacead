"""Months made ready as compiled programs: one for what is decided, and one for whom the days of a month make a difference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed, Programme
from anmin.ground.policy.columns import Batch
from anmin.ground.policy.compiled.engine import Compiled, Compiler, Ready
from anmin.ground.policy.compiled.nodes import Asked, At, Node, Nodes, Reference
from anmin.ground.policy.compiled.values import Value
from anmin.ground.policy.layouts import Layout
from anmin.ground.policy.operators import Bools, Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.ruleset import DAYS, LEVELS
from anmin.ground.policy.thresholds import turns_of

TOUCHED = ("", "touched")


@dataclass(frozen=True)
class _Days:
    """The program that says to whom the days make a difference, with its numbers in a month."""

    ready: Ready
    numbers: Ints


class CompiledMonths:
    """Months made ready as compiled programs."""

    def __init__(
        self,
        compiler: Compiler,
        chain: Mapping[str, Programme],
        layouts: Mapping[Month, Layout],
        parameters: Parameters,
        known_on: date | None,
    ) -> None:
        self.layouts: Mapping[Month, Layout] = {month: layout.with_room() for month, layout in layouts.items()}
        self._months: dict[Month, Compiled] = {}
        self._days: dict[Month, _Days] = {}
        last: Compiled | None = None
        for month in sorted(layouts):
            made = Compiled(compiler, chain, self.layouts[month], month, parameters, known_on, with_columns=False)
            self._months[month] = made
            if last is not None and (found := touched_nodes(last.nodes, made.nodes)) is not None:
                self._days[month] = _Days(compiler.for_nodes(found), np.array([int(each) for each in found.numbers]))
            last = made

    def decided(self, month: Month, part: Batch) -> dict[str, Assessed]:
        """What each programme says of some families."""
        return self._months[month].decided(part)

    def touched(self, month: Month, part: Batch) -> Bools | None:
        """To whom the days of a month make a difference against the month before; None where the law itself has changed."""
        days = self._days.get(month)
        return None if days is None else days.ready.worked(part, days.numbers)[TOUCHED]


def touched_nodes(before: Nodes, nodes: Nodes) -> Nodes | None:
    """What says to whom the days make a difference; None where more has changed than they, or where they reach further rules."""
    days = {name for name, of in nodes.parameters.items() if of.of in DAYS}
    if before.keys != nodes.keys or before.layout != nodes.layout:
        return None
    differing = {f"#{place}" for place, (old, new) in enumerate(zip(before.numbers, nodes.numbers, strict=True)) if old != new}
    if differing - days:
        return None
    reached = list(_by_day(nodes, days))
    late = set(reached)
    for name, node in nodes.nodes.items():  # each stands after what it rests on
        if not late.isdisjoint(node.needs):
            late.add(name)
    if any(need in late for name in reached for need in nodes.nodes[name].needs):
        return None
    made = Nodes(nodes.layout, columns=dict(nodes.columns))
    made.take(nodes, {need for name in reached for need in _closure(nodes, nodes.nodes[name].needs)})
    earlier = {day: made.parameter(("before", day), before.numbers[int(day[1:])]) for day in sorted(days)}
    asked = {level: [name for name in reached if nodes.nodes[name].level == level] for level in LEVELS[1:]}
    inner: Reference = False
    for level in reversed(LEVELS[1:]):
        if inner is not False:
            inner = made.group(level, "any", LEVELS[LEVELS.index(level) + 1], inner, None)
        differ = tuple(_Differs(_asked(nodes, name), earlier, _turns(nodes, name)) for name in asked[level])
        if differ or level == LEVELS[1]:
            inner = made.node(("differs", level, tuple(asked[level])), partial(_any, made, level, differ, inner))
    made.out[TOUCHED] = str(inner)
    return made


@dataclass(frozen=True)
class _Differs:
    """A rule on the days, and at which values what rests on it turns (None: every difference counts)."""

    asked: Asked
    earlier: Mapping[str, str]
    turns: list[int] | None

    def at(self, at: At) -> Value:
        """Whether it says something else than the month before."""
        new, old = (
            self.asked.version.body(
                at.o, *(at.value(names.get(of, of) if isinstance(of, str) else of) for of in self.asked.inputs)
            )
            for names in ({}, self.earlier)
        )
        if self.turns is None:
            return at.truth(new != old)
        found: Value | bool = False
        for turn in self.turns:
            found = at.either_of(found, at.o.differ(new >= turn, old >= turn))
        return at.truth(found)


def _any(made: Nodes, level: str, differ: tuple[_Differs, ...], inner: Reference) -> Node:
    def worked(at: At) -> Value:
        found: Value | bool = at.value(inner)
        for each in differ:
            found = at.either_of(found, each.at(at))
        return at.truth(found)

    return Node(level, made.needs(inner, *(of for each in differ for of in each.asked.inputs)), worked)


def _asked(nodes: Nodes, name: str) -> Asked:
    asked = nodes.nodes[name].rule
    assert asked is not None  # or the days would not be among its inputs
    return asked


def _by_day(nodes: Nodes, days: set[str]) -> Iterator[str]:
    """The rules that ask for the days of the month."""
    for name, node in nodes.nodes.items():
        if node.rule is not None and any(isinstance(of, str) and of in days for of in node.rule.inputs):
            yield name


def _closure(nodes: Nodes, names: tuple[str, ...]) -> set[str]:
    """Some nodes and all they rest on."""
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += nodes.nodes[name].needs
    return found


def _turns(nodes: Nodes, name: str) -> list[int] | None:
    """The values at which anything that rests on a rule turns; None where every difference counts."""
    made: set[int] = set()
    for node in nodes.nodes.values():
        if name not in node.needs:
            continue
        if node.rule is None:
            return None
        version, inputs = node.rule.version, node.rule.inputs
        numbers = {its: nodes.number(of) for its, of in zip(version.inputs, inputs, strict=True)}
        constants = {its: int(number) for its, number in numbers.items() if number is not None}
        for its, of in zip(version.inputs, inputs, strict=True):
            if of == name:
                found = turns_of(version, its, constants, dict(zip(version.inputs, node.rule.truths, strict=True)))
                if found is None:
                    return None
                made |= found
    return sorted(made)
