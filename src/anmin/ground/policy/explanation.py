"""One household, with every intermediate value: the same rules on plain numbers, and a record of each step.

A step is a record, not a text: which rule, of which article, gave which value for whom, from which inputs (each with the step or
the recorded fact it comes from) and which rows of parameters. Screens, letters and tests read the records; no sentence is ever
parsed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anmin.base.money import format_yuan
from anmin.ground.policy.batch import INNER, Batch, run
from anmin.ground.policy.facts import MISSING, Codes, Fact, Means
from anmin.ground.policy.operators import PLAIN
from anmin.ground.policy.parameters import Entry, is_money, shown_value
from anmin.ground.policy.rules import Rule
from anmin.ground.policy.ruleset import FIRST_DAY, LEVELS, LIFTED, Plan, said
from anmin.ground.policy.symbols import Symbol
from anmin.ground.policy.vocabulary import LOGIC, SEVERITIES

FactIds = Callable[[str, int], str | int | None]
"""Gives the id of the recorded fact behind an input: its name, and the row of the member or supporter."""


@dataclass(frozen=True)
class Input:
    """One value a step rests on, and where it comes from: another step, a recorded fact, or a row of a parameter."""

    name: str
    label: str
    kind: str
    value: int
    shown: str
    reference: str | int | None


@dataclass(frozen=True)
class Step:
    """One rule, worked for one household, member or supporter."""

    id: str
    address: str
    label: str
    entity: str
    row: int
    who: str
    value: int
    shown: str
    unit: str
    source: str
    since: str
    formula: str
    working: str
    inputs: tuple[Input, ...]
    parameters: tuple[Entry, ...]


@dataclass(frozen=True)
class Finding:
    """A sentence that can be read to the person, with its weight and its article."""

    code: str
    severity: str
    label: str
    sentence: str
    source: str
    step: str


@dataclass(frozen=True)
class Lacking:
    """A fact that is missing or impossible, without which nothing can be decided."""

    fact: str
    label: str
    who: str
    sentence: str
    source: str


@dataclass(frozen=True)
class Assumed:
    """A fact that was not recorded, and what its absence was taken to mean."""

    fact: str
    label: str
    who: str
    shown: str
    because: str
    source: str


@dataclass
class Explanation:
    """Why this household gets this amount in this month."""

    address: str
    label: str
    month: str
    known_on: str | None
    who: Mapping[str, Sequence[str]]
    outcome: str
    amount_fen: int | None
    route: str
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    lacking: tuple[Lacking, ...]
    assumed: tuple[Assumed, ...]
    parameters: tuple[Entry, ...]
    paragraph: str = ""
    values: dict[str, list[int]] = field(default_factory=dict, repr=False)

    def step(self, name: str, row: int = 0) -> Step:
        """The step of a rule for the household, or for its so-many-eth member or supporter."""
        return next(each for each in self.steps if each.id == f"{name}@{row}")

    def essential(self) -> tuple[Step, ...]:
        """The steps that made the result, for a page: what added to the amount, or what stood in the way of one."""
        by_id = {each.id: each for each in self.steps}
        granted = self.outcome == "eligible"
        left = ["amount@0"] if granted else [each.step for each in self.findings if each.severity == "block"]
        kept: set[str] = set()
        while left:
            step = by_id[left.pop()]
            if step.id in kept:
                continue
            kept.add(step.id)
            for each in step.inputs:
                followed = by_id.get(str(each.reference)) if each.kind == "step" else None
                against = not granted and followed is not None and (followed.entity, followed.unit) == ("household", "truth")
                if followed is not None and (each.value or against):
                    left.append(followed.id)
        return tuple(each for each in self.steps if each.id in kept)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON: what a decision stores and a page shows."""
        plain = {
            name: getattr(self, name) for name in ("address", "label", "month", "known_on", "outcome", "amount_fen", "route")
        }
        return {
            **plain,
            "who": {entity: list(names) for entity, names in self.who.items()},
            "steps": [_step_dict(each) for each in self.steps],
            "findings": [vars(each) for each in self.findings],
            "lacking": [vars(each) for each in self.lacking],
            "assumed": [vars(each) for each in self.assumed],
            "parameters": [each.as_dict() for each in self.parameters],
            "paragraph": self.paragraph,
        }


def _step_dict(step: Step) -> dict[str, Any]:
    return {
        **vars(step),
        "inputs": [vars(each) for each in step.inputs],
        "parameters": [{"address": each.address, "valid_from": each.valid_from.isoformat()} for each in step.parameters],
    }


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
        return "date" if name == FIRST_DAY else "truth"

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
            short = self.plan.given[name].entry.address.removeprefix(self.rules.address + ".")
            return self.rules.codes.get(short)
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

    def members(self, made: Rule, row: int) -> list[tuple[int, Any]]:
        """The rows and values an aggregate takes together for one group."""
        assert made.aggregate is not None
        of, where = made.aggregate.of, made.aggregate.where
        entity = self.rules.entity_of(of)
        inside = [each for each in range(self.rows[entity]) if self.around[entity][each] == row]
        return [(each, self.value(of, entity, each)) for each in inside if where is None or self.value(where, entity, each)]


