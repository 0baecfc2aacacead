"""A check as the page shows it: the text in pieces, each number with its state, and what can be said of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from anmin.ground.reports.checking.findings import Checked, Finding, Number, decimal
from anmin.ground.reports.checking.telling import in_reading_order, place_said, quotation_of
from anmin.ground.reports.checking.texts import Document, Paragraph
from anmin.ground.reports.checking.vocabulary import KINDS, RULES, STATES, Role, Severity, State

SEVERITY_TONES = {Severity.ERROR: "danger", Severity.DOUBTFUL: "warning", Severity.ASK: "info"}
_STATE_TONES = {State.HOLDS: "success", State.ROUNDING: "success", State.FAILS: "danger", State.CANNOT_TELL: "neutral"}
_ROLES = {
    Role.LEVEL: "总量或水平",
    Role.CHANGE: "增减数",
    Role.RATE: "增减幅度",
    Role.POINTS: "百分点的变化",
    Role.SHARE: "占比",
    Role.PRIOR: "上期数",
    Role.TARGET: "目标数",
    Role.LIMIT: "界限",
    Role.TIMES: "倍数",
    Role.RANK: "名次",
    Role.OTHER: "",
}
_RANKS = ("is-error", "is-doubtful", "is-ask", "is-holding", "is-alone", "is-other")


def element_id(key: str) -> str:
    """The id of a number's element on the page."""
    return f"n-{key.replace(':', '-')}"


def states_of(checked: Checked) -> dict[str, str]:
    """The class of each number: the gravest finding that judges it, else whether some relation of its holds.

    `is-alone` is told as not matched: it stands in no relation, or only in one that fails by another number.
    """
    states = {number.key: "is-alone" if number.measured else "is-other" for number in checked.numbers}
    for relation in checked.relations:
        if relation.state in (State.HOLDS, State.ROUNDING):
            _set(states, relation.numbers, "is-holding")
    for finding in checked.findings:
        if not finding.is_only_rounding:
            # What is judged carries the colour of the finding; what it rests on is read beside it, in the card.
            _set(states, finding.numbers[:1], f"is-{finding.severity.value}")
    return states


def blocks_of(document: Document, checked: Checked) -> list[dict[str, Any]]:
    """The text block by block, cut into pieces of text and numbers."""
    states = states_of(checked)
    placed: dict[tuple[int, int, int], list[Number]] = defaultdict(list)
    for number in checked.numbers:
        place = number.place
        placed[place.block, -1 if place.row is None else place.row, place.column or 0].append(number)
    made: list[dict[str, Any]] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            made.append({"heading": block.heading, "pieces": _pieces(block.text, placed.get((index, -1, 0), []), states)})
            continue
        rows = [
            [_pieces(cell, placed.get((index, row, column), []), states) for column, cell in enumerate(cells)]
            for row, cells in enumerate(block.rows)
        ]
        above = document.blocks[max(index - 2, 0) : index]
        stands_above = all(
            any(isinstance(each, Paragraph) and said in each.text for each in above) for said in block.caption.split()
        )
        made.append({"rows": rows, "caption": "" if stands_above else block.caption})
    return made


def findings_of(document: Document, checked: Checked) -> list[dict[str, Any]]:
    """The findings as cards."""
    return [
        {
            "number": number,
            "rule": each.rule,
            "title": each.title,
            "label": "四舍五入" if each.is_only_rounding else each.severity_label,
            "tone": "neutral" if each.is_only_rounding else SEVERITY_TONES[each.severity],
            "rounding": each.is_only_rounding,
            "place": place_said(document, each),
            "quotation": quotation_of(document, each),
            "arithmetic": each.arithmetic,
            "proposal": each.proposal,
            "key": each.numbers[0] if each.numbers else "",
            "target": element_id(each.numbers[0]) if each.numbers else "",
            "with": " ".join(each.numbers),
        }
        for number, each in enumerate(in_reading_order(checked.findings), start=1)
    ]


def readings_of(checked: Checked) -> dict[str, Any]:
    """What the page tells of a number that is chosen: how it was read, and the relations it stands in."""
    known = {number.key for number in checked.numbers}
    return {
        "numbers": {number.key: _reading(number) for number in checked.numbers},
        "relations": [
            {
                "title": RULES.get(each.rule, each.rule),
                "state": STATES[each.state],
                "tone": _STATE_TONES[each.state],
                "arithmetic": each.arithmetic,
                "numbers": [key for key in each.numbers if key in known],
            }
            for each in checked.relations
        ],
    }


def said_value(number: Number) -> str:
    """The value in the unit it is printed in, and between which bounds it may lie where that is not the same."""
    if number.figure is None:
        return ""
    unit = f"{number.unit}/{number.per}" if number.per else number.unit
    low, high = number.interval.low, number.interval.high
    size = number.value / number.figure if number.value and number.figure else None
    if low == high or size is None or (low is None and high is None):
        return f"{decimal(number.figure)}{unit}"
    if low is None or high is None:
        bound = (
            f"不超过 {decimal(high / size)}" if high is not None else f"不少于 {decimal(low / size)}" if low is not None else ""
        )
        return f"{decimal(number.figure)}{unit}（{bound}）"
    return f"{decimal(number.figure)}{unit}（{decimal(low / size)} 至 {decimal(high / size)} 之间）"


def _reading(number: Number) -> dict[str, Any]:
    rows = (
        ("读作", said_value(number)),
        ("按上下文", "" if number.corrected else number.read_as),
        ("说的是", number.subject),
        ("属于", "、".join(filter(None, (KINDS[number.kind], _ROLES.get(number.role, ""))))),
        ("时间", number.period),
        ("范围", number.scope),
        ("程度词", number.hedge),
    )
    return {
        "printed": number.printed,
        "rows": [row for row in rows if row[1]],
        "figure": decimal(number.figure) if number.figure is not None else "",
        "unit": number.unit,
        "subject": number.subject,
        "measured": number.measured,
        "corrected": number.corrected,
    }


def _set(states: dict[str, str], keys: Sequence[str], state: str) -> None:
    for key in keys:
        if key in states and _RANKS.index(state) < _RANKS.index(states[key]):
            states[key] = state


def _pieces(text: str, numbers: Sequence[Number], states: Mapping[str, str]) -> list[dict[str, str]]:
    pieces: list[dict[str, str]] = []
    at = 0
    for number in sorted(numbers, key=lambda each: each.place.start):
        start, end = number.place.start, number.place.end
        # Two readings of one place, or a place outside the text: the first one is shown, nothing is printed twice.
        if start < at or end <= start or end > len(text):
            continue
        if start > at:
            pieces.append({"text": text[at:start]})
        pieces.append({"text": text[start:end], "key": number.key, "id": element_id(number.key), "state": states[number.key]})
        at = end
    if at < len(text):
        pieces.append({"text": text[at:]})
    return pieces


def finding_row(document: Document, number: int, finding: Finding) -> list[str | int]:
    """A finding as a row of a file."""
    return [
        number,
        "四舍五入" if finding.is_only_rounding else finding.severity_label,
        finding.title,
        place_said(document, finding),
        quotation_of(document, finding).marked("【", "】"),
        finding.arithmetic,
        finding.proposal,
    ]


FINDING_HEADERS = ("序号", "程度", "规则", "位置", "原文", "核算", "建议")
