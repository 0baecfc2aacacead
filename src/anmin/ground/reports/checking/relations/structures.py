"""Structures: 9.5:44.3:46.2, and shares of one classification that should make a hundred."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.intervals import Interval, total
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, ReadParagraph, percent, said
from anmin.ground.reports.checking.relations.quotients import RULE
from anmin.ground.reports.checking.vocabulary import Role, Severity

_FULL = str.maketrans("０１２３４５６７８９：∶．", "0123456789::.")


def judge_structure(number: Number, paragraph: ReadParagraph, ledger: Ledger) -> None:
    """9.5:44.3:46.2 makes a hundred."""
    parts = [Fraction(part) for part in re.findall(r"\d+(?:\.\d+)?", number.printed.translate(_FULL))]
    whole = sum(parts, Fraction(0))
    if len(parts) >= 3 and 80 < whole < 120:
        steps = [
            Fraction(1, 10 ** len(part.partition(".")[2]))
            for part in re.findall(r"\d+(?:\.\d+)?", number.printed.translate(_FULL))
        ]
        slack = sum(steps, Fraction(0)) / 2
        shown = "+".join(decimal(part) for part in parts) + f"={decimal(whole)}"
        if abs(whole - 100) > slack:
            ledger.fails(RULE, Severity.ERROR, [number], f"{shown}，构成比之和应为100", "请核对构成比的各项。")
            return
        ledger.holds(RULE, [number], f"{shown}，合100")
        _industries(number, parts, steps, paragraph, ledger)


def _industries(
    number: Number, parts: Sequence[Fraction], steps: Sequence[Fraction], paragraph: ReadParagraph, ledger: Ledger
) -> None:
    """The structure of the three industries against their values added."""
    if len(parts) != 3 or "产业" not in number.before or re.search(r"由|上年|去年", number.before[-8:]):
        return
    values: list[Number] = []
    for name in ("第一产业", "第二产业", "第三产业"):
        found = [
            n
            for sentence in paragraph.sentences
            for n in sentence.numbers
            if n.role is Role.LEVEL and n.dimension == "元" and _names(n, name, sentence)
        ]
        if len(found) != 1 or _is_of_another_year(number, found[0], paragraph):
            return
        values.append(found[0])
    whole = sum(((n.value or Fraction(0)) for n in values), Fraction(0))
    spread = total(n.interval for n in values)
    known = ledger.whole_of.get(values[0].key)
    if known is not None and known.value and not spread.meets(known.interval):
        # Where the three do not make up the whole, the structure is of the whole.
        spread, whole = known.interval, known.value
    for value, part, step in zip(values, parts, steps, strict=True):
        real = (value.interval / spread).times(100)
        if not real.meets(Interval.about(part, step * 2)):
            line = f"{said(value)}占三次产业的{percent((value.value or Fraction(0)) / whole * 100)}，原文构成写{decimal(part)}"
            ledger.fails(RULE, Severity.ERROR, [number, value], line, "请核对三次产业的增加值与构成比。")
            return


def _is_of_another_year(number: Number, value: Number, paragraph: ReadParagraph) -> bool:
    """2021年……三次产业结构为5.5:50.6:43.9, told behind the values of 2022."""
    years = re.findall(r"(?:19|20)\d{2}(?=年)", paragraph.normal.text[value.end : number.start])
    own = re.findall(r"(?:19|20)\d{2}(?=年)", paragraph.normal.text[: value.start])
    return bool(years) and bool(own) and years[-1] != own[-1]


def _names(number: Number, name: str, sentence: Sentence) -> bool:
    return name in sentence.text[max(0, number.start - sentence.start - 14) : number.start - sentence.start]


_SHARE_OF = re.compile(r"(?:其中)?(?P<name>[\u4e00-\u9fff、]{1,12}?)(?:占比|比重|占)(?:为|达到?|约)?$")


def judge_sum_of_shares(sentence: Sentence, ledger: Ledger) -> None:
    """咨询类占64.8%，求助类占17.3% …: shares of one classification make no more than a hundred."""
    run: list[Number] = []
    kinds: set[str] = set()
    for number in sentence.numbers[:80]:
        told = _SHARE_OF.fullmatch(number.before) if number.dimension == units.PERCENT and number.measured else None
        kind = told["name"][-1] if told and not number.group else ""
        if kind and _DIVIDES.search(sentence.text[: number.start - sentence.start]):
            # 资金来源中财政拨款占62.4%、自筹占21.8%: of what is divided all kinds are told, whatever they end with.
            kind = "其"
        rest = bool(told) and len(run) > 1 and told["name"] in ("其他", "其它", "其余")  # type: ignore[index]  # bool(told)
        goes_on = bool(run) and (kind in kinds or rest) and number.start - run[-1].end < 24
        if not goes_on:
            _judge_hundred(run, ledger)
            run, kinds = [], set()
        if kind:
            run.append(number)
            kinds.add(kind)
    _judge_hundred(run, ledger)


_DIVIDES = re.compile(
    r"(?:来源|构成|结构|分布|组成|去向|类型)(?:看|中|上|为|情况)?[，：、]?[^。；%]{0,12}占(?:比)?|按[^，。；]{2,8}分"
)


def _judge_hundred(run: Sequence[Number], ledger: Ledger) -> None:
    if len(run) < 3:
        return
    together = sum((n.value or Fraction(0) for n in run), Fraction(0))
    slack = sum((n.quantum for n in run), Fraction(0)) / 2
    crossing = re.search(r"女|党员|岁|以上|学历|少数民族|率$", "".join(n.before for n in run))
    # With 其他 at the end nothing is left out.
    short = re.search("其他|其它|其余", run[-1].before) is not None and 80 < together < 100 - slack
    if (together <= 100 + slack and not short) or together > 130 or crossing:
        return
    if any(n.hedge or n.key in ledger.failed for n in run):
        return
    line = "+".join(said(n) for n in run) + f"={percent(together)}，{'不足' if short else '超过'}100%"
    ledger.fails("share", Severity.DOUBTFUL, [run[-1], *run[:-1]], line, "同一总数的各项占比之和应为100%，请核对各项。")
