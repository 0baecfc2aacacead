"""How a rule is declared: a function whose parameter names are its inputs, with its article and its Chinese label.

    @rule("person", source="苏民规〔2020〕5号", label="就业成本抵扣")
    def employment_cost(o: Operators, wage_after_exemption: Number, employment_cost_limit: Number) -> Number:
        return o.least(wage_after_exemption, employment_cost_limit)

A name is that of a fact, of another rule, or of a parameter of the programme (``extra_rates_minor`` is the row ``minor`` of the
table ``extra_rates``). A new wording of the law is a new version under the same name, never a second rule:

    @employment_cost.version(since="2025-01", source="…")
    def _(o: Operators, …) -> Number: ...
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anmin.base.periods import Month
from anmin.ground.policy.operators import Truth
from anmin.ground.policy.vocabulary import ENTITIES, SEVERITIES, UNITS

Body = Callable[..., Any]
FIRST = "1949-10"


@dataclass(frozen=True)
class Version:
    """One wording of a rule: in force for benefit months from ``since`` on."""

    since: Month
    source: str
    body: Body
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Aggregate:
    """How the values of an inner level become one of the level around it."""

    how: str
    of: str
    where: str | None


@dataclass(frozen=True)
class Sentence:
    """What a finding says when it holds, with the names of values in braces."""

    severity: str
    text: str


@dataclass
class Rule:
    """A named value on one level, with its versions."""

    name: str
    entity: str
    label: str
    unit: str
    source: str
    versions: list[Version] = field(default_factory=list)
    aggregate: Aggregate | None = None
    finding: Sentence | None = None

    def version(self, *, since: str, source: str) -> Callable[[Body], "Rule"]:
        """The same rule by another wording of the law, from a benefit month on."""

        def add(body: Body) -> "Rule":
            self.versions.append(_version(body, since, source))
            self.versions.sort(key=lambda each: each.since)
            return self

        return add

    def version_for(self, month: Month) -> Version | None:
        """The wording in force in a month; none for an aggregate, or before the first."""
        for each in reversed(self.versions):
            if each.since <= month:
                return each
        return None

    def source_for(self, month: Month) -> str:
        """The article the value rests on in a month."""
        version = self.version_for(month)
        return version.source if version else self.source

    def inputs_for(self, month: Month) -> tuple[str, ...]:
        """The names of the values it needs in a month."""
        if self.aggregate is not None:
            return (self.aggregate.of, *([self.aggregate.where] if self.aggregate.where else []))
        version = self.version_for(month)
        return version.inputs if version else ()


def rule(entity: str, *, source: str, label: str, unit: str | None = None, since: str = FIRST) -> Callable[[Body], Rule]:
    """The function is a rule of that level from now on; its unit is yuan a month, or yes/no when it returns ``Truth``."""

    def make(body: Body) -> Rule:
        return _made(body, entity, source, label, unit, since)

    return make


def finding(entity: str, *, severity: str, source: str, label: str, sentence: str, since: str = FIRST) -> Callable[[Body], Rule]:
    """The function says for whom the sentence is to be said.

    ``{name}`` in the sentence is filled with the value of that name, ``{who}`` with the person it is about.
    """

    def make(body: Body) -> Rule:
        if severity not in SEVERITIES:
            raise ValueError(f"unknown severity {severity}")
        made = _made(body, entity, source, label, "truth", since)
        made.finding = Sentence(severity, sentence)
        return made

    return make


def total_of(of: str, *, source: str, label: str, unit: str = "CNY/month", where: str | None = None) -> Rule:
    """The sum over the members of each group, of those for whom ``where`` holds."""
    return _aggregate("total", of, where, source, label, unit)


def count_of(of: str, *, source: str, label: str, unit: str = "persons") -> Rule:
    """How many members of each group it holds for."""
    return _aggregate("count", of, None, source, label, unit)


def any_of(of: str, *, source: str, label: str, where: str | None = None) -> Rule:
    """Whether it holds for at least one member of the group, among those for whom ``where`` holds."""
    return _aggregate("any", of, where, source, label, "truth")


def maximum_of(of: str, *, source: str, label: str, unit: str = "CNY/month", where: str | None = None) -> Rule:
    """The largest value in each group, of those for whom ``where`` holds; 0 where there is none. Never of negative values."""
    return _aggregate("maximum", of, where, source, label, unit)


def _aggregate(how: str, of: str, where: str | None, source: str, label: str, unit: str) -> Rule:
    # The name comes from the variable it is bound to, the level from what it is an aggregate of: both when the set is made.
    return Rule("", "", label, unit, source, aggregate=Aggregate(how, of, where))


def _made(body: Body, entity: str, source: str, label: str, unit: str | None, since: str) -> Rule:
    if entity not in ENTITIES:
        raise ValueError(f"unknown level {entity}")
    if not source.strip() or not label.strip():
        raise ValueError(f"rule {body.__name__} has no article or no label")
    unit = unit or ("truth" if inspect.signature(body).return_annotation is Truth else "CNY/month")
    if unit not in UNITS:
        raise ValueError(f"unknown unit {unit}")
    return Rule(body.__name__, entity, label, unit, source, [_version(body, since, source)])


def _version(body: Body, since: str, source: str) -> Version:
    names = tuple(inspect.signature(body).parameters)
    if not names or names[0] != "o":
        raise ValueError(f"the first parameter of rule {body.__name__} is o")
    return Version(Month.parse(since), source, body, names[1:])
