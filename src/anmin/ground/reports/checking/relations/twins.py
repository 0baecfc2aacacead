"""The same figure with two digits changed about: 民生支出113.05亿元, and pages later 民生支出131.05亿元.

Tried last. What is told of both is compared by the longest run of characters that they share; the more digits a figure has, the
fewer of them are needed, and the more figures of its unit a report has, the more.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, said
from anmin.ground.reports.checking.relations.misprints import misprinted_digits, weight_of
from anmin.ground.reports.checking.relations.naming import shared_run
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity, State

RULE = "repeated_figure"
_ENOUGH = 2.3
_FOR_EACH_CHARACTER = 0.6
_MANY_DIGITS = 3.3
_NOISE = re.compile(
    r"全[市县区省镇乡州国院校局]|上半年|全年|今年以来|今年|目前|截至|累计|共计|合计|总|达到|完成|实现|办理|同比|比上年|增长|下降|其中|[的了为达共有是在]"
)
_BUCKET = 6


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every figure is held against those that have its digits in another order."""
    held = {key for told in ledger.relations if told.state in (State.HOLDS, State.ROUNDING) for key in told.numbers}
    buckets: dict[tuple[str, str, object, str], list[tuple[Number, str]]] = {}
    counted: Counter[tuple[str, str]] = Counter()
    twins: list[tuple[Number, Number, str, str, str]] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                digits = re.sub(r"\D", "", number.printed)
                if not _is_told(number) or len(digits) < 2:
                    continue
                counted[number.dimension, number.per] += 1
                words = _words(number, sentence)
                bucket = buckets.setdefault((number.dimension, "", (number.quantum, number.factor), "".join(sorted(digits))), [])
                for other, told in bucket:
                    apart = other.place.block != number.place.block or other.sentence != number.sentence
                    differ = apart and other.value != number.value and not (number.key in held and other.key in held)
                    if differ and (shared := shared_run(words, told)):
                        twins.append((number, other, shared, words, told))
                if len(bucket) < _BUCKET:
                    bucket.append((number, words))
    for number, other, shared, words, told in twins:
        weight = weight_of(number, other.value) if other.value else 0.0
        # A figure that ends with noughts has the fewer digits; what is said last of each is what it is of.
        digits = re.sub(r"\D", "", number.printed)
        weight -= (len(digits) - len(digits.rstrip("0"))) * (weight > 0)
        same = bool(shared) and (shared + "|" in words) == (shared + "|" in told)
        based = number.after.startswith("的基础上")
        score = weight + _FOR_EACH_CHARACTER * min(len(shared), 6) * (1.0 if same else 0.6) + 0.8 * based
        score -= log10(counted[number.dimension, number.per])
        clear = (
            (len(shared) >= 2 or (weight >= _MANY_DIGITS and shared and shared not in "人数量元费件户"))
            and (based or misprinted_digits(number, other.value or Fraction(0)))
            and {number.key, other.key}.isdisjoint(ledger.failed)
            and not _are_done_apart(number, other)
        )
        if weight and clear and score >= _ENOUGH and not ledger.are_compared(number, other):
            line = f"“{shared}”前文为{said(other)}（第{other.place.line}行），此处为{said(number)}，两位数字前后颠倒"
            proposal = "请核对哪一个是对的；若说的不是同一件事，请写明。"
            ledger.fails(RULE, Severity.DOUBTFUL, [number, other], line, proposal)


_DOING = re.compile("走访|慰问|改造|培训|资助|发放|新建|检查|办理|受理|查处|帮扶|签约|安置|参加|接待|组织|排查")


def _are_done_apart(number: Number, other: Number) -> bool:
    """改造残疾人家庭260户, 走访慰问残疾人家庭620户."""
    one, two = (set(_DOING.findall(n.before[-24:] + n.after[:8])) for n in (number, other))
    return bool(one) and bool(two) and one.isdisjoint(two)


def _is_told(number: Number) -> bool:
    return (
        number.measured
        and not number.weak
        and not number.hedge
        and number.role in (Role.LEVEL, Role.SHARE)
        and number.kind in (Kind.MEASURE, Kind.RATIO, Kind.STANDARD)
        and bool(number.value)
    )


def _words(number: Number, sentence: Sentence) -> str:
    """What is said of it: the words before it in its clause, and those behind it up to the next mark."""
    behind = re.split(r"[，。；、（）\d]", sentence.text[number.end - sentence.start :][:14], maxsplit=1)[0]
    return _NOISE.sub("", number.before[-14:]) + "|" + _NOISE.sub("", behind)
