"""Where the families write what they tried; and the words in which numbers are said again."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from anmin.ground.reports.checking.findings import Finding, Number, Relation, decimal
from anmin.ground.reports.checking.numerals import subjects, units
from anmin.ground.reports.checking.numerals.normal import Normal
from anmin.ground.reports.checking.numerals.periods import Period
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.texts import Document
from anmin.ground.reports.checking.vocabulary import Severity, State

_QUOTE_AT_MOST = 160


@dataclass(slots=True, eq=False)
class ReadParagraph:
    """A paragraph as it was read."""

    block: int
    heading: bool
    normal: Normal
    sentences: list[Sentence]
    section: str = ""
    forecast: bool = False


@dataclass(slots=True)
class Reading:
    """A document as it was read: its paragraphs, and the period it is about where that is known."""

    document: Document
    paragraphs: list[ReadParagraph]
    period: Period | None = None
    cells: list[Number] = field(default_factory=list)
    part_of_year: str = ""
    """上半年 or 一季度 in a title that names no year."""

    @property
    def months(self) -> int:
        """How many months the report is about; 0 where it does not say."""
        if self.period:
            return self.period.months
        if of_months := re.findall(r"\d+", self.part_of_year):
            return int(of_months[-1]) if len(of_months) > 1 else 1
        return {"上半年": 6, "前三季度": 9}.get(self.part_of_year, 3 * bool(self.part_of_year))

    @property
    def days(self) -> list[int]:
        """How many days that may be: of half a year without its number 181 or 182."""
        if self.period:
            return [(self.period.last - self.period.first).days + 1]
        if of_months := [int(month) for month in re.findall(r"\d+", self.part_of_year)]:
            first = of_months[0] if len(of_months) > 1 else of_months[-1]
            return [sum(monthrange(year, m)[1] for m in range(first, of_months[-1] + 1)) for year in (2023, 2024)]
        return {"上半年": [181, 182], "前三季度": [273, 274], "一季度": [90, 91], "二季度": [91]}.get(
            self.part_of_year, [92] * bool(self.part_of_year)
        )


@dataclass(slots=True)
class Ledger:
    """Relations and findings as they come; a rule that is switched off writes nothing."""

    off: Mapping[str, str]
    relations: list[Relation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    paragraphs: dict[int, ReadParagraph] = field(default_factory=dict)
    cells: dict[int, Sequence[Sequence[str]]] = field(default_factory=dict)
    judged: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """What was told of a number by a rule already, with the other numbers that it was told with."""
    failed: set[str] = field(default_factory=set)
    grown: dict[str, set[str]] = field(default_factory=dict)
    months: int = 0
    whole_of: dict[str, Number] = field(default_factory=dict)
    open_parts: set[str] = field(default_factory=set)
    """Parts of lists that need not be all there is, so that others may follow."""
    last_levels: list[Number] = field(default_factory=list)
    topics: list[Number] = field(default_factory=list)
    """What the last paragraph that is no item of a list began with."""

    def holds(self, rule: str, numbers: Sequence[Number], arithmetic: str) -> None:
        self._relate(rule, numbers, State.HOLDS, arithmetic)

    def unclear(self, rule: str, numbers: Sequence[Number], arithmetic: str) -> None:
        self._relate(rule, numbers, State.CANNOT_TELL, arithmetic)

    def rounds(self, rule: str, numbers: Sequence[Number], arithmetic: str, *, say: bool = True) -> None:
        """The statement holds by rounding only; said as something to ask where `say`."""
        self._relate(rule, numbers, State.ROUNDING, arithmetic)
        if say:
            proposal = "相差在各数四舍五入的范围之内，不是差错；如需各项相加与总数一致，请用未取整的数据核一下尾数。"
            self._find(rule, Severity.ASK, numbers, arithmetic, proposal, rounding=True)

    def fails(
        self,
        rule: str,
        severity: Severity,
        numbers: Sequence[Number],
        arithmetic: str,
        proposal: str,
        *,
        rounding: bool = False,
        meant: Fraction | None = None,
    ) -> None:
        """The statement cannot be true as it stands; the first number is the one that is judged."""
        self._relate(rule, numbers, State.FAILS, arithmetic)
        self._find(rule, severity, numbers, arithmetic, proposal, rounding=rounding, meant=meant)

    def is_part_of(self, number: Number, others: Sequence[Number]) -> bool:
        """Whether it was told as a part of one of them; a paragraph read as one sentence has copies of its numbers."""
        whole = self.whole_of.get(number.key)
        return whole is not None and any(other.key == whole.key for other in others)

    def are_compared(self, one: Number, other: Number) -> bool:
        """Whether the one was told to have grown from the other, so that they are of two times."""
        return other.key in self.grown.get(one.key, ())

    def relate(self, relation: Relation) -> None:
        self.relations.append(relation)
        for key in relation.numbers if relation.rule == "growth" else ():
            self.grown.setdefault(key, set()).update(relation.numbers)

    def adopt(self, finding: Finding) -> None:
        """A finding of another reading, as it was told there."""
        self.relate(Relation(finding.rule, finding.numbers, State.FAILS, finding.arithmetic))
        self.judged.setdefault((finding.rule, finding.numbers[0]), set()).update(finding.numbers[1:])
        self.failed.add(finding.numbers[0])
        self.findings.append(finding)

    def asks(self, rule: str, numbers: Sequence[Number], arithmetic: str, proposal: str) -> None:
        self._relate(rule, numbers, State.CANNOT_TELL, arithmetic)
        self._find(rule, Severity.ASK, numbers, arithmetic, proposal)

    def _relate(self, rule: str, numbers: Sequence[Number], state: State, arithmetic: str) -> None:
        if rule not in self.off:
            self.relate(Relation(rule, tuple(number.key for number in numbers), state, arithmetic))

    def _find(
        self,
        rule: str,
        severity: Severity,
        numbers: Sequence[Number],
        arithmetic: str,
        proposal: str,
        *,
        rounding: bool = False,
        meant: Fraction | None = None,
    ) -> None:
        judged = numbers[0]
        if rule in self.off:
            return
        others = {number.key for number in numbers[1:]}
        told = self.judged.get((rule, judged.key))
        # A whole may be divided wrongly in two ways, but no way is told twice.
        if told is not None and (told & others or not others):
            return
        self.judged[rule, judged.key] = (told or set()) | others
        if not rounding:
            self.failed.add(judged.key)
        places = tuple(number.place for number in numbers)
        keys = tuple(dict.fromkeys(number.key for number in numbers))
        quotation = self._quotation(numbers)
        line = judged.place.line
        self.findings.append(Finding(rule, severity, rounding, places, quotation, arithmetic, proposal, keys, line, meant))

    def _quotation(self, numbers: Sequence[Number]) -> str:
        judged = numbers[0]
        rows = self.cells.get(judged.place.block)
        if rows is not None and judged.place.row is not None and judged.place.column is not None:
            row = rows[judged.place.row]
            name = next((cell for cell in row if cell and not cell[0].isdigit()), "")
            cell = row[judged.place.column]
            return f"{name}：{cell}" if name and name != cell else cell
        paragraph = self.paragraphs.get(judged.place.block)
        if paragraph is None:
            return judged.printed
        text = paragraph.normal.printed
        near = [
            number.place
            for number in numbers
            if number.place.block == judged.place.block and abs(number.place.start - judged.place.start) < _QUOTE_AT_MOST * 2 // 3
        ]
        start, end = min(place.start for place in near), max(place.end for place in near)
        if end - start > _QUOTE_AT_MOST:
            start = max(start, judged.place.start - _QUOTE_AT_MOST // 2)
            end = min(end, judged.place.end + _QUOTE_AT_MOST // 2)
        return text[_phrase_start(text, start) : _phrase_end(text, end)].strip()


def _phrase_start(text: str, start: int) -> int:
    at = start
    while at > 0 and start - at < 40 and text[at - 1] not in "，,。；;：！？":
        at -= 1
    return at


def _phrase_end(text: str, end: int) -> int:
    at = end
    while at < len(text) and at - end < 16 and text[at] not in "，,。；;：、！？":
        at += 1
    return at


def said(number: Number) -> str:
    """The number in its own printed words, without a sentence's marks."""
    return number.read_as or re.sub(r"\s+", "", number.printed)


