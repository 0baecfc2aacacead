"""Rates of a population, each of which has its own law: 自然增长率, 婴儿死亡率, 城镇化率."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number, decimal
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph, said
from anmin.ground.reports.checking.relations.misprints import is_misprint
from anmin.ground.reports.checking.relations.quotients import judge_share
from anmin.ground.reports.checking.vocabulary import Role, Severity

RULE = "share"
_ALIVE = re.compile(r"活产(?:婴儿)?(?:数|人数)?(?:为|共)?$")
_NAMES = ("出生率", "死亡率", "自然增长率")


def judge(reading: Reading, ledger: Ledger) -> None:
    """The three rates of a population are held against each other where a paragraph names each of them once."""
    alive = [
        n for paragraph in reading.paragraphs[:400] for sentence in paragraph.sentences for n in sentence.numbers if _is_alive(n)
    ]
    for paragraph in reading.paragraphs:
        found: dict[str, list[Number]] = {}
        for sentence in paragraph.sentences:
            for number in sentence.numbers:
                name = next((n for n in _NAMES if number.before.rstrip("为是达到约").endswith(n)), "")
                if name and number.measured and number.dimension in ("‰", "%"):
                    found.setdefault(name, []).append(number)
        _judge_deaths(paragraph, alive, ledger)
        _judge_towns(paragraph, ledger)
        _judge_sexes(paragraph, ledger)
        _judge_refused(paragraph, ledger)
        _judge_good_days(paragraph, reading.days, ledger)
        if len(found) == 3 and all(len(rates) == 1 for rates in found.values()):
            _judge(found["出生率"][0], found["死亡率"][0], found["自然增长率"][0], ledger)


def _judge_towns(paragraph: ReadParagraph, ledger: Ledger) -> None:
    """城镇化率 is 城镇人口 of 常住人口, where a paragraph tells each once."""
    numbers = [n for sentence in paragraph.sentences for n in sentence.numbers if n.measured and not n.weak]
    people = [n for n in numbers if re.search(r"常住(?:总)?人口(?:总数)?(?:为|达到?)?$", n.before) and n.role is Role.LEVEL]
    towns = [n for n in numbers if re.search(r"城镇(?:常住)?(?:人口)?(?:为|达到?)?$", n.before) and n.dimension == "人"]
    rates = [n for n in numbers if re.search(r"城镇化率(?:为|达到?)?$", n.before) and n.role is Role.SHARE and not n.hedge]
    people = [n for n in people if n not in towns]
    if len(people) != 1 or len(towns) != 1 or len(rates) != 1 or "户籍" in rates[0].before + towns[0].before:
        return
    if (towns[0].sentence, people[0].sentence) != (rates[0].sentence,) * 2 and "户籍" in paragraph.normal.text:
        return
    if people[0].interval.is_below(towns[0].interval):
        return
    judge_share(rates[0], towns[0], people[0], ledger, Severity.ERROR)


def _judge_sexes(paragraph: ReadParagraph, ledger: Ledger) -> None:
    """性别比106.4（女=100） is men by women."""
    numbers = [n for sentence in paragraph.sentences for n in sentence.numbers if n.measured and not n.weak]
    men, women = (
        [n for n in numbers if n.dimension == "人" and re.search(rf"{sex}[性婴孩童]?(?:人口)?(?:为|有)?$", n.before)]
        for sex in "男女"
    )
    ratios = [n for n in numbers if re.search(r"性别比[^，。；]{0,16}$", n.before) and 50 < (n.value or 0) < 200]
    if not len(men) == len(women) == len(ratios) == 1 or not women[0].value or not men[0].value or ratios[0].hedge:
        return
    line = f"{said(men[0])}÷{said(women[0])}×100={decimal(men[0].value / women[0].value * 100, 2)}"
    if (men[0].interval / women[0].interval).times(100).meets(ratios[0].interval):
        ledger.holds("share", [ratios[0], men[0], women[0]], f"{line}，与原文{said(ratios[0])}相符")
    else:
        line = f"{line}，原文写{said(ratios[0])}"
        ledger.fails("share", Severity.ERROR, [ratios[0], men[0], women[0]], line, "请核对男、女人数和性别比。")


_REFUSED = (
    (re.compile(r"不捕率"), re.compile(r"不(?:批准)?逮?捕$"), re.compile(r"(?<!不)(?:批准|决定)(?:和决定)?逮捕$|(?<!不)批捕$")),
    (re.compile(r"不(?:起)?诉率"), re.compile(r"不起?诉$"), re.compile(r"(?<!不)(?:决定起诉|提起公诉|起诉)$")),
)


def _judge_refused(paragraph: ReadParagraph, ledger: Ledger) -> None:
    """批准逮捕118人，不批准逮捕39人，不捕率24.8%: of both together, in persons or in cases."""
    for sentence in paragraph.sentences:
        words: dict[str, str] = {}
        last = ""
        for number in sentence.numbers:
            last = number.before or last
            words[number.key] = last
        counts = [n for n in sentence.numbers if n.measured and n.dimension in ("人", "件") and n.role is Role.LEVEL]
        for rate in [n for n in sentence.numbers if n.role is Role.SHARE and not n.hedge and n.value]:
            law = next((law for law in _REFUSED if law[0].search(rate.before)), None)
            before = [n for n in counts if n.end <= rate.start]
            pairs = [
                (no, yes)
                for no in before
                for yes in before
                if law is not None
                and no.dimension == yes.dimension
                and law[1].search(words[no.key])
                and law[2].search(words[yes.key])
            ]
            if not pairs or any(
                (no.interval / (no.interval + yes.interval)).times(100).meets(rate.interval) for no, yes in pairs
            ):
                continue
            no, yes = pairs[-1]
            value = (no.value or Fraction(0)) / ((no.value or Fraction(0)) + (yes.value or 1)) * 100
            if abs(value - (rate.value or 0)) < 2 and not is_misprint(rate, value):
                # Some were neither refused nor granted when the period ended.
                continue
            line = f"{said(no)}÷（{said(no)}+{said(yes)}）={decimal(value, 2)}%，原文写{said(rate)}"
            ledger.fails("share", Severity.DOUBTFUL, [rate, no, yes], line, "请核对人数和比率。")


def _judge_good_days(paragraph: ReadParagraph, days: Sequence[int], ledger: Ledger) -> None:
    """优良天数312天，优良率85.5%: of the days of the period, or of those that were measured, where these are told."""
    numbers = [n for sentence in paragraph.sentences for n in sentence.numbers if n.measured]
    good = [
        n for n in numbers if re.search(r"优良(?:天数|日数|的?天|日)?(?:为|达到?|共)*$", n.before) and n.unit == "天" and n.value
    ]
    rates = [
        n for n in numbers if re.search(r"优良(?:天数)?(?:率|比例|比率|占比)(?:为|达到?)?$", n.before) and n.role is Role.SHARE
    ]
    if len(good) != 1 or len(rates) != 1 or rates[0].hedge or any("有效" in n.before for n in numbers):
        return
    rate, value = rates[0], good[0].value or Fraction(0)
    shown = [(span, value / span * 100) for span in days]
    if any(abs(share - (rate.value or 0)) <= rate.quantum / 2 for _, share in shown):
        return
    meant = next(((span, share) for span, share in shown if is_misprint(rate, share)), None)
    if meant is None and all(share - (rate.value or 0) > rate.quantum for _, share in shown):
        # Fewer days may have been measured than the period has, but never more.
        meant = shown[0] if shown else None
    if meant is not None and not any(rate.key in r.numbers for r in ledger.relations if r.rule == "share"):
        line = f"{said(good[0])}÷{meant[0]}天={decimal(meant[1], 2)}%，原文写{said(rate)}"
        ledger.fails("share", Severity.DOUBTFUL, [rate, good[0]], line, "请核对优良天数和比率；若有效监测天数不足，请写明。")


def _is_alive(number: Number) -> bool:
    return number.measured and number.role is Role.LEVEL and bool(_ALIVE.search(number.before))


def _judge_deaths(paragraph: ReadParagraph, everywhere: Sequence[Number], ledger: Ledger) -> None:
    """婴儿死亡率 is the infants that died of those born alive."""
    numbers = [n for sentence in paragraph.sentences for n in sentence.numbers if n.measured]
    alive = [n for n in numbers if _is_alive(n)] or everywhere
    for rate in numbers:
        name = re.search(r"(婴儿|新生儿|5岁以下儿童)死亡率(?:为|是)?$", rate.before)
        if name is None or rate.dimension != "‰" or len(alive) != 1 or rate.role is Role.RATE or rate.hedge:
            continue
        died = [
            n for n in numbers if n.before.endswith(f"{name[1]}死亡") and n.dimension in ("人", "例") and n.role is Role.LEVEL
        ]
        if len(died) != 1 or died[0].value is None or not alive[0].value or rate.value is None:
            continue
        line = f"{said(died[0])}÷{said(alive[0])}={decimal(died[0].value / alive[0].value * 1000, 2)}‰"
        if (died[0].interval / alive[0].interval).times(1000).meets(rate.interval):
            ledger.holds(RULE, [rate, died[0], alive[0]], f"{line}，与原文相符")
        else:
            ledger.fails(
                RULE,
                Severity.ERROR,
                [rate, died[0], alive[0]],
                f"{line}，原文写{said(rate)}",
                "请核对死亡数、活产数和死亡率。",
            )


def _judge(born: Number, died: Number, grown: Number, ledger: Ledger) -> None:
    if born.value is None or died.value is None or grown.value is None or len({born.unit, died.unit, grown.unit}) != 1:
        return
    if born.hedge or died.hedge or grown.hedge:
        return
    value = born.value - died.value
    sign = -1 if grown.value < 0 or "负" in grown.before[-6:] else 1
    gap = abs(value - abs(grown.value) * sign)
    line = f"{said(born)}-{said(died)}={decimal(value, 2)}{grown.unit}"
    numbers = [grown, born, died]
    if gap <= (born.quantum + died.quantum + grown.quantum) / 2:
        ledger.holds(RULE, numbers, f"{line}，与原文{said(grown)}相符")
    else:
        proposal = f"自然增长率等于出生率减死亡率，应为{decimal(value, 2)}{grown.unit}；请核对三个数。"
        ledger.fails(RULE, Severity.ERROR, numbers, f"{line}，原文写{said(grown)}", proposal)
