"""Totals said afterwards: 以上各项共计638家; 三项合计93.5万人次, whose items stand in sentences or paragraphs before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import chinese
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, ReadParagraph, amount, said
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.relations.wholes import OVERLAPPING
from anmin.ground.reports.checking.vocabulary import Severity

RULE = "list_total"
_SUM = r"(?:合计|共计|总计|相加|累计|加总|加起来|加在一起|合并|汇总|总共|共(?!同|享|建))"
_COUNTED = re.compile(
    r"(?:以上|上述|前述|这|上列|前)?(?:[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8}){0,4}[和与及、][\u4e00-\u9fff]{2,8}?)?(?P<count>[两二三四五六七八九十]|\d{1,2})(?P<word>项|类|种|者|个(?!月|工作日)|块|批|部分|方面|级|地|区|县|镇|所|家)"
    rf"[\u4e00-\u9fff]{{0,12}}?{_SUM}，?[\u4e00-\u9fff]{{0,12}}$"
)
_ALL = re.compile(rf"(?:以上|上述|前述)[\u4e00-\u9fff]{{0,10}}?{_SUM}")
_FAR = 6


def judge_afterwards(sentence: Sentence, paragraphs: Sequence[ReadParagraph], at: int, ledger: Ledger) -> None:
    """A sentence whose first number sums up what was told before it is held against that."""
    for place, whole in enumerate(sentence.groups[0].numbers[:40]):
        so_far = sentence.text[: whole.start - sentence.start]
        lead = whole.before if place else so_far
        counted = _COUNTED.match(lead.lstrip("，、；：")) or (_COUNTED.fullmatch(so_far) if place == 1 else None)
        if (counted is not None or (not place and _ALL.match(lead))) and is_plain_level(whole):
            _sum_up(whole, counted, sentence, paragraphs, at, ledger)


def _sum_up(
    whole: Number,
    counted: re.Match[str] | None,
    sentence: Sentence,
    paragraphs: Sequence[ReadParagraph],
    at: int,
    ledger: Ledger,
) -> None:
    if whole.value is None:
        return
    wanted = 0
    if counted is not None:
        wanted = int(counted["count"]) if counted["count"].isdigit() else chinese.value_of(counted["count"]) or 0
    here = _clauses(sentence, whole)
    if sum(map(len, here)) >= max(wanted, 2):
        # The list and its total in one breath are judged as such.
        return
    told = (not wanted and _numbered_before(whole, sentence, paragraphs, at)) or (
        _told_before(whole, sentence, paragraphs, at, wanted) + here
    )
    pool = [number for clause in told for number in clause]
    if len(pool) < 2:
        return
    if count := lists.closing_suffix(whole, pool):
        _hold(whole, pool[-count:], ledger)
        return
    heads = [clause[0] for clause in told]
    if wanted >= 2:
        lead = sentence.text[: whole.start - sentence.start]
        called = _called(lead, wanted, whole, paragraphs[max(0, at - wanted - 1) : at + 1])
        if called and _fits(whole, called):
            _hold(whole, called, ledger)
            return
        choices = [heads[-wanted:], *combinations(pool[-10:], wanted)]
        if fitting := next((list(c) for c in choices if len(c) == wanted and _fits(whole, c)), None):
            _hold(whole, fitting, ledger)
            return
        items = pool if len(pool) == wanted else heads if len(heads) == wanted else []
        items = (
            _called(sentence.text[: whole.start - sentence.start], wanted, whole, paragraphs[max(0, at - 1) : at + 1]) or items
        )
    else:
        items = told[-1] if _is_one_list(told[-1]) else []
    value, interval = lists.sum_of(items)
    if OVERLAPPING.search(sentence.text[: whole.end - sentence.start + 24]):
        return
    if len(items) < 2 or interval.meets(whole.interval) or not whole.value <= 2 * value <= 4 * whole.value:
        return
    line = f"{lists.chain(items, whole)}，原文合计{said(whole)}，相差{amount(abs(value - whole.value), whole)}"
    proposal = f"请核对各项与合计；若各项无误，合计应为{amount(value, whole)}。"
    severity = Severity.ERROR if len(items) == len(pool) else Severity.DOUBTFUL
    ledger.fails(RULE, severity, [whole, *items], line, proposal)


def _called(lead: str, wanted: int, whole: Number, paragraphs: Sequence[ReadParagraph]) -> list[Number]:
    """以上社保补贴、扩岗补助、稳岗返还三项: each is what bears its name, or the last number of the half sentence that says it."""
    names = [
        name for name in re.split("[、和与及]", re.sub(r"^(?:以上|上述)|[两二三四五六七八九十]项?.*$", "", lead)) if len(name) > 1
    ]
    if len(names) != wanted:
        return []
    told = [
        (clause, sentence.text[: clause[-1].start - sentence.start].rpartition("；")[2])
        for paragraph in paragraphs
        for sentence in paragraph.sentences
        for clause in _clauses(sentence, whole)
    ]
    found: list[Number] = []
    for name in names:
        own = [n for clause, _ in told for n in clause if name in n.before]
        near = [clause[-1] for clause, half in told if name in half]
        found += own[:1] or near[-1:]
    if len(found) == wanted - 1:
        # 执行 may be what was called 执结: what is still missing, where it was told.
        rest = (whole.value or 0) - lists.sum_of(found)[0]
        found += [n for clause, _ in told for n in clause if n.value == rest and n not in found][:1]
    return found if len({id(number) for number in found}) == wanted else []


def _fits(whole: Number, items: Sequence[Number]) -> bool:
    return lists.closes(whole, *lists.sum_of(items))


def _is_one_list(items: Sequence[Number]) -> bool:
    return len(items) >= 2 and not any("其中" in item.before for item in items)


def _told_before(
    whole: Number, sentence: Sentence, paragraphs: Sequence[ReadParagraph], at: int, wanted: int
) -> list[list[Number]]:
    """What could be an item, clause by clause: of this paragraph, or of those right before where this sentence begins one."""
    before = list(paragraphs[at].sentences[: sentence.index])
    if not wanted:
        before = before[-1:]
    if not before and at:
        for paragraph in reversed(paragraphs[max(0, at - max(wanted, 1)) : at]):
            if paragraph.heading and before:
                break
            before = [*paragraph.sentences[:_FAR], *before]
    told: list[list[Number]] = []
    for other in before[-max(wanted, _FAR) :]:
        told += _clauses(other, whole)
    if not wanted and told:
        return [[number for clause in told for number in clause]]
    return told


_NUMBERED = re.compile(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+[是、]|\d{1,2}[.．、]|——|[①-⑳])")


def _numbered_before(whole: Number, sentence: Sentence, paragraphs: Sequence[ReadParagraph], at: int) -> list[list[Number]]:
    """（一）财政补助收入4126万元 ¶ （二）事业收入862万元 ¶ 以上收入合计: what each numbered paragraph before begins with."""
    if sentence.index:
        return []
    told: list[Number] = []
    for paragraph in reversed(paragraphs[max(0, at - 12) : at]):
        if not _NUMBERED.match(paragraph.normal.text):
            break
        first = next((c[0] for s in paragraph.sentences[:2] for c in _clauses(s, whole)), None)
        if first is None:
            return []
        told.insert(0, first)
    return [told] if len(told) > 1 else []


def _clauses(sentence: Sentence, whole: Number) -> list[list[Number]]:
    """What a sentence tells before the total in its unit, parted at semicolons."""
    clauses: list[list[Number]] = []
    for number in sentence.groups[0].numbers[-60:]:
        if not is_plain_level(number) or not lists.can_be_part(number, whole):
            continue
        if number.place.block == whole.place.block and number.start >= whole.start:
            break
        if not clauses or "；" in sentence.between(clauses[-1][-1], number):
            clauses.append([])
        clauses[-1].append(number)
    return clauses


def _hold(whole: Number, items: Sequence[Number], ledger: Ledger) -> None:
    value, _ = lists.sum_of(items)
    line = lists.chain(items, whole)
    if value == whole.value or whole.hedge or any(item.hedge for item in items):
        ledger.holds(RULE, [whole, *items], f"{line}，与合计{said(whole)}相符")
    else:
        gap = amount(abs(value - (whole.value or 0)), whole)
        ledger.rounds(RULE, [whole, *items], f"{line}，合计为{said(whole)}，相差{gap}，在四舍五入范围内")
