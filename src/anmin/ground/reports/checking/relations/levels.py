"""Which level a statement of growth speaks of, where that is not the one right before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals import units
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations.directions import direction_of, is_flow_since_a_day
from anmin.ground.reports.checking.relations.ledger import ReadParagraph
from anmin.ground.reports.checking.relations.records import Record, own_noun
from anmin.ground.reports.checking.vocabulary import Kind, Role

_LOOK_BACK = 40


def level_elsewhere(change: Number, sentence: Sentence, paragraph: ReadParagraph, like: Number | None = None) -> Number | None:
    """The level of which a change with a noun of its own speaks: 死亡人数减少3人 after 造成9人死亡."""
    noun = re.sub(r"(?:人数|件数|户数|数量|总数|总计|各|数|量)++$", "", own_noun(change))
    noun = re.sub(r"^(?:其中|收、)", "", noun)
    like = like or change
    if like is not change:
        noun = re.sub(r"(?:金额|数额|总额)$", "", noun)
    noun = re.sub(r"(?<=[\u4e00-\u9fff]{2})[起件宗例户个家次]$", "", noun)
    if like.dimension == units.PERCENT and like is not change and (name := re.search(r"[\u4e00-\u9fff]{2}率", like.before)):
        # 开放率61.0%；上一年度开放率为57.4%，本年上升3.6个百分点.
        same = [n for n in sentence.numbers if n.start < like.start and n.dimension == like.dimension and name[0] in n.before]
        return same[-1] if same and same[-1].measured else None
    if not noun or change.projected:
        return None
    # 案件数量增长14.0%: of a rate alone only the noun says of what.
    any_kind = like is change and like.dimension == units.PERCENT
    found: list[Number] = []
    for other in paragraph.sentences[max(0, sentence.index - 3) : sentence.index + 1]:
        for number in other.numbers[-_LOOK_BACK:]:
            if number is change or number.start >= change.start or number.role is not Role.LEVEL or not number.measured:
                continue
            if (any_kind or (number.dimension == like.dimension and number.per == like.per)) and number.kind is Kind.MEASURE:
                label = number.before if number.before and len(noun) > 1 else number.before + number.after[:4]
                own = re.sub(r"(?:总数|总计|数|共|为)++$", "", label)
                if (
                    own.endswith(noun)
                    or (number.after.startswith(noun))
                    or noun == number.unit
                    or re.sub("^总|[次数]+$", "", noun) == number.unit.lstrip("万亿")
                    or (len(noun) == 1 and own.startswith(noun))
                    # 税收同比增收0.52亿元 of 其中税收收入8.63亿元.
                    or (len(noun) > 1 and own.removeprefix("其中").startswith(noun) and len(own) <= len(noun) + 4)
                ):
                    found.append(number)
    # 来访1286批，其中集体访86批……批次下降: the whole, and now.
    found = [n for n in found if not re.search("其中", n.before)] or found
    found = [n for n in found if n.base not in ("Y", "L", "S")] or found
    years = [re.match(r"(?:19|20)\d{2}年", n.period) for n in found]
    if all(years) and len(found) > 1:
        last = max(told[0] for told in years if told)
        found = [n for n in found if n.period.startswith(last)]
    return found[-1] if found and len({number.value for number in found}) == 1 else None


def level_meant(record: Record, told: Sequence[Number]) -> Number | None:
    """收购21万吨，其中甲6万吨、乙15万吨，同比增长3%: behind a list the growth may be of the whole; then it holds for that one.

    `told` are the numbers of this sentence and of the one before.
    """
    level = record.level
    prior = record.prior
    if prior is not None and prior.value and level is not None and level.per and not prior.per:
        # 经营性收入826万元，村均59万元，比上年的718万元增长15.0%: what is told for each is not held against a whole.
        wholes = [n for n in told if n.start < level.start and _is_like(n, prior)]
        if wholes and (level.value or 0) * 4 < prior.value < 4 * (wholes[-1].value or 0) < 16 * prior.value:
            return wholes[-1]
    closes = _closes(record, level) if level is not None else None
    if level is None or closes:
        return level
    change = record.changes[0] if record.changes else None
    if change is not None and is_flow_since_a_day(change, level):
        stocks = [n for n in told if n.start < level.start and _is_like(n, level) and not direction_of(n)]
        # 1468家，其中社会团体612家、基金会14家；新登记38家、注销21家，净增17家: of all, not of the last kind.
        kinds = next((at for at, n in enumerate(stocks) if "其中" in n.before), len(stocks))
        stocks = stocks[:kinds] or stocks
        return stocks[-1] if stocks else None
    if closes is None:
        return level
    others = [n for n in told if n.start < level.start and _is_like(n, level)]
    if any((rate.value or 0) < 10 * rate.quantum for rate in record.rates):
        # By 0.1% almost anything grows.
        return level
    # Where the items before have a growth of their own, so has this one.
    own = max((n.start for n in told if n.start < level.start and n.role in (Role.RATE, Role.CHANGE)), default=0)
    meant = next((n for n in reversed(others) if n.start > own and _closes(record, n)), None)
    if meant is None and prior is not None and record.changes and record.changes[0].dimension == level.dimension:
        # 实收2864万元，应收3012万元，比上年的2638万元增加226万元: the level is the one that the change leads to.
        wanted = (prior.value or 0) + (record.changes[0].value or 0) * (record.changes[0].sign or 1)
        meant = next((n for n in reversed(others) if n.value == wanted), None)
    return meant or level


def _is_like(number: Number, level: Number) -> bool:
    alike = number.dimension == level.dimension and number.per == level.per and number.place.block == level.place.block
    return alike and number.role in (Role.LEVEL, Role.TARGET) and number.measured and not number.hedge


def _closes(record: Record, level: Number) -> bool | None:
    """Whether all that is told of the growth holds of this level; None where it cannot be told."""
    prior, tried = record.prior, False
    change = next((n for n in record.changes if n.dimension == level.dimension), None)
    rate = next((n for n in record.rates if n.role is Role.RATE and n.dimension == units.PERCENT), None)
    if prior is not None and prior.dimension != level.dimension:
        return None
    sign = (change or rate or level).sign or 1
    if prior is not None:
        base, moved = prior.interval, (level.interval - prior.interval).times(sign)
        if change is not None:
            tried = True
            if not moved.meets(change.interval):
                return False
    elif change is not None:
        base, moved = level.interval - change.interval.times(sign), change.interval
    else:
        return None
    if rate is not None and base.low is not None and base.low > 0:
        tried = True
        if not (moved / base).times(100).meets(rate.interval):
            return False
    return True if tried else None


def leads_elsewhere(prior: Number, level: Number, change: Number | None, numbers: Sequence[Number]) -> bool:
    """433370万元，其中……44875万元，比报告数425319万元增加8051万元: of all before it the change leads to the one it is of."""
    if change is None or change.dimension != prior.dimension or prior.value is None or change.value is None or change.exact:
        return False
    ways = (prior.value + change.value, prior.value - change.value)
    before = [n for n in numbers if n.start < level.start and n.dimension == prior.dimension and n.role is Role.LEVEL]
    return level.value not in ways and any(n.value in ways for n in before)
