"""The bound of the machine: all rules of the chain as one loop over households, written from the same functions.

    fused_source.py <file> <month>

Each body is run once on expressions instead of numbers; what several programmes reckon alike stands once (by the keys of
`Jointly`). The gate is the same, without the search for impossible values. Needs no more than what the house needs; the file that
comes out needs numba and lives in an environment of its own (``fused.py``).
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

sys.path[:0] = [str(Path(__file__).parent)]

from ours import CHAIN, PARAMETERS  # noqa: E402  # after the path

from anmin.base.periods import Month  # noqa: E402  # after the path
from anmin.ground.policy.assessing import _spreads, _wording  # noqa: E402  # after the path
from anmin.ground.policy.batch import Batch  # noqa: E402  # after the path
from anmin.ground.policy.chain import own_batch, published_by  # noqa: E402  # after the path
from anmin.ground.policy.facts import Undetermined  # noqa: E402  # after the path
from anmin.ground.policy.jointly import Jointly, Turn  # noqa: E402  # after the path
from anmin.ground.policy.operators import Operators  # noqa: E402  # after the path
from anmin.ground.policy.ruleset import LEVELS  # noqa: E402  # after the path

AT = {"household": "h", "person": "p", "supporter": "s"}


class Code:
    """An expression."""

    __hash__ = None  # type: ignore[assignment]  # equality makes an expression

    def __init__(self, text: str) -> None:
        self.text = text

    def _with(self, sign: str, other: object) -> "Code":
        return Code(f"({self.text} {sign} {text(other)})")

    def _under(self, sign: str, other: object) -> "Code":
        return Code(f"({text(other)} {sign} {self.text})")

    def __add__(self, other: object) -> "Code":
        return self._with("+", other)

    def __sub__(self, other: object) -> "Code":
        return self._with("-", other)

    def __mul__(self, other: object) -> "Code":
        return self._with("*", other)

    def __and__(self, other: object) -> "Code":
        return self._with("&", other)

    def __or__(self, other: object) -> "Code":
        return self._with("|", other)

    def __radd__(self, other: object) -> "Code":
        return self._under("+", other)

    def __rsub__(self, other: object) -> "Code":
        return self._under("-", other)

    def __rmul__(self, other: object) -> "Code":
        return self._under("*", other)

    def __rand__(self, other: object) -> "Code":
        return self._under("&", other)

    def __ror__(self, other: object) -> "Code":
        return self._under("|", other)

    def __lt__(self, other: object) -> "Code":
        return self._with("<", other)

    def __le__(self, other: object) -> "Code":
        return self._with("<=", other)

    def __gt__(self, other: object) -> "Code":
        return self._with(">", other)

    def __ge__(self, other: object) -> "Code":
        return self._with(">=", other)

    def __eq__(self, other: object) -> "Code":  # type: ignore[override]  # as columns do
        return self._with("==", other)

    def __ne__(self, other: object) -> "Code":  # type: ignore[override]  # as columns do
        return self._with("!=", other)


def text(value: object) -> str:
    """The expression of a value."""
    return value.text if isinstance(value, Code) else str(bool(value)) if isinstance(value, bool) else str(int(cast(int, value)))


class Codes:
    """The vocabulary over expressions."""

    def either(self, condition: object, then: object, otherwise: object) -> Code:
        return Code(f"({text(then)} if {text(condition)} else {text(otherwise)})")

    whichever = either

    def least(self, first: object, *others: object) -> Code:
        return Code(f"min({', '.join(text(each) for each in (first, *others))})")

    def greatest(self, first: object, *others: object) -> Code:
        return Code(f"max({', '.join(text(each) for each in (first, *others))})")

    def half_up(self, amount: object, rate: object, among: object = 1) -> Code:
        if isinstance(among, int):
            return Code(f"(({text(amount)} * {text(rate)} + 500) // 1000)")
        many = text(among)
        return Code(f"((2 * {text(amount)} * {text(rate)} + 1000 * {many}) // (2000 * {many}))")

    def shared(self, amount: object, among: object) -> Code:
        return Code(f"((2 * {text(amount)} + {text(among)}) // (2 * {text(among)}))")

    def round_up(self, amount: object, step: object) -> Code:
        return Code(f"(({text(amount)} + ({text(step)} - 1)) // {text(step)} * {text(step)})")

    def years(self, since: object, until: object) -> Code:
        return Code(f"(({text(until)} - {text(since)}) // 10000)")

    def is_not(self, condition: object) -> Code:
        return Code(f"(not {text(condition)})")

    def differ(self, first: object, second: object) -> Code:
        return Code(f"({text(first)} != {text(second)})")

    def one_of(self, code: object, *codes: object) -> Code:
        return Code("(" + " | ".join(f"({text(code)} == {text(each)})" for each in codes) + ")")


CODES = cast(Operators, Codes())


@dataclass
class Node:
    """One value: its level, what it needs, how it is written (`sum` of an inner level, or an expression)."""

    level: str
    needs: tuple[str, ...]
    written: Any
    group: tuple[str, str, str | None] | None = None


class Source:
    """All values of the chain in a month, each once."""

    def __init__(self, month: Month) -> None:
        names: dict[str, dict[str, np.ndarray]] = {level: {} for level in LEVELS[1:]}
        for name, fact in CHAIN.facts.items():
            if not any(name in programme.publishes for programme in CHAIN.values()) or name in (
                "holds_tekun",
                "holds_living",
                "holds_child_stipend",
            ):
                names[fact.entity][name] = np.zeros(1, dtype=np.int8)
        one = {"person": np.array([0, 1]), "supporter": np.array([0, 1])}
        self.month = month
        self.ready = Jointly(CHAIN, Batch(1, one, names), month, PARAMETERS, None, own=own_batch, granted=published_by)
        self.nodes: dict[str, Node] = {}
        self.columns: dict[str, str] = {}
        self.out: dict[str, str] = {}
        published: dict[str, str] = {}
        for turn in self.ready.turns.values():
            assert isinstance(turn, Turn)
            self._programme(turn, published)

    def _programme(self, turn: Turn, published: dict[str, str]) -> None:
        programme, plan = turn.programme, turn.prepared.plan
        rules, short = plan.rules, programme.address.rpartition(".")[2]
        known: dict[str, object] = dict(plan.constants)
        for each in plan.order:
            for name in plan.inputs(each):
                if name not in known:
                    known[name] = self._fact(rules.facts[name.removesuffix("_known")], name, published)
            node = f"v{turn.prepared.keys[each.name]}"
            if node not in self.nodes:
                self._rule(node, each, plan, known)
            known[each.name] = Code(node)
        opened = self._gate(turn, known, published, short)
        value = {name: text(known[name]) for name in programme.values}
        unit = programme.unit

        def masked(name: str) -> str:
            node = f"{short}_{name}"
            level = rules.entity_of(name) if unit == "household" else unit
            self.nodes[node] = Node(level, (value[name], opened), f"(0 if {opened} else {value[name]} * 1)")
            return node

        outcome = f"{short}_outcome"
        self.nodes[outcome] = Node(
            unit, (opened, value[programme.eligible]), f"(2 if {opened} else {value[programme.eligible]} * 1)"
        )
        self.out[outcome] = unit
        for name in (programme.route, programme.amount):
            if name:
                self.out[masked(name)] = unit
        published |= {fact: masked(name) for fact, name in programme.publishes.items()}

    def _rule(self, node: str, each: Any, plan: Any, known: dict[str, object]) -> None:
        if each.aggregate is not None:
            of = known[each.aggregate.of]
            where = None if each.aggregate.where is None else text(known[each.aggregate.where])
            inner = plan.rules.entity_of(each.aggregate.of)
            needs = tuple(name for name in (text(of), where) if name in self.nodes)
            self.nodes[node] = Node(each.entity, needs, inner, (each.aggregate.how, text(of), where))
            return
        version = each.version_for(plan.month)
        inputs = [known[name] for name in version.inputs]
        needs = tuple(found.text for found in inputs if isinstance(found, Code))
        self.nodes[node] = Node("household" if each.entity == "month" else each.entity, needs, text(version.body(CODES, *inputs)))

    def _fact(self, fact: Any, name: str, published: dict[str, str]) -> Code:
        if fact.name in published:
            return Code(published[fact.name])
        raw = f"c_{fact.name}[{AT[fact.entity]}]"
        self.columns[fact.name] = fact.entity
        node = f"k_{fact.name}" if name != fact.name else f"f_{fact.name}_{fact.placeholder}"
        written = f"({raw} != -1)" if name != fact.name else f"({raw} if {raw} >= {fact.least} else {fact.placeholder})"
        self.nodes.setdefault(node, Node(fact.entity, (), written))
        return Code(node)

    def _gate(self, turn: Turn, known: dict[str, object], published: dict[str, str], short: str) -> str:
        programme, rules = turn.programme, turn.prepared.plan.rules
        family: list[str] = []
        person: list[str] = []
        for name in turn.prepared.facts:
            fact = rules.facts[name]
            if not isinstance(fact.missing, Undetermined) or name in published:
                continue
            node, when = f"{short}_lacks_{name}", fact.missing.when
            needs = (text(known[when]),) if when else ()
            raw = f"(c_{name}[{AT[fact.entity]}] < {fact.least})"
            self.nodes[node] = Node(fact.entity, needs, f"({raw} & {needs[0]})" if needs else raw)
            spread = programme.unit == "household" or _spreads(rules, name, programme.values, _wording(rules, self.month))
            if fact.entity == "supporter":
                self.nodes[node + "_p"] = Node("person", (node,), "supporter", ("any", node, None))
                node += "_p"
            if spread and fact.entity != "household":
                family.append(node)
            else:
                (family if fact.entity == "household" else person).append(node)
        inner = [each for each in family if self.nodes[each].level == "person"]
        outer = [each for each in family if self.nodes[each].level == "household"]
        if inner:
            together = f"{short}_inner"
            self.nodes[together] = Node("person", tuple(inner), "(" + " | ".join(inner) + ")")
            self.nodes[together + "_h"] = Node("household", (together,), "person", ("any", together, None))
            outer.append(together + "_h")
        opened = f"{short}_open"
        every = tuple(outer + person)
        self.nodes[opened] = Node(programme.unit, every, "(" + " | ".join(every or ("False",)) + ")")
        return opened

    # ── one loop ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def written(self) -> str:
        """The function as text."""
        groups = self._grouped()
        group_of = {name: place for place, (_, names) in enumerate(groups) for name in names}
        beyond: set[str] = set()
        for name, node in self.nodes.items():
            for need in node.needs:
                if group_of[need] != group_of[name] or node.group is not None or self.nodes[need].level != node.level:
                    beyond.add(need)
        kept = {name for name in beyond if self.nodes[name].level != "household"}
        lines = [f"def work({', '.join(self.arguments())}):"]
        lines += [f"    m_{name} = np.zeros(64, np.int64)" for name in sorted(kept)]
        lines.append("    for h in range(len(at_person) - 1):")
        for level, names in groups:
            indent = "        "
            if level == "person":
                lines.append(indent + "for p in range(at_person[h], at_person[h + 1]):")
                indent += "    "
                lines.append(indent + "pk = p - at_person[h]")
            if level == "supporter":
                lines.append(indent + "for p in range(at_person[h], at_person[h + 1]):")
                lines.append(indent + "    pk = p - at_person[h]")
                lines.append(indent + "    for s in range(at_supporter[p], at_supporter[p + 1]):")
                indent += "        "
                lines.append(indent + "sk = s - at_supporter[at_person[h]]")
            own = set(names)
            for name in names:
                lines += self._lines(name, indent, own, kept)
        return "\n".join(["import numpy as np", "import numba", "", "@numba.njit(nogil=True)", *lines, ""])

    def arguments(self) -> list[str]:
        """The columns in and out."""
        return ["at_person", "at_supporter", *(f"c_{name}" for name in self.columns), *(f"o_{name}" for name in self.out)]

    def _lines(self, name: str, indent: str, own: set[str], kept: set[str]) -> list[str]:
        node = self.nodes[name]

        def of(need: str) -> str:
            level = self.nodes[need].level
            if level == "household" or (need in own and level == node.level):
                return need
            return f"m_{need}[{'pk' if level == 'person' else 'sk'}]"

        if node.group is not None:
            how, value, where = node.group
            inner = "p" if node.written == "person" else "s"
            index, bounds = (
                ("pk", "at_person[h], at_person[h + 1]") if inner == "p" else ("sk", "at_supporter[p], at_supporter[p + 1]")
            )
            first = "at_person[h]" if inner == "p" else "at_supporter[at_person[h]]"
            cell = f"m_{value}[{index}]" if value in self.nodes else value
            keep = "" if where is None else f"if m_{where}[{index}] != 0: " if where in self.nodes else f"if {where}: "
            change = {"any": f"{name} |= {cell} != 0", "maximum": f"{name} = max({name}, {cell})"}.get(how, f"{name} += {cell}")
            made = [
                f"{indent}{name} = {'False' if how == 'any' else '0'}",
                f"{indent}for {inner}_ in range({bounds}):",
                f"{indent}    {index} = {inner}_ - {first}",
                f"{indent}    {keep}{change}",
            ]
            if inner == "p":
                made.append(f"{indent}pk = 0")
        else:
            made = [f"{indent}{name} = {_renamed(node.written, {need: of(need) for need in node.needs})}"]
        if name in kept:
            made.append(f"{indent}m_{name}[{'pk' if node.level == 'person' else 'sk'}] = {name}")
        if name in self.out:
            made.append(f"{indent}o_{name}[{AT[node.level]}] = {name}")
        return made

    def _grouped(self) -> list[tuple[str, list[str]]]:
        """The values in an order that changes the level seldom; a group of an inner level comes before what is made of it."""
        left = dict(self.nodes)
        done: set[str] = set()
        groups: list[tuple[str, list[str]]] = []
        level, idle = "supporter", 0
        while left:
            names: list[str] = []
            more = True
            while more:
                more = False
                for name, node in list(left.items()):
                    ready = all(need in done or (need in names and node.group is None) for need in node.needs)
                    if node.level == level and ready:
                        names.append(name)
                        del left[name]
                        more = True
            idle = 0 if names else idle + 1
            if idle > len(LEVELS):
                raise ValueError(f"what do these need? {[(name, left[name].needs) for name in list(left)[:5]]}")
            if names:
                groups.append((level, names))
                done |= set(names)
            level = {"supporter": "person", "person": "household", "household": "supporter"}[level]
        return groups


def _renamed(written: str, names: dict[str, str]) -> str:
    import re

    return re.sub(r"\b[A-Za-z_]\w*\b(?!\[)", lambda found: names.get(found[0], found[0]), written)


def main(file: Path, month: Month) -> None:
    """The loop is in the file, with the names of its columns."""
    source = Source(month)
    made = source.written()
    made += f"\nCOLUMNS = {list(source.columns.items())!r}\nOUT = {list(source.out.items())!r}\n"
    file.write_text(made)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Month.parse(sys.argv[2]))
