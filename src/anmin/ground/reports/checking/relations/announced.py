"""Totals that say how many things they sum up: 三项合计543处（具、盏）; 前两类合计990起, of a list that goes on.

What is counted in other words (灭火器286具、应急灯173盏) adds up all the same where the total says of how many items it is, or
names their classifiers behind itself. 前 and 后 pick the first and the last of the list before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from math import log10

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import chinese, units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, amount, said
from anmin.ground.reports.checking.relations.misprints import is_one_slip, weight_of_equation
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.relations.wholes import OPEN_END, OVERLAPPING
from anmin.ground.reports.checking.vocabulary import Kind, Severity

RULE, OF_PARTS = "list_total", "parts_and_whole"
_SUM = r"(?:合计|共计|总计|相加|累计|加总|加起来|加在一起|总共|总数|总量|总额|共(?!同|享|建|产))"
_COUNT = r"(?P<count>[两二三四五六七八九十]|十[一二三四五六]|\d{1,2})"
_KIND = (
    r"大?(?:市场|领域|板块|渠道|来源|险种|行业|产业|园区|片区|平台|中心|项|类|种|者|个(?!月|工作日|百分点|学期)|家|处|级|地"
    r"|[区县市镇乡村]|批|部分|方面|位|条|档|季度)"
)
_OF_SOME = re.compile(rf"(?P<side>前|后|末){_COUNT}{_KIND}[\u4e00-\u9fff]{{0,10}}?{_SUM}[\u4e00-\u9fff]{{0,8}}$")
_OF_ALL = re.compile(rf"(?<![前后末第]){_COUNT}{_KIND}[\u4e00-\u9fff]{{0,10}}?{_SUM}[\u4e00-\u9fff]{{0,8}}$")
_IN_ALL = re.compile(rf"{_SUM}[\u4e00-\u9fff]{{0,4}}$")
_LIST = re.compile(r"其中|包括|分别|依次|：|[为看中]，?$")
_PARTED = re.compile(r"（?(?:，其中|，包括|：|（其中|，分别[为是])(?=[^，。；\d]{1,12}\d)")
_CLASSIFIERS = re.compile(r"（((?:[\u4e00-\u9fff]{1,2}、){0,5}[\u4e00-\u9fff]{1,2})）")
_ONE_DIGIT = 1.4
_ITEMS_AT_MOST, _NEAR_AT_MOST = 12, 8


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every total that says of how many items it is, and every one of things that are counted in several words."""
    for paragraph in reading.paragraphs:
        if paragraph.forecast:
            continue
        before: list[Number] = []
        for sentence in paragraph.sentences:
            levels = [n for n in sentence.groups[0].numbers[:80] if is_plain_level(n) and n.kind is Kind.MEASURE]
            for at, whole in enumerate(levels):
                if sentence.cut or whole.value is None or whole.hedge:
                    continue
                if some := _OF_SOME.search(whole.before):
                    _judge_some(whole, some, [*before[-_ITEMS_AT_MOST:], *levels[:at]], sentence, ledger)
                elif (counted := _OF_ALL.search(whole.before)) and _judge_counted(
                    whole, _count(counted), [*before[-_ITEMS_AT_MOST:], *levels[:at]], sentence, ledger
                ):
                    continue
                elif units.is_counted(whole.dimension) and _PARTED.match(sentence.text, whole.end - sentence.start):
                    _judge_parted(whole, levels[at + 1 :], sentence, ledger)
                elif units.is_counted(whole.dimension) and _IN_ALL.search(whole.before):
                    _judge_mixed(whole, [*before[-_ITEMS_AT_MOST:], *levels[:at]], sentence, paragraph, ledger)
            before += levels


