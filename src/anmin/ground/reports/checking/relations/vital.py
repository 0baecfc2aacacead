"""自然增长率 is 出生率 less 死亡率."""

from __future__ import annotations

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "stock_and_flow"
_NAMES = ("出生率", "死亡率", "自然增长率")


def judge(reading: Reading, ledger: Ledger) -> None:
    """The three rates of a population are held against each other where a paragraph names each of them once."""
    for paragraph in reading.paragraphs:
        found: dict[str, list[Number]] = {}
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                name = next((n for n in _NAMES if number.before.rstrip("为是达到约").endswith(n)), "")
                if name and number.measured and number.dimension in ("‰", "%"):
                    found.setdefault(name, []).append(number)
        if len(found) == 3 and all(len(rates) == 1 for rates in found.values()):
            _judge(found["出生率"][0], found["死亡率"][0], found["自然增长率"][0], ledger)


def _judge(born: Number, died: Number, grown: Number, ledger: Ledger) -> None:
    if born.value is None or died.value is None or grown.value is None or len({born.unit, died.unit, grown.unit}) != 1:
        return
    if born.hedge or died.hedge or grown.hedge:
        return
    value = born.value - died.value
    sign = -1 if grown.value < 0 or "负" in grown.before[-6:] else 1
    gap = abs(value - abs(grown.value) * sign)
    line = f"{said(born)}-{said(died)}={decimal(value, 2)}{grown.unit}"
    numbers = [grown, born, died]
    if gap <= (born.quantum + died.quantum + grown.quantum) / 2:
        ledger.holds(RULE, numbers, f"{line}，与原文{said(grown)}相符")
    else:
        proposal = f"自然增长率等于出生率减死亡率，应为{decimal(value, 2)}{grown.unit}；请核对三个数。"
        ledger.fails(RULE, Severity.ERROR, numbers, f"{line}，原文写{said(grown)}", proposal)
