"""The rules of one programme, wired by names and checked before anything runs.

Order, circles, unknown names, parameters nobody uses and the reach of a change are known from the signatures alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from graphlib import CycleError, TopologicalSorter
from string import Formatter
from types import ModuleType

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.facts import Codes, Fact, Undetermined
from anmin.ground.policy.parameters import Entry, Parameter, Parameters, Scalar
from anmin.ground.policy.rules import Aggregate, Rule, any_of
from anmin.ground.policy.symbols import SYMBOLS, Symbol
from anmin.ground.policy.vocabulary import ENTITIES, LOGIC

LEVELS: tuple[str, ...] = tuple(ENTITIES)
FIRST_DAY, LAST_DAY = "first_day", "last_day"
DAYS = {FIRST_DAY: "当月首日", LAST_DAY: "当月末日"}
"""What a rule may ask about the month itself, as whole numbers: 20240701."""
LIFTED = "__somewhere"


class UnfitRuleSetError(ValueError):
    """The rules do not fit together: a mistake of whoever wrote them, found before any household is assessed."""


@dataclass(frozen=True)
class Given:
    """The value of a parameter in the month of a run, and the row it comes from."""

    name: str
    value: int
    entry: Entry
    key: str | None


@dataclass(frozen=True)
class Plan:
    """The rules of one month in the order in which they run, with the parameters of that month."""

    rules: "RuleSet"
    month: Month
    known_on: date | None
    order: tuple[Rule, ...]
    given: Mapping[str, Given]
    constants: Mapping[str, int]

    def inputs(self, rule: Rule) -> tuple[str, ...]:
        """The names a rule needs in this month."""
        return rule.inputs_for(self.month)

    def reduced_to(self, wanted: Collection[str]) -> "Plan":
        """Only what the wanted values need."""
        needed = self.rules.needed_for(wanted, self.month)
        return replace(self, order=tuple(each for each in self.order if each.name in needed))


class RuleSet:
    """Facts, rules and parameters of one programme under one dotted address.

    ``includes`` are other programmes of the room whose rules are among the modules: their parameters join under their short
    names. ``borrows`` are single parameters of any programme, under a name of this one's own; a row of a table is written
    ``assistance.dibao.extra_rates.minor``.
    """

    def __init__(
        self,
        address: str,
        *,
        label: str,
        facts: Iterable[Fact],
        modules: Sequence[ModuleType],
        codes: Mapping[str, Codes] | None = None,
        outputs: Collection[str],
        includes: Sequence[str] = (),
        borrows: Mapping[str, str] | None = None,
    ) -> None:
        self.address = address
        self.label = label
        self.modules = tuple(modules)
        self.includes = tuple(includes)
        self.borrows = dict(borrows or {})
        self.facts = {fact.name: fact for fact in facts}
        self.codes = dict(codes or {})
        self.outputs = frozenset(outputs)
        self.rules: dict[str, Rule] = {}
        for module in modules:
            for name, found in vars(module).items():
                if isinstance(found, Rule) and found.name in {"", name}:
                    self._add(name, found)
        for made in list(self.rules.values()):
            self._settle(made)
        self._sinces = sorted({version.since for each in self.rules.values() for version in each.versions})
        self._orders: dict[tuple[Month, frozenset[str]], tuple[Rule, ...]] = {}
        self.findings = tuple(each for each in self.rules.values() if each.finding is not None)
        for each in self.findings:
            for name in said(each):
                if LEVELS.index(self.entity_of(name)) > LEVELS.index(each.entity):
                    raise UnfitRuleSetError(f"{self.address}: the sentence of {each.name} names {name} of an inner level")
            self._lift(each)

    def _add(self, name: str, found: Rule) -> None:
        found.name = name
        if self.rules.get(name, found) is not found:
            raise UnfitRuleSetError(f"{self.address}: two rules are called {name}")
        if name in self.facts or name in DAYS:
            raise UnfitRuleSetError(f"{self.address}: {name} is both a fact and a rule")
        self.rules[name] = found

    def _settle(self, made: Rule) -> None:
        """An aggregate learns its level: the one around what it is an aggregate of."""
        if made.entity:
            return
        assert made.aggregate is not None
        inner = made.aggregate.of
        if inner in self.rules:
            self._settle(self.rules[inner])
        level = LEVELS.index(self.entity_of(inner))
        if level < LEVELS.index("person"):
            raise UnfitRuleSetError(
                f"{self.address}: {made.name} is an aggregate of {inner}, which has no level inside a household"
            )
        made.entity = LEVELS[level - 1]

    def _lift(self, found: Rule) -> None:
        """A finding about a member or a supporter is also one about their household."""
        name, entity = found.name, found.entity
        while LEVELS.index(entity) > LEVELS.index("household"):
            lifted = any_of(name, source=found.source, label=found.label)
            self._add(name + LIFTED, lifted)
            self._settle(lifted)
            name, entity = name + LIFTED, lifted.entity

    def household_name(self, found: Rule) -> str:
        """The name under which a finding is known for the household as a whole."""
        return found.name + LIFTED * (LEVELS.index(found.entity) - LEVELS.index("household"))

    def entity_of(self, name: str) -> str:
        """The level a name stands on; parameters stand on the month."""
        if name in self.rules:
            return self.rules[name].entity
        fact = self.facts.get(name) or self.facts.get(name.removesuffix("_known"))
        return fact.entity if fact else "month"

    def label_of(self, name: str, given: Mapping[str, Given]) -> str:
        """The Chinese label of any name a rule may use."""
        if name in self.rules:
            return self.rules[name].label
        if name in self.facts:
            return self.facts[name].label
        if name in DAYS:
            return DAYS[name]
        if name in given:
            row = given[name]
            return row.entry.label + (f"·{row.entry.rows[row.key]}" if row.key else "")
        return f"“{self.facts[name.removesuffix('_known')].label}”有记录"

    # ── checks, and the plan of a month ──────────────────────────────────────────────────────────────────────────────

    def plan(self, month: Month, parameters: Parameters, known_on: date | None = None) -> Plan:
        """The rules of a month in order, with the parameters in force on its first day.

        Refuses: a month before the first value of a parameter, in a Chinese sentence; rules that do not fit together.
        """
        given = self._given(month, parameters, known_on)
        order = self._order_of(month, given)
        constants = {name: each.value for name, each in given.items()}
        for name, day in ((FIRST_DAY, month.first_day), (LAST_DAY, month.last_day)):
            constants[name] = day.year * 10_000 + day.month * 100 + day.day
        return Plan(self, month, known_on, order, given, constants)

    def _given(self, month: Month, parameters: Parameters, known_on: date | None) -> dict[str, Given]:
        made: dict[str, Given] = {}
        for address in (self.address, *self.includes):
            for parameter in parameters.under(address).values():
                if parameter.purpose != "amount":
                    continue
                entry = parameter.entry(on=month.first_day, known_on=known_on)
                short = parameter.address.removeprefix(address + ".")
                for name, key, value in _named(short, entry):
                    if name in made:
                        raise UnfitRuleSetError(f"{self.address}: two programmes bring a parameter called {name}")
                    made[name] = Given(name, self._encoded(short, parameter, value), entry, key)
        for name, address in self.borrows.items():
            parameter, key = _borrowed(parameters, address)
            entry = parameter.entry(on=month.first_day, known_on=known_on)
            single = entry.value[key] if key is not None and isinstance(entry.value, Mapping) else entry.value
            assert not isinstance(single, Mapping)  # a whole table has no single value; the address names its row
            made[name] = Given(name, self._encoded(name, parameter, single), entry, key)
        return made

    def _encoded(self, short: str, parameter: Parameter, value: Scalar) -> int:
        if isinstance(value, int):
            return value
        codes = self.codes.get(short)
        if codes is None or value not in codes:
            raise BadValue(f"“{parameter.label}”的取值“{value}”不在代码表中，请检查 {parameter.source_file or short}。")
        return codes[value]

    def wording(self, month: Month) -> Month:
        """Since which month the rules have stood as they stand in this one."""
        return max((since for since in self._sinces if since <= month), default=month)

    def _order_of(self, month: Month, given: Mapping[str, Given]) -> tuple[Rule, ...]:
        """The rules in order; the same as long as no wording changes and no parameter comes or goes."""
        key = self.wording(month), frozenset(given)
        if key not in self._orders:
            self._orders[key] = self._order(month, given)
        return self._orders[key]

    def _order(self, month: Month, given: Mapping[str, Given]) -> tuple[Rule, ...]:
        graph: dict[str, tuple[str, ...]] = {}
        for made in self.rules.values():
            inputs = made.inputs_for(month)
            if made.aggregate is None and made.version_for(month) is None:
                continue  # not yet law in this month; whoever needs it is found below
            for name in inputs:
                self._check_input(made, name, month, given)
            graph[made.name] = tuple(each for each in inputs if each in self.rules)
        try:
            names = list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            raise UnfitRuleSetError(f"{self.address}: rules in a circle: {' -> '.join(error.args[1])}") from error
        return tuple(self.rules[name] for name in names)

    def _check_input(self, made: Rule, name: str, month: Month, given: Mapping[str, Given]) -> None:
        if name in given and (name in self.rules or name in self.facts):
            raise UnfitRuleSetError(f"{self.address}: {name} is both a parameter and a rule or a fact")
        known = name in given or name in self.facts or name in DAYS or name.removesuffix("_known") in self.facts
        if name in self.rules:
            known = self.rules[name].aggregate is not None or self.rules[name].version_for(month) is not None
        if not known:
            raise UnfitRuleSetError(f"{self.address}: rule {made.name} needs {name}, which is nothing in {month}")
        inner = LEVELS.index(self.entity_of(name)) - LEVELS.index(made.entity)
        if inner > (1 if made.aggregate else 0):
            raise UnfitRuleSetError(f"{self.address}: rule {made.name} needs {name} of an inner level: use an aggregate")

    def needed_for(self, wanted: Collection[str], month: Month) -> frozenset[str]:
        """The names of all rules that the wanted values rest on, themselves included."""
        needed: set[str] = set()
        left = [name for name in wanted if name in self.rules]
        while left:
            name = left.pop()
            if name in needed:
                continue
            needed.add(name)
            for each in self.rules[name].inputs_for(month):
                if each in self.rules:
                    left.append(each)
                elif (fact := self.facts.get(each)) and isinstance(fact.missing, Undetermined) and fact.missing.when:
                    left.append(fact.missing.when)
        return frozenset(needed)

    def reached_by(self, name: str, month: Month) -> frozenset[str]:
        """The rules that a change of this fact, parameter or rule reaches."""
        reached: set[str] = {name}
        before = 0
        while before != len(reached):
            before = len(reached)
            reached |= {each.name for each in self.rules.values() if reached & set(each.inputs_for(month))}
        return frozenset(reached - {name})

    def unused(self, month: Month, parameters: Parameters) -> frozenset[str]:
        """Facts, rules and own or borrowed parameters that reach no output in a month; a test keeps it empty."""
        plan = self.plan(month, parameters)
        findings = {self.household_name(each) for each in self.findings}
        gates = {f.missing.when for f in self.facts.values() if isinstance(f.missing, Undetermined) and f.missing.when}
        needed = self.needed_for(self.outputs | findings | gates, month)
        used = {name for each in needed for name in self.rules[each].inputs_for(month)}
        used |= {name.removesuffix("_known") for name in used}
        used |= {name for each in self.findings for name in said(each)}
        needed |= self.needed_for(used, month)
        own = {name for name, given in plan.given.items() if given.entry.address.startswith(self.address + ".")}
        return frozenset((own | set(self.borrows) | set(self.facts)) - used | (set(self.rules) - needed))

    # ── a formula in words ───────────────────────────────────────────────────────────────────────────────────────────

    def formula(self, made: Rule, plan: Plan, values: Mapping[str, Symbol] | None = None) -> Symbol:
        """What the rule says, in Chinese words: its body run on symbols (the labels of its inputs, or the given ones)."""
        symbols = {name: self.symbol(name, plan) for name in plan.inputs(made)} | dict(values or {})
        if made.aggregate is not None:
            return Symbol(aggregate_text(made.aggregate, symbols), truth=made.unit == "truth")
        version = made.version_for(plan.month)
        assert version is not None  # the plan holds only what is in force
        found = version.body(SYMBOLS, *(symbols[name] for name in version.inputs))
        return found if isinstance(found, Symbol) else Symbol(str(found))

    def symbol(self, name: str, plan: Plan) -> Symbol:
        """The label of a name as a symbol."""
        return Symbol(self.label_of(name, plan.given), truth=self.is_truth(name))

    def is_truth(self, name: str) -> bool:
        """Whether a name stands for a yes or no instead of a number."""
        return name.endswith("_known") or (name in self.rules and self.rules[name].unit == "truth")


def _named(short: str, entry: Entry) -> Iterable[tuple[str, str | None, Scalar]]:
    short = short.replace(".", "_")
    if isinstance(entry.value, Mapping):
        return [(f"{short}_{key}", key, value) for key, value in entry.value.items()]
    return [(short, None, entry.value)]


def _borrowed(parameters: Parameters, address: str) -> tuple[Parameter, str | None]:
    """The parameter of an address, or the table and the row where it names one."""
    if address in parameters:
        return parameters[address], None
    table, _, key = address.rpartition(".")
    return parameters[table], key


def said(found: Rule) -> tuple[str, ...]:
    """The names of the values a finding's sentence is filled with."""
    assert found.finding is not None
    return tuple(name for _, name, _, _ in Formatter().parse(found.finding.text) if name and name != "who")


def aggregate_text(aggregate: Aggregate, symbols: Mapping[str, Symbol]) -> str:
    """An aggregate in words: 各人“个人计入收入”合计（限保障对象）."""
    of = symbols[aggregate.of].text
    where = f"（限{symbols[aggregate.where].text}）" if aggregate.where else ""
    return f"各人“{of}”{LOGIC[aggregate.how]}{where}"
