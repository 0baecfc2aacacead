"""Dated parameters: what each figure of the law was, from when, by which document, and since when that was known.

A value has two dates. ``valid_from`` says from when it is in force; ``published`` says from when anyone could know. A standard
published in August as of July is in force in July and unknown in July: ask with ``known_on`` to see what was known then.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from anmin.base.errors import BadValue
from anmin.base.money import format_yuan
from anmin.ground.policy.vocabulary import CONFIDENCE, ISSUERS, MONEY_PREFIX, NO_GRADE, UNITS

MATRIX = "exclusivity.yaml"
"""The file beside the programmes that says what may be held together."""

Scalar: TypeAlias = int | str
Value: TypeAlias = Scalar | Mapping[str, Scalar]


@dataclass(frozen=True)
class Document:
    """The paper a value rests on."""

    title: str
    number: str
    article: str = ""

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）{self.article}"


@dataclass(frozen=True)
class Entry:
    """One dated row of a parameter: the value, in force since when, by whom, on which paper, known since when."""

    address: str
    label: str
    unit: str
    value: Value
    valid_from: date
    issuer: str
    document: Document
    published: date
    confidence: str
    note: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)

    def shown(self, key: str | None = None) -> str:
        """The value as an officer reads it: ``820.00元/人·月``."""
        if isinstance(self.value, Mapping):
            if key is None:
                return "；".join(f"{self.rows.get(each, each)} {self.shown(each)}" for each in self.value)
            return shown_value(self.value[key], self.unit)
        return shown_value(self.value, self.unit)

    def as_dict(self) -> dict[str, object]:
        """The row as plain data for JSON."""
        return {
            "address": self.address,
            "label": self.label,
            "unit": self.unit,
            "value": dict(self.value) if isinstance(self.value, Mapping) else self.value,
            "shown": self.shown(),
            "valid_from": self.valid_from.isoformat(),
            "published": self.published.isoformat(),
            "issuer": ISSUERS[self.issuer],
            "document": str(self.document),
            "confidence": CONFIDENCE[self.confidence],
            "note": self.note,
        }


@dataclass(frozen=True)
class Parameter:
    """One figure of the law with all its dated rows, oldest first."""

    address: str
    label: str
    unit: str
    entries: tuple[Entry, ...]
    purpose: str = "amount"
    note: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    source_file: str = ""

    def entry(self, *, on: date, known_on: date | None = None) -> Entry:
        """The row in force on a day, as far as it was known on ``known_on``.

        Refuses: a day before the first row, in a sentence that names the parameter, the month and the first date.
        """
        known = [row for row in self.entries if known_on is None or row.published <= known_on]
        in_force = [row for row in known if row.valid_from <= on]
        if in_force:
            return in_force[-1]
        if known:
            first = known[0].valid_from
            raise BadValue(
                f"“{self.label}”从{_chinese(first)}起才有数值，无法用于{on.year}年{on.month}月。"
                f"请改选{first.year}年{first.month}月或以后的月份，或先补录更早的标准及其文件。"
            )
        assert known_on is not None  # without it every row is known, and a parameter has at least one
        raise BadValue(f"截至{_chinese(known_on)}，“{self.label}”还没有公布过任何数值，无法按当时的政策计算。")

    def value(self, *, on: date, known_on: date | None = None) -> Value:
        """The bare value in force on a day."""
        return self.entry(on=on, known_on=known_on).value


class Parameters(Mapping[str, Parameter]):
    """Every parameter by its dotted address, in the order of the addresses; never changed in place."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = dict(sorted(parameters.items()))

    @classmethod
    def load(cls, root: Path) -> "Parameters":
        """All parameters below ``root``; the path is the address. Folders named ``cases`` hold worked cases, not values.

        What may be held together is no parameter: that file has a reader of its own (``exclusivity``).

        Refuses: every fault a file can have, with file, line and field (see ``parameter_files``).
        """
        from anmin.ground.policy.parameter_files import read_parameter  # cycle: it makes what is defined here

        if not root.is_dir():
            raise BadValue(f"没有找到政策文件夹 {root}，请检查安装或设置。")
        files = sorted(
            each for each in root.rglob("*.yaml") if each != root / MATRIX and "cases" not in each.relative_to(root).parts
        )
        if not files:
            raise BadValue(f"政策文件夹 {root} 中没有任何参数文件，请检查安装或设置。")
        read = (read_parameter(each, root=root) for each in files)
        return cls({parameter.address: parameter for parameter in read})

    def __getitem__(self, address: str) -> Parameter:
        try:
            return self._parameters[address]
        except KeyError:
            raise BadValue(f"没有名为“{address}”的政策参数，请检查政策文件夹。") from None

    def __contains__(self, address: object) -> bool:
        return address in self._parameters

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def under(self, prefix: str) -> "Parameters":
        """The parameters of one programme: ``assistance.dibao``."""
        return Parameters({a: p for a, p in self._parameters.items() if a.startswith(prefix + ".")})

    def entry(self, address: str, *, on: date, known_on: date | None = None) -> Entry:
        """The whole row in force on a day."""
        return self[address].entry(on=on, known_on=known_on)

    def value(self, address: str, *, on: date, known_on: date | None = None) -> Value:
        """The bare value in force on a day."""
        return self[address].value(on=on, known_on=known_on)

    def number(self, address: str, *, on: date, known_on: date | None = None) -> int:
        """The value in force on a day, of a parameter that is one number (money in fen).

        Refuses: a table or a code, which is a mistake of the caller and therefore a ``TypeError``.
        """
        value = self.value(address, on=on, known_on=known_on)
        if not isinstance(value, int):
            raise TypeError(f"{address} is not a single number")
        return value

    def table(self, address: str, *, on: date, known_on: date | None = None) -> Mapping[str, Scalar]:
        """The rows in force on a day, of a parameter that is a small table.

        Refuses: a single value, which is a mistake of the caller and therefore a ``TypeError``.
        """
        value = self.value(address, on=on, known_on=known_on)
        if not isinstance(value, Mapping):
            raise TypeError(f"{address} is not a table")
        return value

    def changes(self, address: str) -> Sequence[date]:
        """The days from which a parameter has another value."""
        return tuple(row.valid_from for row in self[address].entries)

    def with_change(
        self,
        address: str,
        valid_from: date,
        value: Value,
        document: Document,
        published: date,
        *,
        issuer: str = "county",
        confidence: str = "assumed",
        note: str = "",
    ) -> "Parameters":
        """A copy in which the parameter has one more row (or another one on that day); money in fen.

        Refuses: an unknown parameter, and a table whose keys differ from those in force.
        """
        old = self[address]
        last = old.entries[-1].value
        if isinstance(last, Mapping) != isinstance(value, Mapping) or (
            isinstance(last, Mapping) and isinstance(value, Mapping) and set(last) != set(value)
        ):
            raise BadValue(f"“{old.label}”的新数值与原有分类不一致，请逐项填写。")
        row = Entry(address, old.label, old.unit, value, valid_from, issuer, document, published, confidence, note, old.rows)
        kept = [each for each in old.entries if each.valid_from != valid_from]
        rows = tuple(sorted([*kept, row], key=lambda each: each.valid_from))
        return Parameters({**self._parameters, address: replace(old, entries=rows)})


def is_money(unit: str) -> bool:
    """Whether values of the unit are amounts, held in fen."""
    return unit.startswith(MONEY_PREFIX)


def shown_value(value: Scalar, unit: str) -> str:
    """A value with its unit as an officer reads it."""
    if unit == "per_mille" and isinstance(value, int):
        whole, rest = divmod(value, 10)
        return f"{whole}.{rest}%" if rest else f"{whole}%"
    if is_money(unit) and isinstance(value, int):
        return f"{format_yuan(value)}{UNITS[unit]}"
    if unit == "grade" and value == 0:
        return NO_GRADE
    return f"{value}{UNITS[unit]}"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
