"""The build of a sentence: its segments between marks, and its brackets as groups of their own.

The text of a bracket is taken out of the segment it stands in, so that what is said before and behind it stays together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from anmin.ground.reports.checking.findings import Number

_MARK = re.compile(r"[，、；：（）。！？]")
_END = re.compile(r"[。！？]++[”’）]?|\n")
SENTENCE_AT_MOST = 1500
STRENGTH = {"": 0, "、": 1, "，": 2, "：": 2, "；": 3}


@dataclass(slots=True, eq=False)
class Segment:
    """What stands between two marks of the same bracket; `mark` is the one before it."""

    mark: str
    group: int
    index: int
    pieces: list[tuple[int, int]] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True, eq=False)
class Group:
    """A bracket, or the sentence itself (index 0); `anchor` is the number the bracket stands behind."""

    index: int
    parent: int
    start: int
    segments: list[Segment] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    anchor: Number | None = None
    anchor_gap: str = ""
    text: str = ""


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence of a paragraph with its numbers, segments and brackets; `start` and `end` are places in the paragraph."""

    block: int
    index: int
    start: int
    end: int
    text: str
    groups: list[Group]
    numbers: list[Number] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    cut: bool = False
    runs: list[list[Number]] = field(default_factory=list)
    """Numbers told one after the other behind a 分别: 分别增长5%、6%和7%."""

    def group_of(self, number: Number) -> Group:
        return self.groups[number.group]

    def between(self, left: Number, right: Number) -> str:
        """The text from behind one number to before another."""
        return self.text[left.end - self.start : right.start - self.start]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end.

    What runs on without an end is cut, so that looking from each number to all others of its sentence stays a short look.
    """
    start = 0
    for match in _END.finditer(text):
        yield from _cut(text, start, match.end())
        start = match.end()
    if start < len(text):
        yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > SENTENCE_AT_MOST:
        window = text[start : start + SENTENCE_AT_MOST]
        mark = max(window.rfind("；"), window.rfind("，"), window.rfind("、"))
        cut = start + (mark + 1 if mark > SENTENCE_AT_MOST // 2 else SENTENCE_AT_MOST)
        yield start, cut
        start = cut
    yield start, end


def build(text: str, block: int, index: int, start: int, end: int, numbers: list[Number]) -> Sentence:
    """The sentence between two places of a paragraph, its numbers laid into segments and groups."""
    sentence = Sentence(block, index, start, end, text[start:end], [Group(0, -1, start)], numbers)
    stack = [0]
    segments = sentence.segments
    current: dict[int, Segment] = {}

    def open_segment(group: int, mark: str) -> None:
        segment = Segment(mark, group, len(segments))
        segments.append(segment)
        sentence.groups[group].segments.append(segment)
        current[group] = segment

    open_segment(0, "")
    at = start
    waiting = iter(numbers)
    number = next(waiting, None)
    for match in _MARK.finditer(text, start, end):
        place = match.start()
        if number is not None and number.start <= place < number.end:
            # A mark inside a number (a document number in brackets) divides nothing.
            continue
        number = _lay(sentence, current[stack[-1]], at, place, number, waiting)
        mark = match[0]
        if mark == "（":
            group = Group(len(sentence.groups), stack[-1], place)
            _anchor(sentence, group, place)
            sentence.groups.append(group)
            stack.append(group.index)
            open_segment(group.index, "")
        elif mark == "）":
            if len(stack) > 1:
                del current[stack.pop()]
            else:
                open_segment(0, "，")
        elif mark not in "。！？":
            open_segment(stack[-1], mark)
        at = match.end()
    _lay(sentence, current[stack[-1]], at, end, number, waiting)
    for segment in segments:
        segment.text = "".join(text[a:b] for a, b in segment.pieces)
    return sentence


def _lay(
    sentence: Sentence, segment: Segment, at: int, place: int, number: Number | None, waiting: Iterator[Number]
) -> Number | None:
    if place > at:
        segment.pieces.append((at, place))
    while number is not None and number.start < place:
        number.group, number.segment, number.sentence = segment.group, segment.index, sentence.index
        segment.numbers.append(number)
        sentence.groups[segment.group].numbers.append(number)
        number = next(waiting, None)
    return number


def _anchor(sentence: Sentence, group: Group, place: int) -> None:
    """The number right before the bracket, at most a noun away."""
    before = sentence.groups[group.parent].numbers
    if before and place - before[-1].end <= 16:
        gap = sentence.text[before[-1].end - sentence.start : place - sentence.start]
        if not _MARK.search(gap):
            group.anchor, group.anchor_gap = before[-1], gap
