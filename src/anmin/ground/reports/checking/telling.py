"""How a check is told, the same at every door: the number marked in its quotation, the place in words, the count."""

from collections.abc import Sequence
from dataclasses import dataclass

from anmin.ground.reports.checking.findings import Checked, Finding, Place
from anmin.ground.reports.checking.texts import Document, Table
from anmin.ground.reports.checking.vocabulary import RULES, Severity, State

_AROUND = 48
"""Characters of a sentence on each side of the number, before it is cut."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is quoted, in three pieces: the number judged stands in the middle."""

    before: str
    number: str
    after: str

    def marked(self, opening: str, closing: str) -> str:
        """The quotation with signs around the number; nothing is marked where the number is not in what is quoted."""
        return f"{self.before}{opening}{self.number}{closing}{self.after}" if self.number else self.before


def quotation_of(document: Document, finding: Finding) -> Quotation:
    """The quotation of a finding with its first number marked, cut to what stands around it."""
    said = finding.quotation
    if not finding.places:
        return Quotation(_one_line(said), "", "")
    place = finding.places[0]
    text = text_at(document, place)
    begins = text.find(said)
    start, end = place.start - begins, place.end - begins
    if begins < 0 or not 0 <= start < end <= len(said):
        # The quotation joins several places, such as the cells of a row: the first that is printed like the number.
        printed = text[place.start : place.end]
        start = said.find(printed) if printed else -1
        if start < 0:
            return Quotation(_one_line(said), "", "")
        end = start + len(printed)
    before, after = said[:start], said[end:]
    if len(before) > _AROUND + 8:
        before = f"……{before[-_AROUND:]}"
    if len(after) > _AROUND + 8:
        after = f"{after[:_AROUND]}……"
    return Quotation(_one_line(before), said[start:end], _one_line(after))


def text_at(document: Document, place: Place) -> str:
    """The paragraph or the cell in which a place lies."""
    if not 0 <= place.block < len(document.blocks):
        return ""
    block = document.blocks[place.block]
    if not isinstance(block, Table):
        return block.text
    if place.row is None or place.column is None or place.row >= len(block.rows) or place.column >= len(block.rows[place.row]):
        return ""
    return block.rows[place.row][place.column]


def place_said(document: Document, finding: Finding) -> str:
    """第 12 段, or 第 12 行（表格第 3 行第 2 列）."""
    said = f"第 {finding.line} {document.counted}"
    place = finding.places[0] if finding.places else None
    if place is None or place.row is None or place.column is None:
        return said
    return f"{said}（表格第 {place.row + 1} 行第 {place.column + 1} 列）"


def in_reading_order(findings: Sequence[Finding]) -> list[Finding]:
    """The findings as one meets them in the text; those that are only rounding come last."""
    return sorted(findings, key=lambda each: (each.is_only_rounding, each.line, _first(each)))


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings of each kind, over how much."""

    numbers: int
    relations: int
    holding: int
    errors: int
    doubtful: int
    asked: int
    rounding: int

    @property
    def said(self) -> str:
        """The count in a sentence."""
        found = ((self.errors, "错误"), (self.doubtful, "存疑"), (self.asked, "请核"))
        kinds = "、".join(f"{label} {number} 处" for number, label in found if number)
        total = self.errors + self.doubtful + self.asked
        rounding = f"{self.rounding} 处因四舍五入略有出入，不算问题" if self.rounding else ""
        if total:
            return f"共 {total} 处需要核对：{kinds}" + (f"；另有 {rounding}" if rounding else "") + "。"
        return "没有发现算不拢的地方" + (f"；有 {rounding}" if rounding else "") + "。"

    @property
    def over(self) -> str:
        """What was looked at."""
        return f"读出 {self.numbers} 个数字，核算 {self.relations} 项关系，其中 {self.holding} 项相符。"


def count_of(checked: Checked) -> Count:
    """The count of a check."""
    by_severity = {
        severity: sum(each.severity is severity and not each.is_only_rounding for each in checked.findings)
        for severity in Severity
    }
    return Count(
        numbers=len(checked.numbers),
        relations=len(checked.relations),
        holding=sum(each.state in (State.HOLDS, State.ROUNDING) for each in checked.relations),
        errors=by_severity[Severity.ERROR],
        doubtful=by_severity[Severity.DOUBTFUL],
        asked=by_severity[Severity.ASK],
        rounding=sum(each.is_only_rounding for each in checked.findings),
    )


def off_said(checked: Checked) -> list[str]:
    """The rules that were switched off, each with its reason."""
    return [f"未使用规则“{RULES.get(rule, rule)}”（{rule}）：{reason}" for rule, reason in checked.off.items()]


def _first(finding: Finding) -> tuple[int, int, int, int]:
    place = finding.places[0] if finding.places else None
    return (place.block, place.row or 0, place.column or 0, place.start) if place else (0, 0, 0, 0)


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")
