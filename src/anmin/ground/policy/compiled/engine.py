"""A chain decided by a compiled program: what `Jointly` says of any part of the families, from the same functions."""

import ctypes
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from anmin.base.periods import Month
from anmin.ground.policy.assessing import Assessed, Programme, asked_of
from anmin.ground.policy.columns import INNER, Batch, Column
from anmin.ground.policy.compiled.loops import Program, Writer
from anmin.ground.policy.compiled.machine import Machine
from anmin.ground.policy.compiled.nodes import Nodes
from anmin.ground.policy.layouts import Layout
from anmin.ground.policy.operators import Ints
from anmin.ground.policy.parameters import Parameters
from anmin.ground.policy.ruleset import Plan

CACHE_LINE = 64
BLOCK = 1024
"""Families in a block: what one loop leaves for the next stays in the cache."""

Columns = dict[tuple[str, str], Column]
"""By programme and name of the value; the outcome under no name."""


@dataclass
class Ready:
    """A program and what it was made for."""

    program: Program
    keys: tuple[object, ...]
    layout: Layout
    work: Any

    def serves(self, nodes: Nodes) -> bool:
        """Whether it works out the same with other numbers of the law."""
        return (
            self.keys == nodes.keys
            and self.layout.fits(nodes.layout)
            and all(least <= number <= most for (least, most), number in zip(self.program.ranges, nodes.numbers, strict=True))
            and all(nodes.numbers[slot] == number for slot, number in self.program.baked.items())
        )

    def worked(self, batch: Batch, numbers: Ints) -> Columns:
        """All columns that are asked for, in as few bits as they need."""
        program = self.program
        rows = {"household": batch.households, **{entity: int(batch.offsets[entity][-1]) for entity in INNER}}
        made = {
            (address, name): np.empty(rows[level], dtype=kind)
            for (address, name, kind), level in zip(program.out, program.out_levels, strict=True)
        }
        if batch.households:
            self._run(batch, numbers, list(made.values()))
        return made

    def _run(self, batch: Batch, numbers: Ints, out: list[Column]) -> None:
        bounds = np.append(np.arange(0, batch.households, BLOCK), batch.households)
        starts = {entity: np.ascontiguousarray(batch.offsets[entity], dtype=np.int64) for entity in INNER}
        edges, most = bounds, {"household": BLOCK}
        for entity in INNER:
            edges = starts[entity][edges]
            most[entity] = int(np.diff(edges).max())
        bytes_each = np.array([(most[level] + 1) * size for level, size in self.program.room], dtype=np.int64)
        ends = np.cumsum(-(-bytes_each // CACHE_LINE) * CACHE_LINE)
        room = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.int8)
        places = _at(room) + np.append(0, ends[:-1])
        index = {entity: np.empty(most[entity], dtype=np.int32) for entity in INNER}
        columns = [np.ascontiguousarray(batch.columns[self.layout.facts[name].entity][name]) for name in self.program.columns]
        self.work(
            len(bounds) - 1, _at(bounds), *(_at(starts[entity]) for entity in INNER), *(_at(index[entity]) for entity in INNER),
            _pointers(columns), _at(places), _pointers(out), _at(numbers),
        )  # fmt: skip


@dataclass
class Compiler:
    """Programs for chains; one that serves again is not compiled again."""

    machine: Machine = field(default_factory=Machine)
    ready: list[Ready] = field(default_factory=list)
    known: list[tuple[object, Nodes]] = field(default_factory=list)

    def nodes(self, key: object, layout: Layout, plans: Iterable[Plan], made: Callable[[], Nodes]) -> Nodes:
        """The nodes of a month; those of another with its numbers, where the key and the layout are the same."""
        for known, nodes in self.known:
            if known == key and nodes.layout == layout:
                return nodes.with_numbers(plans)
        self.known.append((key, made()))
        return self.known[-1][1]

    def for_nodes(self, nodes: Nodes) -> Ready:
        """The program of some nodes."""
        for each in self.ready:
            if each.serves(nodes):
                return each
        program = Writer(nodes).written()
        alike = [each.work for each in self.ready if each.program.text == program.text]  # only the ranges of its numbers differ
        work = alike[0] if alike else self.machine.compiled(program.text)
        self.ready.append(Ready(program, nodes.keys, nodes.layout, work))
        return self.ready[-1]


class Compiled:
    """The programmes of a chain in a month, ready for any part of families that are like those of a layout.

    Refuses a month before the first value of a parameter, and a rule that could pass 64 bits.
    """

    def __init__(
        self,
        compiler: Compiler,
        chain: Mapping[str, Programme],
        layout: Layout,
        month: Month,
        parameters: Parameters,
        known_on: date | None = None,
        *,
        publishes: bool = True,
        with_findings: bool = False,
        with_columns: bool = True,
        declined: Collection[str] = (),
    ) -> None:
        self.month, self.known_on = month, known_on
        self.programmes = {address: programme for address, programme in chain.items() if address not in declined}
        plans = {address: each.rules.plan(month, parameters, known_on) for address, each in self.programmes.items()}
        self.findings = {
            address: asked_of(self.programmes[address], plan, with_findings=with_findings)[1] for address, plan in plans.items()
        }

        def made() -> Nodes:
            nodes = Nodes(layout, with_columns)
            for address, programme in chain.items():
                if address in declined:
                    nodes.decline(programme)
                else:
                    nodes.add(programme, plans[address], with_findings=with_findings, publishes=publishes)
            return nodes

        wordings = tuple((id(plan.rules), plan.rules.wording(month), frozenset(plan.given)) for plan in plans.values())
        nodes = compiler.nodes(
            (wordings, *chain, *declined, publishes, with_findings, with_columns), layout, plans.values(), made
        )
        self.nodes = nodes
        self.ready = compiler.for_nodes(nodes)
        self.numbers = np.array([int(each) for each in nodes.numbers], dtype=np.int64)

    def decided(self, batch: Batch) -> dict[str, Assessed]:
        """What each programme says of some families, but for what is missing of whom."""
        made = self.ready.worked(batch, self.numbers)
        return {address: self._assessed(address, programme, made) for address, programme in self.programmes.items()}

    def _assessed(self, address: str, programme: Programme, made: Columns) -> Assessed:
        outcome = made[address, ""]
        nothing: Column = np.broadcast_to(np.int8(0), len(outcome))
        kept = (*programme.columns, *programme.publishes.values()) if self.nodes.with_columns else ()
        return Assessed(
            programme,
            self.month,
            self.known_on,
            outcome,
            made[address, programme.amount] if programme.amount else nothing,
            made[address, programme.route] if programme.route else nothing,
            {name: made[address, name] for name in programme.values if name in kept},
            {name: made[address, lifted] for name, lifted in self.findings[address].items()},
            {},
        )


def _at(column: Column) -> int:
    address: int = column.__array_interface__["data"][0]
    return address


def _pointers(columns: list[Column]) -> ctypes.Array[ctypes.c_void_p]:
    return (ctypes.c_void_p * len(columns))(*(_at(each) for each in columns))