def explain_values(
    batch: Batch, plan: Plan, who: Mapping[str, Sequence[str]], fact_ids: FactIds | None = None
) -> tuple[Worked, tuple[Step, ...], tuple[Finding, ...], tuple[Lacking, ...], tuple[Assumed, ...]]:
    """Everything the rules say of one household; the outcome in words is for the programme to put together."""
    worked = Worked(batch, plan, who)
    writer = _Writer(worked, fact_ids or (lambda name, row: None))
    steps = tuple(
        writer.step(made, row) for made in plan.order if LIFTED not in made.name for row in range(worked.rows[made.entity])
    )
    lacking = writer.lacking()
    findings = () if lacking else writer.findings()
    return worked, steps, findings, lacking, writer.assumed()


class _Writer:
    """Turns worked values into records."""

    def __init__(self, worked: Worked, fact_ids: FactIds) -> None:
        self.worked = worked
        self.plan = worked.plan
        self.rules = worked.rules
        self.fact_ids = fact_ids
        self.formulas: dict[str, str] = {}

    def step(self, made: Rule, row: int) -> Step:
        worked = self.worked
        value = worked.values[made.name][row]
        version = made.version_for(self.plan.month)
        if made.aggregate is None:
            inputs = tuple(self._input(name, made.entity, row) for name in self.plan.inputs(made))
            symbols = {i.name: Symbol(i.shown, truth=isinstance(worked.value(i.name, made.entity, row), bool)) for i in inputs}
            working = self.rules.formula(made, self.plan, symbols).text
        else:
            members = worked.members(made, row)
            entity = self.rules.entity_of(made.aggregate.of)
            inputs = tuple(self._input(made.aggregate.of, entity, each) for each, _ in members)
            texts = [f"{worked.named(entity, each)} {i.shown}" for (each, _), i in zip(members, inputs, strict=True)]
            working = ("＋" if made.aggregate.how == "total" else "；").join(texts) or "无"
        given = [self.plan.given[i.name].entry for i in inputs if i.name in self.plan.given]
        return Step(
            id=f"{made.name}@{row}",
            address=f"{self.rules.address}.{made.name}",
            label=made.label,
            entity=made.entity,
            row=row,
            who=worked.named(made.entity, row),
            value=int(value),
            shown=worked.shown(made.name, value),
            unit=made.unit,
            source=made.source_for(self.plan.month),
            since=str(version.since) if version else "",
            formula=self._formula(made),
            working=working,
            inputs=inputs,
            parameters=_distinct(given),
        )

    def _formula(self, made: Rule) -> str:
        if made.name not in self.formulas:
            self.formulas[made.name] = self.rules.formula(made, self.plan).text
        return self.formulas[made.name]

    def _input(self, name: str, entity: str, row: int) -> Input:
        worked = self.worked
        value = worked.value(name, entity, row)
        own = worked.row(name, entity, row)
        reference: str | int | None
        if name in self.rules.rules:
            kind, reference = "step", f"{name}@{own}"
        elif name in self.plan.given:
            kind, reference = "parameter", self.plan.given[name].entry.address
        elif name == FIRST_DAY:
            kind, reference = "month", str(self.plan.month)
        else:
            kind, reference = "fact", self.fact_ids(name.removesuffix("_known"), own)
        label = self.rules.label_of(name, self.plan.given)
        return Input(name, label, kind, int(value), worked.shown(name, value), reference)

    def findings(self) -> tuple[Finding, ...]:
        made: list[Finding] = []
        for found in self.rules.findings:
            if found not in self.plan.order or found.finding is None:
                continue
            for row, holds in enumerate(self.worked.values[found.name]):
                if holds:
                    text = self._sentence(found, row)
                    source = found.source_for(self.plan.month)
                    made.append(Finding(found.name, found.finding.severity, found.label, text, source, f"{found.name}@{row}"))
        order = list(SEVERITIES)
        return tuple(sorted(made, key=lambda each: -order.index(each.severity)))

    def _sentence(self, made: Rule, row: int) -> str:
        assert made.finding is not None
        texts = {name: self.worked.shown(name, self.worked.value(name, made.entity, row)) for name in said(made)}
        return made.finding.text.format(who=self.worked.named(made.entity, row), **texts)

    def lacking(self) -> tuple[Lacking, ...]:
        """The same gate as the batch: it is asked, not repeated."""
        result = run(self.worked.batch, self.plan, [each.name for each in self.plan.order])
        made = []
        for name, rows in result.lacking.items():
            fact = self.rules.facts[name]
            recorded = self.worked.recorded(fact)
            for row in rows.tolist():
                who = self.worked.named(fact.entity, row)
                sentence = f"{who}的“{fact.label}”尚未掌握，请补充。"
                if recorded[row] != MISSING:
                    sentence = f"{who}的“{fact.label}”（{recorded[row]}）超出合理范围，请更正。"
                made.append(Lacking(name, fact.label, who, sentence, fact.missing.source))
        return tuple(made)

    def assumed(self) -> tuple[Assumed, ...]:
        made = []
        for fact in self.rules.facts.values():
            if isinstance(fact.missing, Means):
                meaning = self.worked.shown(fact.name, fact.missing.value)
                for row, recorded in enumerate(self.worked.recorded(fact)):
                    if recorded == MISSING:
                        who = self.worked.named(fact.entity, row)
                        made.append(Assumed(fact.name, fact.label, who, meaning, fact.missing.because, fact.missing.source))
        return tuple(made)


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


def _distinct(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple({(each.address, each.valid_from): each for each in entries}.values())
