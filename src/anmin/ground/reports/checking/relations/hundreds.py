"""Shares of one whole that must make a hundred, where its kinds are all named: 男性占51.3%，女性占48.7%; …，其他占0.3%.

A list is known to be whole by its last word (其他), by its names (opposites, steps of a scale), or by being led up to as a
structure (按年龄分, 三类占比分别为); of the last it is told only where one slip of the finger makes a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.intervals import Interval
from anmin.ground.reports.checking.numerals import chinese, units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import classes, lists
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, percent, said
from anmin.ground.reports.checking.relations.misprints import weight_into
from anmin.ground.reports.checking.relations.quotients import RULE
from anmin.ground.reports.checking.vocabulary import Role, Severity, State

_SHARE = re.compile(r"占(?:比|[\u4e00-\u9fff]{1,8}的(?:比重|比例)?)?(?:分别)?(?:为|达到?)?$")
_COUNT = re.compile(r"[\d.,万亿]+[\u4e00-\u9fff]{1,3}[，（]?$")
_FIRST = re.compile(r"[^，；：。]*(?:，(?=占))?[^，；：。]*$")
_COMPARED = re.compile("[由从比较]|提[高升]|增|[上下]降|同期|百分点|回落|率")
_BY_KIND = re.compile(
    r"(?:结构|构成|分布|来源|去向|渠道|组成|类型|用途|投向)[^。；%]{0,14}$|(?:[按从分])[^，。；%]{1,10}?(?:看|分|划分|统计)，?[^，。；%]{0,8}$"
)
_KINDS = re.compile(r"(?P<n>[两二三四五六七八九十]|\d)(?:大?[类种项者级]|个(?:方面|部分|层次|年龄段))[\u4e00-\u9fff]{0,12}$")
_SEVERAL = re.compile("多选|交叉|重复|同时|兼|不含|除外|以上学历|主要|其中[^，。；]{0,8}$")
_CROSSING = re.compile("女|党员|学历|少数民族|残疾|贫困|脱贫")
_ONE_SLIP = 0.8


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every list of shares is held against a hundred."""
    known = {key for told in ledger.relations if told.rule == RULE and told.state is State.FAILS for key in told.numbers}
    for paragraph in reading.paragraphs:
        for sentence in paragraph.sentences:
            if sentence.cut:
                continue
            for run, names in _lists(sentence):
                if len(run) > 1 and not known & {n.key for n in run}:
                    _judge(run, names, sentence, ledger)


def _lists(sentence: Sentence) -> Iterator[tuple[list[Number], list[str]]]:
    """Shares one after the other with what each is of; those behind a 分别 have no names of their own."""
    yield from (([*run], []) for run in sentence.runs if all(_is_share(n) for n in run) and "占" in run[0].before)
    run: list[Number] = []
    names: list[str] = []
    for number in sentence.groups[0].numbers[:80]:
        if number.dimension != units.PERCENT or not number.measured:
            continue
        place = number.start - sentence.start
        name = _name(sentence.text[run[-1].end - sentence.start : place]) if run else None
        if name is None or "其中" in name or not _is_share(number):
            yield run, names
            run, names = [], []
            first = _FIRST.search(sentence.text[max(0, place - 40) : place])
            name = _name(first[0]) if first else None
        if name is not None and _is_share(number):
            run.append(number)
            names.append(name.removeprefix("其中"))
    yield run, names


def _name(lead: str) -> str | None:
    """What a share is of, by the words that lead up to it; None where they are of something else."""
    told = _SHARE.search(lead)
    if told is None or len(lead) > 28 or _COMPARED.search(lead):
        return None
    return _COUNT.sub("", lead[: told.start()].strip("，、；：")).strip("，、；：")


def _is_share(number: Number) -> bool:
    return number.role in (Role.SHARE, Role.RATE) and number.dimension == units.PERCENT and not number.hedge and number.measured


def _judge(run: Sequence[Number], names: Sequence[str], sentence: Sentence, ledger: Ledger) -> None:
    together = sum((n.value or Fraction(0) for n in run), Fraction(0))
    slack = sum((n.quantum for n in run), Fraction(0)) / 2
    lead = sentence.text[: run[0].start - sentence.start]
    if (
        abs(together - 100) <= slack
        or not 70 < together < 140
        or _SEVERAL.search(sentence.text[max(0, len(lead) - 40) : run[-1].end - sentence.start])
    ):
        return
    bare = [re.sub(r"^(?:其中|用于|来自|属于?)|(?:分别|约|共|的|仅)+$", "", name) for name in names]
    steps = bool(bare) and classes.are_steps(bare) and len(bare) > 2
    whole = bool(bare) and all(bare) and (lists.name_everything(bare) or steps or bool(re.match("其[他它余]|剩余", bare[-1])))
    if not whole:
        kinds = _KINDS.search(re.sub(r"占(?:比)?(?:分别)?为?$", "", lead)) if not names else None
        counted = kinds is not None and (int(kinds["n"]) if kinds["n"].isdigit() else chinese.value_of(kinds["n"])) == len(run)
        announced = counted or (
            len(run) > 2 and _BY_KIND.search(_SHARE.sub("", lead)) is not None and not _CROSSING.search("".join(bare))
        )
        ends = sentence.text[run[-1].end - sentence.start :][:1] in "。；"
        if not announced or not ends or not any(_leads_to(n, run, slack) for n in run):
            return
    line = "+".join(said(n) for n in run) + f"={percent(together)}，{'不足' if together < 100 else '超过'}100%"
    ledger.fails(RULE, Severity.DOUBTFUL, [run[-1], *run[:-1]], line, "同一总数的各项占比之和应为100%，请核对各项。")


def _leads_to(number: Number, run: Sequence[Number], slack: Fraction) -> bool:
    """Whether one slip in this share makes all of them a hundred."""
    rest = 100 - sum((n.value or Fraction(0) for n in run if n is not number), Fraction(0))
    return rest > 0 and weight_into(number, Interval.about(rest, slack)) >= _ONE_SLIP
