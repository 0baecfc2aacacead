"""What a page of a check carries with it: the text itself, and what was said of it. The server keeps none of it.

It comes back from the browser, so it is read like a file from a stranger: by shape and by limits.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear, parse_period
from anmin.ground.reports.checking.findings import Correction
from anmin.ground.reports.checking.given import correction_as_json, corrections_of, rule_set_aside
from anmin.ground.reports.checking.texts import Document, Paragraph, Table

CHARACTERS_AT_MOST = 100_000
"""Some hundred pages: more is slow to draw and to read on a screen. The command line takes fifty times as much."""

_CELLS_AT_MOST = 20_000
_LOST = "页面内容不完整，可能停留太久或被改动，请重新粘贴或选择文件。"


@dataclass(frozen=True)
class Carried:
    """A check as it stands: what is checked, against what, without which rules, with which readings put right."""

    document: Document
    against: Document | None = None
    period: HalfYear | None = None
    off: Mapping[str, str] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """Name and value of each hidden field."""
        return {
            "document": as_text(self.document),
            "against": as_text(self.against) if self.against else "",
            "period": str(self.period or ""),
            "off": json.dumps(dict(self.off), ensure_ascii=False),
            "corrections": json.dumps([correction_as_json(each) for each in self.corrections], ensure_ascii=False),
        }

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Carried":
        """What the fields of a page say. Refuses what no page of ours says."""
        off = _parsed(sent.get("off") or "{}")
        if not isinstance(off, dict):
            raise BadValue(_LOST)
        return cls(
            document=document_of_text(sent.get("document", "")),
            against=document_of_text(sent["against"]) if sent.get("against") else None,
            period=as_half_year(sent.get("period", "")),
            off=dict(rule_set_aside(str(rule), str(reason)) for rule, reason in off.items()),
            corrections=tuple(corrections_of(sent.get("corrections") or "[]")),
        )

    def corrected(self, correction: Correction) -> "Carried":
        """The same check with a reading put right; an earlier correction of the same number is replaced."""
        others = tuple(each for each in self.corrections if each.key != correction.key)
        return replace(self, corrections=(*others, correction))

    def without_correction(self, key: str) -> "Carried":
        """The same check with the number as it was read at first."""
        return replace(self, corrections=tuple(each for each in self.corrections if each.key != key))

    def without_rule(self, rule: str, reason: str) -> "Carried":
        """The same check without a rule."""
        return replace(self, off={**self.off, rule: reason})

    def with_rule(self, rule: str) -> "Carried":
        """The same check with the rule again."""
        return replace(self, off={name: reason for name, reason in self.off.items() if name != rule})


def as_half_year(text: str) -> HalfYear | None:
    """The half-year a page names, or none. Refuses other periods."""
    if not text:
        return None
    period = parse_period(text)
    if not isinstance(period, HalfYear):
        raise BadValue(f"只能与半年的记录对照，{period.label}不是半年。")
    return period


def refuse_length(document: Document) -> None:
    """Refuses a text that is too long for a page."""
    if length_of(document) > CHARACTERS_AT_MOST:
        raise BadValue(
            f"全文约 {length_of(document) / 10_000:.1f} 万字，页面一次最多 {CHARACTERS_AT_MOST // 10_000} 万字，请按章节拆开。"
        )
    if (
        sum(len(block.rows) * len(block.rows[0]) for block in document.blocks if isinstance(block, Table) and block.rows)
        > _CELLS_AT_MOST
    ):
        raise BadValue(f"表格超过 {_CELLS_AT_MOST // 10_000} 万格，页面上不便查看，请只保留需要核对的部分。")


def length_of(document: Document) -> int:
    """How many characters a document holds."""
    return sum(
        len(block.text) if isinstance(block, Paragraph) else sum(len(cell) for row in block.rows for cell in row)
        for block in document.blocks
    )


def as_text(document: Document) -> str:
    """A document as a page carries it."""
    blocks = [
        {"p": block.text, "line": block.line, "heading": block.heading, "breaks": block.breaks}
        if isinstance(block, Paragraph)
        else {"rows": block.rows, "line": block.line, "caption": block.caption, "lines": block.lines}
        for block in document.blocks
    ]
    said = {"name": document.name, "notes": document.notes, "counted": document.counted, "blocks": blocks}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def document_of_text(text: str) -> Document:
    """The document that a page carried. Refuses what has another shape, or is longer than a page may be."""
    said = _parsed(text)
    try:
        document = Document(
            name=_text(said["name"])[:200],
            blocks=tuple(_block(each) for each in said["blocks"]),
            notes=tuple(_text(each)[:300] for each in said["notes"][:50]),
            counted="段" if said["counted"] == "段" else "行",
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadValue(_LOST) from None
    if not document.blocks:
        raise BadValue(_LOST)
    refuse_length(document)
    return document


def _block(said: Any) -> Paragraph | Table:
    if "p" in said:
        return Paragraph(_text(said["p"]), _whole(said["line"]), said["heading"] is True, tuple(map(_whole, said["breaks"])))
    rows = tuple(tuple(map(_text, row)) for row in said["rows"])
    if len({len(row) for row in rows}) > 1:
        raise ValueError("rows of a table are equally long")
    return Table(rows, _whole(said["line"]), _text(said["caption"])[:500], tuple(map(_whole, said["lines"])))


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError("not a text")
    return said


def _whole(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said < 10_000_000:
        raise ValueError("no place in a text")
    return said


def _parsed(text: str) -> Any:
    try:
        said = json.loads(text)
        # Half a character can be written in JSON, and could be printed on no page.
        json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise BadValue(_LOST) from None
    return said
