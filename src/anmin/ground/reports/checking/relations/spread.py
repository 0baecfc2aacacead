"""Totals whose items are named beside them and told elsewhere: 低保金、特困供养金、临时救助金三项资金4798.56万元.

Each name is looked for in the whole report; of the amounts that its sentences tell, one is the item. A choice that makes up the
total is believed, else the one that comes nearest by one misprint is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import chinese
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, amount, said
from anmin.ground.reports.checking.relations.misprints import weight_of_equation
from anmin.ground.reports.checking.relations.records import is_plain_level
from anmin.ground.reports.checking.vocabulary import Kind, Severity

RULE = "list_total"
_NAMED = re.compile(
    r"(?P<names>[\u4e00-\u9fff]{2,12}(?:、[\u4e00-\u9fff]{2,12}){1,8}(?:[和与及][\u4e00-\u9fff]{2,12})?)"
    r"(?P<count>[两二三四五六七八九十])(?:大?[类项种块]|个方面)[\u4e00-\u9fff]{0,8}$"
)
_LEADS = re.compile(r"^.*(?:发放|兑现|投入|完成|实现|支出|用于|落实|拨付|筹集|办理|受理|累计|共|的)(?=[\u4e00-\u9fff]{2})")
_SENTENCES_AT_MOST = 3000
_CHOICES_AT_MOST = 600
_ENOUGH = 1.5


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every total that names its items is held against what the report tells of each."""
    asked: list[tuple[Number, Sentence, list[str]]] = []
    sentences: list[Sentence] = []
    for paragraph in reading.paragraphs:
        if paragraph.forecast:
            continue
        for sentence in paragraph.sentences[: max(0, _SENTENCES_AT_MOST - len(sentences))]:
            sentences.append(sentence)
            for number in sentence.groups[0].numbers[:20]:
                names = _names(number, sentence) if is_plain_level(number) and number.kind is Kind.MEASURE else []
                if names and len(asked) < 20:
                    asked.append((number, sentence, names))
    done = {told.numbers[0] for told in ledger.relations if told.rule == RULE}
    for whole, sentence, names in asked:
        if whole.key not in done:
            _judge(whole, sentence, names, sentences, ledger)


def _names(number: Number, sentence: Sentence) -> list[str]:
    place = number.start - sentence.start
    bare = re.sub(r"（[^）]*）", "", sentence.text[max(0, place - 90) : place])
    match = _NAMED.search(re.sub(r"(?:合计|共计|总计|共|为|达)+$", "", bare))
    if match is None:
        return []
    first, *others = re.split("[、和与及]", match["names"])
    names = [_LEADS.sub("", first), *others]
    return names if chinese.value_of(match["count"]) == len(names) else []


def _judge(whole: Number, sentence: Sentence, names: Sequence[str], sentences: Sequence[Sentence], ledger: Ledger) -> None:
    pools = [list(islice(_told_of(name, whole, sentence, sentences), 4)) for name in names]
    if not all(pools):
        return
    best: tuple[float, tuple[Number, ...]] = (0.0, ())
    for items in islice(product(*pools), _CHOICES_AT_MOST):
        if len({id(item) for item in items}) < len(items):
            continue
        value, interval = lists.sum_of(items)
        if lists.closes(whole, value, interval):
            ledger.holds(RULE, [whole, *items], f"{lists.chain(items, whole)}，与合计{said(whole)}相符")
            return
        weight, _ = weight_of_equation([(whole, -1), *((item, 1) for item in items)])
        best = max(best, (weight, items), key=lambda each: each[0])
    weight, items = best
    if weight >= _ENOUGH:
        value, _ = lists.sum_of(items)
        line = (
            f"{lists.chain(items, whole)}，原文合计{said(whole)}，相差{amount(abs(value - (whole.value or Fraction(0))), whole)}"
        )
        ledger.fails(RULE, Severity.DOUBTFUL, [whole, *items], line, "请按名称逐项核对各项金额与合计。")


def _told_of(name: str, whole: Number, sentence: Sentence, sentences: Sequence[Sentence]) -> Iterator[Number]:
    """The amounts of sentences that say the name, or what it begins with: 特困供养金 is paid to 特困供养人员."""
    short = re.sub(r"(?:补助|救助|供养|保障)?(?:资金|[金费款])$", "", name)
    for wanted in dict.fromkeys((name, short, name[:2])):
        found = False
        for other in sentences:
            at = other.text.find(wanted) if other is not sentence and len(wanted) >= 2 else -1
            if at < 0:
                continue
            for number in other.groups[0].numbers:
                if number.start - other.start > at and lists.can_be_part(number, whole) and is_plain_level(number):
                    found = True
                    yield number
        if found:
            return