def _judge_some(whole: Number, some: re.Match[str], before: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    """前两项合计 and 后三类合计: any stretch of so many that makes it is believed, else the first or last is told."""
    count = _count(some)
    items = [n for n in before if lists.can_be_part(n, whole)]
    here = [n for n in items if n.sentence == whole.sentence]
    items = here if len(here) >= count else items
    if not 2 <= count <= len(items):
        return
    windows = [items[at : at + count] for at in range(len(items) - count + 1)]
    by_size = sorted(items, key=lambda n: n.value or 0, reverse=some["side"] == "前")[:count]
    for window in (*windows, by_size):
        if lists.closes(whole, *lists.sum_of(window)):
            ledger.holds(RULE, [whole, *window], f"{lists.chain(window, whole)}，与合计{said(whole)}相符")
            return
    if "季度" in some[0] and "季度" not in "".join(n.before for n in items):
        return
    likely = [items[-count:]] if some["side"] != "前" else list(_firsts(items, count, sentence))
    weighed = [(weight_of_equation([(whole, -1), *((n, 1) for n in window)])[0], window) for window in likely]
    weight, window = max(weighed, key=lambda each: each[0], default=(0.0, []))
    value = lists.sum_of(window)[0]
    alone = len(here) >= count and (_is_near(whole, value) or (len(likely) == 1 and value < 4 * (whole.value or 0) < 16 * value))
    if window and (weight >= _ONE_DIGIT or alone) and not any(n.hedge for n in window):
        _tell(whole, window, ledger, sure=weight >= _ONE_DIGIT or len(likely) == 1)


def _count(told: re.Match[str]) -> int:
    return int(told["count"]) if told["count"].isdigit() else chinese.value_of(told["count"]) or 0


def _judge_counted(whole: Number, count: int, before: Sequence[Number], sentence: Sentence, ledger: Ledger) -> bool:
    """对东盟出口6.83亿元，占28%；对欧盟5.12亿元，对美国4.47亿元，三大市场合计16.42亿元: its items need not stand side by side.

    Any so many of those before it that make it are believed; else those that one slip would make it, if hardly by chance.
    """
    items = [n for n in before if lists.can_be_part(n, whole) and not n.hedge][-_NEAR_AT_MOST:]
    if not 2 <= count <= len(items) or OVERLAPPING.search(sentence.text):
        return False
    choices = [list(chosen) for chosen in combinations(items, count)]
    for chosen in choices:
        if lists.closes(whole, *lists.sum_of(chosen)):
            return False
    if any(lists.closes(whole, *lists.sum_of(run)) for run in _alike(whole, items)):
        return False
    weighed = [(weight_of_equation([(whole, -1), *((n, 1) for n in chosen)])[0], chosen) for chosen in choices]
    weight, meant = max(weighed, key=lambda each: each[0])
    if weight - log10(len(choices)) < _ONE_DIGIT:
        return False
    _tell(whole, meant, ledger, sure=weight - log10(len(choices)) >= 2)
    return True


def _firsts(items: Sequence[Number], count: int, sentence: Sentence) -> Iterator[list[Number]]:
    """Where the list may begin: behind 其中 or a colon, with what follows the number that is the whole of it, at the first."""
    begun = [
        at
        for at, n in enumerate(items)
        if _LIST.search(sentence.text[max(0, n.start - sentence.start - 24) : n.start - sentence.start])
    ]
    starts = {0, *(at for at in begun if at + count <= len(items))}
    even = [
        at
        for at in range(1, len(items) - count + 1)
        if lists.strongest(items[at - 1], items[at], sentence) > _within(items[at : at + count], sentence)
    ]
    for at in sorted({*starts, *even[:1]}):
        if len(items) >= at + count:
            yield list(items[at : at + count])


def _within(items: Sequence[Number], sentence: Sentence) -> int:
    return max((lists.strongest(one, other, sentence) for one, other in pairwise(items)), default=0)


def _judge_mixed(whole: Number, before: Sequence[Number], sentence: Sentence, paragraph: ReadParagraph, ledger: Ledger) -> None:
    """灭火器失效286具、应急灯故障173盏、疏散指示标志缺失94处，三项合计553处（具、盏）."""
    things: list[Number] = []
    for number in reversed(before):
        if (
            number.hedge
            or not lists.are_things(number, whole)
            or (things and number.segment == things[0].segment and number.sentence == things[0].sentence)
        ):
            break
        things.insert(0, number)
    counted = _OF_ALL.search(whole.before)
    wanted = _count(counted) if counted else 0
    if len({n.dimension for n in (*things, whole)}) < 2 or OVERLAPPING.search(sentence.text):
        return
    for size in range(2, len(things) + 1):
        if lists.closes(whole, *lists.sum_of(things[-size:])) and len({n.dimension for n in (*things[-size:], whole)}) > 1:
            ledger.holds(RULE, [whole, *things[-size:]], f"{lists.chain(things[-size:], whole)}，与合计{said(whole)}相符")
            return
    if any(lists.closes(whole, *lists.sum_of(run)) for run in _alike(whole, before)):
        return
    here = [n for n in things if n.sentence == whole.sentence]
    if 2 <= wanted <= len(things):
        items = things[-wanted:]
        sure = len(here) >= wanted
    else:
        items = _of_named_classifiers(whole, here, sentence) or _one_list(here, sentence)
        sure, named = False, bool(_of_named_classifiers(whole, here, sentence))
        if len({n.dimension for n in items}) < 2 or not (named or _is_one_digit_off(whole, items)):
            return
    if _is_near(whole, lists.sum_of(items)[0]) and len({n.dimension for n in (*items, whole)}) > 1:
        _tell(whole, items, ledger, sure=sure)


def _judge_parted(whole: Number, behind: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    """信访总量1268件次，其中来信312件、来访186批次、网上投诉788件: told where one digit makes it so."""
    things: list[Number] = []
    for number in behind[:_ITEMS_AT_MOST]:
        mark = lists.strongest(things[-1], number, sentence) if things else 1
        if mark > 2:
            break
        if number.hedge or not lists.are_things(number, whole) or (len(things) > 1 and mark > _within(things, sentence)):
            break
        things.append(number)
    sizes = [size for size in range(2, len(things) + 1) if len({n.dimension for n in (whole, *things[:size])}) > 1]
    for size in sizes:
        if lists.closes(whole, *lists.sum_of(things[:size])):
            ledger.holds(OF_PARTS, [whole, *things[:size]], f"{lists.chain(things[:size], whole)}，与总数{said(whole)}相符")
            return
    if sizes and _is_one_digit_off(whole, things) and not lists.overlap(things) and not OPEN_END.search(sentence.text):
        _tell(whole, things, ledger, sure=False, rule=OF_PARTS)


def _alike(whole: Number, before: Sequence[Number]) -> Iterator[list[Number]]:
    """The stretches right before it of what is counted like the total itself, which need no other reading."""
    alike = [n for n in before if lists.can_be_part(n, whole)]
    yield from (alike[-size:] for size in range(2, len(alike) + 1))


def _of_named_classifiers(whole: Number, things: Sequence[Number], sentence: Sentence) -> list[Number]:
    """The items whose classifiers stand behind the total: 58件（箱、支）."""
    named = _CLASSIFIERS.match(sentence.text, whole.end - sentence.start)
    if named is None:
        return []
    wanted = {whole.unit, *named[1].split("、")}
    for size in range(2, len(things) + 1):
        if {n.unit for n in things[-size:]} | {whole.unit} == wanted:
            longer = [at for at in range(size, len(things) + 1) if {n.unit for n in things[-at:]} <= wanted]
            run = things[-max(longer) :]
            return run if _one_list(run, sentence) == run else list(things[-size:])
    return []


def _one_list(things: Sequence[Number], sentence: Sentence) -> list[Number]:
    """The last of them that stand between marks of one strength."""
    run = list(things[-1:])
    strength = 0
    for number in reversed(things[:-1]):
        mark = lists.strongest(number, run[0], sentence)
        if len(run) > 1 and mark > strength:
            break
        strength = max(mark, strength)
        run.insert(0, number)
    return run


def _is_one_digit_off(whole: Number, items: Sequence[Number]) -> bool:
    return is_one_slip([(whole, -1), *((n, 1) for n in items)])


def _is_near(whole: Number, value: Fraction) -> bool:
    return (whole.value or 0) * 6 <= value * 10 <= (whole.value or 0) * 16


def _tell(whole: Number, items: Sequence[Number], ledger: Ledger, *, sure: bool, rule: str = RULE) -> None:
    value = lists.sum_of(items)[0]
    line = f"{lists.chain(items, whole)}，原文合计{said(whole)}，相差{amount(abs(value - (whole.value or 0)), whole)}"
    proposal = f"请核对各项与合计；若各项无误，合计应为{amount(value, whole)}。"
    ledger.fails(rule, Severity.ERROR if sure else Severity.DOUBTFUL, [whole, *items], line, proposal)
