"""What a rule of findings looks at, and what it makes: records found, what was declared, thresholds, findings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anmin.base.money import format_yuan
from anmin.ground.verification.vocabulary import Capacity, FindingKind

Value = int | str

ENDED = ("注销", "吊销", "报废", "转出", "灭失", "迁出", "失效", "作废", "撤销", "毕业", "退学")
"""Words of a state by which a record no longer stands."""


@dataclass(frozen=True)
class Limits:
    """The thresholds of a day, in fen and homes."""

    income: int
    assets: int
    homes: int
    apart: int
    """By how many thousandths two wages of one person must differ to contradict each other."""


@dataclass(frozen=True)
class Record:
    """A hit that is taken to be about the person: where it stands, and what was delivered, as of which day."""

    hit_id: int
    source: str
    as_of: date
    row: Mapping[str, Any]

    def text(self, name: str) -> str:
        """The text of a field; blank where it was not delivered."""
        return str(self.row.get(name) or "")

    def fen(self, name: str) -> int:
        """The sum of a field; 0 where it was not delivered."""
        return int(self.row.get(name) or 0)

    def day(self, name: str) -> date | None:
        """The day of a field."""
        return date.fromisoformat(self.row[name]) if self.row.get(name) else None

    @property
    def stands(self) -> bool:
        """Whether it was still so on the day of the data."""
        over = self.day("until_on") or self.day("valid_until")
        return not any(word in self.text("state") for word in ENDED) and (over is None or over >= self.as_of)


@dataclass(frozen=True)
class Declared:
    """What is known of one person asked about, and of the family around: facts in force, who lives together, homes found."""

    person_id: int
    household_id: int | None
    capacity: Capacity
    died_on: date | None
    facts: Mapping[str, Value]
    spouse_names: frozenset[str]
    family_names: frozenset[str]
    homes_declared: int
    homes_found: int
    supporter_income: int | None = None


@dataclass(frozen=True)
class Found:
    """A finding before it is kept; `fact` is kind, value and first day of what would be recorded."""

    kind: FindingKind
    hit_id: int
    declared: str
    found: str
    fact: tuple[str, Value, date] | None = None
    against_id: int | None = None


Judge = Callable[[Declared, Sequence[Record], Limits], Iterable[Found]]


def standing(records: Sequence[Record], *sources: str) -> list[Record]:
    """The records of these sources that were still so on the day of the data."""
    return [each for each in records if each.source in sources and each.stands]


def yuan(fen: int | None) -> str:
    """A sum in words; unknown is not zero."""
    return "未登记" if fen is None else f"{format_yuan(fen)}元"


def amount(declared: Declared, kind: str) -> int | None:
    """The declared sum or number; None where nothing is known."""
    value = declared.facts.get(kind)
    return value if isinstance(value, int) else None