def amount(value: Fraction, like: Number, places: int | None = None) -> str:
    """A value in the unit in which another number is printed."""
    if places is None:
        places = 4 if like.factor > 1 or like.quantum < like.factor else 2
    unit = like.unit
    return f"{decimal(value / (like.factor or 1), places)}{unit}"


def percent(value: Fraction, places: int = 2) -> str:
    return f"{decimal(value, places)}%"


def decimals_of(number: Number) -> int:
    """How many digits stand behind the point."""
    step, places = number.quantum / (number.factor or 1), 0
    while step < 1 and places < 9:
        step, places = step * 10, places + 1
    return places


def named(number: Number) -> str:
    """The number with what it measures, for a list of parts."""
    label = subjects.trimmed(re.sub(r"^.*其中[:：]?", "", number.before)) or number.subject
    return f"{label}{said(number)}" if label and len(label) <= 16 else said(number)


def same_measure(left: Number, right: Number) -> bool:
    """Whether two numbers can be added: the same dimension, and neither or both for one head."""
    return left.dimension == right.dimension and bool(left.dimension) and left.per == right.per


def is_money(number: Number) -> bool:
    return number.dimension in units.MONEY


def difference_hint(gap: Fraction, like: Number) -> str:
    """What a clerk looks for first when two sums differ."""
    steps = abs(gap) / like.quantum if like.quantum else Fraction(0)
    if steps.denominator == 1 and steps and steps % 9 == 0:
        return "差额是9的倍数，常见于数字前后颠倒。"
    return ""
