"""Lists that no total has claimed: 新建612宗、改扩建384宗、翻建152宗, when 批准1138宗 was told two sentences before.

Tried last. A list whose sum stands nowhere may be of anything; but one of three items or more, whose sum is a number told
around it but for one digit, was meant to make it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import is_misprint, weight_of_equation
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.relations.wholes import OPEN_END, OVERLAPPING
from anmin.ground.reports.checking.vocabulary import Severity, State

RULE = "parts_and_whole"
_SUMS = frozenset({RULE, "list_total", "subtotal", "stock_and_flow"})
_BEFORE, _BEHIND = 40, 6
_ITEMS_AT_LEAST, _ITEMS_AT_MOST = 3, 20
# What comes in, goes out and is left over is no list of like things.
_ACCOUNT = re.compile(r"收入|支出|结余|余额|年初|期初|年末|期末|上年|去年|新增|减少|受理.*(?:审结|办结|结案)|审结|办结|累计")
_GOES_ON = re.compile(r"^.{0,8}(?:其余|其他|其它|剩余|余下|等|还有|以及)")
_BY_KIND = re.compile(r"(?:[按从分][^，。；：\d]{1,10}?(?:看|来看|分|划分|统计)|其中)[，：:]?[^，。；\d]{0,10}$")


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every list that stands in no sum yet is held against the numbers around it."""
    claimed = {
        key for told in ledger.relations if told.rule in _SUMS and told.state is not State.CANNOT_TELL for key in told.numbers
    }
    levels: list[Number] = []
    found: list[tuple[list[Number], Sentence, int]] = []
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            here = [number for number in sentence.numbers if is_plain_level(number)]
            if not paragraph.forecast and not sentence.cut and len(here) > 1:
                for dimension in dict.fromkeys(number.dimension for number in here):
                    runs = _runs([n for n in here if n.dimension == dimension], sentence, claimed, reading.months)
                    found += [(run, sentence, len(levels) + here.index(run[0])) for run in runs]
            levels += here
    for run, sentence, at in found:
        around = [*levels[max(0, at - _BEFORE) : at], *levels[at + len(run) : at + len(run) + _BEHIND]]
        _judge(run, sentence, around, ledger)


def _runs(levels: Sequence[Number], sentence: Sentence, claimed: set[str], months: int) -> Iterator[list[Number]]:
    """Numbers of one unit one after the other, no mark between two of them stronger than that between the first two.

    Two will do where they are all the quarters of the period.
    """
    at = 0
    while at < len(levels):
        run, strength = [levels[at]], 2
        for number in levels[at + 1 : at + _ITEMS_AT_MOST]:
            mark = lists.strongest(run[-1], number, sentence)
            rest = mark == 2 and lists.is_rest(number)
            if not lists.can_be_part(number, run[0]) or number.group != run[0].group or (mark > strength and not rest):
                break
            strength = max(mark, 1) if len(run) == 1 else strength
            run.append(number)
        at += len(run)
        if (len(run) >= _ITEMS_AT_LEAST or lists.covers_months(run, months)) and not any(
            number.hedge or number.key in claimed for number in run
        ):
            # 收到申请426件，受理378件，不予受理31件，其他处理17件: the first of them may be the whole of the others.
            parts = lists.run_of(run[1:], sentence, run[0])
            first = run[:-1]
            if len(parts) >= 2 and _is_near(run[0], lists.sum_of(parts)[0]):
                yield parts
                if len(parts) < _ITEMS_AT_LEAST:
                    yield run
            elif (len(first) >= _ITEMS_AT_LEAST or lists.exhausts(first)) and _is_near(run[-1], lists.sum_of(first)[0]):
                yield first
            else:
                yield run


def _judge(run: Sequence[Number], sentence: Sentence, around: Sequence[Number], ledger: Ledger) -> None:
    labels = "".join(lists.label_of(number) for number in run)
    behind = sentence.text[run[-1].end - sentence.start :]
    lead = sentence.text[max(0, run[0].start - sentence.start - 30) : run[0].start - sentence.start]
    text = lead + labels + behind[:20]
    if _ACCOUNT.search(labels) or OVERLAPPING.search(text):
        return
    if not lists.is_rest(run[-1]) and (_GOES_ON.match(behind) or OPEN_END.search(text)):
        return
    by_kind = bool(_BY_KIND.search(lead))
    wholes = [n for n in around if lists.can_be_part(run[0], n) or (by_kind and lists.are_things(run[0], n))]
    value, interval = lists.sum_of(run)
    if lists.overlap(run) or any(lists.closes(whole, value, interval) for whole in wholes):
        return
    near = [n for n in wholes if n.value and not n.hedge and _is_near(n, value)]
    surely = len(run) >= _ITEMS_AT_LEAST or lists.covers_months(run, ledger.months)
    meant = [n for n in near if surely and is_misprint(n, value)] or [n for n in near if _is_meant(n, run, sentence)]
    if len({n.value for n in meant}) != 1:
        return
    whole = next((n for n in meant if lists.can_be_part(run[0], n)), meant[0])
    line = f"{lists.chain(run, whole)}，文中有{said(whole)}，相差{amount(abs(value - (whole.value or 0)), whole)}"
    proposal = f"这几项看来是{said(whole)}的全部分项，请核对总数和各分项。"
    ledger.fails(RULE, Severity.DOUBTFUL, [whole, *run], line, proposal)


def _is_near(whole: Number, value: Fraction) -> bool:
    return (whole.value or 0) * 8 <= value * 10 <= (whole.value or 0) * 12


def _is_meant(whole: Number, run: Sequence[Number], sentence: Sentence) -> bool:
    """Whether one misprinted item makes them agree, the less by chance where the list names everything."""
    weight, _ = weight_of_equation([(whole, -1), *((part, 1) for part in run)])
    rest = re.search("其他|其它|其余", sentence.text[max(0, run[-1].start - sentence.start - 12) :][:12])
    # 登记286件，甲12件，乙42件，丙232件: what the list follows at once, and nothing behind it, is its whole.
    behind = sentence.text[run[-1].end - sentence.start :][:1]
    ends = behind in "。；，）"
    leads = ends and whole.sentence == run[0].sentence and 0 < run[0].segment - whole.segment <= 1 and not run[0].group
    if len(run) < _ITEMS_AT_LEAST and not lists.exhausts(run):
        names = [lists.label_of(n) for n in run]
        short = (max(map(len, names)) <= 6 or len({name[-2:] for name in names}) == 1) and behind in "。；"
        return bool(leads) and weight >= (1.5 if short else 2.2) and all(1 < len(name) <= 12 for name in names)
    return weight >= (1.2 if rest or lists.exhausts(run) else 1.5 if leads else 2.2)
