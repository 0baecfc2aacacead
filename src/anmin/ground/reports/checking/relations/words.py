"""Words that are judged though they are no measure: a rank, a count of things that are named."""

from __future__ import annotations

from anmin.ground.reports.checking.findings import Number, Place
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.vocabulary import Kind, Role


def words_of(sentence: Sentence, start: int, end: int, near: Number | None = None) -> Number:
    """A stand-in for words that are judged though they are no measure, so that the finding has its place."""
    first, last = sentence.start + start, sentence.start + end
    for number in sentence.numbers:
        if number.start <= first < number.end or first <= number.start < last:
            return number
    if near is not None:
        return near
    place = sentence.numbers[0].place if sentence.numbers else Place(sentence.block, first, last, 0)
    return Number(
        f"b{sentence.block}:{first}",
        Place(sentence.block, first, last, place.line),
        sentence.text[start:end],
        Kind.NAME,
        start=first,
        end=last,
        role=Role.OTHER,
    )
