"""Growth of a level that is told apart from it: what was added before it, or what a paragraph before called by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.ledger import Ledger, ReadParagraph, decimals_of, percent, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.records import Record, is_plain_level, own_noun
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "growth"
FAR_AT_MOST = 60
_TOPIC = re.compile(r"[^\u4e00-\u9fff]*(?P<name>[\u4e00-\u9fff]{2,8}?)(?:盘面|方面|情况|工作|板块|领域|形势)?：")


def judge_far(
    change: Number, rate: Number, paragraph: ReadParagraph, levels: Sequence[Number], first: Sequence[Number], ledger: Ledger
) -> None:
    """非税盘面：同比增加0.25亿元，增长8.3%: the level is what a paragraph before called by the name of this one.

    Or what the sentence began with: 收入86740万元，其中……；同比减收23460万元. Told where the rate is that of the one level there
    is but for one digit, or that of the change by this level.
    """
    topic = _TOPIC.match(paragraph.normal.text)
    if own_noun(change) or not change.value or not rate.value or rate.dimension != units.PERCENT:
        return
    named = [n for n in first if n.dimension == change.dimension and n.kind is Kind.MEASURE]
    if not named and topic is not None:
        begins = topic["name"][:2]
        named = [n for n in levels if n.dimension == change.dimension and n.before.lstrip("其中").startswith(begins)]
    if len({n.value for n in named}) != 1 or not _same_sign(change, rate):
        return
    level, sign = named[-1], change.sign or 1
    base = (level.value or Fraction(0)) - change.value * sign
    if base <= 0:
        return
    value = change.value / base * 100
    line = f"{said(change)}÷（{said(level)}{'-' if sign > 0 else '+'}{said(change)}）={percent(value)}"
    by_level = (change.interval / level.interval).times(100).meets(rate.interval)
    if (change.interval / (level.interval - change.interval.times(sign))).times(100).meets(rate.interval):
        ledger.holds(RULE, [rate, level, change], f"{line}，与原文{said(rate)}相符")
    elif is_misprint(rate, value) or by_level:
        hint = f"；增减数除以本期数{said(level)}才得{said(rate)}" if by_level else ""
        proposal = f"若本期数和增减数无误，增幅应为{percent(value, decimals_of(rate))}。"
        ledger.fails(RULE, Severity.DOUBTFUL, [rate, level, change], f"{line}，原文写{said(rate)}{hint}", proposal)


def _same_sign(change: Number, rate: Number) -> bool:
    return (change.sign or 1) == (rate.sign or 1)


_ADDED = re.compile(r"(?:新增|净增|增加)[^，。；]{0,12}$")


def records_compared(sentence: Sentence, previous: Sentence | None) -> Iterator[Record]:
    """损失612万元。与去年同期的452起、680.4万元相比，起数上升7.5%，损失下降10.0%: the levels stand in the sentence before."""
    if previous is None or not (found := _COMPARED.search(sentence.text)):
        return
    place = sentence.start + found.end()
    priors = [n for n in sentence.numbers if n.end <= place and n.measured and n.kind is Kind.MEASURE]
    for rate in sentence.numbers:
        if rate.start < place or rate.role is not Role.RATE or rate.dimension != units.PERCENT:
            continue
        if any(n.role is Role.CHANGE and place <= n.start < rate.start for n in sentence.numbers):
            # 款物总额增加112.56万元，增长8.1%: the sentence says by itself what moved.
            continue
        noun = re.sub(r"[数量额]$", "", own_noun(rate))
        prior = next((n for n in priors if noun == n.unit.lstrip("万亿")), None) or (priors[0] if len(priors) == 1 else None)
        levels = [n for n in previous.numbers if is_plain_level(n) and n.kind is Kind.MEASURE]
        if prior is not None:
            levels = [n for n in levels if n.dimension == prior.dimension][:1]
        else:
            levels = [n for n in levels if noun and noun in n.before and any(p.dimension == n.dimension for p in priors)][:1]
            prior = next((p for p in priors if levels and p.dimension == levels[0].dimension), None)
        if levels and prior is not None:
            yield Record(level=levels[0], prior=prior, rates=[rate])


_COMPARED = re.compile(r"^与?(?:去年同期|上年同期|上年|去年)的?[^，。；]{4,40}相比，")


def judge_added(record: Record, sentence: Sentence, ledger: Ledger) -> None:
    """新增装机18.6万千瓦，累计达到97.3万千瓦，比上年末增长23.6%: what was added before is the change, unless something went."""
    level, rate = record.level, record.rates[0]
    if (
        level is None
        or level.value is None
        or rate.value is None
        or rate.sign <= 0
        or not re.search("累计|总数|总量|达到", level.before)
    ):
        return
    before = [n for n in sentence.numbers if n.end <= level.start and n.measured][-1:]
    added = next((n for n in before if _ADDED.search(n.before) and n.dimension == level.dimension and n.value), None)
    if added is None or added.value is None or added.value >= level.value or rate.dimension != units.PERCENT:
        return
    value = added.value / (level.value - added.value) * 100
    line = f"{said(added)}÷（{said(level)}-{said(added)}）={percent(value)}"
    if (added.interval / (level.interval - added.interval)).times(100).meets(rate.interval):
        ledger.holds(RULE, [rate, level, added], f"{line}，与原文{said(rate)}相符")
    elif is_misprint(rate, value):
        proposal = f"若新增数和累计数无误，应为增长{decimal(value, decimals_of(rate))}%。"
        ledger.fails(RULE, Severity.DOUBTFUL, [rate, level, added], f"{line}，原文写{said(rate)}", proposal)
