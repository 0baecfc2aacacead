"""What the checker says: numbers as they were read, relations as they came out, findings as they are reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.vocabulary import KINDS, RULES, SEVERITIES, STATES, Kind, Role, Severity, State

__all__ = ["Checked", "Correction", "Finding", "Kind", "Number", "Place", "Relation", "Role", "Severity", "State"]


_RECKONED = (Kind.MEASURE, Kind.RATIO, Kind.STANDARD)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: characters `start` to `end` of a paragraph, or of a cell of a table."""

    block: int
    start: int
    end: int
    line: int
    row: int | None = None
    column: int | None = None


@dataclass(slots=True, eq=False)
class Number:
    """A number as it was read.

    `figure` is what is printed before the unit, `value` the same in the unit of its `dimension` (元 for every amount of money);
    `interval` is what it may stand for, by its digits and its hedge. `role`, `sign` and `base` say what it says of its subject:
    a level, a change up or down against some earlier time, a rate, a share. `read_as` is how it was read where its printed unit
    cannot be right.
    """

    key: str
    place: Place
    printed: str
    kind: Kind
    figure: Fraction | None = None
    value: Fraction | None = None
    interval: Interval = field(default_factory=lambda: Interval(None, None))
    quantum: Fraction = Fraction(0)
    unit: str = ""
    dimension: str = ""
    factor: Fraction = Fraction(1)
    per: str = ""
    hedge: str = ""
    subject: str = ""
    period: str = ""
    scope: str = ""
    role: Role = Role.LEVEL
    sign: int = 0
    base: str = ""
    projected: bool = False
    weak: bool = False
    before: str = ""
    after: str = ""
    start: int = 0
    end: int = 0
    sentence: int = 0
    group: int = 0
    segment: int = 0
    corrected: bool = False
    read_as: str = ""

    @property
    def measured(self) -> bool:
        """Whether it may be reckoned with."""
        return self.value is not None and self.kind in _RECKONED

    @property
    def exact(self) -> bool:
        return not self.hedge and self.interval.low is not None and self.interval.low == self.interval.high

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "line": self.place.line,
            "printed": self.printed,
            "kind": self.kind.value,
            "value": None if self.value is None else float(self.value),
            "low": None if self.interval.low is None else float(self.interval.low),
            "high": None if self.interval.high is None else float(self.interval.high),
            "figure": None if self.figure is None else decimal(self.figure),
            "unit": self.unit,
            "per": self.per,
            "hedge": self.hedge,
            "read_as": self.read_as,
            "subject": self.subject,
            "period": self.period,
            "scope": self.scope,
            "role": self.role.value,
        }


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that was tried: between which numbers, and how it came out."""

    rule: str
    numbers: tuple[str, ...]
    state: State
    arithmetic: str

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "numbers": list(self.numbers), "state": self.state.value, "arithmetic": self.arithmetic}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be looked at; `places` begins with the number that was judged, `numbers` are the readings it rests on."""

    rule: str
    severity: Severity
    rounding: bool
    places: tuple[Place, ...]
    quotation: str
    arithmetic: str
    proposal: str
    numbers: tuple[str, ...]
    line: int
    meant: Fraction | None = None
    """What the judged number should be if the others are right, where that can be told."""

    @property
    def title(self) -> str:
        return RULES[self.rule]

    @property
    def severity_label(self) -> str:
        return SEVERITIES[self.severity]

    @property
    def is_only_rounding(self) -> bool:
        return self.severity is Severity.ASK and self.rounding

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "title": self.title,
            "severity": self.severity.value,
            "rounding": self.rounding,
            "line": self.line,
            "quote": self.quotation,
            "arithmetic": self.arithmetic,
            "proposal": self.proposal,
            "numbers": list(self.numbers),
        }


@dataclass(frozen=True, slots=True)
class Correction:
    """How a reader puts a reading right: another figure, unit or subject; or that the number measures nothing."""

    key: str
    figure: str | None = None
    unit: str | None = None
    subject: str | None = None
    measure: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """All that was read, tried and found; `off` are the rules that were switched off, each with its reason."""

    name: str
    numbers: tuple[Number, ...]
    relations: tuple[Relation, ...]
    findings: tuple[Finding, ...]
    off: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing needs a look: at most sums that close only by rounding."""
        return all(finding.is_only_rounding for finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "clean": self.is_clean,
            "findings": [finding.as_json() for finding in self.findings],
            "numbers": [number.as_json() for number in self.numbers],
            "relations": [relation.as_json() for relation in self.relations],
            "off": dict(self.off),
            "notes": list(self.notes),
            "labels": {"kinds": {k.value: v for k, v in KINDS.items()}, "states": {k.value: v for k, v in STATES.items()}},
        }


def decimal(value: Fraction, places: int = 6) -> str:
    """The number in decimal digits, at most so many behind the point, without zeros at the end."""
    scaled = round(abs(value) * 10**places)
    whole, rest = divmod(scaled, 10**places)
    digits = f"{rest:0{places}d}".rstrip("0") if places else ""
    sign = "-" if value < 0 and scaled else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"
