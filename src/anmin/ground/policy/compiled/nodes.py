"""All values of a chain in a month, each once: what it rests on, and how it is reckoned from that.

Values are alike when the same body is worked on the same facts and the same parameters, whatever programme asks. What rests on
parameters alone is worked beforehand and handed in, so that one program serves every month in which the wording is the same.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from anmin.ground.policy.assessing import OUTCOME, Programme, asked_of, spreads
from anmin.ground.policy.columns import INNER
from anmin.ground.policy.compiled.values import Value, Words
from anmin.ground.policy.facts import MISSING, Fact, Undetermined
from anmin.ground.policy.layouts import Layout, Seen
from anmin.ground.policy.operators import PLAIN
from anmin.ground.policy.rules import Version
from anmin.ground.policy.ruleset import LEVELS, Plan

Reference = str | int | bool
"""The name of a node or of a parameter (``#3``), or a number that is known beforehand."""


class At(Protocol):
    """The place where a node is reckoned: gives the values it needs."""

    o: Words

    def value(self, of: Reference) -> Value:
        """A value of this level, or of one around it."""

    def cell(self, name: str) -> Value:
        """A fact as it stands in its column."""

    def truth(self, given: Value | bool) -> Value:
        """A yes or no as a value, also where it is known beforehand."""

    def either_of(self, one: Value | bool, two: Value | bool) -> Value:
        """Whether one of two holds."""


@dataclass(frozen=True)
class Node:
    """One value: its level, the nodes it needs, and how it is reckoned: here, or from a group of an inner level."""

    level: str
    needs: tuple[str, ...]
    made: Callable[[At], Value] | None = None
    group: tuple[str, str, Reference, Reference | None] | None = None
    """How, of which level, of what, and for whom only."""
    rule: "Asked | None" = None


@dataclass(frozen=True)
class Asked:
    """A rule with what stands for its inputs."""

    version: Version
    inputs: tuple[Reference, ...]
    truths: tuple[bool, ...]


@dataclass(frozen=True)
class Parameter:
    """A number that is handed in: a value of the law, a day of the month, or what a rule makes of such."""

    of: object
    inputs: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class Given:
    """A row of the law."""

    address: str
    key: str | None


@dataclass
class Nodes:
    """Everything that a chain decides, as nodes."""

    layout: Layout
    with_columns: bool = True
    """Whether all columns are wanted that a programme keeps, or outcome, amount and route alone."""
    nodes: dict[str, Node] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    numbers: list[int | bool] = field(default_factory=list)
    """The parameters' values in the month."""
    out: dict[tuple[str, str], str] = field(default_factory=dict)
    """The nodes that are wanted, by the programme and the name of the value; its outcome under no name."""
    columns: dict[str, str] = field(default_factory=dict)
    """The facts that are read, and their level."""
    _names: dict[object, str] = field(default_factory=dict)
    _published: dict[str, Reference] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[object, ...]:
        """What everything is made of: equal keys, equal program, whatever the numbers."""
        return tuple(self._names)

    def with_numbers(self, plans: Iterable[Plan]) -> "Nodes":
        """The same for a month in which the wording is the same, with that month's numbers."""
        given: dict[object, int] = {}
        for plan in plans:
            for name, value in plan.constants.items():
                row = plan.given.get(name)
                given[name if row is None else Given(row.entry.address, row.key)] = value
        made = replace(self, numbers=[])
        for parameter in self.parameters.values():
            of = parameter.of
            made.numbers.append(of(PLAIN, *(made.number(each) for each in parameter.inputs)) if callable(of) else given[of])
        return made

    def node(self, key: object, make: Callable[[], Node]) -> str:
        """The name of a node, which is made where there is none of the same key."""
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"v{len(self._names)}"
            self.nodes[name] = make()
        return name

    def parameter(self, of: object, number: int | bool, inputs: tuple[Reference, ...] = ()) -> str:
        """The name of a number that is handed in."""
        key = ("parameter", of, inputs)
        if key not in self._names:
            name = self._names[key] = f"#{len(self.numbers)}"
            self.parameters[name] = Parameter(of, inputs)
            self.numbers.append(number)
        return self._names[key]

    def number(self, of: Reference) -> int | bool | None:
        """The number behind a reference that is known beforehand."""
        if isinstance(of, str):
            return self.numbers[int(of[1:])] if of.startswith("#") else None
        return of

    def level(self, of: Reference) -> str:
        """The level a reference stands on."""
        return self.nodes[of].level if isinstance(of, str) and of in self.nodes else "month"

    def needs(self, *inputs: Reference | None) -> tuple[str, ...]:
        """The nodes among some references."""
        return tuple(dict.fromkeys(each for each in inputs if isinstance(each, str) and each in self.nodes))

    def take(self, other: "Nodes", names: Collection[str]) -> None:
        """Some nodes of another month's are here under their names, with all parameters."""
        self._names = dict(other._names)
        self.parameters, self.numbers = dict(other.parameters), list(other.numbers)
        self.nodes |= {name: node for name, node in other.nodes.items() if name in names}

    # ── one programme after another ──────────────────────────────────────────────────────────────────────────────────

    def decline(self, programme: Programme) -> None:
        """Nobody is granted what a programme decides."""
        self._published |= dict.fromkeys(programme.publishes, 0)

    def add(self, programme: Programme, plan: Plan, *, with_findings: bool, publishes: bool) -> None:
        """What a programme decides is among the nodes, and stands for the facts of later programmes."""
        asked, _ = asked_of(programme, plan, with_findings=with_findings)
        plan = plan.reduced_to(asked)
        known: dict[str, Reference] = {}
        for name, value in plan.constants.items():
            given = plan.given.get(name)
            known[name] = self.parameter(name if given is None else Given(given.entry.address, given.key), value)
        facts: dict[str, Fact] = {}
        for each in plan.order:
            for name in plan.inputs(each):
                if name not in known:
                    fact = plan.rules.facts[name.removesuffix("_known")]
                    known[name] = self._fact(fact, name)
                    if name == fact.name:
                        facts[name] = fact
            known[each.name] = self._rule(each, plan, known)
        opened = self._gate(programme, plan, known, facts)
        self.out[programme.address, ""] = self._outcome(programme, known[programme.eligible], opened)
        for name in asked if self.with_columns else (programme.amount, programme.route):
            if name:
                self.out[programme.address, name] = self._decided(programme, plan, name, known, opened)
        if publishes:
            self._published |= {
                fact: self._decided(programme, plan, name, known, opened) for fact, name in programme.publishes.items()
            }

    def _rule(self, each: Any, plan: Plan, known: Mapping[str, Reference]) -> Reference:
        if each.aggregate is not None:
            how, of = each.aggregate.how, known[each.aggregate.of]
            where = None if each.aggregate.where is None else known[each.aggregate.where]
            inner = plan.rules.entity_of(each.aggregate.of)
            return self.group(each.entity, how, inner, of, where)
        version = each.version_for(plan.month)
        inputs = tuple(known[name] for name in version.inputs)
        numbers = [self.number(of) for of in inputs]
        if None not in numbers:
            return self.parameter(version.body, version.body(PLAIN, *numbers), inputs)

        def made(at: At) -> Value:
            found = version.body(at.o, *(at.value(of) for of in inputs))
            return found if isinstance(found, Value) else at.value(found)

        key = (each.entity, version.body, *((type(of), of) for of in inputs))
        asked = Asked(version, inputs, tuple(plan.rules.is_truth(name) for name in version.inputs))
        return self.node(key, lambda: Node(each.entity, self.needs(*inputs), made, rule=asked))

    def group(self, level: str, how: str, inner: str, of: Reference, where: Reference | None) -> str:
        """The name of a node that sums up, or the like, the members of each group."""
        key = (level, how, inner, type(of), of, where)
        return self.node(key, lambda: Node(level, self.needs(of, where), group=(how, inner, of, where)))

    def _fact(self, fact: Fact, name: str) -> Reference:
        """A fact without missing or impossible values, or whether it is recorded at all."""
        if fact.name in self._published:
            return self._published[fact.name] if name == fact.name else True
        seen = self.layout.facts.get(fact.name)
        if seen is None or seen.entity != fact.entity:
            return fact.placeholder if name == fact.name else False
        self.columns[fact.name] = fact.entity
        if name != fact.name:
            return self.node(("known", fact.name), lambda: Node(fact.entity, (), lambda at: at.cell(fact.name) != MISSING))
        key = ("fact", fact.name, fact.least, fact.most, fact.placeholder)
        return self.node(key, lambda: Node(fact.entity, (), lambda at: _gated(at, fact, seen)))

    # ── the gate ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def _gate(self, programme: Programme, plan: Plan, known: Mapping[str, Reference], facts: Mapping[str, Fact]) -> Reference:
        """The node that says of which units something is missing, as `assess` says it."""
        family: list[_Lack] = []
        own: list[_Lack] = []
        since = plan.rules.wording(plan.month)
        for name, fact in facts.items():
            if name in self._published:
                continue
            undetermined = isinstance(fact.missing, Undetermined)
            when = known[fact.missing.when] if isinstance(fact.missing, Undetermined) and fact.missing.when else True
            seen = self.layout.facts.get(name)
            seen = seen if seen is not None and seen.entity == fact.entity else None
            if not ((undetermined and (seen is None or seen.least <= MISSING)) or _can_be_impossible(fact, seen)):
                continue
            whole = programme.unit == "household" or fact.entity == "household"
            whole = whole or spreads(plan.rules, name, programme.values, since)
            (family if whole else own).append(_Lack(fact, seen, when))
        of_family = self._lacking(family, "household")
        return of_family if programme.unit == "household" else self._lacking(own, "person", of_family)

    def _lacking(self, lacks: Sequence["_Lack"], outermost: str, *more: Reference) -> Reference:
        """Whether something is missing of somebody in each group of the outermost level."""
        inner: Reference = False
        for level in reversed(LEVELS[LEVELS.index(outermost) :]):
            here = tuple(each for each in lacks if each.fact.entity == level)
            if inner is not False:
                inner = self.group(level, "any", LEVELS[LEVELS.index(level) + 1], inner, None)
            others = [inner, *(more if level == outermost else ())]
            others = [each for each in others if each is not False]
            if here or len(others) > 1:
                inner = self._any(level, here, others)
            elif others:
                inner = others[0]
        return inner

    def _any(self, level: str, lacks: Sequence["_Lack"], others: Sequence[Reference]) -> str:
        key = ("lacking", level, *((each.fact.name, each.fact.least, each.fact.most, each.when) for each in lacks), *others)

        def made(at: At) -> Value:
            found: Any = False
            for each in lacks:
                found = at.either_of(found, _lacks(at, each))
            for one in others:
                found = at.either_of(found, at.value(one))
            return at.truth(found)

        return self.node(key, lambda: Node(level, self.needs(*(each.when for each in lacks), *others), made))

    def _decided(self, programme: Programme, plan: Plan, name: str, known: Mapping[str, Reference], opened: Reference) -> str:
        """A value with 0 where nothing is decided."""
        entity, of = plan.rules.entity_of(name), known[name]
        level = entity if programme.unit == "household" and entity in INNER else programme.unit

        def made(at: At) -> Value:
            value, is_open = at.value(of), at.truth(at.value(opened))
            return at.o.is_not(is_open) & value if value.bits == 1 else at.o.either(is_open, 0, value)

        return self.node(("decided", level, of, opened), lambda: Node(level, self.needs(of, opened), made))

    def _outcome(self, programme: Programme, of: Reference, opened: Reference) -> str:
        def made(at: At) -> Value:
            return at.o.either(at.truth(at.value(opened)), OUTCOME["undetermined"], at.value(of))

        key = ("outcome", programme.unit, of, opened)
        return self.node(key, lambda: Node(programme.unit, self.needs(of, opened), made))


@dataclass(frozen=True)
class _Lack:
    """A fact that may be missing; ``seen`` is None where nobody has it."""

    fact: Fact
    seen: Seen | None
    when: Reference


def _gated(at: At, fact: Fact, seen: Seen) -> Value:
    """The cell with a placeholder for what is missing or impossible."""
    cell = at.cell(fact.name)
    wrong: Any = False
    if seen.least < fact.least:
        wrong = cell < fact.least
    if seen.most > fact.most:
        wrong = at.either_of(wrong, cell > fact.most)
    if wrong is False:
        return cell
    chosen = at.o.either(wrong, fact.placeholder, cell)
    least, most = max(cell.least, fact.least), min(cell.most, fact.most)
    return chosen.made(chosen.text, chosen.bits, min(least, fact.placeholder), max(most, fact.placeholder))


def _can_be_impossible(fact: Fact, seen: Seen | None) -> bool:
    return seen is not None and (seen.most > fact.most or seen.least < MISSING or seen.least < fact.least > 0)


def _lacks(at: At, lack: _Lack) -> Any:
    """Whether a fact is missing where it matters, or impossible."""
    fact, seen = lack.fact, lack.seen
    matters = at.value(lack.when)
    if seen is None:
        return matters
    cell = at.cell(fact.name)
    found: Any = False
    if isinstance(fact.missing, Undetermined) and seen.least <= MISSING:
        found = (cell == MISSING) & matters
    if seen.least < MISSING or seen.least < fact.least > 0:
        found = at.either_of(found, (cell < fact.least) & (cell != MISSING))
    if seen.most > fact.most:
        found = at.either_of(found, cell > fact.most)
    return found
