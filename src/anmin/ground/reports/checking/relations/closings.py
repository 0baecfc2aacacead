"""Accounts that a paragraph closes: what there was, came and went is what there is; what there was less what is done is the rest.

No verb need be known. What stands between a beginning and an end has come or gone; of the numbers before a rest one is the whole
and one what was done with it. Every way to read them is tried: one that closes is believed, else the likeliest is told where its
build speaks for it (its words, its place) together with how near it comes: one figure misprinted, one left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, product

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.directions import BEGINS, ENDS, NET, direction_of
from anmin.ground.reports.checking.relations.guesses import Guess, alike_of, closes, settle
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading
from anmin.ground.reports.checking.relations.naming import may_be_one_name
from anmin.ground.reports.checking.relations.rests import (
    FAR_AT_MOST,
    NEAR_AT_MOST,
    REST,
    is_left,
    judge_far,
    judge_net,
    judge_rest,
    judge_since,
    told_behind,
)
from anmin.ground.reports.checking.vocabulary import Kind, Role, State


def judge(reading: Reading, ledger: Ledger) -> None:
    """Every end and every rest that closes no account yet is held against what its paragraph tells."""
    done = {
        key
        for told in ledger.relations
        if told.rule in ("stock_and_flow", "subtotal") and told.state in (State.HOLDS, State.ROUNDING, State.FAILS)
        for key in told.numbers
    }
    # 新开工86个，同比多开工15个，上年同期71个: what two times differ by has neither come nor gone.
    growths = [told.numbers for told in ledger.relations if told.rule == "growth" and told.state is State.HOLDS]
    moved = {keys[0] for keys in growths if len(keys) == 3}
    before: list[Number] = []
    told: list[Number] = []
    for paragraph in reading.paragraphs:
        if paragraph.forecast:
            # 还要完成剩余的2714人 may be told among the plans.
            told += [n for each in paragraph.sentences for n in each.numbers if is_left(n)]
        if paragraph.forecast or paragraph.heading:
            continue
        own: list[Number] = []
        for sentence in paragraph.sentences:
            numbers = [n for n in sentence.numbers if _is_amount(n)]
            if not sentence.cut:
                done |= _judge_round([n for n in numbers if n.key not in moved][:40], ledger)
                for at, number in enumerate(numbers[:80]):
                    if number.role is Role.CHANGE and at:
                        judge_since(number, numbers, own[-NEAR_AT_MOST:], ledger)
                    if number.key in done or number.key in ledger.failed:
                        continue
                    label = _label(number, numbers[:at])
                    ended = number.group == 0 and bool(ENDS.search(label) or ENDS.search(_clause(number, ledger)))
                    ended = ended or (at > 1 and _said_again(number, numbers[:at]))
                    if ended and _judge_end(number, [*own, *numbers[:at]], ledger):
                        continue
                    if judge_net(number, numbers, ledger):
                        continue
                    if "其中" in number.before and number.key in ledger.whole_of:
                        continue  # 年末结余226万元，其中结转186万元
                    if (word := REST.search(label) or told_behind(number)) is not None:
                        judge_rest(number, word, [*own, *_up_to(number, sentence)], before, sentence, ledger)
            own += numbers
        before = own[-NEAR_AT_MOST:]
        told += own
    done |= {key for each in ledger.relations if each.rule in ("stock_and_flow", "subtotal") for key in each.numbers}
    left = [n for n in told[:FAR_AT_MOST] if n.key not in done and n.key not in ledger.failed and (is_left(n) or n.base == "S")]
    for number in left[:_FAR_ENDS]:
        if len(re.sub(r"\D", "", number.printed)) > 2:
            judge_far(number, told[:FAR_AT_MOST], ledger)


_FAR_ENDS = 40


def _up_to(number: Number, sentence: Sentence) -> list[Number]:
    """What its sentence tells before it; what was planned may be the whole of what is left."""
    return [n for n in sentence.numbers[:80] if n.start < number.start and _is_amount(n, planned=True)]


def _is_amount(number: Number, *, planned: bool = False) -> bool:
    return (
        number.measured
        and not number.weak
        and not number.hedge
        and (planned or not number.projected)
        and number.kind is not Kind.STANDARD
        and bool(number.dimension)
        and (
            number.role in (Role.LEVEL, Role.PRIOR, Role.CHANGE, Role.TARGET)
            or number.role in (Role.SHARE, Role.RATE, Role.POINTS)
        )
    )


def _label(number: Number, before: Sequence[Number]) -> str:
    """The words before it; of the second of 15户、18.2万元 those of the first."""
    if len(number.before) <= 1 and before and number.start - before[-1].end <= 1 and number.dimension != before[-1].dimension:
        return before[-1].before
    return number.before[-16:]


def _said_again(number: Number, before: Sequence[Number]) -> bool:
    """去年底累计建成1286个，今年新建486个，累计建成1772个: what was called so at the beginning."""
    first = before[0]
    named = BEGINS.search(first.before) is not None and not BEGINS.search(number.before)
    return named and first.dimension == number.dimension and len(number.before) > 3 and first.before.endswith(number.before[-4:])


def _clause(number: Number, ledger: Ledger) -> str:
    """What leads up to it from the number or the half sentence before: 期初，仓库共有."""
    paragraph = ledger.paragraphs.get(number.place.block)
    text = paragraph.normal.text[max(0, number.start - 24) : number.start] if paragraph else number.before
    return re.split(r"[。；\d]", text)[-1]


def _begins(number: Number, ledger: Ledger) -> bool:
    return bool(BEGINS.search(number.before) or BEGINS.search(_clause(number, ledger)))


def _judge_end(end: Number, before: Sequence[Number], ledger: Ledger) -> bool:
    """Everything of its unit from the beginning on has come or gone, whatever its verb; whether it was settled."""
    if end.role is not Role.LEVEL:
        return False
    alike = [n for n in alike_of(end, before) if n.group == 0]
    here = [n for n in alike if n.sentence == end.sentence and n.place.block == end.place.block]
    begin = next((n for n in reversed(alike) if _begins(n, ledger) and n.role in (Role.LEVEL, Role.PRIOR)), None)
    years = [(match[1], n) for n in alike if (match := _YEAR_END.search(n.before)) and re.search("[末底]", n.before)]
    told_now = re.search(r"20\d\d年|目前|现有", end.before)
    if begin is None and told_now and len(years) == 1 and years[0][0] not in end.before:
        # 2023年底142个。2024年新设28个，撤并36个。目前134个.
        begin = years[0][1]
    if begin is None and len(here) >= 3 and {direction_of(n) for n in here[1:]} == {1, -1}:
        # 采暖季前储气4180万立方米，期间补充1260万立方米、采出3915万立方米，季末结存: what is told first was there.
        begin = here[0]
    if begin is None or begin.sentence < end.sentence - 4:
        return False
    at, announced = alike.index(begin), _begins(begin, ledger)
    moved = [n for n in alike[at + 1 :] if ledger.whole_of.get(n.key) not in alike]
    if any(ENDS.search(n.before) for n in moved):
        return False
    # 立案312件，加上年结转27件: what came may be told before what there was.
    first = [n for n in alike[:at] if n.sentence == begin.sentence and n.place.block == begin.place.block][-2:]
    lead = [n for n in alike[:at] if n not in first][:1]
    guesses: list[Guess] = []
    sure = [n for n in moved if direction_of(n)]
    if 0 < len(sure) < len(moved) and closes(((end, -1), (begin, 1), *((n, direction_of(n)) for n in sure))):
        # 新建86公里，改造124公里: what was only bettered has not come.
        return True
    for flows in ([*moved], [*first, *moved], [*lead, *moved], [*lead, *first, *moved]):
        words = [direction_of(n) for n in flows]
        if not flows or any(n.role is Role.PRIOR for n in flows) or (len(flows) > 4 and not all(words)) or len(flows) > 10:
            continue
        for signs in product((1, -1), repeat=len(flows)) if len(flows) <= 4 else [words]:
            known = sum(a == b for a, b in zip(words, signs, strict=True))
            against = sum(b not in (a, 0) for a, b in zip(signs, words, strict=True))
            # Where nothing is said to have gone more may have moved than is told; what is called otherwise is another thing.
            vague = len(set(signs)) == 1 and "累计" not in end.before
            points = (
                -0.6 * vague
                - 2.0 * (not may_be_one_name(begin, end))
                + 1.0
                + 0.7 * known
                - 2.0 * against
                - 0.4 * (flows != moved)
                - 0.5 * (not announced)
            )
            terms = ((end, -1), (begin, 1), *zip(flows, signs, strict=True))
            guesses.append(Guess(terms, points))
    told = {n.key: n for each in guesses for n in each.numbers}.values()
    taken = next((n for n in told if re.search("受理|立案|收案", n.before)), None)
    asked = next((n for n in told if re.search("收到|申请|接到", n.before) and n is not taken), None)
    if taken is not None and asked is not None and (taken.value or 0) <= (asked.value or 0):
        # 收到申请236件，受理204件；加上年结转18件，审结197件，未结25件: what was asked for is not what came.
        guesses = [each for each in guesses if asked not in each.numbers] or guesses
    return settle(end, guesses, "stock_and_flow", ledger)


_REACHED = re.compile(r"(?:[至到为达]|达到)(?:了|目前的?|现在的?|\d{4}年[末底]的?)*$")


def _judge_round(numbers: Sequence[Number], ledger: Ledger) -> set[str]:
    """In one sentence and whatever order: one beginning, one end, and between them what surely came or went. What was settled."""
    settled: set[str] = set()
    told = [n for n in numbers if n.group == 0 and n.role in (Role.LEVEL, Role.PRIOR, Role.CHANGE, Role.TARGET)]
    for dimension in dict.fromkeys(n.dimension for n in told):
        alike = [n for n in told if n.dimension == dimension and not n.per and not _is_part(n, ledger)]
        years = {match[1] for n in alike if (match := _YEAR_END.search(n.before))}
        first = min(years) if len(years) > 1 else ""
        begins = [n for n in alike if _is_begin(n, first)]
        if not 3 <= len(alike) <= 6 or len(begins) != 1:
            continue
        begin = begins[0]
        ends = [n for n in alike if n is not begin and (_is_end(n) or not direction_of(n))]
        flows = [n for n in alike if n is not begin and n not in ends]
        if len(ends) != 1 or not flows or any(n.role is Role.PRIOR for n in (*ends, *flows)):
            continue
        if "同期" in begin.before:
            continue  # 今年任务120部，建成72部，比去年同期的56部增加16部
        if moved := [n for n in flows if NET.search(n.before) or (n.role is Role.CHANGE and n.base)]:
            # 回收2.27亿元，余额128.64亿元，比年初的127.29亿元净增1.35亿元: the net is all that moved.
            flows = moved[:1]
        guesses = [_round(begin, flows, ends[0])]
        if between := [n for n in flows if begin.start < n.start < ends[0].start]:
            # 年初预算1860万元，调减126万元，调整后预算1734万元，实际支出1702万元.
            guesses += [_round(begin, between, ends[0])] * (between != flows)
        if _closes_without(begin, [n for n in alike if n is not begin]):
            continue
        if settle(ends[0], guesses, "stock_and_flow", ledger):
            settled.add(ends[0].key)
    return settled


def _is_part(number: Number, ledger: Ledger) -> bool:
    """Whether it is one of what something is divided into; 减至262处，其中销号32处、新增8处 tells how it came about."""
    whole = ledger.whole_of.get(number.key)
    return whole is not None and not (whole.sign and direction_of(number))


def _round(begin: Number, flows: Sequence[Number], end: Number) -> Guess:
    signs = [direction_of(n) for n in flows]
    points = 0.6 + 0.4 * len(flows) + 0.6 * (len(set(signs)) > 1) + 0.3 * _is_end(end)
    return Guess(((end, -1), (begin, 1), *zip(flows, signs, strict=True)), points)


def _closes_without(begin: Number, others: Sequence[Number]) -> bool:
    """上年结转86件，受理1286件，办结1240件，调解412件，判决828件，未结132件: some of them close it, the rest is of those."""
    for end in others:
        flows = [n for n in others if n is not end]
        # 预算1.2亿元，追加0.3亿元，调整后1.5亿元，支出1.42亿元: behind the end something else is told.
        for size in range(1 if flows[-1].start > end.start else 2, len(flows)):
            for chosen in combinations(flows, size):
                if closes(((end, -1), (begin, 1), *((n, direction_of(n) or 1) for n in chosen))):
                    return True
    return False


_YEAR_END = re.compile(r"(20\d\d)年(?:度|[末底])?")


def _is_begin(number: Number, first_year: str) -> bool:
    if number.role is Role.CHANGE:
        return False
    told = bool(BEGINS.search(number.before)) or number.role is Role.PRIOR
    year = _YEAR_END.search(number.before)
    return told or bool(first_year and year and year[1] == first_year and re.search("[末底]", number.before))


def _is_end(number: Number) -> bool:
    if number.role not in (Role.LEVEL, Role.TARGET):
        return False
    named = bool(ENDS.search(number.before) or _REACHED.search(number.before))
    word = REST.search(number.before)
    named = named or (word is not None and (bool(word["still"]) or not direction_of(number)))
    return bool(number.sign or named or re.search(r"保有量|总量$|总数$|规模$", number.before))
