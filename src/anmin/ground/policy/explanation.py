"""One household, with every intermediate value: the same rules on plain numbers, and a record of each step.

A step is a record, not a text: which rule, of which article, gave which value for whom, from which inputs (each with the step or
the recorded fact it comes from) and which rows of parameters. Screens, letters and tests read the records; no sentence is ever
parsed. What rests on a fact that is missing and matters is ``None`` and shown as unknown, never a number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anmin.ground.policy.batch import Batch, run
from anmin.ground.policy.facts import MISSING, Means
from anmin.ground.policy.parameters import Entry
from anmin.ground.policy.rules import Rule
from anmin.ground.policy.ruleset import DAYS, LIFTED, Plan, said
from anmin.ground.policy.symbols import Symbol
from anmin.ground.policy.vocabulary import LOGIC, SEVERITIES
from anmin.ground.policy.worked import Worked

if TYPE_CHECKING:
    from anmin.ground.policy.nearest import Turn

FactIds = Callable[[str, int], str | int | None]
"""Gives the id of the recorded fact behind an input: its name, and the row of the member or supporter."""


@dataclass(frozen=True)
class Input:
    """One value a step rests on, and where it comes from: another step, a recorded fact, or a row of a parameter."""

    name: str
    label: str
    kind: str
    value: int | None
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
    value: int | None
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
    values: dict[str, list[int | None]] = field(default_factory=dict, repr=False)
    root: str = "amount@0"
    """The step that is the result: of the household, or of the person it is about."""
    turns: tuple["Turn", ...] = ()
    """The nearest thresholds: which change of one fact would turn the outcome."""

    def step(self, name: str, row: int = 0) -> Step:
        """The step of a rule for the household, or for its so-many-eth member or supporter."""
        return next(each for each in self.steps if each.id == f"{name}@{row}")

    def essential(self) -> tuple[Step, ...]:
        """The steps that made the result, for a page: what added to the amount, or what stood in the way of one."""
        by_id = {each.id: each for each in self.steps}
        granted = self.outcome == "eligible"
        left = [self.root] if granted else [each.step for each in self.findings if each.severity == "block"]
        kept: set[str] = set()
        while left:
            step = by_id[left.pop()]
            if step.id in kept:
                continue
            kept.add(step.id)
            for each in step.inputs:
                followed = by_id.get(str(each.reference)) if each.kind == "step" else None
                against = not granted and followed is not None and (followed.entity, followed.unit) == ("household", "truth")
                if followed is not None and (each.value is None or each.value or against):
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
            "turns": [each.as_dict() for each in self.turns],
        }


def _step_dict(step: Step) -> dict[str, Any]:
    return {
        **vars(step),
        "inputs": [vars(each) for each in step.inputs],
        "parameters": [{"address": each.address, "valid_from": each.valid_from.isoformat()} for each in step.parameters],
    }


@dataclass(frozen=True)
class Explained:
    """Everything the rules say of one household; the outcome in words is for the programme to put together."""

    values: dict[str, list[int | None]]
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    lacking: tuple[Lacking, ...]
    assumed: tuple[Assumed, ...]


def explain_values(
    batch: Batch,
    plan: Plan,
    who: Mapping[str, Sequence[str]],
    fact_ids: FactIds | None = None,
    *,
    member_by_member: bool = False,
) -> Explained:
    """Every value of one household with its records; refuses facts of more than one.

    While anything is lacking there are no findings; `member_by_member`, there are those that do not rest on it.
    """
    writer = _Writer(Worked(batch, plan, who), fact_ids or (lambda name, row: None))
    lacking = writer.lacking()
    steps = writer.steps()
    findings = () if lacking and not member_by_member else writer.findings()
    return Explained(writer.values(), steps, findings, lacking, writer.assumed())


class _Writer:
    """Turns worked values into records."""

    def __init__(self, worked: Worked, fact_ids: FactIds) -> None:
        self.worked = worked
        self.plan = worked.plan
        self.rules = worked.rules
        self.fact_ids = fact_ids
        self.formulas: dict[str, str] = {}
        self.unknown: set[tuple[str, int]] = set()

    def values(self) -> dict[str, list[int | None]]:
        """All values by name and row, unknown where they rest on what is lacking."""
        return {
            name: [None if (name, row) in self.unknown else int(cell) for row, cell in enumerate(cells)]
            for name, cells in self.worked.values.items()
        }

    def steps(self) -> tuple[Step, ...]:
        """A record for each rule and row, in the order in which they were worked."""
        made = []
        for each in self.plan.order:
            for row in range(self.worked.rows[each.entity]):
                if self._rests_on_unknown(each, row):
                    self.unknown.add((each.name, row))
                if LIFTED not in each.name:
                    made.append(self._step(each, row))
        return tuple(made)

    def _rests_on_unknown(self, made: Rule, row: int) -> bool:
        if not self.unknown:
            return False
        if made.aggregate is None:
            rows = [(name, self.worked.row(name, made.entity, row)) for name in self.plan.inputs(made)]
        else:
            # A member left out for certain leaves no doubt behind; one perhaps left out does.
            of, where = made.aggregate.of, made.aggregate.where
            inside = self.worked.inside(made, row)
            taken = {each for each, _ in self.worked.members(made, row)}
            rows = [(of, each) for each in taken] + [(where, each) for each in inside if where]
        return not self.unknown.isdisjoint(rows)

    def _step(self, made: Rule, row: int) -> Step:
        worked = self.worked
        value = worked.values[made.name][row]
        known = (made.name, row) not in self.unknown
        version = made.version_for(self.plan.month)
        if made.aggregate is None:
            inputs = tuple(self._input(name, made.entity, row) for name in self.plan.inputs(made))
            cells = [worked.value(each.name, made.entity, row) for each in inputs]
            symbols = {i.name: Symbol(i.shown, truth=isinstance(cell, bool)) for i, cell in zip(inputs, cells, strict=True)}
            working = self.rules.formula(made, self.plan, symbols).text
        else:
            members = worked.members(made, row)
            entity = self.rules.entity_of(made.aggregate.of)
            inputs = tuple(self._input(made.aggregate.of, entity, each) for each, _ in members)
            texts = [f"{worked.named(entity, each)} {i.shown}" for (each, _), i in zip(members, inputs, strict=True)]
            working = ("＋" if made.aggregate.how == "total" else "；").join(texts) or LOGIC["nobody"]
        given = [self.plan.given[i.name].entry for i in inputs if i.name in self.plan.given]
        return Step(
            id=f"{made.name}@{row}",
            address=f"{self.rules.address}.{made.name}",
            label=made.label,
            entity=made.entity,
            row=row,
            who=worked.named(made.entity, row),
            value=int(value) if known else None,
            shown=worked.shown(made.name, value) if known else LOGIC["unknown"],
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
        elif name in DAYS:
            kind, reference = "month", str(self.plan.month)
        else:
            kind, reference = "fact", self.fact_ids(name.removesuffix("_known"), own)
        label = self.rules.label_of(name, self.plan.given)
        if (name, own) in self.unknown:
            return Input(name, label, kind, None, LOGIC["unknown"], reference)
        return Input(name, label, kind, int(value), worked.shown(name, value), reference)

    def findings(self) -> tuple[Finding, ...]:
        made: list[Finding] = []
        for found in self.rules.findings:
            if found not in self.plan.order or found.finding is None:
                continue
            for row, holds in enumerate(self.worked.values[found.name]):
                if holds and (found.name, row) not in self.unknown:
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
        """What is missing or impossible and matters, by the same gate as the batch: it is asked, not repeated."""
        result = run(self.worked.batch, self.plan, [each.name for each in self.plan.order])
        made = []
        for name, rows in result.lacking.items():
            fact = self.rules.facts[name]
            recorded = self.worked.recorded(fact)
            for row in rows.tolist():
                self.unknown.add((name, row))
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


def _distinct(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple({(each.address, each.valid_from): each for each in entries}.values())
