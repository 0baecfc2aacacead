"""What a whole that is told in words is divided into: 上述五个问题中，4个已完成整改，2个正在整改."""

from __future__ import annotations

import re
from dataclasses import dataclass

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.chinese import value_of
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading
from anmin.ground.reports.checking.relations.words import words_of
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "parts_and_whole"
_N = r"[两二三四五六七八九十]|十[一二三四五六七八九]|二十[一二三四五六七八九]?|\d{1,3}"
_C = r"[个名项件家座处人起条所户类次位台辆批村镇]"
_WHOLE = re.compile(
    rf"(?<![第每前\d.])(?P<n>{_N})(?P<c>{_C})(?P<noun>[\u4e00-\u9fff]{{0,10}}?)(?:(?P<link>中有|中|里|内|有|，)，?(?=[^，。；、\d]{{0,10}}?(?:一|{_N}){_C})|(?=(?:一|{_N}){_C}))"
)
_PART = re.compile(rf"(?<![第每前\d.])(?P<n>一|{_N})(?P<c>{_C})")
_OPPOSED = re.compile(r"未|尚|正在|在建|待|不|负|其余|剩余|限期|持续|另")
_MANY = re.compile(r"获|荣|入选|评为|同时|兼")
"""Of these one may have several."""

_OPEN = re.compile(r"等$|左右|以上|其中|余|多")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every such whole with the counts that follow it to the end of its clause."""
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences if not paragraph.forecast else ():
            at = 0
            while match := _WHOLE.search(sentence.text, at):
                at = max(_judge_whole(match, sentence, ledger), match.start() + 1)


@dataclass(frozen=True, slots=True)
class Division:
    """A whole and its parts as words and figures tell them, and where the last part ends."""

    whole: int
    parts: tuple[int, ...]
    in_words: bool
    clauses: tuple[str, ...]
    end: int


def _divided(match: re.Match[str], text: str) -> Division | None:
    """What stands behind a whole, where each clause names one count of the same kind and nothing else."""
    ended = re.search("[。；（]|$", text[match.end() :])
    end = match.end() + (ended.start() if ended else 0)
    clauses = re.split("[，、]", text[match.end() : end])
    found = [_PART.findall(clause) for clause in clauses]
    plain = all(len(counts) == 1 and _is_same(counts[0][1], match["c"]) for counts in found)
    if len(found) < 2 or not plain or text[end : end + 1] == "（" or any(len(clause) > 20 for clause in clauses):
        return None
    whole, values = _value(match["n"]), tuple(value for counts in found if (value := _value(counts[0][0])))
    if whole is None or len(values) < len(found) or (match["link"] in (None, "，") and len(match["noun"]) < 2):
        return None
    pointed_at = re.search("[上前]述|这|该$", text[max(0, match.start() - 3) : match.start()])
    figures = all(told.isdigit() for told in (match["n"], *(counts[0][0] for counts in found)))
    return Division(whole, values, bool(pointed_at) or not figures, tuple(clauses), end)


def is_divided(number: Number, sentence: Sentence) -> bool:
    """Whether a number told in words is a whole whose parts, those of one among them, make it up."""
    match = _WHOLE.search(sentence.text, number.start - sentence.start)
    found = _divided(match, sentence.text) if match and match.start() == number.start - sentence.start else None
    return found is not None and sum(found.parts) == found.whole


def _judge_whole(match: re.Match[str], sentence: Sentence, ledger: Ledger) -> int:
    """Told where words speak of a whole or a part; of figures alone the families of parts have spoken already."""
    found = _divided(match, sentence.text)
    if found is None:
        return match.start() + 1
    told, total = "，".join(found.clauses), sum(found.parts)
    if not found.in_words or total == found.whole or max(found.parts) > found.whole or _OPEN.search(told) or _MANY.search(told):
        return found.end
    if total > found.whole or _OPPOSED.search(told):
        line = f"{'+'.join(map(str, found.parts))}={total}，原文说{match['n']}{match['c']}{match['noun']}"
        words = words_of(sentence, match.start("n"), found.end)
        if not any(words.key in finding.numbers for finding in ledger.findings):
            ledger.fails(RULE, Severity.DOUBTFUL, [words], line, "请核对总数和各部分的数目。")
    return found.end


def _is_same(one: str, other: str) -> bool:
    return one == other or {one, other} <= set("名人位") or (other in "村镇" and one == "个")


def _value(text: str) -> int | None:
    return int(text) if text.isdigit() else value_of(text)
