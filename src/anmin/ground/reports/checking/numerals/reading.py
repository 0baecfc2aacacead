"""Reading a document: every number with its value, unit, precision, hedge, subject, period, scope and place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from anmin.ground.reports.checking.findings import Correction, Number, Place, decimal
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import periods, roles, runs, subjects, units
from anmin.ground.reports.checking.numerals.normal import Normal, normal
from anmin.ground.reports.checking.numerals.scanning import Token, tokens
from anmin.ground.reports.checking.numerals.sentences import Segment, Sentence, build, spans
from anmin.ground.reports.checking.texts import Paragraph
from anmin.ground.reports.checking.vocabulary import Kind, Role

_ABOUT = re.compile(r"(?:大约|约为|(?<![签违预合节契邀特履制毁守条])约|大概|左右|上下|估计)$")
_NEAR = re.compile(r"(?:(?<![最附邻靠就远临])近|接近|将近)$")
_OVER = re.compile(
    r"(?:超过|超|逾|突破|多于|高于|大于|不少于|不低于|至少|达|达到)?(?:超过|(?<![赶])超|逾|突破|多于|高于|大于|不少于|不低于|至少|不小于)$"
)
_UNDER = re.compile(r"(?:不足|不到|低于|少于|小于|未满|不满|至多|最多|不超过|不高于)$")
_LABEL_AT_MOST = 80
_ENDS = "。！？”’）\n"


def read_paragraph(paragraph: Paragraph, block: int, corrections: Mapping[str, Correction]) -> tuple[Normal, list[Sentence]]:
    """The sentences of a paragraph with their numbers, each settled in its role."""
    text = normal(paragraph.text)
    numbers = [_number(token, text, paragraph, block) for token in tokens(text.text)]
    _strengthen(numbers, text.text)
    _complete_units(numbers, text.text)
    sentences: list[Sentence] = []
    at = 0
    for index, (start, end) in enumerate(spans(text.text)):
        first = at
        while at < len(numbers) and numbers[at].start < end:
            at += 1
        if first == at and not sentences:
            sentences.append(build(text.text, block, index, start, end, []))
            continue
        sentence = build(text.text, block, index, start, end, numbers[first:at])
        begun = start > 0 and text.text[start - 1] not in _ENDS
        sentence.cut = begun or (end < len(text.text) and text.text[end - 1] not in _ENDS)
        _settle(sentence, text.text)
        sentences.append(sentence)
    for number in numbers:
        if number.key in corrections:
            correct(number, corrections[number.key])
    return text, sentences


def _strengthen(numbers: Sequence[Number], text: str) -> None:
    """进学校5场、进企业七场: a numeral of one character counts like its neighbours where these are counted in its unit."""
    for at, number in enumerate(numbers):
        if not number.weak:
            continue
        for other in (*numbers[max(0, at - 1) : at], *numbers[at + 1 : at + 2]):
            first, second = sorted((number, other), key=lambda n: n.start)
            between = text[first.end : second.start]
            if other.unit == number.unit and not other.weak and other.kind is Kind.MEASURE and _NEXT_ITEM.fullmatch(between):
                number.weak = False


def _complete_units(numbers: Sequence[Number], text: str) -> None:
    """提高5.8个和4.8个百分点, 9.8万、6.7万和9.1万人次: the first is counted like the last."""
    for left, right in reversed(list(pairwise(numbers))):
        if left.figure is None or text[left.end : right.start] not in ("、", "和", "与", "及"):
            continue
        if right.dimension == units.POINTS and left.unit == "个":
            left.unit = right.unit
            value_number(left, left.figure, Fraction(1), left.quantum)
        elif left.unit in ("万", "亿") and right.unit.startswith(left.unit) and left.kind is right.kind is Kind.MEASURE:
            step, left.unit = left.quantum / left.factor, right.unit.removeprefix(left.unit)
            value_number(left, left.figure, Fraction(10**4 if right.unit[0] == "万" else 10**8), step)


_NEXT_ITEM = re.compile(r"[^，。；、\d]{0,6}[、，和及与][^，。；、\d]{0,12}")


def _number(token: Token, text: Normal, paragraph: Paragraph, block: int) -> Number:
    start, end = text.place(token.start, token.end)
    printed = paragraph.text[start:end]
    place = Place(block, start, end, paragraph.line_at(start))
    number = Number(f"b{block}:{start}", place, printed, token.kind, start=token.start, end=token.end)
    number.unit, number.per, number.weak = token.unit, token.per, token.weak
    if token.kind is Kind.STRUCTURE:
        number.figure = None
        number.role = Role.OTHER
    if token.figure is None or token.kind not in (Kind.MEASURE, Kind.MALFORMED):
        number.role = Role.OTHER
        return number
    value_number(number, token.figure, token.multiplier, token.step, token.upper)
    if token.kind is Kind.MALFORMED:
        return number
    if not token.unit and 1900 <= token.figure <= 2100 and token.multiplier == 1 and len(printed) == 4:
        number.kind, number.role = Kind.DATE, Role.OTHER
        return number
    _hedge(number, token, text.text[max(0, token.start - 4) : token.start])
    if number.hedge == "区间" and text.text[token.end : token.end + 1].isdigit():
        # 5—10亿元18家: a band of which there are so many.
        number.role = Role.LIMIT
    if token.limit in ("以上", "以下", "以内", "之内", "以外"):
        if _is_threshold(text.text, token):
            number.role = Role.LIMIT
        else:
            number.hedge = token.limit
            low, high = number.interval.low, number.interval.high
            number.interval = Interval(low, None) if token.limit == "以上" else Interval(Fraction(0), high)
    return number


def value_number(number: Number, figure: Fraction, multiplier: Fraction, step: Fraction, upper: Fraction | None = None) -> None:
    """The value of a figure with its unit, and the interval that its digits leave."""
    dimension, size = units.dimension_of(number.unit)
    factor = multiplier * size
    number.figure, number.dimension, number.factor = figure, dimension, factor
    number.value, number.quantum = figure * factor, step * factor
    if multiplier > 1:
        number.unit = _name(multiplier) + number.unit
    if upper is not None:
        number.interval = Interval(number.value, upper * factor)
        number.hedge = "区间"
    elif units.is_counted(dimension) and factor == 1 and step == 1:
        number.interval = Interval(number.value, number.value)
    else:
        number.interval = Interval.about(number.value, number.quantum / 2)


def _name(multiplier: Fraction) -> str:
    return {10**4: "万", 10**8: "亿", 10**7: "千万", 10**6: "百万", 10**5: "十万", 1000: "千", 100: "百", 10**12: "万亿"}.get(
        int(multiplier), ""
    )


def _is_threshold(text: str, token: Token) -> bool:
    """Whether 50张以上 picks out a class (50张以上床位的机构) rather than saying how many there were."""
    if token.unit in units.DURATIONS:
        return True
    following = text[token.end : token.end + 1]
    return bool(following) and following not in "，。；、！？："


def _hedge(number: Number, token: Token, before: str) -> None:
    """The hedge widens what the number may stand for, by a step of its last digit that is not zero."""
    assert number.figure is not None
    assert number.value is not None
    if number.hedge == "区间":
        return
    step = _last_step(abs(number.figure)) * number.factor
    value, zero = number.value, Fraction(0)
    about = max(step / 2, abs(value) / 20)
    if token.hedge == "番":
        number.hedge = "番"
        number.interval = Interval(value * Fraction(95, 100), value * Fraction(115, 100))
    elif token.hedge in ("余", "多", "来", "几", "有余", "之多"):
        number.hedge = token.hedge
        number.interval = Interval(value, value + step)
    elif _ABOUT.search(before) or token.hedge in ("左右", "上下", "约"):
        number.hedge = "约"
        number.interval = Interval(value - about, value + about)
    elif _NEAR.search(before):
        number.hedge = "近"
        number.interval = Interval(value - abs(value) / 10, value + number.quantum / 2)
    elif over := _OVER.search(before):
        number.hedge = over[0]
        number.interval = Interval(value, None)
    elif under := _UNDER.search(before):
        number.hedge = under[0]
        number.interval = Interval(zero, value)


def _last_step(figure: Fraction) -> Fraction:
    """The place of the last digit that is not zero: 100 for 9400, 1/10 for 1.3."""
    if not figure:
        return Fraction(1)
    step = Fraction(1)
    while figure.denominator != 1 and step > Fraction(1, 10**9):
        figure, step = figure * 10, step / 10
    whole = int(figure)
    while whole and whole % 10 == 0:
        whole //= 10
        step *= 10
    return step


def _settle(sentence: Sentence, text: str) -> None:
    """Labels, roles, subjects, periods and scopes of the numbers of a sentence."""
    words = periods.words_in(sentence.text)
    inherited = ""
    for group in sentence.groups:
        silent = listed = ""
        for segment in group.segments:
            if not segment.numbers:
                silent = (silent + segment.text)[-_LABEL_AT_MOST:]
                listed = ((listed if segment.mark == "、" else "") + segment.text + "、")[-_LABEL_AT_MOST:]
                continue
            _settle_segment(segment, text, silent, listed if segment.mark == "、" else "")
            silent = listed = ""
    numbers = sentence.numbers
    for group in sentence.groups[1:]:
        roles.mark_bracketed(group.numbers, text[max(sentence.start, group.start - 12) : group.start])
    for at, number in enumerate(numbers):
        following = next((n for n in numbers[at + 1 : at + 4] if n.measured), None)
        if following is not None and following.start - number.end < 40:
            roles.mark_earlier(number, number.before, following, following.before)
    for left, right in pairwise(numbers):
        # 每人每月50元、100元、500元: what follows a rate without a word is one, too.
        beside = right.start == left.end + 1 and not right.before and not right.per and right.kind is Kind.MEASURE
        if beside and left.per and left.kind is Kind.STANDARD and right.dimension == left.dimension and right.measured:
            right.per, right.kind, right.role = left.per, left.kind, left.role
        told_at_once = right.start <= left.end + 1 and not right.before and right.measured and right.role is Role.LEVEL
        if (
            told_at_once
            and left.role in (Role.CHANGE, Role.PRIOR)
            and left.dimension != right.dimension
            and left.kind is right.kind
        ):
            # 增加2.68万座、494.86万米: both have grown.
            right.role, right.sign, right.base = left.role, left.sign, left.base
    roles.mark_times(numbers)
    runs.settle(sentence)
    word_at, scope = 0, ""
    period = ""
    last_end = sentence.start
    for number in numbers:
        while word_at < len(words) and words[word_at][0] + sentence.start <= number.start:
            # 与2022年度相比: what is compared with is not what is spoken of.
            if sentence.text[max(0, words[word_at][0] - 1) : words[word_at][0]] not in ("与", "比", "较"):
                period = words[word_at][1]
            word_at += 1
        between = text[max(last_end, number.start - 40) : number.start]
        for match in subjects.PLACE.finditer(between):
            scope = match[0]
        number.period, number.scope = period, scope
        number.subject = subjects.subject_of(number.before, number.after, inherited)
        if number.measured:
            inherited = number.subject
        last_end = number.end


def _settle_segment(segment: Segment, text: str, silent: str, listed: str) -> None:
    at = 0
    pieces = segment.pieces
    said = ""
    spoken = pieces[0][0] if pieces else 0
    for index, number in enumerate(segment.numbers):
        before = ""
        start = max(spoken, number.start - 3 * _LABEL_AT_MOST)
        while at < len(pieces) and pieces[at][1] <= start:
            at += 1
        for left, right in pieces[at : at + 8]:
            if left >= number.start:
                break
            before += text[max(left, start) : min(right, number.start)]
        if index == 0:
            before = listed + before
        said = (said + before)[-_LABEL_AT_MOST:]
        number.before = before[-_LABEL_AT_MOST:]
        end = pieces[-1][1] if pieces else number.end
        following = segment.numbers[index + 1].start if index + 1 < len(segment.numbers) else max(end, number.end)
        number.after = _after(text, number, following, pieces)
        if number.measured and number.role is not Role.LIMIT:
            roles.settle(number, number.before, (silent + said)[-_LABEL_AT_MOST:])
        if _divides(number):
            spoken = number.end


def _divides(number: Number) -> bool:
    """Whether what follows is said of another number: a name, an ordinal or an age is part of the words."""
    return number.measured and not number.weak and number.role is not Role.LIMIT


def _after(text: str, number: Number, until: int, pieces: Sequence[tuple[int, int]]) -> str:
    for left, right in pieces:
        if left <= number.start < right or left <= number.end < right:
            return text[number.end : min(until, right, number.end + 30)]
    return ""


def correct(number: Number, correction: Correction) -> None:
    """The reading put right by a reader; what he did not say stays as it was read."""
    number.corrected = True
    if not correction.measure:
        number.kind, number.role, number.value = Kind.NAME, Role.OTHER, None
        return
    if correction.subject is not None:
        number.subject = correction.subject
    if correction.figure is None and correction.unit is None:
        return
    digits = (correction.figure or "").replace(",", "").strip()
    if correction.figure is not None and not re.fullmatch(r"-?\d{1,30}(?:\.\d{1,12})?", digits):
        raise ValueError("更正的数值请写成数字，例如 2738 或 14.2。")
    figure = Fraction(digits) if digits else (number.figure or Fraction(0))
    step = Fraction(1, 10 ** len(digits.partition(".")[2])) if digits else number.quantum / (number.factor or 1)
    multiplier, unit = units.split(correction.unit if correction.unit is not None else number.unit)
    number.unit = unit
    if number.kind in (Kind.MALFORMED, Kind.NAME, Kind.ORDINAL):
        number.kind, number.role = Kind.MEASURE, Role.LEVEL
    number.hedge = ""
    value_number(number, figure, multiplier, step)
    number.read_as = f"{decimal(figure)}{number.unit}"
