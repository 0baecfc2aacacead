"""One household worked on plain numbers: every value of every rule, and how an officer reads it.

The bodies are those of the batch; only the vocabulary differs. A row is a member of a level: the household is row 0 of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from anmin.base.money import format_yuan
from anmin.ground.policy.batch import INNER, Batch
from anmin.ground.policy.facts import MISSING, Codes, Fact
from anmin.ground.policy.operators import PLAIN
from anmin.ground.policy.parameters import is_money, shown_value
from anmin.ground.policy.rules import Rule
from anmin.ground.policy.ruleset import DAYS, LEVELS, Plan
from anmin.ground.policy.vocabulary import LOGIC


class Worked:
    """All values of one household, computed on plain numbers, and how to show them."""

    def __init__(self, batch: Batch, plan: Plan, who: Mapping[str, Sequence[str]]) -> None:
        if batch.households != 1:
            raise ValueError("an explanation is of one household")
        self.batch = batch
        self.plan = plan
        self.rules = plan.rules
        self.who = who
        bounds = batch.bounds(0, 1)
        self.rows = {"month": 1, **{entity: upper for entity, (_, upper) in bounds.items()}}
        self.around = {
            entity: [row for row in range(len(o) - 1) for _ in range(o[row + 1] - o[row])]
            for entity, o in ((each, batch.offsets[each].tolist()) for each in INNER)
        }
        self.values: dict[str, list[Any]] = {name: [value] for name, value in plan.constants.items()}
        for made in plan.order:
            self.values[made.name] = self._computed(made)

    def value(self, name: str, entity: str, row: int) -> Any:
        """The value of a name for a row of some level: of the group around it, if it stands further out."""
        return self._cells(name)[self.row(name, entity, row)]

    def row(self, name: str, entity: str, row: int) -> int:
        """The row, on the level of the name, that a row of an inner level belongs to."""
        own = LEVELS.index(self.rules.entity_of(name))
        for level in LEVELS[own + 1 : LEVELS.index(entity) + 1][::-1]:
            row = self.around[level][row] if level in INNER else 0
        return row

    def recorded(self, fact: Fact) -> list[int]:
        """What is recorded of a fact, missing as -1."""
        column = self.batch.columns.get(fact.entity, {}).get(fact.name)
        return [MISSING] * self.rows[fact.entity] if column is None else [int(each) for each in column]

    def shown(self, name: str, value: int) -> str:
        """A value as an officer reads it."""
        return shown(value, self.unit(name), self._codes(name))

    def unit(self, name: str) -> str:
        """The unit of any name."""
        if name in self.rules.rules:
            return self.rules.rules[name].unit
        if name in self.rules.facts:
            return self.rules.facts[name].unit
        if name in self.plan.given:
            return self.plan.given[name].entry.unit
        return "date" if name in DAYS else "truth"

    def named(self, entity: str, row: int) -> str:
        """Who a row is."""
        names = self.who.get(entity, ())
        if row < len(names):
            return names[row]
        return "本户" if entity in {"household", "month"} else f"{'成员' if entity == 'person' else '义务人'}{row + 1}"

    def _codes(self, name: str) -> Codes | None:
        if name in self.rules.facts:
            return self.rules.facts[name].codes
        if name in self.plan.given:
            address = self.plan.given[name].entry.address
            known = [p for p in (self.rules.address, *self.rules.includes) if address.startswith(p + ".")]
            return self.rules.codes.get(address.removeprefix(known[0] + ".") if known else name)
        return self.rules.codes.get(name)

    def _cells(self, name: str) -> list[Any]:
        if name not in self.values:
            self.values[name] = self._read(name)
        return self.values[name]

    def _read(self, name: str) -> list[Any]:
        fact = self.rules.facts.get(name)
        if fact is None:
            return [each != MISSING for each in self.recorded(self.rules.facts[name.removesuffix("_known")])]
        return [each if fact.least <= each <= fact.most else fact.placeholder for each in self.recorded(fact)]

    def _computed(self, made: Rule) -> list[Any]:
        rows = range(self.rows[made.entity])
        if made.aggregate is None:
            version = made.version_for(self.plan.month)
            assert version is not None  # the plan holds only what is in force
            return [version.body(PLAIN, *(self.value(n, made.entity, row) for n in version.inputs)) for row in rows]
        return [self._aggregated(made, [value for _, value in self.members(made, row)]) for row in rows]

    def _aggregated(self, made: Rule, values: list[Any]) -> Any:
        assert made.aggregate is not None
        if made.aggregate.how == "any":
            return any(values)
        return max(values, default=0) if made.aggregate.how == "maximum" else sum(values)

    def inside(self, made: Rule, row: int) -> list[int]:
        """The rows of the inner level that belong to one group."""
        assert made.aggregate is not None
        entity = self.rules.entity_of(made.aggregate.of)
        return [each for each in range(self.rows[entity]) if self.around[entity][each] == row]

    def members(self, made: Rule, row: int) -> list[tuple[int, Any]]:
        """The rows and values an aggregate takes together for one group."""
        assert made.aggregate is not None
        of, where = made.aggregate.of, made.aggregate.where
        entity = self.rules.entity_of(of)
        return [
            (each, self.value(of, entity, each))
            for each in self.inside(made, row)
            if where is None or self.value(where, entity, each)
        ]


def shown(value: int, unit: str, codes: Codes | None = None) -> str:
    """A value as an officer reads it: yuan with two decimals, yes or no, a date in words, a code by its label."""
    if codes is not None:
        return codes.label(value)
    if unit == "truth":
        return LOGIC["yes"] if value else LOGIC["no"]
    if unit == "date":
        return f"{value // 10_000}年{value // 100 % 100}月{value % 100}日"
    if is_money(unit):
        return f"{format_yuan(value)}元"
    return shown_value(value, unit)
